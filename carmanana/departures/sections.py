"""What the tool goes through (customer cancellation help, *Using the Customer Cancellation Tool*): each section is done
or it is not, says so in words, and names the tab of the customer on which its records are worked."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain

from peewee import fn

from carmanana.core import clock
from carmanana.core.db import Record
from carmanana.core.query import prepared
from carmanana.core.workflow import Attempt, Refusal, Rule
from carmanana.records.assets import STATES as ASSET_STATES
from carmanana.records.assets import Asset
from carmanana.records.customer_cases import STATES as CASE_STATES
from carmanana.records.customer_cases import CustomerCase
from carmanana.records.customers import MOODS
from carmanana.records.deal_codes import ENDED, STATES
from carmanana.records.deals import Deal
from carmanana.records.departures import Departure, DepartureSettings, reasons_given
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


class Ended:
    """Done where none of the customer's records of a kind is open on this day; else the first of those that are, by
    name. The queries are written once, for any customer and day."""

    def __init__(self, model: type[Record], names: dict[str, str], named: Callable, is_open: Callable | None = None):
        self.names, self.named = names, named
        is_open = is_open or (lambda day: model.is_open())

        @prepared
        def counts(customer, day):
            found = model.select(fn.COUNT(model.id).filter(is_open(day)), fn.COUNT(model.id))
            return found.where(model.customer == customer).tuples()

        @prepared
        def first(customer, day):
            return model.select().where(model.customer == customer, is_open(day)).order_by(model.id).limit(NAMED)

        @prepared
        def by_state(customer):
            found = model.select(model.state, fn.COUNT(model.id)).where(model.customer == customer)
            return found.group_by(model.state).order_by(model.state).tuples()

        self.counts, self.first, self.by_state = counts, first, by_state

    def asked(self, customer: int, today: date) -> Iterable[tuple]:
        return (self.counts, customer, today), (self.first, customer, today), (self.by_state, customer)

    def __call__(self, departure: Departure, today: date) -> Standing:
        customer = departure.customer_id
        still, total = self.counts.first(customer, today)
        if still:
            return Standing(False, f"{still} open", listed(map(self.named, self.first(customer, today)), still))
        if not total:
            return Standing(True, "None")
        told = ", ".join(f"{count} {self.names[state].lower()}" for state, count in self.by_state(customer))
        return Standing(True, f"All {total} ended" if total > 1 else "Ended", told)


def reasons(departure: Departure, today: date) -> Standing:
    given = departure.given_reasons
    if not given:
        return Standing(False, "None written yet")
    return Standing(True, f"{len(given)} written" if len(given) > 1 else "Written")


def _name_of(record: Record) -> str:
    return record.name


def _named_deal(deal: Deal) -> str:
    return f"{deal.vehicle or 'no vehicle yet'} ({deal.state_name})"


def _named_asset(asset: Asset) -> str:
    return f"{asset.name} (live until {asset.cease_on:%-d %b %Y})" if asset.cease_on else asset.name


def _not_ceased(day):
    return Asset.is_open() & (Asset.cease_on.is_null() | (Asset.cease_on <= day))


quotations = Ended(Quotation, QUOTATION_STATES, _name_of)
sales_orders = Ended(SalesOrder, ORDER_STATES, _name_of)
cases = Ended(CustomerCase, CASE_STATES, lambda case: case.subject)
opportunities = Ended(Deal, STATES, _named_deal, lambda day: Deal.state.not_in(ENDED))
live_assets = Ended(Asset, ASSET_STATES, _named_asset)
assets_to_cease = Ended(Asset, ASSET_STATES, _named_asset, _not_ceased)


def assets(departure: Departure, today: date) -> Standing:
    """One that ceases on a later day is live until then, unless an admin has set that it counts as ceased."""
    return (assets_to_cease if DepartureSettings.now().future_cease else live_assets)(departure, today)


def future_expiry(departure: Departure, today: date) -> Standing:
    first = _ahead.first(departure.customer_id, today)
    if first is None:
        return Standing(False, "None in the future")
    return Standing(True, f"{first.on:%-d %b %Y}", first.about or first.kind_name)


@prepared
def _ahead(customer, today):
    return Expiry.ahead_of(customer, today).order_by(Expiry.on).limit(1)


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


def asked_of(departure: Departure, today: date) -> dict[str, tuple]:
    """What `look` is going to ask, for `ask_together`."""
    customer, every = departure.customer_id, (quotations, sales_orders, cases, opportunities, live_assets)
    asked = (*chain.from_iterable(one.asked(customer, today) for one in every), (_ahead, customer, today))
    return {str(place): query for place, query in enumerate((*asked, (reasons_given, departure.id)))}


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
