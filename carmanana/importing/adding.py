"""What a row tells of a customer who is known: what was blank is filled, new numbers and addresses are added, and what
differs is kept in words. Nothing is overwritten and nothing dropped."""

from dataclasses import dataclass, field

from carmanana.contacting.calling import places
from carmanana.core import audit
from carmanana.importing.columns import OPT_OUTS
from carmanana.importing.entries import Entry
from carmanana.records.customers import Customer, CustomerEmail, CustomerPhone
from carmanana.records.imports import ImportAddition, ImportBatch
from carmanana.records.people import HOUSE_ID, User

TOLD = {"region": "Region in the file", "language": "Language in the file"}


@dataclass
class News:
    """`facts` are filled in, `lines` kept in words."""

    facts: dict = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    phones: list[tuple[str, str | None]] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.facts or self.phones or self.emails)


def news(customer: Customer, entry: Entry, phones: list, emails: list) -> News:
    """What the row tells that the record does not. Words go to the deal that comes with it, else to the record."""
    found = News(phones=phones, emails=emails)
    if entry.name.casefold() != customer.name.casefold():
        found.lines.append(f"Name in the file: {entry.name}")
    for name in ("region", "language", "timezone"):
        _tell(found, name, entry.facts.get(name) or "", getattr(customer, name))
    found.facts |= {wish: True for wish in OPT_OUTS if entry.facts.get(wish) and not getattr(customer, wish)}
    if entry.owner and not entry.deal and customer.owner_id in (None, HOUSE_ID):
        found.facts["owner"] = entry.owner
    elif entry.owner and not entry.deal and customer.owner_id != entry.owner:
        found.lines.append(f"Owner in the file: {User.get_by_id(entry.owner).name}")
    if not entry.deal:
        _keep_in_details(found, customer, entry)
    return found


def _tell(found: News, name: str, said: str, known: str) -> None:
    if said and not known:
        found.facts[name] = said
    elif said and name in TOLD and said.casefold() not in (known.casefold(), _in_words(name, known).casefold()):
        found.lines.append(f"{TOLD[name]}: {said}")


def _in_words(name: str, known: str) -> str:
    return places.name_of(known) if name == "region" and places.is_region(known) else known


def _keep_in_details(found: News, customer: Customer, entry: Entry) -> None:
    known = customer.details.splitlines()
    lines = [
        line for line in [*entry.facts.get("details", "").splitlines(), *found.lines] if line and line not in known
    ]
    if lines:
        found.facts["details"] = "\n".join([*known, *lines])


def add(customer: Customer, found: News, batch: ImportBatch, by: User | None) -> None:
    """Write it to a record of the database; somebody of this very import was not here before, so it is theirs."""
    before = {name: customer.__data__[name] for name in found.facts}
    for name, value in found.facts.items():
        setattr(customer, name, value)
    if customer.import_id == batch.id:
        if found.facts:
            Customer.update(**found.facts).where(Customer.id == customer.id).execute()
        return
    Customer.update(version=Customer.version + 1, **found.facts).where(Customer.id == customer.id).execute()
    audit.record(
        "correct",
        customer,
        by,
        fields=sorted([*found.facts, *["phones"] * bool(found.phones), *["emails"] * bool(found.emails)]),
    )
    facts = {name: [before[name], value] for name, value in found.facts.items()}
    ImportAddition.create(
        batch=batch.id,
        customer=customer.id,
        facts=facts,
        phones=[typed for typed, _ in found.phones],
        emails=found.emails,
    )


def take_back(addition: ImportAddition, by: User | None) -> None:
    """As it was before the import, where nobody has changed it since. A wish not to be contacted stays."""
    customer = Customer.get_by_id(addition.customer_id)
    facts = {
        name: before
        for name, (before, after) in addition.facts.items()
        if name not in OPT_OUTS and customer.__data__[name] == after
    }
    CustomerPhone.delete().where(CustomerPhone.customer == customer, CustomerPhone.typed.in_(addition.phones)).execute()
    CustomerEmail.delete().where(
        CustomerEmail.customer == customer, CustomerEmail.address.in_(addition.emails)
    ).execute()
    Customer.update(version=Customer.version + 1, **facts).where(Customer.id == customer.id).execute()
    ImportAddition.update(undone=1).where(ImportAddition.id == addition.id).execute()
    audit.record(
        "correct",
        customer,
        by,
        fields=sorted([*facts, *["phones"] * bool(addition.phones), *["emails"] * bool(addition.emails)]),
    )
