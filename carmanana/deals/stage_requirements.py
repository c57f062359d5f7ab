"""What must hold before a deal enters a stage."""

from collections import namedtuple

from peewee import JOIN

from carmanana.core import clock
from carmanana.core.query import prepared
from carmanana.core.text import listed
from carmanana.core.workflow import Attempt, Refusal, Remedy
from carmanana.deals.rules import ADD_STEP, ASK_MANAGER, CLAIM, EDIT_NEEDS, EDIT_ORDER, LOG_CALL
from carmanana.records.activities import CONTACTS, Activity
from carmanana.records.compliance import Consequence
from carmanana.records.deal_codes import ACTIVE
from carmanana.records.deals import NeedsAssessment, VehicleOption
from carmanana.records.pipelines import Stage
from carmanana.records.sops import SOP_FLOW, SOP_LOG, SOP_NEEDS, SOP_NON_COMPLIANCE, SOP_OWNER

Standing = namedtuple("Standing", "archived barred until why")


def stage_is_on_this_board(attempt: Attempt):
    stage: Stage | None = attempt.given.get("stage")
    if stage is None or _as_it_stands(attempt, stage).archived or stage.pipeline_id != attempt.record.pipeline_id:
        return Refusal("stage", "Choose a stage of this pipeline.", field="stage")


def stage_is_on_another_board(attempt: Attempt):
    stage: Stage | None = attempt.given.get("stage")
    if stage is None or _as_it_stands(attempt, stage).archived or stage.pipeline_id == attempt.record.pipeline_id:
        return Refusal("stage", "Choose a stage of another pipeline.", field="stage")


def _as_it_stands(attempt: Attempt, stage: Stage) -> Standing:
    """The stage as it stands in this transaction, not when the form was drawn; read once an attempt."""
    if stage.id not in attempt.read:
        row = _standing.first(stage.id, attempt.by.id, clock.today(attempt.by.timezone))
        attempt.read[stage.id] = (
            Standing(row[0], row[1] is not None, *row[2:]) if row else Standing(True, False, None, "")
        )
    return attempt.read[stage.id]


@prepared
def _standing(stage_id, user, day):
    barring = Consequence.barring(user, Stage.id, day)
    found = Stage.select(Stage.archived, Consequence.id, Consequence.ends_on, Consequence.reason)
    return found.join(Consequence, JOIN.LEFT_OUTER, on=barring).where(Stage.id == stage_id).limit(1).tuples()


def its_stage_is_open(attempt: Attempt):
    """A deal that comes back by itself needs a column to come back to."""
    if _as_it_stands(attempt, attempt.record.stage).archived:
        take_up = Remedy("Resume…", "deals.resumption", (), "play")
        sentence = f"{attempt.record.stage.name} is no stage any more. Take the deal up in another one."
        return Refusal("stage", sentence, SOP_FLOW, (take_up,))


def stage_is_open_to_them(attempt: Attempt):
    stage = attempt.given.get("stage")
    if stage is None or (stage.id == attempt.record.stage_id and attempt.record.state == ACTIVE):
        return None
    return barred_from(attempt, stage)


def own_stage_is_open_to_them(attempt: Attempt):
    """Of a step that brings a deal back into the column that it stands in."""
    return barred_from(attempt, attempt.record.stage)


def winning_is_open_to_them(attempt: Attempt):
    """Winning goes through the last stage, whatever column the card comes from; and it works in the one where it
    stands."""
    last = _last_stage.first(attempt.record.pipeline_id)
    stages = [attempt.record.stage] + ([last] if last and last.id != attempt.record.stage_id else [])
    return next((refusal for stage in stages if (refusal := barred_from(attempt, stage))), None)


def barred_from(attempt: Attempt, stage: Stage):
    """Who has lost access to a stage is told until when and why (SOP 0, *Non-compliance may lead to*)."""
    if attempt.by is None:  # the command line
        return None
    standing = _as_it_stands(attempt, stage)
    if standing.barred:
        until = f" until {standing.until:%-d %B}" if standing.until else ""
        why = f": {standing.why.rstrip('.')}" if standing.why else ""
        sentence = f"You have no access to {stage.name}{until}{why}. Your manager can move it for you."
        return Refusal("restricted", sentence, SOP_NON_COMPLIANCE, (ASK_MANAGER,))


