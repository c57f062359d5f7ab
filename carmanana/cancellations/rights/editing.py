"""Changing what the law says of rights to cancel: as with calling rules a change closes the row that stood and opens a
new one, so that what counted for an earlier statement can be shown. Admins change them; managers and compliance
read."""

from datetime import date, timedelta

from carmanana.contacting.calling.places import is_region
from carmanana.core import audit, dated_rows, money
from carmanana.core.db import change, transaction
from carmanana.core.workflow import Refusal, Refused
from carmanana.records.cancellation_rights import CONFIDENCES, RUNS_FROM, CancellationRight
from carmanana.records.deal_codes import AGREED_HOW, ORDER_TYPES
from carmanana.records.people import User
from carmanana.records.rights import admins_only

AMOUNTS = ("price_up_to_cents", "restocking_least_cents", "restocking_most_cents", "mileage_most_cents")
FACTS = (
    "applies_to", "order_types", "agreed_how", "price_up_to_cents", "currency", "agreed_from", "days", "runs_from",
    "conditions",
    "money", "refund_days", "restocking_percent_hundredths", *AMOUNTS[1:], "source", "confidence",
)  # fmt: skip
LONGEST_KIND, LONGEST_WORDS, LONGEST_SOURCE = 120, 500, 300
MOST_DAYS, MOST_REFUND_DAYS = 365, 365


def add(by: User, region: str, effective_from: date | None, **facts) -> CancellationRight:
    admins_only(by)
    refusals, region = _of_facts(facts), region.strip()
    if not is_region(region):
        sentence = "Enter a country or one of its parts by its code: DE, GB, US-CA."
        refusals.append(Refusal("region", sentence, field="region"))
    if effective_from is None:
        sentence = "Enter since when it counts: the first day of a statement."
        refusals.append(Refusal("effective_from", sentence, field="effective_from"))
    if refusals:
        raise Refused(refusals)
    with transaction():
        right = CancellationRight.create(region=region, effective_from=effective_from, **facts)
        audit.record("cancellation_right", right, by, region=region)
    return right


def replace(
    right: CancellationRight, by: User, version: int, effective_from: date | None, **facts
) -> CancellationRight:
    """For statements from that day on the new row counts; the old one for those until the day before."""
    admins_only(by)
    refusals = _of_facts(facts)
    with transaction():
        dated_rows.must_stand(right, version)
        if refusals := refusals + dated_rows.against_change_from(right, effective_from, by, "Add a row."):
            raise Refused(refusals, right)
        until = right.effective_until
        change(right, effective_until=effective_from - timedelta(days=1))
        kept = {"region": right.region, "effective_from": effective_from, "effective_until": until}
        made = CancellationRight.create(**kept, **facts)
        changed = sorted(name for name in FACTS if getattr(right, name) != getattr(made, name))
        audit.record("cancellation_right_replaced", made, by, replaces=right.id, fields=changed)
    return made


def end(right: CancellationRight, by: User, version: int, last_day: date | None) -> None:
    """For statements after that day it says nothing any more: where it was the only row of its region, that is
    unknown."""
    admins_only(by)
    dated_rows.end(right, by, version, last_day, "cancellation_right_ended")


def _of_facts(facts: dict) -> list[Refusal]:
    """Everything that is wrong at once, each at its field."""
    return [Refusal(name, sentence, field=name) for name, sentence in (*_of_words(facts), *_of_numbers(facts))]


def _of_words(facts: dict):
    if not 0 < len((facts.get("applies_to") or "").strip()) <= LONGEST_KIND:
        yield "applies_to", "Say which orders it is about: used vehicles, orders by a consumer."
    if not set(facts.get("order_types") or ()) <= ORDER_TYPES.keys():
        yield "order_types", "Choose from the list."
    if not set(facts.get("agreed_how") or ()) <= AGREED_HOW.keys():
        yield "agreed_how", "Choose from the list."
    if facts.get("runs_from") not in RUNS_FROM:
        yield "runs_from", "Choose from what its days run."
    if len(facts.get("conditions") or "") > LONGEST_WORDS:
        yield "conditions", f"At most {LONGEST_WORDS} characters."
    if not 0 < len((facts.get("money") or "").strip()) <= LONGEST_WORDS:
        yield "money", "Say what goes back, and what may be kept."
    if not 0 < len((facts.get("source") or "").strip()) <= LONGEST_SOURCE:
        yield "source", "Enter where it stands: a law, a ruling, a page."
    if facts.get("confidence") not in CONFIDENCES:
        yield "confidence", "Choose how it was found."


def _of_numbers(facts: dict):
    for name, most in (
        ("days", MOST_DAYS),
        ("refund_days", MOST_REFUND_DAYS),
        ("restocking_percent_hundredths", 10_000),
    ):
        value = facts.get(name)
        if (value is None and name == "days") or (value is not None and not 1 <= value <= most):
            yield (
                name,
                "A share of the price, up to 100 %." if "percent" in name else f"A whole number of days up to {most}.",
            )
    for name in AMOUNTS:
        if facts.get(name) is not None and facts[name] < 0:
            yield name, "An amount, 0 or more."
    if any(facts.get(name) is not None for name in AMOUNTS) and facts.get("currency") not in money.CURRENCIES:
        yield "currency", "Choose the currency of the amounts."
    least, most = facts.get("restocking_least_cents"), facts.get("restocking_most_cents")
    if least is not None and most is not None and least > most:
        yield "restocking_most_cents", "The most is no less than the least."
