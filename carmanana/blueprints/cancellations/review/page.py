"""What the review of a cancellation shows: the order's whole story, and the steps that the request's state allows."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import time, timedelta
from urllib.parse import parse_qs

from flask import request as asked

from carmanana.blueprints.cancellations.review.clock import pill_of
from carmanana.blueprints.cancellations.review.forms import DecisionForm, EvidenceForm, FirstContactForm, ReviewForm
from carmanana.cancellations import contacts, evidence, queue
from carmanana.cancellations.lifecycle import review
from carmanana.cancellations.money_owed import settled_since
from carmanana.cancellations.playbook import answering
from carmanana.cancellations.retention import desk
from carmanana.cancellations.rights.deadlines import right_of
from carmanana.cancellations.rights.money import returned_by, with_us
from carmanana.cancellations.rules import to_read
from carmanana.cancellations.verbs import REVIEW
from carmanana.contacting.rules import local_time
from carmanana.core import clock, locales
from carmanana.core.query import prepared
from carmanana.core.workflow import Refusal
from carmanana.records import viewers
from carmanana.records.cancellations import DECLINED, IN_REVIEW, CancellationRequest, Direction, ReviewPresence
from carmanana.records.deals import Payment, balance
from carmanana.records.mail import letters_of
from carmanana.records.retention import Commitment, RetentionPlan
from carmanana.web.current_user import me
from carmanana.web.filters import locale, zone
from carmanana.web.forms.quick_dates import QuickDate, day_word, open_day_from
from carmanana.web.fragments import page_behind
from carmanana.web.panels.scripts import wording
from carmanana.web.timeline import timeline
from carmanana.web.timeline.history import Past
from carmanana.web.timeline.lines import lines


@dataclass(frozen=True)
class Place:
    """Where a request stands in the queue that it was opened from."""

    shown: str
    number: int
    total: int
    before: int | None
    after: int | None


@dataclass
class Said:
    """What has just happened on the page: words for it, or a form that was refused."""

    words: str = ""
    form: ReviewForm | None = None
    chosen: str = ""
    stale: bool = False
    more: dict = field(default_factory=dict)

    def form_of(self, kind: type[ReviewForm], request: CancellationRequest) -> ReviewForm:
        return self.form if isinstance(self.form, kind) else kind(request, empty=True)

    @property
    def unplaced(self) -> list[Refusal]:
        return self.form.unplaced if self.form is not None else []


def shown_queue() -> str:
    """The tab that the address names; one's own where it names none."""
    sent = asked.args.get("show") or _of_the_page()
    shown = sent if sent in queue.SHOWN else ""
    return shown or ("mine" if me().is_manager else "all")


def _of_the_page() -> str:
    """What the page names from which htmx asks."""
    args = parse_qs(page_behind().query)
    return (args.get("show") or [""])[0]


def place_of(request: CancellationRequest) -> Place:
    shown = shown_queue()
    row, many = queue.around(request, shown, me())
    if request.id not in row:
        return Place(shown, 0, many, None, row[0] if row else None)
    at = row.index(request.id)
    return Place(shown, at + 1, many, row[at - 1] if at else None, row[at + 1] if at + 1 < len(row) else None)


def review_page(request: CancellationRequest, said: Said | None = None) -> dict:
    said, by = said or Said(), me()
    past, itself = Past.together(request.deal, request)
    return {
        "request": request,
        "deal": request.deal,
        "customer": request.deal.customer,
        "place": place_of(request),
        "pill": pill_of(request),
        "said": said,
        "mine": by.is_manager and request.reviewer_id == by.id,
        "may": {trigger for trigger in review.triggers if review.permits(request, trigger, by)},
        "verbs": REVIEW,
        "presents": by.is_manager,
        "others": viewers.others(ReviewPresence.request, request, by),
        "directions": _directions(request),
        "found": _to_read(past),
        **_right(request),
        **_story(request, past, itself),
        **_steps(request, said, past),
        **said.more,
    }


def _to_read(past: Past) -> dict[str, int]:
    log = Counter(activity.kind for activity in past.activities if activity.kind != "task")
    return to_read(log, Counter(file.kind for file in past.files))


def _right(request: CancellationRequest) -> dict:
    """What the law may give the customer, and who may say so."""
    if not request.open:
        return {}
    found, by = right_of(request), me()
    return {
        "right_found": found,
        "right_waits": found.stands and not request.right_dismissed_at,
        "right_may": {
            name for name in ("acknowledge", "dismiss_right", "consider_right") if review.permits(request, name, by)
        },
        "right_owed": with_us(request.deal) if found.covers else 0,
        "right_back_by": returned_by(found.right, found.sent_on) if found.right else None,
    }


def _story(request: CancellationRequest, past: Past, itself: Past) -> dict:
    """The left side: everything said and done on the order, the request itself on top."""
    entries, deposits = timeline(past, itself), _deposits(request.deal)
    request.requested_by = itself.people.get(request.requested_by_id, request.requested_by_id)
    own = next((entry for entry in entries if entry.activity_id and entry.activity_id == request.activity_id), None)
    return {
        "own": own,
        "entries": [entry for entry in entries if entry is not own],
        "lines": lines,
        "letters": letters_of(request.deal),
        "open_steps": past.with_people(past.steps),
        "deposit": deposits[0] if deposits else None,
        "deposit_cents": sum(deposit.amount_cents for deposit in deposits if deposit.voided_at is None),
    }


