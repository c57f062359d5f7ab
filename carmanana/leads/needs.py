"""What a lead wants, written down while they speak (SOP 1, section G): saved as it is typed, checked by the very rules
that guard *assessed*."""

from collections.abc import Sequence
from dataclasses import dataclass

from carmanana.core import audit, clock
from carmanana.core.db import Stale, change, transaction
from carmanana.core.workflow import Attempt, Forbidden, Refusal, Refused
from carmanana.deals import wanted_vehicles
from carmanana.leads import rules
from carmanana.leads.lifecycle import may_work
from carmanana.records.deals import NeedsAssessment
from carmanana.records.house import house_unit
from carmanana.records.lead_codes import OPEN
from carmanana.records.leads import Lead
from carmanana.records.people import User
from carmanana.records.sops import SOP_NEEDS

FACTS = ("timeline", "location", "budget_from_cents", "budget_to_cents", "matters_most", "mission")
MOST_OPTIONS = 8


def save(lead: Lead, by: User, options: Sequence[dict], version: int | None = None, **facts) -> NeedsAssessment:
    """Write down what they want; makes and models as they are spelled. `version` is the assessment's, 0 where there is
    none.

    Raises Forbidden, Refused (field by field) or Stale (somebody else wrote meanwhile)."""
    told = [option for option in options if any(option.get(name) for name in wanted_vehicles.TOLD)]
    options = [wanted_vehicles.spelled(option, option.get("distance_unit") or house_unit()) for option in told]
    with transaction():
        fresh = Lead.get_by_id(lead.id)
        if not may_work(fresh, by):
            raise Forbidden("needs")
        _refuse(fresh, options, facts)
        needs = fresh.needs
        if version is not None and version != (needs.version if needs else 0):
            raise Stale(fresh)
        needs = needs or NeedsAssessment.create(lead_id=fresh.id)
        options = wanted_vehicles.with_musts(needs, options)
        before = {name: getattr(needs, name) for name in FACTS}, wanted_vehicles.rows(needs)
        wanted = {name: facts[name] for name in FACTS if name in facts}
        if (before[0] | wanted, options) == before:
            return needs
        change(needs, **wanted)
        wanted_vehicles.write(needs, options)
        audit.record("assess", fresh, by, options=len(options))
    return needs


def _refuse(lead: Lead, options: list[dict], facts: dict) -> None:
    refusals = [refusal for number, option in enumerate(options) if (refusal := _wrong(number, option))]
    if lead.state not in OPEN:
        refusals.append(rules.not_from_here(lead, "needs"))
    if len(options) > MOST_OPTIONS:
        refusals.append(Refusal("options", f"At most {MOST_OPTIONS} vehicles.", SOP_NEEDS))
    low, high = facts.get("budget_from_cents"), facts.get("budget_to_cents")
    if low is not None and high is not None and high < low:
        sentence = "The budget ends below where it begins."
        refusals.append(Refusal("budget", sentence, SOP_NEEDS, field="budget_to_cents"))
    if refusals:
        raise Refused(refusals, lead)


def _wrong(number: int, option: dict) -> Refusal | None:
    if not option["brand"]:
        sentence = f"Vehicle {number + 1}: enter the make."
        return Refusal("brand", sentence, SOP_NEEDS, field=f"option-{number}-brand")
    years = option["year_from"], option["year_to"]
    if all(years) and years[1] < years[0]:
        sentence = f"Vehicle {number + 1}: the years end before they begin."
        return Refusal("years", sentence, SOP_NEEDS, field=f"option-{number}-year_to")
    return None


@dataclass(frozen=True)
class Item:
    """A line of the checklist beside the assessment."""

    label: str
    done: bool
    words: str = ""
    asked: bool = True  # does *assessed* ask for it?


def checklist(lead: Lead, by: User) -> list[Item]:
    """What is known and what is missing, by the rules that guard *assessed*; what they need not say is told apart."""
    needs, attempt = lead.needs, Attempt(lead, by, "assess", {}, clock.now())
    options = needs.wanted if needs else []
    named = ", ".join(f"{option.brand} {option.model}".strip() for option in options)
    met = {rule: rule(attempt) is None for rule in (rules.vehicles_named, rules.timeline_known)}
    shopper, matters = lead.price_shopper, needs.matters_name if needs and needs.matters_most else ""
    detailed = any(option.year_from or option.most_miles or option.colours or option.special for option in options)
    return [
        Item("Vehicles" if shopper else "Vehicle", met[rules.vehicles_named], named),
        Item("Timeline", met[rules.timeline_known], needs.timeline if needs else ""),
        Item("What matters most", bool(matters), matters, shopper),
        Item("Location", bool(needs and needs.location), needs.location if needs else "", False),
        Item("Years, mileage, colors", detailed, "", False),
        Item("Why they want it", bool(needs and needs.mission), "", False),
    ]
