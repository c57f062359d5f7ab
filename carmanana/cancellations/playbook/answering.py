"""Writing down what the customer said at each step of the playbook, and whether it is fear (SOP 2)."""

from carmanana.cancellations.playbook import mission
from carmanana.core import audit, clock
from carmanana.core.db import Stale, change, transaction
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.records.cancellations import DIAGNOSES, OPEN, REQUESTED, RETENTION, CancellationRequest
from carmanana.records.people import RETENTION as RETENTION_ROLE
from carmanana.records.people import User
from carmanana.records.playbook import STEPS, PlaybookAnswer, Story
from carmanana.records.retention import RetentionPlan

SOP_SAVE = "Saving a sale"
TALKING = tuple(state for state in OPEN if state != REQUESTED)


def may_answer(request: CancellationRequest, by: User) -> bool:
    """The reviewer once the review has begun, and the retention member on the case; never the salesperson."""
    if request.state not in TALKING:
        return False
    return (by.is_manager and request.reviewer_id == by.id) or _has_the_case(request, by)


def may_see(request: CancellationRequest, by: User) -> bool:
    return by.is_manager or _has_the_case(request, by)


def _has_the_case(request: CancellationRequest, by: User) -> bool:
    plan = RetentionPlan.current(request) if request.state == RETENTION else None
    return plan is not None and by.has(RETENTION_ROLE) and plan.assignee_id == by.id


def answer(
    request: CancellationRequest, step: str, by: User, words: str = "", version: int | None = None, **given
) -> PlaybookAnswer:
    """Keep the answer to one step. `diagnosis` comes with diagnose, `mission` with mission where nobody had
    asked, `story` with social_proof. `version` is of the answer that the form was drawn from."""
    with transaction():
        fresh = CancellationRequest.get_by_id(request.id)
        if not fresh.open or fresh.state == REQUESTED:
            raise Refused([_not_now(fresh)], fresh, "playbook")
        if not may_answer(fresh, by):
            raise Forbidden("playbook")
        if refusals := _missing(fresh, step, words.strip(), given):
            raise Refused(refusals, fresh, "playbook")
        kept = _keep(fresh, step, by, words.strip(), version, given.get("story"))
        told = _beside(fresh, step, by, given)
        audit.record("playbook", fresh, by, step=step, **told)
    return kept


def _not_now(request: CancellationRequest) -> Refusal:
    if request.open:
        return Refusal("not_begun", "The review has not begun.", SOP_SAVE)
    return Refusal("ended", f"This request has ended: {request.state_name.lower()}.", SOP_SAVE)


def _missing(request: CancellationRequest, step: str, words: str, given: dict) -> list[Refusal]:
    if step not in STEPS:
        return [Refusal("step", "The playbook has no such step.", SOP_SAVE)]
    refusals = []
    if step == "diagnose" and given.get("diagnosis") not in DIAGNOSES:
        refusals.append(
            Refusal("diagnosis", "Choose: is it fear, or a legitimate reason?", SOP_SAVE, field="diagnosis")
        )
    if step == "social_proof" and (story := given.get("story")) and story.retired_at:
        refusals.append(Refusal("retired", "That story is not told any more.", SOP_SAVE, field="story"))
    if step == "mission" and not mission.mission_of(request.deal) and not (given.get("mission") or "").strip():
        refusals.append(
            Refusal("mission", "Ask why they really wanted it, and write it in their words.", SOP_SAVE, field="mission")
        )
    elif not words and step != "mission" and not given.get("story"):
        refusals.append(Refusal("words", "Write what they said.", SOP_SAVE, field="words"))
    return refusals


def _keep(
    request: CancellationRequest, step: str, by: User, words: str, version: int | None, story: Story | None
) -> PlaybookAnswer:
    known = PlaybookAnswer.get_or_none(PlaybookAnswer.request == request, PlaybookAnswer.step == step)
    fields = {"words": words, "story": story, "answered_by": by, "answered_at": clock.now()}
    if known is None:
        return PlaybookAnswer.create(request=request, step=step, **fields)
    if version != known.version:
        raise Stale(known)
    change(known, **fields)
    return known


def _beside(request: CancellationRequest, step: str, by: User, given: dict) -> dict:
    """What a step tells beside the answer: the diagnosis of the request, the mission of the order, the story told.
    The diagnosis is guarded by the version of its answer, so that it does not age the forms beside the panel."""
    if step == "diagnose":
        CancellationRequest.update(diagnosis=given["diagnosis"]).where(CancellationRequest.id == request.id).execute()
        return {"diagnosis": given["diagnosis"]}
    if step == "mission" and not mission.mission_of(request.deal):
        mission.learn(request.deal, by, given["mission"])
    if step == "social_proof" and given.get("story"):
        return {"story": given["story"].id}
    return {}
