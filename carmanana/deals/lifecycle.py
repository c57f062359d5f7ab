"""The deal machine: the lead & deal SOP as one table (domain 3)."""

from collections.abc import Callable
from datetime import timedelta

from carmanana.cancellations import requesting
from carmanana.core.query import by_id, prepared
from carmanana.core.workflow import Attempt, Refusal, Remedy, T, Workflow, is_under_way
from carmanana.deals import rules, stage_requirements
from carmanana.deals.positions import place
from carmanana.deals.undo_steps import UNDO, UndoStep, take_back, undoable
from carmanana.records.activities import Activity
from carmanana.records.cancellations import CANCELLED as REQUEST_CANCELLED
from carmanana.records.cancellations import RETAINED, WITHDRAWN, CancellationRequest
from carmanana.records.customers import Customer
from carmanana.records.deal_codes import ACTIVE, CANCELLED, ENDED, LIVE, LOSING, LOST, ON_HOLD, ORGANIC, STATES, WON
from carmanana.records.deals import Deal, Hold
from carmanana.records.notifications import Notification
from carmanana.records.people import MANAGER

from .amounts import deposit_is_sensible, how_is_known, value_is_sensible
from .deposits import take_deposit
from .order_dates import agreement_is_sensible
from .sellers import did_not_sell_it, report_seller

# who may


def owner_or_manager(attempt: Attempt) -> bool:
    """An agent on an unowned deal may try, and is told to claim it first."""
    by, deal = attempt.by, attempt.record
    return MANAGER in by.roles or (by.works_deals and (deal.unowned or deal.owner_id == by.id))


def manager(attempt: Attempt) -> bool:
    return MANAGER in attempt.by.roles


def who_took_the_last_step(attempt: Attempt) -> bool:
    step = UndoStep.last(attempt.record)
    return owner_or_manager(attempt) and (step is None or step.by_id == attempt.by.id)


def the_review(triggering: str) -> Callable[[Attempt], bool]:
    """The cancellation machine alone, while its own request takes the step that this one belongs to."""

    def who(attempt: Attempt) -> bool:
        case = attempt.given.get("case")
        its_own = (
            isinstance(case, CancellationRequest) and case.deal_id == attempt.record.id and case.state == triggering
        )
        return its_own and is_under_way(case)

    return who


# what a step changes beside the state


def waited(effect: Callable[[Attempt], dict]) -> Callable[[Attempt], dict]:
    """Days on hold or under review are no days in the stage: back in it, its time goes on from where it stood."""

    def gone_on(attempt: Attempt) -> dict:
        deal = attempt.record
        stood = max(deal.state_since - deal.in_stage_since, timedelta())
        return {"in_stage_since": attempt.at - stood} | effect(attempt)

    return gone_on


def enter_stage(attempt: Attempt) -> dict:
    """In another stage, or reopened, the time in it begins anew."""
    deal, stage = attempt.record, attempt.given["stage"]
    fields = {"stage": stage, "position": place(deal, stage, attempt.given.get("after"))}
    if stage.id != deal.stage_id or attempt.was in ENDED:
        fields["in_stage_since"] = attempt.at
    if stage.id != deal.stage_id:
        attempt.told |= {"from_stage": deal.stage_id, "to_stage": stage.id}
    return fields


def enter_pipeline(attempt: Attempt) -> dict:
    pipeline = attempt.given["stage"].pipeline
    attempt.told |= {"from_pipeline": attempt.record.pipeline_id, "to_pipeline": pipeline.id}
    return enter_stage(attempt) | {"pipeline": pipeline, "order_type": pipeline.order_type}


def place_hold(attempt: Attempt) -> dict:
    lift_hold(attempt)
    given = attempt.given
    Hold.create(
        deal=attempt.record,
        sub_status=given["sub_status"],
        reason=given["reason"].strip(),
        follow_up_on=given["follow_up_on"],
        placed_by=attempt.by,
        placed_at=attempt.at,
    )
    attempt.told |= {"sub_status": given["sub_status"], "follow_up_on": given["follow_up_on"].isoformat()}
    note_for_manager(
        attempt, f"On hold until {given['follow_up_on']:%-d %b %Y}: {Hold.SUB_STATUSES[given['sub_status']]}"
    )
    return {}


def lift_hold(attempt: Attempt) -> dict:
    _lift.rows(attempt.record, attempt.at)
    return {}


@prepared
def _lift(deal, at):
    return Hold.update(lifted_at=at.to(Hold.lifted_at)).where(Hold.deal == deal, Hold.lifted_at.is_null())


def resume(attempt: Attempt) -> dict:
    lift_hold(attempt)
    add_step(attempt)
    return enter_stage(attempt)


def become_live(attempt: Attempt) -> dict:
    return {"readiness": LIVE}


def return_live(attempt: Attempt) -> dict:
    """From hold back into its column, on top: its old place may be another card's now."""
    lift_hold(attempt)
    return become_live(attempt) | {"position": place(attempt.record, attempt.record.stage)}


def become_organic(attempt: Attempt) -> dict:
    note_for_manager(attempt, "Made organic")
    return {"readiness": ORGANIC}


