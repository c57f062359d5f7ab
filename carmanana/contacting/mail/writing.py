"""Writing to a customer: the email is logged like any other contact, by the same rules, and the worker sends it.
Without a mail server it is kept as a draft to copy."""

from dataclasses import replace
from datetime import datetime

from carmanana.contacting import log
from carmanana.contacting.attachments import Kept, attach, keep, no_strays
from carmanana.contacting.mail import outbox_address
from carmanana.contacting.mail.composing import Words, composed, new_message_id
from carmanana.contacting.mail.rules import LETTER
from carmanana.contacting.phrase_check.rules import unread_by_anybody
from carmanana.contacting.rules import LOG, there_is_a_way
from carmanana.core import audit, clock
from carmanana.core.db import change
from carmanana.core.idempotency import once
from carmanana.core.workflow import Attempt, Forbidden, Refusal, Refused
from carmanana.records.activities import SENT, Activity
from carmanana.records.deals import Deal
from carmanana.records.mail import KnownMail, Letter
from carmanana.records.notifications import Notification
from carmanana.records.people import User
from carmanana.records.quotations import Quotation
from carmanana.records.retention import Offer

NO_SERVER = "Without a mail server files can’t wait with a draft. Add them when you have sent it."
LOG_OF_LETTER = [rule for rule in LOG if rule is not there_is_a_way]  # a letter has its address in itself
FOR_APPROVAL = "Files can’t wait with an email that a manager has to approve. Send it without them."


def write(
    deal: Deal,
    by: User,
    to: str,
    subject: str,
    text: str,
    next_step: str | None = None,
    due_at: datetime | None = None,
    key: str = "",
    files=(),
    meant: bool = False,
    quotation: Quotation | None = None,
) -> Letter:
    """Write to the customer. `files` are kept ones, which go with it and onto the deal, `quotation` the one that its
    text puts to them. The letter that comes back is a draft where there is no mail server, and then nothing is logged
    yet.

    Raises Forbidden, or Refused with everything that is in the way."""
    told = plain(to), plain(subject), plain_text(text), (next_step or "").strip(), due_at, list(files)
    words = Words(*told, meant=meant, quotation=quotation)
    must_write(deal, by, replace(words, approved=True))
    if needs_approval(deal, by, words):
        return once(key, by, lambda: _ask(deal, by, words))
    if not outbox_address.has_server():
        return once(key, by, lambda: _draft(deal, by, words))
    message_id = new_message_id()
    with no_strays() as written:
        written.append(keep(name_of(words.subject), composed(words, by, deal.customer.name, message_id)))
        return once(key, by, lambda: post(deal, by, words, message_id, written[0]))


def needs_approval(deal: Deal, by: User, words: Words) -> bool:
    """It is in a language that the promise check does not read, to a customer whose order is under review."""
    return bool(unread_by_anybody(attempted(deal, by, words).given, by))


def plain(text: str | None) -> str:
    return (text or "").strip()


def plain_text(text: str | None) -> str:
    """Lines that end alike, and no control characters among them."""
    lines = (text or "").replace("\r\n", "\n").replace("\r", "\n").strip()
    return "".join(c for c in lines if c in "\n\t" or ord(c) > 31)


def name_of(subject: str) -> str:
    return f"{subject[:100] or 'Email'}.eml"


def must_write(deal: Deal, by: User, words: Words) -> None:
    """What is wrong with the letter itself, told together with what the log would refuse."""
    if not log.may_log(deal, by):
        raise Forbidden("write")
    attempt = attempted(deal, by, words)
    if any(rule(attempt) for rule in LETTER):
        raise Refused(_broken(attempt, (*LETTER, *LOG_OF_LETTER)), deal, "write")


def attempted(deal: Deal, by: User, words: Words) -> Attempt:
    given = in_log(words, deal) | {"summary": words.text, "to": words.to, "files": words.files}
    return Attempt(deal, by, "log", given | {"kind": "email", "direction": "out", "customer": deal.customer})


