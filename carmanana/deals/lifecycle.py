"""The deal machine: the lead & deal SOP as one table (domain 3)."""

from collections.abc import Iterable

from carmanana.core.workflow import Attempt, Refusal, Remedy, T, Workflow
from carmanana.deals import adding_steps, losing, owner_steps, rules, stage_requirements
from carmanana.deals.effects import (
    become_live,
    become_organic,
    close_as_lost,
    enter_pipeline,
    enter_stage,
    open_again,
    place_hold,
    resume,
    return_live,
    sign,
    unsign,
    waited,
)
from carmanana.deals.undoing import undoing
from carmanana.records.deal_codes import ACTIVE, CANCELLED, LOSING, LOST, ON_HOLD, OPEN, STATES, WON
from carmanana.records.deals import Deal
from carmanana.records.people import CRM_ADMIN, MANAGER
from carmanana.records.sops import SOP_CANCEL, SOP_FLOW

from .amounts import currency_is_settled, deposit_is_sensible, how_is_known, value_is_sensible
from .order_dates import agreement_is_sensible
from .sellers import did_not_sell_it

# who may


def owner_or_manager(attempt: Attempt) -> bool:
    """An agent on an unowned deal may try, and is told to claim it first."""
    by, deal = attempt.by, attempt.record
    return MANAGER in by.roles or (by.works_deals and (deal.unowned or deal.owner_id == by.id))


def manager(attempt: Attempt) -> bool:
    return MANAGER in attempt.by.roles


def manager_or_admin(attempt: Attempt) -> bool:
    """An admin sees people off, and hands over what was theirs."""
    return attempt.by.has(MANAGER, CRM_ADMIN)


def works_deals(attempt: Attempt) -> bool:
    return attempt.by.works_deals


def not_from_here(deal: Deal, trigger: str) -> Refusal:
    """The sentence for a step that the present state does not know."""
    if trigger == "claim":
        return owner_steps.not_claimable(deal)
    if deal.state == LOSING:
        return Refusal(
            "under_review", "A manager reviews this order first. Until then it stays in Losing Order.", SOP_CANCEL
        )
    if deal.state == CANCELLED:
        again = (Remedy("Start a new deal from this one", "deals.successor", (), "plus"),)
        return Refusal("final", "The customer cancelled this order, and that is final.", SOP_CANCEL, again)
    if deal.state == WON:
        sentence = "This order is won. It goes on to its delivery, or ends through a cancellation review."
        return Refusal("not_from_here", sentence, SOP_CANCEL, (rules.REQUEST_CANCELLATION,))
    if deal.state == LOST:
        return Refusal("not_from_here", "This deal is lost. A manager reopens it.", SOP_FLOW, (rules.ASK_MANAGER,))
    return Refusal(
        "not_from_here", f"The deal is {STATES[deal.state]}; this step does not lead on from there.", SOP_FLOW
    )


def in_each(states: Iterable[str], trigger: str, who, *more, **kwargs) -> list[T]:
    """A step that leaves the state as it is, from several of them."""
    return [T(trigger, state, state, who, *more, **kwargs) for state in states]


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
WIN = (
    rules.has_owner,
    stage_requirements.winning_is_open_to_them,
    stage_requirements.all_is_asked_for,
    rules.has_value,
    currency_is_settled,
    value_is_sensible,
    how_is_known,
    *SIGNED,
)
LOSE = (rules.is_owned, rules.loss_reason_chosen, rules.no_agreement_and_no_deposit, *losing.REASONS)
STAY_WON = (rules.has_value, value_is_sensible, rules.has_agreement, agreement_is_sensible, rules.has_deposit_or_reason)
UNSIGN = (did_not_sell_it, rules.has_an_agreement, rules.no_money_with_us, rules.reason_given)
REOPEN = (
    did_not_sell_it,
    rules.customer_is_not_cancelled,
    stage_requirements.stage_is_on_this_board,
    stage_requirements.stage_is_open_to_them,
    rules.reason_given,
    rules.next_step_given,
)

TABLE = [
    T("move", ACTIVE, ACTIVE, OWNER, (rules.is_owned, *STAGE), enter_stage, undo=True),
    T(
        "transfer",
        ACTIVE,
        ACTIVE,
        OWNER,
        (rules.is_owned, stage_requirements.stage_is_on_another_board, *STAGE[1:]),
        enter_pipeline,
        undo=True,
    ),
    T("hold", ACTIVE, ON_HOLD, OWNER, HOLD, place_hold, undo=True, beside=True),
    T("extend_hold", ON_HOLD, ON_HOLD, OWNER, HOLD, place_hold, undo=True, beside=True),
    T(
        "resume",
        ON_HOLD,
        ACTIVE,
        OWNER,
        (rules.is_owned, *STAGE, rules.next_step_given),
        waited(resume),
        undo=True,
        beside=True,
    ),
    T("mark_live", ACTIVE, ACTIVE, OWNER, (rules.is_owned, rules.not_live_yet), become_live, undo=True, beside=True),
    T(
        "mark_live",
        ON_HOLD,
        ACTIVE,
        OWNER,
        (rules.is_owned, stage_requirements.its_stage_is_open, stage_requirements.own_stage_is_open_to_them),
        waited(return_live),
        undo=True,
        beside=True,
    ),
    T(
        "mark_organic",
        ACTIVE,
        ACTIVE,
        OWNER,
        (rules.is_owned, rules.not_organic_yet, rules.reason_given),
        become_organic,
        undo=True,
    ),
    T("win", ACTIVE, WON, OWNER, WIN, sign),
    T("lose", ACTIVE, LOST, OWNER, LOSE, close_as_lost),
    T("lose", ON_HOLD, LOST, OWNER, LOSE, waited(close_as_lost)),
    T("unsign", ACTIVE, ACTIVE, manager, UNSIGN, unsign),
    T("unsign", WON, WON, manager, (rules.not_delivered, *UNSIGN), unsign),
    T("reopen", LOST, ACTIVE, manager, REOPEN, open_again),
    T("reopen", WON, ACTIVE, manager, (rules.not_delivered, *REOPEN), open_again),
    *in_each(OPEN, "claim", works_deals, (owner_steps.is_free,), owner_steps.take, undo=True, beside=True),
    *in_each(STATES, "reassign", manager, owner_steps.GIVE, owner_steps.give),
    *in_each(STATES, "hand_over", manager_or_admin, owner_steps.GIVE, owner_steps.give, event="reassign"),
    *in_each(STATES, "add_step", adding_steps.may_log, adding_steps.RULES, adding_steps.add),
    *in_each(STATES, "flag", owner_steps.may_ask, (owner_steps.question_asked,), owner_steps.raise_flag),
    *in_each(
        STATES, "clear_flag", manager, (owner_steps.is_flagged, owner_steps.question_asked), owner_steps.answer_flag
    ),
]

TABLE += undoing.rows(TABLE, STATES, owner_or_manager)

IN_A_STAGE = (stage_requirements.own_stage_is_open_to_them,)
STANDING = {
    ACTIVE: IN_A_STAGE,
    ON_HOLD: (rules.is_organic, rules.hold_stands, *IN_A_STAGE),
    WON: (rules.has_value, rules.has_agreement, rules.has_deposit_or_reason, *IN_A_STAGE),
    LOST: (rules.loss_reason_chosen, rules.no_agreement_and_no_deposit),
}

order = Workflow(Deal, STATES, TABLE, STANDING, not_from_here, undoing)
