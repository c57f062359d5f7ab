"""The cancellation machine: the cancellation SOP as one table (domain 4). A request begins with the deal
machine's `request_cancellation`."""

from collections.abc import Callable, Iterable

from carmanana.cancellations import deciding, evidence, money_owed, requesting, reviewing, rules, withdrawing
from carmanana.cancellations.grounds import ground_chosen
from carmanana.cancellations.retention import planning, presenting
from carmanana.cancellations.retention import rules as saving
from carmanana.cancellations.rights import deciding as rights
from carmanana.cancellations.rights.rules import ACKNOWLEDGE, DISMISS, is_dismissed, right_is_decided
from carmanana.core.workflow import Attempt, Refusal, T, Workflow, is_under_way
from carmanana.deals import stage_requirements
from carmanana.deals.effects import cancel_order, put_back, stay, stay_won, waited
from carmanana.deals.lifecycle import OWNER, STAY_WON, order
from carmanana.records.cancellations import (
    BEFORE_CONTACT,
    CANCELLED,
    CONTACTED,
    DECLINED,
    IN_REVIEW,
    OPEN,
    REQUESTED,
    RETAINED,
    RETENTION,
    STATES,
    TO_DECIDE,
    WITHDRAWN,
    CancellationRequest,
)
from carmanana.records.deal_codes import ACTIVE, LOSING, ON_HOLD, WON
from carmanana.records.deal_codes import CANCELLED as CANCELLED_BY_CLIENT
from carmanana.records.sops import SOP_FIRST, SOP_OUTCOME


def reviewer_or_assignee(attempt) -> bool:
    return rules.reviewer(attempt) or saving.assignee(attempt)


def from_each(states: Iterable[str], trigger: str, who, must=(), effect=None, to: str | None = None) -> list[T]:
    """The same step from several states, into one or staying."""
    return [T(trigger, state, to or state, who, tuple(must), effect or (lambda attempt: {})) for state in states]


def not_from_here(request: CancellationRequest, trigger: str) -> Refusal:
    if not request.open:
        return Refusal("ended", f"This request has ended: {STATES[request.state].lower()}.", SOP_OUTCOME)
    if request.awaits_contact:
        return Refusal("no_contact_yet", "First the manager reads the file and contacts the customer.", SOP_FIRST)
    return Refusal(
        "not_from_here",
        f"The request stands at “{STATES[request.state]}”; this step does not lead on from there.",
        SOP_FIRST,
    )


ASSIGN = (rules.reviewer_may_review, rules.reviewer_is_another, rules.reason_given)
TRY = (rules.attempt_is_one, rules.call_comes_first, rules.next_attempt_is_ahead)
FIRST = (
    rules.files_read,
    rules.client_was_reached,
    rules.situation_told,
    rules.expectations_told,
    rules.main_reason_chosen,
    rules.real_reason_told,
)
UNREACHED = (rules.files_read, rules.enough_attempts, rules.reason_given)
PLAN = (
    right_is_decided,
    saving.instructions_given,
    saving.limits_given,
    saving.offers_approved,
    saving.member_chosen,
    saving.due_is_ahead,
    saving.due_before_the_offers_end,
)
REVISE = (
    saving.withdrawn_are_of_this_plan,
    saving.offers_whole,
    saving.new_offers_limited,
    saving.offers_left,
    saving.member_if_given,
    saving.due_if_given,
    saving.due_before_the_offers_end,
    saving.revision_changes_something,
)
PRESENT = (right_is_decided, saving.offer_is_approved, saving.spoken_to_the_client, saving.answer_chosen)
RESPOND = (saving.answer_chosen, saving.presented_and_open, saving.still_in_time, saving.response_told)
KEEP = (
    right_is_decided,
    rules.client_was_spoken_to,
    rules.what_kept_them,
    rules.commitments_told,
    rules.place_to_return,
    rules.follow_up_given,
)
CANCEL = (
    right_is_decided,
    ground_chosen,
    rules.decision_documented,
    rules.money_handled,
    money_owed.return_day_is_ahead,
    evidence.evidence_complete,
)
DIRECT = (rules.salesperson_chosen, rules.until_is_ahead, rules.instruction_given)

