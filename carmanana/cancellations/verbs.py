"""The steps of a cancellation as people meet them: the salesperson's request, which is one of the deal machine, and
each step of the review once, with its button, dialog and toast. Most write a note or log a contact, which tells of
them."""

from carmanana.cancellations import requesting
from carmanana.cancellations.directing import directable
from carmanana.cancellations.lifecycle import review
from carmanana.cancellations.reviewers import eligible_for
from carmanana.cancellations.rights.verbs import VERBS as RIGHTS
from carmanana.core.fields import CHOICE, MOMENT, RECORD, WORDS, Field
from carmanana.core.verbs import Line, Verb, catalogue
from carmanana.deals.verbs import VERBS
from carmanana.records.cancellations import MISTAKES, CancellationRequest
from carmanana.records.deal_codes import LOSING, ON_HOLD, WON
from carmanana.records.people import CRM_ADMIN, MANAGER, User
from carmanana.records.playbook import STEPS
from carmanana.records.retention import RetentionPlan

VERBS.extend(
    Verb(
        "request_cancellation",
        "Request a cancellation…",
        icon="losing",
        submit="Send to the manager",
        confirm=True,
        path="cancellation",
        first=(requesting.owned, requesting.not_delivered_yet),
        outright=(requesting.not_requested_yet,),
        done="The manager has it. The next contact is theirs",
        tint="losing",
        column="losing",
        offered=lambda deal, by: deal.state != LOSING,
    )
)


CHOOSE = [("", "Choose…")]


def reviewers(request: CancellationRequest, by: User) -> list[tuple[str, str]]:
    return CHOOSE + [(str(manager.id), manager.name) for manager in eligible_for(request)]


def themselves(request: CancellationRequest, by: User) -> str:
    return str(by.id) if by in eligible_for(request) else ""


def salespeople(request: CancellationRequest, by: User) -> list[tuple[str, str]]:
    return CHOOSE + [(str(person.id), person.name) for person in directable(request.deal)]


def their_salesperson(request: CancellationRequest, by: User) -> str:
    owner = request.deal.owner
    return str(owner.id) if owner and owner.active and not owner.is_manager else ""


def back_where(request: CancellationRequest) -> str:
    place = {WON: "Won", ON_HOLD: "On Hold"}.get(request.return_state, "its stage")
    return f"The order goes back to {place}, and contact opens again. The owner and who asked for it are told."


def who_reviews(request: CancellationRequest) -> str:
    return (
        f"{request.reviewer.name} reviews it now. Both are told; the clock of a first contact starts again for the new "
        "reviewer."
    )


def until_when(request: CancellationRequest) -> str:
    opens = "It opens once you have spoken with them: until your first contact is logged, the lock stays closed. "
    return (
        "They may contact the customer until then, as you say. "
        f"{'' if request.contacted_at else opens}Cancellation SOP, step 4"
    )


def has_the_case(request: CancellationRequest) -> str:
    return f"{RetentionPlan.current(request).assignee.name} has the case"


REVIEW = catalogue(
    review,
    Verb("begin_review", "Begin review", icon="eye", done="", timeline="Review begun"),
    Verb("escalate", "Escalate", timeline="Escalated: the first contact is overdue", look="bad", mark="timer"),
    Verb(
        "log_attempt",
        "Log the attempt",
        icon="phone-missed",
        done="The attempt is logged. Contact stays locked for everybody else",
    ),
    Verb(
        "log_first_contact",
        "Log the first contact",
        icon="circle-check",
        done="The first contact is logged. Now the decision",
    ),
    Verb(
        "conclude_unreachable",
        "Continue without reaching them",
        done="Written down as not reached. Now the decision",
    ),
    Verb(
        "direct",
        "Direct an agent…",
        icon="lock-open",
        submit="Send instruction",
        path="direction",
        fields=(
            Field("user", "Agent", RECORD, choices=salespeople, model=User, start=their_salesperson),
            Field("until", "Until", MOMENT, chips="due"),
            Field(
                "words",
                "Your instruction",
                WORDS,
                most=2000,
                placeholder="Call about the delivery date only; no prices, no refunds",
            ),
        ),
        note=until_when,
        done="They have been told",
    ),
    Verb(
        "assign_reviewer",
        "Change reviewer…",
        icon="user-plus",
        title="Give the review to another manager",
        submit="Hand over",
        path="reviewer",
        fields=(
            Field("reviewer", "Who reviews it", RECORD, choices=reviewers, model=User, start=themselves),
            Field("reason", "Why", WORDS, most=2000, rows=2, placeholder="Absence, hand-over…"),
        ),
        note=who_reviews,
        done="Handed over",
        roles=(MANAGER, CRM_ADMIN),
    ),
    Verb(
        "withdraw",
        "Withdraw the request…",
        icon="undo",
        submit="Withdraw",
        path="withdrawal",
        fields=(
            Field("because", "Why is it withdrawn?", CHOICE, choices=MISTAKES, start=""),
            Field("reason", "In words", WORDS, most=2000, rows=2, start=""),
        ),
        note=back_where,
        done="Withdrawn. The order is back where it stood",
    ),
    *RIGHTS,
    Verb("assign_retention", "Assign to retention", icon="rescue", done=has_the_case),
    Verb(
        "revise_plan",
        "Change the plan…",
        icon="pencil",
        done="The plan is changed",
    ),
    Verb(
        "hand_case_over",
        "Reassign the case…",
        icon="user-plus",
        title="Give the case to somebody else",
        submit="Reassign",
        done=has_the_case,
    ),
    Verb("present", "Present", icon="rescue", title="Present the offer", submit="Presented"),
    Verb("respond", "Their answer…", icon="rescue", submit="Save"),
    Verb(
        "counter",
        "The customer asks for something else…",
        icon="flag",
        title="The customer asks for something else",
        submit="Ask {reviewer.first_name}",
        done="{reviewer.name} decides. Promise nothing meanwhile",
    ),
    Verb("answer_counter", "Answer…", icon="flag", title="The customer asks for something else"),
    Verb(
        "end_retention",
        "Recall the case…",
        icon="undo",
        title="End the case",
        submit="End the case",
        done="Back to {reviewer.name}, who decides",
    ),
    Verb("retain", "Keep the order", icon="check", done="{deal.customer.name} stays with us"),
    Verb(
        "cancel",
        "Approve the cancellation",
        icon="lost",
        done="The cancellation is approved. The order is lost",
    ),
    events={
        "take_back_direction": Line("The instruction to an agent was taken back", "", "undo"),
        "playbook": Line(lambda data, past: f"Playbook: {STEPS.get(data.get('step'), 'a step')}", "", "heart"),
        "story": Line("Kept as a true story to tell", "", "quote"),
        "evidence_gap": Line("Said why evidence is missing", "", "note"),
    }
    | dict.fromkeys(("progress", "evidence", "evidence_gap")),
)

# what the customer said to an offer, and what was said to their own terms
PRESENTED = {
    "thinking": "Presented. They are thinking it over",
    "accepted": "They accept it. Keep the order below",
    "declined": "Presented. They declined it",
}
RESPONDED = {answer: words.removeprefix("Presented. ") for answer, words in PRESENTED.items()}
COUNTERED = {"yes": "Approved: it may be offered", "no": "Not approved, and said so"}
