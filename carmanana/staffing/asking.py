"""Somebody can't go on with their work and tells their manager, who gives it to others (SOP 1, section E)."""

from datetime import date

from carmanana.core import audit, clock
from carmanana.core.db import change, transaction
from carmanana.core.query import again
from carmanana.core.workflow import Refusal, Refused
from carmanana.records.handovers import HandOverRequest
from carmanana.records.notifications import Notification
from carmanana.records.people import AGENT, MANAGER, RETENTION, User
from carmanana.records.rights import leaders_only
from carmanana.records.sops import SOP_OWNER
from carmanana.staffing.leaving import open_work

GIVEN = "Handed over"
MAY = (AGENT, MANAGER, RETENTION)


def ask(user: User, reason: str, starts_on: date | None = None) -> HandOverRequest:
    """One at a time, with why and from when."""
    refusals = []
    if not (reason or "").strip():
        refusals.append(Refusal("reason", "Say why you can’t go on with it.", SOP_OWNER, field="reason"))
    if starts_on and starts_on < clock.today(user.timezone):
        refusals.append(Refusal("day", "Choose a day from today on.", SOP_OWNER, field="starts_on"))
    if refusals:
        raise Refused(refusals, user)
    with transaction():
        if of(user):
            raise Refused([Refusal("asked", "You have asked already. Your manager answers it.", SOP_OWNER)], user)
        work = open_work(user)
        if not work:
            raise Refused([Refusal("no_work", "Nothing open is yours.", SOP_OWNER)], user)
        made = HandOverRequest.create(user=user, reason=reason.strip(), starts_on=starts_on, created_at=clock.now())
        audit.record("ask_hand_over", made, user, starts_on=starts_on and starts_on.isoformat())
        Notification.tell_manager_of(user, "hand_over", f"{user.name} asks to hand over {work.words}", user, about=user)
    return made


def of(user: User) -> HandOverRequest | None:
    return HandOverRequest.still_open().where(HandOverRequest.user == user).first()


def answer(request: HandOverRequest, words: str, by: User) -> HandOverRequest:
    """A manager says what becomes of it."""
    leaders_only(by)
    if not (words or "").strip():
        raise Refused([Refusal("answer", "Say what becomes of it.", SOP_OWNER, field="answer")], request)
    return _close(request, words.strip(), by)


def settle(user: User, by: User) -> None:
    """Everything of theirs went to others: what they asked for is done."""
    if request := of(user):
        _close(request, GIVEN, by)


def _close(request: HandOverRequest, words: str, by: User) -> HandOverRequest:
    with transaction():
        fresh = again(request)
        if fresh.answered_at is not None:
            raise Refused([Refusal("answered", "It was answered already.", SOP_OWNER)], fresh)
        change(fresh, answered_at=clock.now(), answered_by=by, answer=words)
        audit.record("answer_hand_over", fresh, by)
        Notification.tell(fresh.user, "hand_over", f"Your hand-over: {words}"[:250], by, about=fresh.user)
    return fresh
