"""Letters that go out by hand: drafts where there is no mail server, what was sent from a mail program of ours,
and what the mail server did not take."""

from datetime import datetime

from carmanana.contacting import attachments
from carmanana.contacting.attachments import Kept, attach, keep, no_strays
from carmanana.contacting.log import may_log
from carmanana.contacting.mail.composing import Words, composed, new_message_id
from carmanana.contacting.mail.receiving import parts_of
from carmanana.contacting.mail.writing import log_it, log_owed, must_write, name_of
from carmanana.contacting.rules import client_may_be_contacted, not_under_review
from carmanana.core import audit, clock
from carmanana.core.db import Stale, change, transaction
from carmanana.core.workflow import Attempt, Forbidden, Refusal, Refused, Rule
from carmanana.records.activities import SENT, Activity
from carmanana.records.deals import Deal
from carmanana.records.mail import KnownMail, Letter, every_letter
from carmanana.records.people import User
from carmanana.records.sops import SOP_PROMISES

WAITS = "A manager approves it before it goes out: it is in a language that the promise check does not read."
SENT_BACK = "The manager sent it back:"


def may_handle(letter: Letter, by: User) -> bool:
    """Its author and managers, as long as the deal is theirs to work."""
    return may_log(letter.deal, by) and (letter.author_id == by.id or by.is_manager)


def locked(letter: Letter, by: User) -> str:
    """Why the customer's cancellation review keeps it from going out, or from being logged as gone; empty where it
    doesn't."""
    if letter.unapproved:
        return WAITS if letter.awaits_approval else f"{SENT_BACK} {letter.sent_back}"
    attempt = _sending(letter, by)
    attempt.given |= {"at": letter.went_at, "on_file": letter.sent_elsewhere}
    refusal = None if letter.owed else not_under_review(attempt)
    return refusal.sentence if refusal else ""


def drafts_on(deal: Deal, by: User) -> list[Letter]:
    return theirs(every_letter(deal.id), by)


def theirs(letters: list[Letter], by: User) -> list[Letter]:
    """The drafts among them that this person goes on with."""
    return [letter for letter in letters if letter.draft and (letter.author_id == by.id or by.is_manager)]


def sent_by_hand(
    letter: Letter, by: User, next_step: str = "", due_at: datetime | None = None, files=(), meant: bool = False
) -> Letter:
    """It has left from somewhere else: a draft becomes a logged email with its .eml; one that is logged counts as
    sent."""
    _must_handle(letter, by)
    if not letter.draft:
        return _arrived(letter, by)
    if letter.unapproved:
        raise Refused([Refusal("approval", locked(letter, by), SOP_PROMISES)], letter.deal, "send")
    words = Words(
        letter.to,
        letter.subject,
        letter.body,
        (next_step or "").strip(),
        due_at,
        list(files),
        meant,
        letter.approved_at is not None,
    )
    with no_strays() as written:
        if letter.sent_elsewhere:
            message_id, eml = letter.message_id, _as_kept(letter)
            written.extend(parts_of(attachments.folder / letter.stored))
        else:
            if not letter.owed:
                must_write(letter.deal, by, words)
            message_id = new_message_id()
            eml = keep(
                name_of(letter.subject), composed(words, by, letter.deal.customer.name, message_id, by_hand=True)
            )
            written.append(eml)
        return _log_draft(letter, by, words, message_id, [eml, *(part for part in written if part is not eml)])


def _log_draft(letter: Letter, by: User, words: Words, message_id: str, files: list[Kept]) -> Letter:
    with transaction():
        fresh = Letter.get_or_none(Letter.id == letter.id)
        if fresh is None or not fresh.draft:
            raise Stale(fresh or letter)
        activity = _logged(fresh, by, words)
        change(
            fresh,
            activity=activity,
            message_id=message_id,
            stored=files[0].stored,
            by_hand=True,
            sent_at=fresh.went_at or clock.now(),
        )
        KnownMail.create(deal=fresh.deal_id, activity=activity, message_id=message_id)
        attach(activity, [*files, *words.files], by)
    return fresh


def _logged(letter: Letter, by: User, words: Words) -> Activity:
    if letter.owed:
        return log_owed(letter.deal, by, words)
    return log_it(letter.deal, by, words, letter.went_at, on_file=letter.sent_elsewhere)


def _as_kept(letter: Letter) -> Kept:
    path = attachments.folder / letter.stored
    if not path.exists():
        raise Stale(letter)
    return Kept(
        attachments.clean_name(name_of(letter.subject)), "email", "message/rfc822", letter.stored, path.stat().st_size
    )


def _arrived(letter: Letter, by: User) -> Letter:
    with transaction():
        fresh = Letter.get_by_id(letter.id)
        if not fresh.failed:
            raise Stale(fresh)
        if broken := _kept_back(fresh, by, not_under_review):
            raise Refused(broken, fresh.deal, "send")
        change(fresh, by_hand=True, sent_at=clock.now(), given_up_at=None)
        change(fresh.activity, outcome=SENT)
        audit.record("email_by_hand", fresh.deal, by, letter=fresh.id)
    return fresh


def send_again(letter: Letter, by: User) -> Letter:
    """The same bytes once more, where the customer may still be written to."""
    _must_handle(letter, by)
    with transaction():
        fresh = Letter.get_by_id(letter.id)
        if not fresh.failed:
            raise Stale(fresh)
        if broken := _kept_back(fresh, fresh.author, not_under_review, client_may_be_contacted):
            raise Refused(broken, fresh.deal, "send")
        change(fresh.activity, outcome=SENT)
        change(fresh, tries=0, try_after=None, handed_at=None, given_up_at=None, trouble="")
        audit.record("email_again", fresh.deal, by, letter=fresh.id)
    return fresh


def _kept_back(letter: Letter, by: User, *rules: Rule) -> list[Refusal]:
    """Nothing does what the law owes the customer."""
    attempt = _sending(letter, by)
    return [] if letter.owed else [refusal for rule in rules if (refusal := rule(attempt))]


def _sending(letter: Letter, by: User) -> Attempt:
    return Attempt(letter.deal, by, "send", {"kind": "email", "direction": "out", "customer": letter.deal.customer})


def discard(letter: Letter, by: User) -> None:
    _must_handle(letter, by)
    gone = Letter.delete().where(Letter.id == letter.id, Letter.activity.is_null()).execute()
    if gone and letter.stored:
        (attachments.folder / letter.stored).unlink(missing_ok=True)


def _must_handle(letter: Letter, by: User) -> None:
    if not may_handle(letter, by):
        raise Forbidden("letter")