def sign(attempt: Attempt) -> dict:
    given = attempt.given
    take_deposit(attempt)
    close_steps(attempt)
    signed = attempt.get("agreement_on").isoformat()
    attempt.told |= {
        "value_cents": attempt.get("value_cents"),
        "agreement_on": signed,
        "deposit_cents": given.get("deposit_cents") or 0,
    }
    return {
        "value_cents": attempt.get("value_cents"),
        "agreement_on": attempt.get("agreement_on"),
        "no_deposit_reason": attempt.get("no_deposit_reason") or "",
        "agreed_how": attempt.get("agreed_how") or None,
    }


def close_as_lost(attempt: Attempt) -> dict:
    lift_hold(attempt)
    close_steps(attempt)
    attempt.told["reason"] = attempt.given["loss_reason"]
    return {"loss_reason": attempt.given["loss_reason"], "loss_words": (attempt.given.get("reason") or "").strip()}


def unsign(attempt: Attempt) -> dict:
    """The agreement was entered by mistake."""
    write_note(attempt, "Agreement taken back")
    signed, how = attempt.record.agreement_on, attempt.record.agreed_how
    attempt.told |= {
        "from": {"agreement_on": signed.isoformat(), "agreed_how": how},
        "to": {"agreement_on": None, "agreed_how": None},
    }
    report_seller(attempt.record, attempt.by)
    if not attempt.record.unowned:
        text = f"{attempt.record.customer.name}: the agreement is taken back"
        Notification.tell(attempt.record.owner, text, attempt.by, deal=attempt.record)
    return {"agreement_on": None, "agreed_how": None}


def open_again(attempt: Attempt) -> dict:
    write_note(attempt, "Reopened")
    report_seller(attempt.record, attempt.by)
    add_step(attempt)
    deal = attempt.record
    Notification.tell(
        deal.owner, f"{by_id(Customer, deal.customer_id).name}: the deal is open again", attempt.by, deal=deal
    )
    return enter_stage(attempt) | {"loss_reason": None, "loss_words": ""}


def stay(attempt: Attempt) -> dict:
    """The client stays: the order is worked again, at a stage."""
    lift_hold(attempt)
    return enter_stage(attempt) | {"retention": None}


def stay_won(attempt: Attempt) -> dict:
    lift_hold(attempt)
    take_deposit(attempt)
    kept = {name: attempt.get(name) for name in ("agreement_on", "value_cents")}
    return kept | {"retention": None, "no_deposit_reason": attempt.get("no_deposit_reason") or ""}


def put_back(attempt: Attempt) -> dict:
    """As it stood before the request; into its column on top, where it was active."""
    place_again = {"position": place(attempt.record, attempt.record.stage)} if attempt.record.state == ACTIVE else {}
    return place_again | {"retention": None}


def cancel_order(attempt: Attempt) -> dict:
    lift_hold(attempt)
    close_steps(attempt)
    return {"retention": None}


def close_steps(attempt: Attempt) -> None:
    Activity.update(done_at=attempt.at, done_by=attempt.by, version=Activity.version + 1).where(
        Activity.deal == attempt.record, Activity.kind == "task", Activity.done_at.is_null()
    ).execute()


def add_step(attempt: Attempt) -> None:
    deal = attempt.record
    Activity.create(
        customer=deal.customer_id,
        deal=deal,
        kind="task",
        subject=attempt.given["next_step"].strip(),
        due_at=attempt.given["due_at"],
        author=attempt.by,
        assignee=attempt.by if deal.unowned else deal.owner_id,
        at=attempt.at,
    )


def note_for_manager(attempt: Attempt, title: str) -> None:
    write_note(attempt, title)
    client = by_id(Customer, attempt.record.customer_id)
    text = f"{client.name}: {title[0].lower()}{title[1:]}"
    Notification.tell_manager_of(attempt.by, text, attempt.by, deal=attempt.record)


def write_note(attempt: Attempt, title: str) -> None:
    Activity.create(
        customer=attempt.record.customer_id,
        deal=attempt.record,
        kind="note",
        subject=title,
        summary=attempt.given["reason"].strip(),
        author=attempt.by,
        at=attempt.at,
    )


def not_from_here(deal: Deal, trigger: str) -> Refusal:
    """The sentence for a step that the present state does not know."""
    if deal.state == LOSING:
        return Refusal(
            "under_review", "A manager reviews this order first. Until then it stays in Losing Order.", rules.SOP_CANCEL
        )
    if deal.state == CANCELLED:
        again = (Remedy("Start a new deal from this one", "deals.successor", (), "plus"),)
        return Refusal("final", "The client cancelled this order, and that is final.", rules.SOP_CANCEL, again)
    return Refusal(
        "not_from_here", f"The deal is {STATES[deal.state]}; this step does not lead on from there.", rules.SOP_FLOW
    )