def in_log(words: Words, deal: Deal) -> dict:
    """What the log is told beside the text."""
    told = {"outcome": SENT, "subject": words.subject, "next_step": words.next_step, "due_at": words.due_at}
    told |= {"file_names": [file.name for file in words.files], "quotation": words.quotation}
    return told | {"quoting": words.meant, "approved": words.approved, "terms": Offer.terms_in_force(deal.customer)}


def _broken(attempt: Attempt, rules) -> list[Refusal]:
    refusals = [refusal for rule in rules if (refusal := rule(attempt))]
    return [for_letter(refusal) for refusal in refusals if refusal.code != "summary"]


def for_letter(refusal: Refusal) -> Refusal:
    """What the log calls the summary is the letter's text."""
    return replace(refusal, field="text") if refusal.field == "summary" else refusal


def _draft(deal: Deal, by: User, words: Words, wait: str = NO_SERVER, **more) -> Letter:
    if words.files:
        raise Refused([Refusal("files", wait, field="files")], deal, "write")
    if broken := _broken(attempted(Deal.get_by_id(deal.id), by, words), LOG):
        raise Refused(broken, deal, "write")
    return _letter(deal, by, words, **more)


def _ask(deal: Deal, by: User, words: Words) -> Letter:
    """A draft that waits for a manager; the reviewer of the order and the writer's manager hear of it."""
    letter = _draft(deal, by, replace(words, approved=True), FOR_APPROVAL, asked_at=clock.now())
    Notification.tell_manager_of(
        by,
        "letter_asked",
        f"{by.name} asks for approval of an email to {deal.customer.name} in a language that is not checked",
        by,
        deal=deal,
    )
    audit.record("ask_approval", deal, by, letter=letter.id)
    return letter


def post(deal: Deal, by: User, words: Words, message_id: str, eml: Kept, draft: Letter | None = None) -> Letter:
    """Logged, and for the worker to send; `draft` is the letter that it was until now."""
    activity = log_it(deal, by, words)
    facts = {"activity": activity, "message_id": message_id, "stored": eml.stored}
    letter = draft or _letter(deal, by, words, **facts)
    if draft:
        change(draft, **facts)
    KnownMail.create(deal=deal, activity=activity, message_id=message_id)
    attach(activity, [eml, *words.files], by)
    return letter


def post_owed(deal: Deal, by: User, words: Words, message_id: str, eml: Kept) -> Letter:
    """What the law owes the customer: logged and for the worker to send, whatever would keep another letter back."""
    activity = log_owed(deal, by, words)
    letter = _letter(deal, by, words, activity=activity, message_id=message_id, stored=eml.stored, owed=True)
    KnownMail.create(deal=deal, activity=activity, message_id=message_id)
    attach(activity, [eml], by)
    return letter


def draft_owed(deal: Deal, by: User, words: Words) -> Letter:
    """The same, where somebody sends it by hand."""
    return _letter(deal, by, words, owed=True)


def log_owed(deal: Deal, by: User, words: Words) -> Activity:
    told = {"kind": "email", "direction": "out", "outcome": SENT, "subject": words.subject, "summary": words.text}
    activity = Activity.create(customer=deal.customer_id, deal=deal, author=by, at=clock.now(), **told)
    audit.record("log", deal, by, activity=activity.id, kind="email", outcome=SENT)
    return activity


def _letter(deal: Deal, by: User, words: Words, **more) -> Letter:
    return Letter.create(
        deal=deal,
        author=by,
        to=words.to,
        subject=words.subject,
        body=words.text,
        next_step=words.next_step,
        due_at=words.due_at,
        **more,
    )


def log_it(deal: Deal, by: User, words: Words, at: datetime | None = None, on_file: bool = False) -> Activity:
    """`on_file`: it went out from elsewhere, and its .eml came back to us."""
    try:
        return log.log(deal, by, "email", words.text, "out", at=at, on_file=on_file, **in_log(words, deal))
    except Refused as refused:
        raise Refused(map(for_letter, refused.refusals), refused.record, "write") from None
