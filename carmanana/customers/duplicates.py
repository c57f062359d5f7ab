"""Who somebody may be already: by the same number or address, and by a name that is alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from peewee import JOIN, fn

from carmanana.core.phones import HOME, country_of, e164
from carmanana.core.text import digits
from carmanana.customers.contact import visible_to
from carmanana.customers.finding import deal_counts
from carmanana.customers.names import near
from carmanana.records.activities import CONNECTED, CONTACTS, Activity
from carmanana.records.customers import Customer, CustomerEmail, CustomerPhone
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.search import SearchNumber

SHOWN = 6
MOST = 50
FEWEST_DIGITS = 7  # of a number without its area code
NUMBER, ADDRESS = "same number", "same address"


@dataclass
class Duplicate:
    """`customer` is None where this person may not see the customer: they are told whose it is, and no more.
    `sure`: by a number or an address."""

    customer: Customer | None
    why: list[str]
    sure: bool
    likeness: int = 0
    whose: str = ""
    deals: int = 0
    spoken_at: datetime | None = None

    @property
    def why_in_words(self) -> str:
        return " and ".join(self.why).replace(" and same ", " and ")


def candidates(
    by: User,
    name: str = "",
    phones: Iterable[str] = (),
    emails: Iterable[str] = (),
    region: str = "",
    other_than: int = 0,
) -> list[Duplicate]:
    """The likeliest first: number and address, then either, then names."""
    proven = proofs(phones, emails, region)
    found = {duplicate.customer.id: duplicate for duplicate in _seen(by, proven)}
    unseen = _unseen({key: why for key, why in proven.items() if key not in found})
    for customer, likeness in near(by, name):
        duplicate = found.setdefault(customer.id, Duplicate(customer, [], False))
        duplicate.likeness = likeness
        duplicate.why += _of_name(likeness, customer, region)
    found.pop(other_than, None)
    ranked = sorted(found.values(), key=_rank)[:SHOWN]
    return (_with_life(ranked, by) if ranked else []) + unseen


def proofs(phones: Iterable[str], emails: Iterable[str], region: str = "") -> dict[int, list[str]]:
    """Everybody with one of these numbers or addresses, whoever may see them, and which it is."""
    found: dict[int, list[str]] = {}
    for why, ids in ((NUMBER, _with_numbers(phones, country_of(region) or HOME)), (ADDRESS, _with_addresses(emails))):
        for customer_id in ids:
            found.setdefault(customer_id, []).append(why)
    return found


def _with_numbers(phones: Iterable[str], country: str) -> set[int]:
    return {customer_id for typed in phones for (customer_id,) in _with_number(typed, country)}


def _with_number(typed: str, country: str):
    """By its international form; where it has none, by the very same digits."""
    phones = CustomerPhone.select(CustomerPhone.customer).limit(MOST)
    if whole := e164(typed, country):
        return phones.where(CustomerPhone.e164 == whole).tuples()
    if len(digits(typed)) < FEWEST_DIGITS:
        return ()
    told = SearchNumber.tells(f'"{digits(typed)}"')
    same = phones.join(SearchNumber, on=SearchNumber.id == CustomerPhone.id).where(told, CustomerPhone.e164.is_null())
    return same.where(fn.digits(CustomerPhone.typed) == digits(typed)).tuples()


def _with_addresses(emails: Iterable[str]) -> set[int]:
    addresses = [address.lower() for address in emails]
    if not addresses:
        return set()
    same = CustomerEmail.select(CustomerEmail.customer).where(fn.LOWER(CustomerEmail.address).in_(addresses))
    return {customer_id for (customer_id,) in same.limit(MOST).tuples()}


def _seen(by: User, proven: dict[int, list[str]]) -> list[Duplicate]:
    customers = visible_to(by).where(Customer.id.in_(list(proven))) if proven else ()
    return [Duplicate(customer, list(proven[customer.id]), True) for customer in customers]


def _unseen(proven: dict[int, list[str]]) -> list[Duplicate]:
    """One line for each person whose customers they are."""
    owned = Customer.select(Customer.id, User.name, User.house).join(User, JOIN.LEFT_OUTER, on=Customer.owner)
    rows = owned.where(Customer.id.in_(list(proven))).order_by(Customer.id).tuples() if proven else ()
    told = {("" if house or not name else name): proven[key] for key, name, house in rows}
    return [Duplicate(None, list(why), True, whose=whose) for whose, why in told.items()]


def _of_name(likeness: int, customer: Customer, region: str) -> list[str]:
    if likeness < 100:
        return [f"name alike {likeness} %"]
    same_place = region and region.casefold() == customer.region.casefold()
    return ["same name", "same region"] if same_place else ["same name"]


def _rank(duplicate: Duplicate) -> tuple:
    proven = sum(why in (NUMBER, ADDRESS) for why in duplicate.why)
    return -proven, -duplicate.likeness, -len(duplicate.why), -duplicate.customer.id


def _with_life(duplicates: list[Duplicate], by: User) -> list[Duplicate]:
    """How many deals they have and when somebody last spoke to them, as far as this person may see."""
    customers = [duplicate.customer for duplicate in duplicates]
    deals, spoken = deal_counts(customers, by), _last_spoken(customers, by)
    for duplicate in duplicates:
        duplicate.deals, duplicate.spoken_at = deals.get(duplicate.customer.id, 0), spoken.get(duplicate.customer.id)
    return duplicates


def _last_spoken(customers: list[Customer], by: User) -> dict[int, datetime]:
    connected = (Activity.direction == "in") | Activity.outcome.in_(CONNECTED)
    seen = Activity.deal.is_null() | Activity.deal.in_(
        Deal.select(Deal.id).where(Deal.customer.in_(customers), Deal.visible(by))
    )
    last = Activity.select(Activity.customer, fn.MAX(Activity.at)).where(
        Activity.customer.in_(customers), Activity.kind.in_(CONTACTS)
    )
    return dict(last.where(connected, seen).group_by(Activity.customer).tuples())
