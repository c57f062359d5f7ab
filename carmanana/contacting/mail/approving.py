"""What nobody could check, to a customer whose order is under review: a manager reads it and approves it, or sends it
back."""

from carmanana.contacting.attachments import Kept, keep, no_strays
from carmanana.contacting.mail import outbox_address
from carmanana.contacting.mail.composing import Words, composed, new_message_id
from carmanana.contacting.mail.writing import must_write, name_of, post
from carmanana.core import audit, clock
from carmanana.core.db import Stale, change, transaction
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.records.mail import Letter
from carmanana.records.notifications import Notification
from carmanana.records.people import User

LONGEST_REASON = 500


def approve(letter: Letter, by: User, version: int) -> Letter:
    """Where there is a mail server it goes out as its author's; else the author copies and sends it. By the rules of
    now."""
    _must_approve(letter, by)
    author, words = (
        letter.author,
        Words(letter.to, letter.subject, letter.body, letter.next_step, letter.due_at, meant=True, approved=True),
    )
    must_write(letter.deal, author, words)
    if not outbox_address.has_server():
        with transaction():
            return _approved(_fresh(letter, version), by)
    message_id = new_message_id()
    with no_strays() as written:
        written.append(keep(name_of(words.subject), composed(words, author, letter.deal.customer.name, message_id)))
        return _posted(letter, by, version, words, message_id, written[0])


def _posted(letter: Letter, by: User, version: int, words: Words, message_id: str, eml: Kept) -> Letter:
    with transaction():
        fresh = _approved(_fresh(letter, version), by)
        return post(fresh.deal, fresh.author, words, message_id, eml, fresh)


def _approved(fresh: Letter, by: User) -> Letter:
    change(fresh, approved_at=clock.now(), approved_by=by)
    audit.record("approve_email", fresh.deal, by, letter=fresh.id)
    Notification.tell(
        fresh.author, "letter", f"{by.name} approved your email to {fresh.deal.customer.name}", by, deal=fresh.deal
    )
    return fresh


def send_back(letter: Letter, by: User, version: int, reason: str) -> Letter:
    """Its author hears why, and writes another one or discards it."""
    _must_approve(letter, by)
    reason = " ".join((reason or "").split())
    if not 0 < len(reason) <= LONGEST_REASON:
        raise Refused(
            [Refusal("reason", f"Say why, in at most {LONGEST_REASON} characters.", field="reason")],
            letter,
            "send_back",
        )
    with transaction():
        fresh = _fresh(letter, version)
        change(fresh, sent_back=reason)
        audit.record("send_back_email", fresh.deal, by, letter=fresh.id)
        Notification.tell(
            fresh.author, "letter", f"{by.name} sent back your email to {fresh.deal.customer.name}", by, deal=fresh.deal
        )
    return fresh


def _must_approve(letter: Letter, by: User) -> None:
    if not by.is_manager or by.id == letter.author_id:
        raise Forbidden("approve")
    if not letter.awaits_approval:
        raise Stale(letter)


def _fresh(letter: Letter, version: int) -> Letter:
    fresh = Letter.get_or_none(Letter.id == letter.id)
    if fresh is None or fresh.version != version or not fresh.awaits_approval:
        raise Stale(fresh or letter)
    return fresh
