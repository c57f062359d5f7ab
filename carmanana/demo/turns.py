"""Entries in the ledger that turn the deal: the triggers of the deal machine, with what each leaves behind."""

from carmanana.deals.models import ACTIVE, LIVE, LOST, ON_HOLD, ORGANIC, WON, Hold
from carmanana.demo import entries


def move(page, step):
    fields, told = page.enter_stage(page.stage(step), step)
    page.turn("move", step, data=told, **fields)


def transfer(page, step):
    order_type = step.given["order_type"]
    stage = page.ledger.house.stages[order_type, step.given["stage"]]
    fields, told = page.enter_stage(stage, step)
    told |= {"from_pipeline": page.deal["pipeline_id"], "to_pipeline": stage.pipeline_id}
    page.turn("transfer", step, data=told, pipeline_id=stage.pipeline_id, order_type=order_type, **fields)


def hold(page, step):
    _wait(page, step, "hold")


def extend_hold(page, step):
    _wait(page, step, "extend_hold")


def _wait(page, step, verb):
    day, sub_status = step.given["follow_up_on"], step.given["sub_status"]
    page.wait(step)
    page.note_for_manager(step, f"On hold until {day:%-d %b %Y}: {Hold.SUB_STATUSES[sub_status]}")
    page.turn(verb, step, ON_HOLD, {"sub_status": sub_status, "follow_up_on": day.isoformat()})


def resume(page, step):
    page.lift_hold(step)
    page.add_task(step, step.given["next_step"], step.given["due_at"], page.deal["owner_id"])
    fields, told = page.enter_stage(page.stage(step), step)
    page.turn("resume", step, ACTIVE, told, **fields)


def mark_live(page, step):
    """From hold it returns to the top of its column."""
    fields = {}
    if page.hold:
        page.lift_hold(step)
        fields = {"position": page.ledger.top_of(page.deal["stage_id"])}
    page.turn("mark_live", step, ACTIVE, readiness=LIVE, **fields)


def mark_organic(page, step):
    page.note_for_manager(step, "Made organic")
    page.turn("mark_organic", step, readiness=ORGANIC)


def win(page, step):
    given = step.given
    if given.get("deposit_cents"):
        entries.take_payment(page, step, "received", given["deposit_cents"], is_deposit=True)
    page.close_steps(step)
    reason = given.get("no_deposit_reason") or ""
    page.turn("win", step, WON, agreement_on=given["agreement_on"], no_deposit_reason=reason)


def lose(page, step):
    page.lift_hold(step)
    page.close_steps(step)
    why = step.given["loss_reason"]
    page.turn("lose", step, LOST, {"reason": why}, loss_reason=why, loss_words=step.given["reason"])


def reopen(page, step):
    page.note(step, "Reopened", step.given["reason"])
    fields, told = page.enter_stage(page.stage(step), step)
    page.turn("reopen", step, ACTIVE, told, loss_reason=None, loss_words="", **fields)
