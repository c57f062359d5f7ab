"""What the tool goes through (customer cancellation help, *Using the Customer Cancellation Tool*): each section is done
or it is not, says so in words, and names the tab of the customer on which its records are worked."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from peewee import fn

from carmanana.core import clock
from carmanana.core.db import Record
from carmanana.core.workflow import Attempt, Refusal, Rule
from carmanana.records.assets import STATES as ASSET_STATES
from carmanana.records.assets import Asset
from carmanana.records.customer_cases import STATES as CASE_STATES
from carmanana.records.customer_cases import CustomerCase
from carmanana.records.customers import MOODS, Customer
from carmanana.records.deal_codes import ENDED, STATES
from carmanana.records.deals import Deal
from carmanana.records.departures import Departure, DepartureSettings
from carmanana.records.expiries import Expiry
from carmanana.records.quotations import STATES as QUOTATION_STATES
from carmanana.records.quotations import Quotation
from carmanana.records.sales_orders import STATES as ORDER_STATES
from carmanana.records.sales_orders import SalesOrder

SOP = "Cancelling a customer, before cancellation occurs"
NAMED = 3


@dataclass(frozen=True)
class Standing:
    """`words` say how the section stands, `named` what is still open, or what was given."""

    done: bool
    words: str
    named: str = ""


@dataclass(frozen=True)
class Section:
    code: str
    name: str
    look: Callable[[Departure, date], Standing]
    lacks: str
    tab: str = ""
    required: bool = True


@dataclass(frozen=True)
class Looked:
    """A section as it stands now for one customer."""

    section: Section
    standing: Standing

    @property
    def bars(self) -> bool:
        return self.section.required and not self.standing.done


def listed(words: Iterable[str], all_of_them: int) -> str:
    """The first few by name, and how many more."""
    named = ", ".join(list(words)[:NAMED])
    return named + (f" and {all_of_them - NAMED} more" if all_of_them > NAMED else "")


def open_and_all(model: type[Record], customer: Customer | int, is_open) -> tuple[int, int]:
    counted = model.select(fn.COUNT(model.id).filter(is_open), fn.COUNT(model.id)).where(model.customer == customer)
    return counted.tuples().get()


def ended(model: type[Record], customer: Customer | int, is_open, names: dict[str, str], named: Callable) -> Standing:
    """Done where none of the customer's is open; else the first of those that are."""
    still, total = open_and_all(model, customer, is_open)
    if still:
        rows = model.select().where(model.customer == customer, is_open).order_by(model.id).limit(NAMED)
        return Standing(False, f"{still} open", listed(map(named, rows), still))
    if not total:
        return Standing(True, "None")
    by_state = model.select(model.state, fn.COUNT(model.id)).where(model.customer == customer).group_by(model.state)
    told = ", ".join(f"{count} {names[state].lower()}" for state, count in by_state.order_by(model.state).tuples())
    return Standing(True, f"All {total} ended" if total > 1 else "Ended", told)


def reasons(departure: Departure, today: date) -> Standing:
    given = departure.given_reasons
    if not given:
        return Standing(False, "None written yet")
    return Standing(True, f"{len(given)} written" if len(given) > 1 else "Written")


def quotations(departure: Departure, today: date) -> Standing:
    return ended(Quotation, departure.customer_id, Quotation.is_open(), QUOTATION_STATES, lambda each: each.name)


def sales_orders(departure: Departure, today: date) -> Standing:
    return ended(SalesOrder, departure.customer_id, SalesOrder.is_open(), ORDER_STATES, lambda each: each.name)


def assets(departure: Departure, today: date) -> Standing:
    """One that ceases on a later day is live until then, unless an admin has set that it counts as ceased."""
    still = Asset.is_open()
    if DepartureSettings.now().future_cease:
        still &= Asset.cease_on.is_null() | (Asset.cease_on <= today)
    return ended(Asset, departure.customer_id, still, ASSET_STATES, lambda each: each.name)


def future_expiry(departure: Departure, today: date) -> Standing:
    ahead = Expiry.ahead_of(departure.customer_id, today)
    first = ahead.order_by(Expiry.on).first()
    if first is None:
        return Standing(False, "None in the future")
    return Standing(True, f"{first.on:%-d %b %Y}", first.about or first.kind_name)


def cases(departure: Departure, today: date) -> Standing:
    return ended(CustomerCase, departure.customer_id, CustomerCase.is_open(), CASE_STATES, lambda case: case.subject)


def opportunities(departure: Departure, today: date) -> Standing:
    return ended(Deal, departure.customer_id, Deal.state.not_in(ENDED), STATES, _deal_named)


def _deal_named(deal: Deal) -> str:
    return f"{deal.vehicle or 'no vehicle yet'} ({deal.state_name})"


def ownership(departure: Departure, today: date) -> Standing:
    owner, planned = departure.customer.owner, departure.new_owner
    stands = owner.name if owner and not owner.house else "Nobody"
    if planned and planned != owner:
        return Standing(False, f"{stands} → {planned.name}", "when processed")
    return Standing(bool(planned), stands, "assigned" if planned else "")


def mood(departure: Departure, today: date) -> Standing:
    noted = departure.customer.mood
    return Standing(bool(noted), MOODS.get(noted, noted))


SECTIONS = [
    Section("reasons", "Cancellation reasons", reasons, "Write at least one reason."),
    Section("sales_orders", "Sales orders", sales_orders, "Complete or cancel every sales order.", "sales-orders"),
    Section("assets", "Assets", assets, "Give every asset a cease date, and untick Live.", "assets"),
    Section(
        "quotations", "Quotations", quotations, "End every quotation: won, lost, expired or cancelled.", "quotations"
    ),
    Section("cases", "Cases", cases, "Close every case of theirs.", "cases"),
    Section(
        "opportunities",
        "Opportunities",
        opportunities,
        "An open deal ends as won, lost or cancelled; an order is cancelled by way of its cancellation review only.",
        "deals",
    ),
    Section("future_expiry", "Future expiry", future_expiry, "Set an expiry on a day to come.", "expiries"),
    Section("ownership", "Ownership", ownership, "", required=False),
    Section("mood", "Customer mood", mood, "", required=False),
]


def look(departure: Departure, today: date) -> list[Looked]:
    """All of them, in the order of the tool."""
    return [Looked(section, section.look(departure, today)) for section in SECTIONS]


def is_done(section: Section) -> Rule:
    def done(attempt: Attempt):
        standing = section.look(attempt.record, clock.today(attempt.by.timezone))
        if not standing.done:
            sentence = f"{section.name}: {standing.words.lower()}. {section.lacks}"
            return Refusal(f"section_{section.code}", sentence, SOP)

    return done


def required() -> tuple[Rule, ...]:
    """What guards *Process*: one rule a section."""
    return tuple(is_done(section) for section in SECTIONS if section.required)
