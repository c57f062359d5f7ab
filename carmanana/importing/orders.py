"""The deal of a row: its pipeline, stage and state, and what the state needs beside it."""

from datetime import date, datetime, time

from carmanana.core import clock, money
from carmanana.deals.lifecycle import order as machine
from carmanana.importing.cells import dates, values
from carmanana.importing.cells.words import Unclear, words
from carmanana.importing.choices import Choices, fold
from carmanana.importing.entries import Cells, Entry, yes_or_no
from carmanana.importing.terms import Terms
from carmanana.records.deal_codes import ACTIVE, CANCELLED, LOST, ON_HOLD, ORGANIC, WON
from carmanana.records.deals import Deal, Hold
from carmanana.records.people import User
from carmanana.records.pipelines import Pipeline, Stage

NO_DEPOSIT = "Brought in by an import; the file names no deposit."
NOON = time(12)
LONGEST_DETAILS = 60_000
USED_BY = {
    WON: {"closed_on"},
    CANCELLED: {"closed_on"},
    LOST: {"closed_on", "loss_reason"},
    ON_HOLD: {"hold_until", "hold_reason"},
}
SOMETIMES = ("closed_on", "loss_reason", "hold_until", "hold_reason")


class OrderReading:
    def __init__(self, terms: Terms, choices: Choices, by: User | None, today: date, zone: str):
        self.terms, self.choices, self.by, self.today, self.zone = terms, choices, by, today, zone
        self.pipelines = {pipeline.slug: pipeline for pipeline in choices.pipelines}
        self.by_id = {pipeline.id: pipeline for pipeline in choices.pipelines}
        self.by_type = {pipeline.order_type: pipeline for pipeline in reversed(choices.pipelines)}
        self.stages = {key: {fold(stage.name): stage for stage in stages} for key, stages in choices.stages.items()}

    def read(self, entry: Entry, cells: Cells) -> None:
        """Put the deal into the entry, or say what forbids it to stand in its state."""
        pipeline, order_type = self._pipeline(cells)
        state, stage = self._state_and_stage(cells, pipeline)
        deal = Deal(pipeline=pipeline, stage=stage, order_type=order_type, state=state, **self._facts(cells))
        if deal.value_cents and deal.value_cents > money.most(deal.currency):
            entry.refuse(
                "money",
                f"The value is more than {money.shown(money.most(deal.currency), deal.currency)}, the most that a "
                f"deal may be worth.",
            )
        deal.readiness = cells.choice("readiness") or (ORGANIC if state == ON_HOLD else self.terms.readiness)
        deal.owner = entry.owner
        self._date(deal, cells)
        self._stand_beside(entry, deal, cells)
        expected = bool(deal.expected_close_on)
        unused = [
            key for key in SOMETIMES if key not in USED_BY.get(state, ()) and not (expected and key == "closed_on")
        ]
        entry.details += cells.as_details(*unused)
        deal.details = "\n".join(entry.details)
        if len(deal.details) > LONGEST_DETAILS:
            entry.refuse("details", f"The row holds more than {LONGEST_DETAILS:,} characters for the deal's details.")
        entry.deal = deal
        if not entry.troubles:
            self._hold_to_rules(entry, deal)

    def _pipeline(self, cells: Cells) -> tuple[Pipeline, str]:
        order_type, slug = cells.choice("order_type"), cells.choice("pipeline")
        pipeline = self.pipelines.get(slug) or self.by_type.get(order_type) or self.by_id[self.terms.pipeline]
        return pipeline, order_type or pipeline.order_type

    def _state_and_stage(self, cells: Cells, pipeline: Pipeline) -> tuple[str, Stage | None]:
        """A stage column may speak of states too ("Closed Won")."""
        kind, _, said = cells.choice("stage").partition(":")
        state = (
            cells.choice("state")
            or (said if kind == "state" else "")
            or _by_flags(cells)
            or (ACTIVE if kind == "stage" else self.terms.state_unsaid)
        )
        stages = self.stages[pipeline.id]
        if kind == "stage" and fold(said) not in stages:
            cells.entry.refuse("stage", f"{pipeline.name} has no stage “{said}”.")
        if not stages:
            cells.entry.refuse("stage", f"{pipeline.name} has no stages.")
            return state, None
        first, *_, last = [*stages.values(), *stages.values()]
        return state, stages.get(fold(said)) if kind == "stage" else last if state == WON else first

    def _facts(self, cells: Cells) -> dict:
        year, make, model = self._vehicle(cells)
        return {
            "value_cents": cells.cents("value"),
            "currency": self._currency(cells),
            "vehicle_year": year,
            "vehicle_make": make,
            "vehicle_model": model,
            "source": cells.words("source"),
            "external_id": cells.words("external_id"),
        }

    def _currency(self, cells: Cells) -> str:
        """What a column of currencies says, else the amount itself; all amounts of a row are in one."""
        named = cells.read("currency", currency)
        found = cells.read("value", values.currency, self.terms.currency, named or "") or named or self.terms.currency
        cells.read("deposit", values.currency, found, found)
        return found

    def _vehicle(self, cells: Cells) -> tuple[int | None, str, str]:
        year, make, model = (
            cells.read("vehicle_year", model_year),
            cells.words("vehicle_make"),
            cells.words("vehicle_model"),
        )
        if make and model:
            cells.entry.details += cells.as_details("vehicle")
            return year, make, model
        parts = cells.words("vehicle").split()
        if parts and (said := _likely_year(parts[0])):
            year = year or said
            parts.pop(0)
        return year, make or " ".join(parts[:1]), model or " ".join(parts[0 if make else 1 :])

    def _date(self, deal: Deal, cells: Cells) -> None:
        """What is only known as the day of the sale was signed and handed over on that day."""
        closed, agreed = (
            cells.date("closed_on", None if deal.open else self.today),
            cells.date("agreement_on", self.today),
        )
        ahead = closed if deal.open and closed and closed > self.today else None
        deal.expected_close_on = ahead or self._expected(cells)
        delivered, opened = cells.date("delivered_on", self.today), cells.date("created_on", self.today)
        deal.eta_on = cells.date("eta_on")
        if deal.state == WON:
            agreed = agreed or closed or delivered
            delivered = delivered or (None if "delivered_on" in self.terms.columns else closed)
        elif delivered:
            cells.entry.refuse("not_won", "Only a won order is delivered.")
        deal.agreement_on, deal.delivered_on = agreed, delivered
        past = closed if closed and closed <= self.today else None
        self._place_in_time(deal, opened or agreed or past, past or agreed or delivered)

    def _expected(self, cells: Cells) -> date | None:
        """When it is expected to close; words that are no day ("next spring") stay in the details."""
        for _, text, place in cells.all("expected_on")[:1]:
            try:
                return dates.day(words(text), self.terms.order(place))
            except Unclear:
                cells.entry.details += cells.as_details("expected_on")
        return None

    def _place_in_time(self, deal: Deal, opened: date | None, ended: date | None) -> None:
        now = clock.now()
        deal.created_at = deal.state_since = self._noon(opened) if opened else now
        deal.in_stage_since = now
        if deal.state in (WON, LOST, CANCELLED):
            deal.state_since = deal.in_stage_since = self._noon(ended) if ended else deal.state_since

    def _noon(self, day: date) -> datetime:
        return clock.from_local(datetime.combine(day, NOON), self.zone)

    def _stand_beside(self, entry: Entry, deal: Deal, cells: Cells) -> None:
        entry.deposit_cents = cells.cents("deposit") or None
        entry.deposit_on = deal.agreement_on or self.today
        if deal.state == WON and not entry.deposit_cents:
            deal.no_deposit_reason = NO_DEPOSIT
        if deal.state == LOST:
            self._lose(entry, deal, cells)
        if deal.state == ON_HOLD:
            self._hold(entry, deal, cells)

    def _lose(self, entry: Entry, deal: Deal, cells: Cells) -> None:
        deal.loss_reason = cells.choice("loss_reason") or self.terms.loss_reason or None
        deal.loss_words = cells.words("loss_reason", 2000)
        if entry.deposit_cents:
            entry.refuse("agreed", "This order has a deposit. It ends only through a manager's cancellation review.")

    def _hold(self, entry: Entry, deal: Deal, cells: Cells) -> None:
        until, reason = cells.date("hold_until"), cells.words("hold_reason", 2000)
        if until and reason:
            entry.hold = Hold(
                sub_status=self.terms.sub_status,
                reason=reason,
                follow_up_on=until,
                placed_by=self.by,
                placed_at=deal.state_since,
            )

    def _hold_to_rules(self, entry: Entry, deal: Deal) -> None:
        for refusal in machine.objections(deal, self.by, beside=entry.beside):
            entry.refuse(refusal.code, refusal.sentence)


def _by_flags(cells: Cells) -> str:
    """The state by columns such as IsWon and IsClosed; empty where there are none."""
    won, closed = cells.read("is_won", yes_or_no), cells.read("is_closed", yes_or_no)
    if won is None and closed is None:
        return ""
    return WON if won else LOST if closed else ACTIVE


def currency(text: str) -> str:
    found = values.currency_named(text)
    if not found:
        raise Unclear(f"“{text[:20]}” is not a currency that we take.")
    return found


def model_year(text: str) -> int:
    if year := _likely_year(text):
        return year
    raise Unclear(f"“{text[:20]}” is not the year of a vehicle.")


def _likely_year(text: str) -> int:
    """0 where it is none: a Peugeot 3008 is no car of the year 3008."""
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0
    return year if 1900 <= year <= clock.now().year + 2 else 0