OWNER = owner_or_manager
STAGE = (
    stage_requirements.stage_is_on_this_board,
    stage_requirements.stage_is_open_to_them,
    stage_requirements.entry_requirements_met,
)
HOLD = (
    rules.is_owned,
    rules.is_organic,
    rules.contact_attempted,
    rules.sub_status_chosen,
    rules.reason_given,
    rules.follow_up_is_ahead,
)
SIGNED = (
    rules.has_agreement,
    agreement_is_sensible,
    rules.has_deposit_or_reason,
    rules.deposit_is_not_ahead,
    deposit_is_sensible,
)
WIN = (rules.has_owner, rules.has_value, value_is_sensible, how_is_known, *SIGNED)
LOSE = (rules.is_owned, rules.loss_reason_chosen, rules.no_agreement_and_no_deposit, rules.attempts_were_reasonable)
REQUEST = (rules.is_owned, *requesting.REQUEST)
STAY_WON = (rules.has_value, value_is_sensible, rules.has_agreement, agreement_is_sensible, rules.has_deposit_or_reason)
UNSIGN = (did_not_sell_it, rules.has_an_agreement, rules.no_money_with_us, rules.reason_given)
REOPEN = (
    did_not_sell_it,
    stage_requirements.stage_is_on_this_board,
    stage_requirements.stage_is_open_to_them,
    rules.reason_given,
    rules.next_step_given,
)

TABLE = [
    T("move", ACTIVE, ACTIVE, OWNER, (rules.is_owned, *STAGE), undoable(enter_stage)),
    T(
        "transfer",
        ACTIVE,
        ACTIVE,
        OWNER,
        (rules.is_owned, stage_requirements.stage_is_on_another_board, *STAGE[1:]),
        undoable(enter_pipeline),
    ),
    T("hold", ACTIVE, ON_HOLD, OWNER, HOLD, undoable(place_hold, beside=True)),
    T("extend_hold", ON_HOLD, ON_HOLD, OWNER, HOLD, undoable(place_hold, beside=True)),
    T(
        "resume",
        ON_HOLD,
        ACTIVE,
        OWNER,
        (rules.is_owned, *STAGE, rules.next_step_given),
        undoable(waited(resume), beside=True),
    ),
    T("mark_live", ACTIVE, ACTIVE, OWNER, (rules.is_owned, rules.not_live_yet), undoable(become_live)),
    T(
        "mark_live",
        ON_HOLD,
        ACTIVE,
        OWNER,
        (rules.is_owned, stage_requirements.its_stage_is_open),
        undoable(waited(return_live), beside=True),
    ),
    T(
        "mark_organic",
        ACTIVE,
        ACTIVE,
        OWNER,
        (rules.is_owned, rules.not_organic_yet, rules.reason_given),
        undoable(become_organic),
    ),
    T("win", ACTIVE, WON, OWNER, WIN, sign),
    T("lose", ACTIVE, LOST, OWNER, LOSE, close_as_lost),
    T("lose", ON_HOLD, LOST, OWNER, LOSE, waited(close_as_lost)),
    T("request_cancellation", ACTIVE, LOSING, OWNER, REQUEST, requesting.open_request),
    T("request_cancellation", ON_HOLD, LOSING, OWNER, REQUEST, waited(requesting.open_request)),
    T("request_cancellation", WON, LOSING, OWNER, REQUEST, requesting.open_request),
    T("request_cancellation", LOSING, LOSING, OWNER, REQUEST, requesting.open_request),
    T(
        "retain",
        LOSING,
        ACTIVE,
        the_review(RETAINED),
        (stage_requirements.stage_is_on_this_board, stage_requirements.stage_is_open_to_them),
        waited(stay),
    ),
    T("retain_won", LOSING, WON, the_review(RETAINED), STAY_WON, waited(stay_won)),
    T("restore", LOSING, ACTIVE, the_review(WITHDRAWN), (), waited(put_back)),
    T("restore_hold", LOSING, ON_HOLD, the_review(WITHDRAWN), (), waited(put_back)),
    T("restore_won", LOSING, WON, the_review(WITHDRAWN), (), waited(put_back)),
    T("cancel", LOSING, CANCELLED, the_review(REQUEST_CANCELLED), (), waited(cancel_order)),
    T("unsign", ACTIVE, ACTIVE, manager, UNSIGN, unsign),
    T("unsign", WON, WON, manager, (rules.not_delivered, *UNSIGN), unsign),
    T("reopen", LOST, ACTIVE, manager, REOPEN, open_again),
    T("reopen", WON, ACTIVE, manager, (rules.not_delivered, *REOPEN), open_again),
    *(T("undo", state, state, who_took_the_last_step, UNDO, take_back) for state in STATES),
    T("undo_hold", ON_HOLD, ACTIVE, who_took_the_last_step, UNDO, take_back),
    T("undo_resume", ACTIVE, ON_HOLD, who_took_the_last_step, UNDO, take_back),
]

STANDING = {
    ON_HOLD: (rules.is_organic, rules.hold_stands),
    WON: (rules.has_value, rules.has_agreement, rules.has_deposit_or_reason),
    LOST: (rules.loss_reason_chosen, rules.no_agreement_and_no_deposit),
}

order = Workflow(Deal, STATES, TABLE, STANDING, not_from_here)