@prepared
def _deposits(deal):
    taken = (Payment.deal == deal) & Payment.is_deposit & (Payment.kind == "received")
    return Payment.select().where(taken).order_by(Payment.paid_on)


@prepared
def _directions(request):
    return Direction.select().where(Direction.request == request).order_by(Direction.id.desc())


@prepared
def _commitments(request):
    return Commitment.select().where(Commitment.request == request)


def _steps(request: CancellationRequest, said: Said, past: Past) -> dict:
    """The right side, as far as the request has come."""
    parts = _contact_step(request, said, past) if request.awaits_contact else {}
    if request.to_decide:
        parts |= decision_step(request, said, past)
    plan = RetentionPlan.latest(request) if request.contacted_at else None  # none is made before
    return {
        "asked": request,
        "plan": plan,
        "case": desk.case_with(_with_people(plan, past)) if plan else None,
        "mission": _mission(request),
        "commitments": [] if request.open else _commitments(request),
        "settled_since": settled_since(request) if request.returned_on else {},
        "playbook": answering.may_see(request, me()) and answering.may_answer(request, request.reviewer),
        **parts,
    }


def _with_people(plan: RetentionPlan, past: Past) -> RetentionPlan:
    """With those who are known from the story already."""
    for role in (RetentionPlan.assignee, RetentionPlan.made_by):
        if person := past.people.get(getattr(plan, role.object_id_name)):
            setattr(plan, role.name, person)
    return plan


def _mission(request: CancellationRequest) -> str:
    needs = request.deal.needs
    return needs.mission if needs else ""


def _contact_step(request: CancellationRequest, said: Said, past: Past) -> dict:
    form = said.form_of(FirstContactForm, request)
    form.found = _to_read(past)
    efforts = contacts.Efforts(request, past.with_people(past.activities))
    reached = efforts.reached
    if not form.how.data and reached:
        form.how.data = "logged"
    return {
        "form": form,
        "tried": efforts.attempts,
        "hows": _hows(efforts),
        "script": wording(request.deal, *_first_words(request)),
        "email_opens": efforts.call_that_missed is not None or not efforts.may_be_called,
        "may_be_called": efforts.may_be_called,
        "may_be_emailed": contacts.may_be_emailed(request),
        "local_time": local_time(request.deal.customer, me()),
        "attempt_chips": attempt_chips(),
        "unreached": [r for r in review.refusals(request, "conclude_unreachable", me()) if r.field is None]
        if request.state == IN_REVIEW
        else [],
    }


def _first_words(request: CancellationRequest) -> tuple[str, ...]:
    by_law = right_of(request).stands and not request.right_dismissed_at
    return ("right_to_cancel_manager",) if by_law else ("manager_first_contact",)


def _hows(efforts: contacts.Efforts) -> set[str]:
    """The ways of a first contact that can be true of this customer now."""
    ways = {"call", "call_in"} if not efforts.reached else {"call", "call_in", "logged"}
    return ways | ({"reply"} if efforts.email_after_it else set())


def attempt_chips() -> list[QuickDate]:
    """When to try again."""
    here = clock.local(clock.now(), zone())
    next_day = open_day_from(here.date() + timedelta(days=1))
    soon = [("In an hour", here + timedelta(hours=1)), ("In 3 hours", here + timedelta(hours=3))]
    today = [QuickDate(name, f"{at:%Y-%m-%dT%H:%M}") for name, at in soon if open_day_from(here.date()) == at.date()]
    next_morning = f"{day_word(next_day, here.date())} {locales.hour(time(10), locale())}"
    return [*today, QuickDate(next_morning, f"{next_day}T10:00")]


def decision_step(request: CancellationRequest, said: Said, past: Past | None = None) -> dict:
    form = said.form_of(DecisionForm, request)
    with_us = max(0, balance(request.deal))
    for amount in (form.refunded_cents, form.kept_cents, form.pending_cents):
        amount.data = 0 if amount.raw_data is None else amount.data
    return {
        "decision": form,
        "with_us": with_us,
        "chosen": said.chosen or _tile() or _likeliest(request),
        **evidence_part(request, said, past),
    }


def _tile() -> str:
    """The tile that the address names."""
    sent = asked.args.get("decide", "")
    return sent if sent in ("save", "cancel", "keep") else ""


def _likeliest(request: CancellationRequest) -> str:
    """The tile that the answers so far lead to."""
    return "cancel" if request.ground or request.state == DECLINED else ""


def evidence_part(request: CancellationRequest, said: Said | None = None, past: Past | None = None) -> dict:
    """Every call and email of the order with its files, the stated reason, or neither."""
    past, files, gaps = past or Past.of(request.deal), {}, evidence.gaps(request.deal)
    for attachment in past.files:
        files.setdefault(attachment.activity_id, []).append(attachment)
    told = [activity for activity in past.activities if activity.kind in evidence.EVIDENCED]
    rows = [(activity, files.get(activity.id, []), gaps.get(activity.id)) for activity in told]
    return {
        "request": request,
        "verbs": REVIEW,
        "evidence": rows,
        "bare": {activity.id for activity, filed, gap in rows if not (filed or gap)},
        "evidence_form": (said or Said()).form_of(EvidenceForm, request),
        "evidence_refusals": [r for r in review.refusals(request, "cancel", me()) if r.field == "evidence"]
        if request.to_decide
        else [],
        "may_complete": evidence.may_complete(request, me()),
        "may_cancel": review.permits(request, "cancel", me()),
    }
