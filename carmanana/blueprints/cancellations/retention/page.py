"""The retention desk as a page, and the answer to every step taken on it or in the review beside it."""

from urllib.parse import parse_qs

from flask import abort, render_template, request, url_for

from carmanana.blueprints.cancellations.playbook_panel import playbook
from carmanana.blueprints.cancellations.retention.forms import KeepForm
from carmanana.blueprints.cancellations.review.answers import review_again
from carmanana.cancellations.lifecycle import review
from carmanana.cancellations.playbook.answering import may_see
from carmanana.cancellations.playbook.stories import may_become_one
from carmanana.cancellations.retention import desk
from carmanana.cancellations.retention.desk import Case
from carmanana.cancellations.rights.deadlines import right_of
from carmanana.cancellations.verbs import REVIEW
from carmanana.contacting.reach import closed
from carmanana.contacting.scripts import spoken
from carmanana.core.idempotency import once
from carmanana.core.query import prepared
from carmanana.core.workflow import Refusal
from carmanana.records.cancellations import OPEN, CancellationRequest
from carmanana.records.people import CRM_ADMIN, RETENTION, User
from carmanana.web.current_user import me
from carmanana.web.fragments import go, htmx, page_behind, partial, pieces, toast
from carmanana.web.panels.scripts import names_for
from carmanana.web.timeline import timeline
from carmanana.web.timeline.history import Past

LATEST = 12


def case_request_or_404(request_id: int) -> CancellationRequest:
    """Managers and admins see every request; a retention member those that are or were theirs to save."""
    found = CancellationRequest.get_or_none(CancellationRequest.id == request_id)
    if found is None or not (me().is_manager or me().has(CRM_ADMIN) or desk.case_of(me(), request_id)):
        abort(404)
    return found


def case_or_404(request_id: int) -> Case:
    return desk.case_of(me(), request_id) or abort(404)


# the desk


def desk_page(case: Case | None, cases: list[Case] | None = None):
    return render_template("retention/desk.html", **desk_context(case, cases))


def desk_context(case: Case | None, cases: list[Case] | None = None) -> dict:
    """Of the cards the first; the others, and those of what has ended, are asked for as they come into view."""
    by, member = me(), member_asked()
    shown = first_cards() if cases is None else cases
    most = _most_shown()
    ended = request.args.get("cards") in CARDS or (case and not case.open)
    return {
        "case": case,
        "cases": shown[:most],
        "number_open": _number_open(shown) if most == desk.OPEN_SHOWN else 0,
        "rest": len(shown) > most,
        "ended": desk.ended_last(by, member) if ended else [],
        "any_ended": ended or desk.any_ended(by, member),
        "at": case.request.id if case else None,
        "member": member,
        "members": _members() if by.is_manager else [],
        **(_case_context(case) if case else {}),
    }


CARDS = ("open", "ended")


def first_cards() -> list[Case]:
    """Those that are shown, and one more where there are more to come."""
    most = _most_shown()
    return desk.due_first(me(), member_asked(), most + (most < desk.OPEN_SHOWN))


def _most_shown() -> int:
    return desk.OPEN_SHOWN if request.args.get("cards") in CARDS else min(desk.FIRST_SHOWN, desk.OPEN_SHOWN)


def cards(which: str) -> str:
    """Those that were left out."""
    by, member, first = me(), member_asked(), desk.FIRST_SHOWN
    cases = desk.due_first(by, member, desk.OPEN_SHOWN, first) if which == "open" else desk.ended_last(by, member)
    of = len(cases) + first if which == "open" else 0
    number = desk.number_open(by, member) if of == desk.OPEN_SHOWN else 0
    shown = {"cases": cases, "number_open": number, "of": of, "member": member}
    return render_template("retention/_cards.html", at=request.args.get("at", type=int), **shown)


def _number_open(cases: list[Case]) -> int:
    return desk.number_open(me(), member_asked()) if len(cases) == desk.OPEN_SHOWN else len(cases)


@prepared
def _members():
    return User.working(RETENTION)


def member_asked() -> User | None:
    """Whose cases a manager looks at, from the address of the page."""
    args = parse_qs(page_behind().query) if htmx else {}
    sent = request.args.get("member") or (args.get("member") or [""])[0]
    return User.get_or_none(User.id == int(sent)) if sent.isascii() and sent.isdigit() and len(sent) < 12 else None


def _case_context(case: Case) -> dict:
    by, asked = me(), case.request
    ways = closed(case.customer, by)
    return {
        "verbs": REVIEW,
        "may": lambda trigger: case.open and review.permits(asked, trigger, by),
        "closed": ways,
        "opening": spoken.lines("retention_opening", **script_names(case)),
        "playbook": playbook(asked, ways) if case.open and may_see(asked, by) else None,
        "may_tell_story": may_become_one(asked, by),
        "right_waits": case.open and not asked.right_dismissed_at and right_of(asked).stands,
        "not_accepted": not_accepted(asked),
        "form": _keep_form(case) if case.accepted or not review.permits(asked, "end_retention", by) else None,
    }


def not_accepted(asked: CancellationRequest) -> Refusal | None:
    """Why the order may not be kept yet."""
    refusals = review.refusals(asked, "retain", me()) if review.leads(asked, "retain") else []
    return next((refusal for refusal in refusals if refusal.code == "not_accepted"), None)


def _keep_form(case: Case) -> KeepForm:
    return KeepForm(case.request, case.accepted.terms if case.accepted else "", empty=True)


def history(case: Case) -> str:
    """The latest of what was said and done, for who opens it."""
    return render_template("retention/_history.html", entries=timeline(Past.of(case.deal))[:LATEST])


def script_names(case: Case) -> dict:
    offers = "; ".join(offer.terms for offer in case.standing)
    return names_for(case.deal) | {"manager": case.request.reviewer.name, "offer": offers}


# answers


def fire_once(asked: CancellationRequest, trigger: str, version: int | None = None, **given) -> CancellationRequest:
    """The step, once however often its form arrives."""
    return once(request.form.get("once", ""), me(), lambda: review.fire(asked, trigger, me(), version, **given))


def answered(asked: CancellationRequest, said: str):
    """After a step: the desk or the review that asked, as it stands now."""
    path = page_behind().path if htmx else ""
    if path.startswith(url_for("retention.index")):
        return desk_again(asked, said)
    return review_again(asked, said) if htmx and me().sees_all else go(place_of(asked), said)


def desk_again(asked: CancellationRequest, said: str):
    html = render_template("retention/_desk.html", **desk_context(desk.case_of(me(), asked.id)))
    return pieces(
        partial("#desk", html), partial("#dialog", ""), partial("#refusal", ""), toast(said), HX_Reswap="none"
    )


def place_of(asked: CancellationRequest) -> str:
    """Where a plain form leads: the review for managers, the case for who saves it, the order for an admin."""
    by = me()
    if by.is_manager and (asked.state in OPEN or not by.has(RETENTION)):
        return url_for("cancellations.show", request_id=asked.id)
    if desk.case_of(by, asked.id):
        return url_for("retention.show", request_id=asked.id)
    return url_for("deals.show", deal_id=asked.deal_id)
