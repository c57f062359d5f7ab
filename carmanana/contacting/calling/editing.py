"""Changing calling rules: a change closes the row that stood and opens a new one, so that what the law was at a past
call can be shown. Admins change them; managers and compliance read."""

import re
from datetime import date, timedelta
from zoneinfo import available_timezones

from carmanana.contacting.calling.hours import MIDNIGHT
from carmanana.contacting.calling.places import is_region
from carmanana.core import audit, dated_rows
from carmanana.core.db import change, transaction
from carmanana.core.workflow import Refusal, Refused
from carmanana.records.calling import CALL, CALLED_PARTY, CONFIDENCES, CONSENTS, EMAIL, TEXT, CallingRule
from carmanana.records.people import User
from carmanana.records.rights import admins_only

KINDS = {CALL: "Call", TEXT: "Text", EMAIL: "Email"}
FACTS = (
    "weekdays", "opens", "closes", "clock", "holidays_allowed", "cap", "cap_hours", "consent",
    "relationship_purchase_months",
    "relationship_inquiry_months", "inquiry_excuses", "register_days", "optout_days", "identify_within_s",
    "end_within_s",
    "source", "confidence", "note",
)  # fmt: skip
WALL = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d|24:00")
MOST = {"cap": 100, "cap_hours": 10_000, "register_days": 1000, "optout_days": 1000, "identify_within_s": 600,
        "end_within_s": 600, "relationship_purchase_months": 240, "relationship_inquiry_months": 240}  # fmt: skip
LONGEST_SOURCE, LONGEST_NOTE = 300, 500


def add(by: User, region: str, kind: str, effective_from: date | None, **facts) -> CallingRule:
    admins_only(by)
    region = region.strip()
    refusals = _of_place(region, kind) + _of_facts(facts)
    if effective_from is None:
        refusals.append(Refusal("effective_from", "Enter since when it holds.", field="effective_from"))
    if refusals:
        raise Refused(refusals)
    with transaction():
        rule = CallingRule.create(region=region, kind=kind, effective_from=effective_from, **facts)
        audit.record("calling_rule", rule, by, region=region)
    return rule


def replace(rule: CallingRule, by: User, version: int, effective_from: date | None, **facts) -> CallingRule:
    """From that day on the new row counts; the old one until the day before. Where nothing differs it stays as it
    is."""
    admins_only(by)
    refusals = _of_facts(facts)
    with transaction():
        dated_rows.must_stand(rule, version)
        if refusals := refusals + dated_rows.against_change_from(rule, effective_from, by, "Add a rule."):
            raise Refused(refusals, rule)
        change(rule, effective_until=effective_from - timedelta(days=1))
        kept = {"region": rule.region, "kind": rule.kind, "effective_from": effective_from}
        made = CallingRule.create(**kept, **facts)
        changed = sorted(name for name in FACTS if getattr(rule, name) != getattr(made, name))
        audit.record("calling_rule_replaced", made, by, replaces=rule.id, fields=changed)
    return made


def end(rule: CallingRule, by: User, version: int, last_day: date | None) -> None:
    """It holds that day and no longer. Where it was the only row of its region, nobody there is called any more."""
    admins_only(by)
    dated_rows.end(rule, by, version, last_day, "calling_rule_ended")


def _of_place(region: str, kind: str) -> list[Refusal]:
    refusals = []
    if not is_region(region):
        sentence = (
            "Enter a country or one of its parts by its code: DE, CA, US-FL; US-other for the states without rows."
        )
        refusals.append(Refusal("region", sentence, field="region"))
    if kind not in KINDS:
        refusals.append(Refusal("kind", "Choose what it is about.", field="kind"))
    return refusals


def _of_facts(facts: dict) -> list[Refusal]:
    """Everything that is wrong at once, each at its field."""
    told = {name: sentence for name, sentence in _complaints(facts) if sentence}
    return [Refusal(name, sentence, field=name) for name, sentence in told.items()]


def _complaints(facts: dict):
    opens, closes, zone = facts.get("opens") or "", facts.get("closes") or "", facts.get("clock") or ""
    if not re.fullmatch(r"[1-7]{1,7}E?|E", facts.get("weekdays") or ""):
        yield "weekdays", "Choose at least one day."
    if not WALL.fullmatch(opens) or opens == MIDNIGHT:
        yield "opens", "Enter a time, such as 09:00."
    if not WALL.fullmatch(closes):
        yield "closes", "Enter a time, such as 20:00; 24:00 is midnight."
    elif WALL.fullmatch(opens) and closes <= opens:
        yield "closes", "It closes later than it opens."
    if zone != CALLED_PARTY and zone not in available_timezones():
        yield "clock", "Enter “called party” or a time zone, such as America/Chicago."
    if (facts.get("cap") is None) != (facts.get("cap_hours") is None):
        yield "cap_hours", "Enter both: how many attempts, in how many hours."
    for name, most in MOST.items():
        if facts.get(name) is not None and not (0 if name in ("optout_days",) else 1) <= facts[name] <= most:
            yield name, f"A whole number up to {most:,}."
    if facts.get("consent") not in CONSENTS:
        yield "consent", "Choose what must be on file."
    if facts.get("confidence") not in CONFIDENCES:
        yield "confidence", "Choose how it was found."
    if not (facts.get("source") or "").strip():
        yield "source", "Enter where it stands: a law, a ruling, a page."