def entry_requirements_met(attempt: Attempt):
    stage = attempt.given.get("stage")
    if stage is None or stage.id == attempt.record.stage_id:
        return None
    missing = [ENTRY[code] for code in sorted(stage.requires) if not ENTRY[code].holds(attempt)]
    if missing:
        wants = listed([requirement.wants for requirement in missing])
        remedies = tuple(dict.fromkeys(requirement.remedy for requirement in missing))
        return Refusal("entry", f"{stage.name} needs {wants}.", missing[0].sop, remedies)


def all_is_asked_for(attempt: Attempt):
    """Winning asks for a needs assessment and for all that the last stage does, whatever column the card comes from.
    A manager may go without, with a reason."""
    missing = missing_at_win(attempt)
    if not missing or (attempt.by.is_manager and (attempt.given.get("reason") or "").strip()):
        return None
    sentence = f"A won order needs {listed([requirement.wants for requirement in missing])}."
    remedies = tuple(dict.fromkeys(requirement.remedy for requirement in missing))
    return Refusal("entry", sentence, missing[0].sop, remedies, field="reason" if attempt.by.is_manager else None)


def missing_at_win(attempt: Attempt) -> "list[Requirement]":
    last = _last_stage.first(attempt.record.pipeline_id)
    asked = {"needs"} | (set(last.requires) if last else set())
    return [ENTRY[code] for code in sorted(asked - ASKED_AT_WIN) if not ENTRY[code].holds(attempt)]


@prepared
def _last_stage(pipeline):
    stages = Stage.select().where(Stage.pipeline == pipeline, ~Stage.archived)
    return stages.order_by(Stage.position.desc()).limit(1)


class Requirement:
    def __init__(self, label, wants, holds, remedy, sop=SOP_FLOW):
        self.label, self.wants, self.holds, self.remedy, self.sop = label, wants, holds, remedy, sop


def _needs_are_known(attempt: Attempt) -> bool:
    return bool(_known(attempt.record.id))


@prepared
def _known(deal_id):
    known = (NeedsAssessment.deal == deal_id) & (NeedsAssessment.timeline != "")
    return NeedsAssessment.select(NeedsAssessment.id).join(VehicleOption).where(known).limit(1)


def _client_was_contacted(attempt: Attempt) -> bool:
    return bool(_contacts(attempt.record.id))


@prepared
def _contacts(deal_id):
    return Activity.select(Activity.id).where(Activity.deal == deal_id, Activity.kind.in_(CONTACTS)).limit(1)


ENTRY = {
    "owner": Requirement("An owner", "an owner", lambda a: not a.record.unowned, CLAIM, SOP_OWNER),
    "contact": Requirement(
        "A contact with the customer", "a contact with the customer", _client_was_contacted, LOG_CALL, SOP_LOG
    ),
    "needs": Requirement(
        "A needs assessment", "a vehicle the customer wants and their timeline", _needs_are_known, EDIT_NEEDS, SOP_NEEDS
    ),
    "value": Requirement("A value", "a value", lambda a: a.record.value_cents is not None, EDIT_ORDER),
    "vehicle": Requirement("A vehicle", "a vehicle", lambda a: bool(a.record.vehicle), EDIT_ORDER),
    "agreement": Requirement(
        "An agreement date", "an agreement date", lambda a: a.record.agreement_on is not None, EDIT_ORDER
    ),
    "deposit": Requirement("A deposit", "a deposit", lambda a: a.record.deposit_cents > 0, EDIT_ORDER),
    "next_step": Requirement("A next step", "a next step", lambda a: Activity.open_steps(a.record).exists(), ADD_STEP),
}


ASKED_AT_WIN = {"owner", "value", "agreement", "deposit", "next_step"}  # by rules of their own; nothing is next to do
