"""Two records of one person become one: a manager chooses what stays, everything that hangs on the other follows."""

from collections.abc import Collection

from carmanana.contacting.calling import places
from carmanana.contacting.cancelled import SOP
from carmanana.core import audit, clock
from carmanana.core.db import Stale, change, database, transaction
from carmanana.core.query import again
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.customers.languages import name_of as language_named
from carmanana.records.activities import Activity
from carmanana.records.customers import WISHES, Customer, CustomerEmail, CustomerPhone, MergedCustomer, Person
from carmanana.records.deals import Deal
from carmanana.records.notifications import Notification
from carmanana.records.people import User
from carmanana.records.privacy import OPEN, Erasure, ErasureProposal
from carmanana.schema import locked_people
from carmanana.schema.sqlite import references_to

from . import unmerging
from .settling import has_number

CHOSEN = {
    "name": "Name", "region": "Region", "timezone": "Time zone", "language": "Language", "owner": "Owner",
    "mood": "Mood",
}  # fmt: skip
BEHIND = 100
LEAVING = "Both are pending cancellation. Process or remove one of the two cancellations first."
CANCELLED = (
    "{} is cancelled and {} is not. An admin reactivates the one, or the cancellation of the other is processed, first."
)
ERASED = "One of the two was erased: there is nobody left in it to merge."


def merge(kept: Customer, gone: Customer, by: User, versions: tuple[int, int], taken: Collection[str] = ()) -> Customer:
    """`taken`: the facts that come from the record that goes. What is not kept of it stands in a note. What one of them
    asked not to be done is not done to the one who stays."""
    if not by.is_manager:
        raise Forbidden("merge")
    with transaction():
        kept, gone = _as_it_was(kept, versions[0]), _as_it_was(gone, versions[1])
        if refusal := why_not(kept, gone):
            raise Refused([refusal], kept)
        deals = list(Deal.select().where(Deal.customer == gone))
        stood = unmerging.before(kept, gone)
        _unite_reach(kept, gone)
        _unite_people(kept, gone)
        _withdraw_proposals(gone)
        _lead_here(gone, kept)
        locked_people.refresh(kept.id)
        _write_down(kept, gone, by, taken, deals)
        _leave(gone, kept, by, unmerging.after(stood, kept))
        return again(kept)


def why_not(kept: Customer, gone: Customer) -> Refusal | None:
    """A person leaves once, and nobody is a customer again but by *Reactivate*, nor cancelled but by *Process*."""
    if kept.id == gone.id:
        return Refusal("same_client", "Choose another customer to merge with.")
    if Erasure.of(kept) or Erasure.of(gone):
        return Refusal("erased", ERASED)
    if kept.leaving and gone.leaving:
        return Refusal("both_leaving", LEAVING)
    if kept.cancelled != gone.cancelled:
        one, other = (kept, gone) if kept.cancelled else (gone, kept)
        return Refusal("one_cancelled", CANCELLED.format(one.name, other.name), SOP)


def standing(customer_id: int) -> int:
    """The id under which the customer stands now."""
    merged = MergedCustomer.get_or_none(MergedCustomer.id == customer_id)
    return merged.into_id if merged else customer_id


def stricter(name: str, kept: Customer, gone: Customer) -> bool:
    """Is it fuller to take this from the record that goes?"""
    if name == "owner":
        return bool(gone.owner and not gone.owner.house and not (kept.owner and not kept.owner.house))
    return bool(getattr(gone, name) and not getattr(kept, name))


def references(to: str = "customer") -> list[tuple[str, str]]:
    """Every column that points to a customer, as the database itself tells, so that none is forgotten."""
    return references_to(to)


def _as_it_was(customer: Customer, version: int) -> Customer:
    fresh = Customer.get_or_none(Customer.id == customer.id)
    if fresh is None or fresh.version != version:
        raise Stale(fresh or customer)
    return fresh


def _unite_reach(kept: Customer, gone: Customer) -> None:
    """Each number and address once, theirs behind."""
    for phone in gone.phones:
        if has_number(kept, phone.e164 or phone.typed):
            phone.delete_instance()
    for email in gone.emails:
        if kept.emails.where(CustomerEmail.same(email.address)).exists():
            email.delete_instance()
    for reach in (CustomerPhone, CustomerEmail):
        reach.update(position=reach.position + BEHIND).where(reach.customer == gone).execute()


def _unite_people(kept: Customer, gone: Customer) -> None:
    """Whom the two records are about is one person, with the wishes of both; further people of theirs come along."""
    one, other = Person.first_of(kept), Person.first_of(gone)
    for table, column in references("person"):
        database.execute_sql(f'UPDATE "{table}" SET "{column}" = ? WHERE "{column}" = ?', (one.id, other.id))
    if wishes := [wish for wish in WISHES if getattr(other, wish) and not getattr(one, wish)]:
        change(one, **dict.fromkeys(wishes, True))
    Person.delete().where(Person.id == other.id).execute()
    Person.update(position=Person.position + BEHIND).where(Person.customer == gone).execute()


def _withdraw_proposals(gone: Customer) -> None:
    """To erase the one who goes: what holds of both is proposed anew."""
    ErasureProposal.delete().where(ErasureProposal.customer == gone, ErasureProposal.decision == OPEN).execute()


def _lead_here(gone: Customer, kept: Customer) -> None:
    Deal.update(version=Deal.version + 1).where(Deal.customer == gone).execute()
    for table, column in references():
        database.execute_sql(f'UPDATE "{table}" SET "{column}" = ? WHERE "{column}" = ?', (kept.id, gone.id))


def _write_down(kept: Customer, gone: Customer, by: User, taken: Collection[str], deals: list[Deal]) -> None:
    lost = [line for name in CHOSEN if (line := _not_kept(name, kept, gone, name in taken))]
    owners = [kept.owner, gone.owner]
    facts = {name: getattr(gone, name) for name in CHOSEN if name in taken}
    change(kept, details="\n".join(filter(None, [kept.details, gone.details])), status=_status(kept, gone), **facts)
    Activity.create(customer=kept, kind="note", subject=unmerging.MERGED, summary="\n".join(lost), author=by)
    for owner in owners:
        if owner and owner != kept.owner:
            Notification.tell(
                owner,
                "customer_changed",
                f"{kept.name} was merged and is {kept.owner or 'nobody'}’s customer now",
                by,
                customer=kept,
            )
    audit.record("merge", kept, by, merged=gone.id, taken=sorted(set(taken) & set(CHOSEN)))
    audit.record_rows(
        [audit.row_of("client_merged", deal, by, was_customer=gone.id, customer=kept.id) for deal in deals]
    )


def _not_kept(name: str, kept: Customer, gone: Customer, is_taken: bool) -> str:
    """A line for a fact that differed."""
    dropped, stays = (kept, gone) if is_taken else (gone, kept)
    value = getattr(dropped, name)
    if not value or value == getattr(stays, name):
        return ""
    return f"{CHOSEN[name]}: {_in_words(name, value)}"


def _in_words(name: str, value) -> str:
    if name == "region" and places.is_region(value):
        return places.name_of(value)
    return language_named(value) if name == "language" else str(value)


def _status(kept: Customer, gone: Customer) -> str:
    return gone.status if gone.leaving else kept.status


def _leave(gone: Customer, kept: Customer, by: User, undo: dict) -> None:
    if Customer.delete().where(Customer.id == gone.id, Customer.version == gone.version).execute() != 1:
        raise Stale(gone)
    MergedCustomer.create(id=gone.id, into=kept, by=by, at=clock.now(), undo=undo)
    audit.record("merged_into", gone, by, into=kept.id)
