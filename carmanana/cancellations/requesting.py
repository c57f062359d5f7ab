"""The salesperson's request (SOP 0, steps 1 to 4): its form, and what it sets going."""

from carmanana.cancellations import open_steps
from carmanana.cancellations.form_rules import one_of, said, words
from carmanana.cancellations.rights.deadlines import right_of
from carmanana.cancellations.rights.rules import last_day_gone_by, statement_day, unless_a_right_runs
from carmanana.contacting.attachments import attach
from carmanana.contacting.business_hours import first_contact_due
from carmanana.core import clock, locales
from carmanana.core.workflow import Attempt, Refusal, Remedy
from carmanana.deals.rules import is_owned
from carmanana.records.activities import Activity
from carmanana.records.cancellations import CAME_BY, TONES, CancellationRequest
from carmanana.records.deal_codes import ACTIVE, LOSING, WON
from carmanana.records.deals import Deal
from carmanana.records.notifications import Notification
from carmanana.records.people import User
from carmanana.records.sops import SOP_LOCK, SOP_PROMISES, SOP_REQUEST
from carmanana.schema import locked_people

from .reviewers import report_involved, why_not

CONTACT_KIND = {"phone": "call", "email": "email", "text": "text"}


# what must hold

way_chosen = one_of("came_by", CAME_BY, "Choose how it came.", SOP_REQUEST)
reason_stated = words("reason", "Write the reason that the customer gave.", SOP_REQUEST)
issues_told = words("issues", "Write earlier issues or complaints, or “none”.", SOP_REQUEST)
phrases_told = words("phrases", "Write the key phrases or objections they used, or “none”.", SOP_REQUEST)
tone_chosen = one_of("tone", TONES, "Choose the customer's tone.", SOP_REQUEST)
order_described = words("order_details", "Write which vehicle and order it is about.", SOP_REQUEST)


def process_explained(attempt: Attempt):
    if not attempt.given.get("explained"):
        sentence = "Tell them that a manager reviews it and calls them, promise nothing, and tick it here."
        return Refusal("explained", sentence, SOP_PROMISES, field="explained")


def reviewer_may_review(attempt: Attempt):
    return why_not(attempt.given.get("reviewer"), attempt.record, attempt.by, SOP_LOCK)


def not_requested_yet(attempt: Attempt):
    if CancellationRequest.open_for(attempt.record):
        see = Remedy("See the request", "cancellations.of_deal", (), "losing")
        return Refusal("requested", "A cancellation of this order is under review already.", SOP_LOCK, (see,))


def not_delivered(attempt: Attempt):
    """After delivery it is a return; a manager may go on with a reason."""
    if not attempt.record.delivered_on:
        return None
    ask = Remedy("Ask the manager…", "deals.flag", (), "flag")
    if not attempt.by.is_manager:
        sentence, may_be_earlier = "This order is delivered: it is a return, which a manager decides on.", None
        if last := last_day_gone_by(attempt):
            sentence = (
                f"A right to cancel ended {locales.short_day(last, attempt.by.locale, year=True)}. If they sent it by "
                f"then, enter that day. If not, it is a return, which a manager decides on."
            )
            may_be_earlier = "sent_on"
        return Refusal("delivered", sentence, SOP_LOCK, (ask,), field=may_be_earlier)
    if not said(attempt, "return_reason"):
        return Refusal(
            "return_reason",
            "It is delivered, so this is a return. Say why it goes through the review.",
            SOP_LOCK,
            field="return_reason",
        )


owned = unless_a_right_runs(is_owned)
not_delivered_yet = unless_a_right_runs(not_delivered)
FORM = (
    statement_day,
    way_chosen,
    reason_stated,
    issues_told,
    phrases_told,
    tone_chosen,
    order_described,
    process_explained,
    reviewer_may_review,
)
REQUEST = (owned, not_requested_yet, not_delivered_yet, *FORM)


# what it sets going