TABLE = [
    *from_each(OPEN, "assign_reviewer", rules.leader, ASSIGN, reviewing.hand_over),
    *from_each(BEFORE_CONTACT, "escalate", rules.the_house, (rules.successor_may_review,), reviewing.escalate),
    T("begin_review", REQUESTED, IN_REVIEW, rules.reviewer),
    T("log_attempt", IN_REVIEW, IN_REVIEW, rules.reviewer, TRY, reviewing.log_attempt),
    T("log_first_contact", IN_REVIEW, CONTACTED, rules.reviewer, FIRST, reviewing.first_contact),
    T("conclude_unreachable", IN_REVIEW, CONTACTED, rules.reviewer, UNREACHED, reviewing.not_reached),
    *from_each(OPEN, "acknowledge", rules.manager, ACKNOWLEDGE, rights.acknowledge, to=CANCELLED),
    *from_each(OPEN, "dismiss_right", rules.reviewer, DISMISS, rights.dismiss),
    *from_each(OPEN, "consider_right", rules.manager, (is_dismissed,), rights.take_back),
    *from_each(OPEN, "withdraw", rules.manager, withdrawing.WITHDRAW, withdrawing.withdraw, to=WITHDRAWN),
    *from_each(TO_DECIDE, "assign_retention", rules.reviewer, PLAN, planning.assign, to=RETENTION),
    T("revise_plan", RETENTION, RETENTION, rules.reviewer, REVISE, planning.revise),
    T(
        "hand_case_over",
        RETENTION,
        RETENTION,
        rules.leader,
        (saving.member_chosen, saving.member_is_another),
        planning.revise,
    ),
    T("present", RETENTION, RETENTION, saving.assignee, PRESENT, presenting.present),
    T("respond", RETENTION, RETENTION, saving.assignee, RESPOND, presenting.respond),
    T("counter", RETENTION, RETENTION, saving.assignee, (saving.terms_told,), presenting.counter),
    T(
        "answer_counter",
        RETENTION,
        RETENTION,
        rules.reviewer,
        (saving.counter_waits, saving.counter_decided),
        planning.answer_counter,
    ),
    T(
        "end_retention",
        RETENTION,
        DECLINED,
        reviewer_or_assignee,
        (saving.ending_chosen, saving.final_response_told),
        presenting.end,
    ),
    *from_each(TO_DECIDE, "retain", rules.reviewer, KEEP, deciding.stay, to=RETAINED),
    T("retain", RETENTION, RETAINED, reviewer_or_assignee, (saving.offer_was_accepted, *KEEP), deciding.stay),
    *from_each(TO_DECIDE, "cancel", rules.reviewer, CANCEL, deciding.cancel, to=CANCELLED),
    *from_each(OPEN, "direct", rules.reviewer, DIRECT, reviewing.direct),
]

review = Workflow(CancellationRequest, STATES, TABLE, {}, not_from_here, whose=rules.whose)


# what it does to the order: steps of the deal machine that are this one's alone


def the_review(triggering: str) -> Callable[[Attempt], bool]:
    """The cancellation machine alone, while its own request takes the step that this one belongs to."""

    def who(attempt: Attempt) -> bool:
        case = attempt.given.get("case")
        its_own = (
            isinstance(case, CancellationRequest) and case.deal_id == attempt.record.id and case.state == triggering
        )
        return its_own and is_under_way(case)

    return who


REQUEST = requesting.REQUEST

order.extend(
    [
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
        T(
            "restore",
            LOSING,
            ACTIVE,
            the_review(WITHDRAWN),
            (stage_requirements.own_stage_is_open_to_them,),
            waited(put_back),
        ),
        T("restore_hold", LOSING, ON_HOLD, the_review(WITHDRAWN), (), waited(put_back)),
        T("restore_won", LOSING, WON, the_review(WITHDRAWN), (), waited(put_back)),
        T("cancel", LOSING, CANCELLED_BY_CLIENT, the_review(CANCELLED), (), waited(cancel_order)),
    ]
)
