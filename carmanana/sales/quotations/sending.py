"""How a quotation reaches the customer: by email, logged and sent like any other, or by hand, with a note of it."""

from carmanana.contacting.mail import writing
from carmanana.contacting.mail.composing import Words
from carmanana.core import money
from carmanana.core.workflow import Attempt, Refusal
from carmanana.records.activities import Activity
from carmanana.records.quotations import Quotation
from carmanana.sales.quotations import rules

UNREAD = (
    "The promise check does not read this language, and a cancellation is under review. Write in one that it reads, "
    "or print the quotation, send it yourself and say that it was sent by hand."
)


def is_written(attempt: Attempt):
    if not (attempt.given.get("to") or "").strip():
        return Refusal("to", "Choose the address that it goes to.", field="to")
    if not (attempt.given.get("text") or "").strip():
        return Refusal("text", "Write a line or two above the quotation.", field="text")


def goes_out_now(attempt: Attempt):
    """What would wait for a manager's approval is not sent, and what is not sent holds for nobody."""
    if is_written(attempt) or not attempt.get("valid_until"):
        return None  # which is told already
    words = Words(attempt.given["to"], *_subject_and_text(attempt))
    if writing.needs_approval(attempt.record.deal, attempt.by, words):
        return Refusal("approval", UNREAD, rules.SOP, (rules.BY_HAND,), "text")


def email(attempt: Attempt) -> None:
    """`quoting`: what the phrase check only asks about stays as it is. `files`: the document, which was made before."""
    quotation, given = attempt.record, attempt.given
    told = {"next_step": given.get("next_step"), "due_at": given.get("due_at"), "meant": bool(given.get("quoting"))}
    told["files"] = given.get("files") or ()
    to = given["to"], *_subject_and_text(attempt)
    writing.write(quotation.deal, attempt.by, *to, **told, quotation=quotation)


def _subject_and_text(attempt: Attempt) -> tuple[str, str]:
    quotation = attempt.record
    subject = f"Quotation {quotation.name}" + (f": {quotation.title}" if quotation.title else "")
    return subject, f"{attempt.given['text'].strip()}\n\n{as_text(quotation, attempt.get('valid_until'))}"


def note(attempt: Attempt) -> None:
    quotation = attempt.record
    subject = f"Quotation {quotation.name} sent by hand: {quotation.total}"
    words = {"subject": subject, "summary": (attempt.given.get("reason") or "").strip(), "author": attempt.by}
    Activity.create(customer=quotation.customer_id, deal=quotation.deal_id, kind="note", at=attempt.at, **words)


def as_text(quotation: Quotation, valid_until) -> str:
    """The lines and sums as plain text."""
    rows = [(_what(line), money.shown(line.net_cents, quotation.currency)) for line in quotation.lines]
    rows += [(name, money.shown(cents, quotation.currency)) for name, cents in quotation.sums]
    said = [f"{what}: {amount}" for what, amount in rows]
    ends = [f"Valid until {valid_until:%-d %B %Y}.", quotation.terms.strip()]
    return "\n".join([f"Quotation {quotation.name}", *said, "", *filter(None, ends)])


def _what(line) -> str:
    return f"{line.quantity} × {line.what}" if line.quantity > 1 else line.what