def open_request(attempt: Attempt) -> dict:
    """The request, its activity on the order, the manager's task, and word to whom it concerns."""
    deal, given = attempt.record, attempt.given
    request = CancellationRequest(
        deal=deal,
        return_state=_came_from(attempt),
        requested_by=attempt.by,
        requested_at=attempt.at,
        state_since=attempt.at,
        due_at=first_contact_due(attempt.at, given["reviewer"]),
        **{name: said(attempt, name) for name in ("came_by", "reason", "issues", "tone", "phrases", "order_details")},
        reviewer=given["reviewer"],
        sent_on=given.get("sent_on"),
        explained=True,
    )
    request.activity = _write_activity(attempt, request)
    request.task = review_task(request, attempt.by, attempt.at)
    request.save(force_insert=True)
    attempt.event_data |= {"request": request.id, "reviewer": request.reviewer_id}
    locked_people.begin(deal.id, deal.customer_id)
    if lent := open_steps.take_over(deal, request.reviewer):
        attempt.event_data["steps"] = lent
    report_involved(request.reviewer, deal, attempt.by)
    _tell(attempt, request)
    return {}


def _came_from(attempt: Attempt) -> str:
    """Where the order goes back to; one that came in by an import as Losing Order stood as its papers say."""
    if attempt.was != LOSING:
        return attempt.was
    signed = attempt.record.agreement_on and attempt.record.value_cents is not None
    return WON if signed else ACTIVE


def title_of(deal: Deal, by: User) -> str:
    """“Cancellation Request – [Customer Name] – [Date]”."""
    return f"Cancellation Request – {deal.customer.name} – {clock.today(by.timezone):%-d %b %Y}"


def _write_activity(attempt: Attempt, request: CancellationRequest) -> Activity:
    kind = CONTACT_KIND.get(request.came_by, "note")
    activity = Activity.create(
        customer=request.deal.customer_id,
        deal=request.deal,
        kind=kind,
        direction=None if kind == "note" else "in",
        subject=title_of(request.deal, attempt.by),
        summary=summary_of(request, said(attempt, "return_reason")),
        objections=request.phrases,
        author=attempt.by,
        at=attempt.at,
    )
    return attach(activity, attempt.given.get("files") or [], attempt.by)


def summary_of(request: CancellationRequest, return_reason: str = "") -> str:
    lines = [
        f"Reason: {request.reason}",
        f"Order: {request.order_details}",
        f"Earlier issues: {request.issues}",
        f"Tone: {request.tone_name}",
        f"Key phrases: {request.phrases}",
    ]
    return "\n".join(lines + ([f"After delivery: {return_reason}"] if return_reason else []))


def review_task(request: CancellationRequest, by: User, at) -> Activity:
    """The manager's activity with a clear summary, due as soon as possible."""
    return Activity.create(
        customer=request.deal.customer_id,
        deal=request.deal,
        kind="task",
        subject="Review the cancellation and call the customer",
        summary=f"{request.deal.customer.name} wants to cancel: {request.reason}",
        due_at=request.due_at,
        author=by,
        assignee=request.reviewer,
        at=at,
    )


def _tell(attempt: Attempt, request: CancellationRequest) -> None:
    name, deal = request.deal.customer.name, request.deal
    law = ", and the law may let them" if right_of(request).stands else ""
    text = f"{name} wants to cancel{law}: the first contact is yours"
    Notification.tell(request.reviewer, "review_mine", text, attempt.by, deal=deal)
    if not deal.unowned:
        Notification.tell(
            deal.owner,
            "contact_locked",
            f"{name}: a cancellation was requested, contact is locked",
            attempt.by,
            deal=deal,
        )


def order_words(deal: Deal) -> str:
    """Vehicle and order in a line, as the form fills it in."""
    parts = [deal.vehicle or "Vehicle still open", deal.value]
    parts += [f"agreed {deal.agreement_on:%-d %b %Y}"] if deal.agreement_on else []
    parts += [f"ETA {deal.eta_on:%-d %b %Y}"] if deal.eta_on else []
    parts += ["deposit taken"] if deal.deposit_cents else []
    return " · ".join(part for part in parts if part)
