"""What an email to a customer needs before it is one; that the customer may be contacted, and what the log needs, is
for the log's own rules."""

import re

from carmanana.contacting.mail.addresses import usable
from carmanana.core import uploads
from carmanana.core.workflow import Attempt, Refusal, Remedy

BLANK = re.compile(r"\[[^\W\d][^\[\]\n]{0,60}\]")
LONGEST_SUBJECT, LONGEST_TEXT = 200, 8000


def address_chosen(attempt: Attempt):
    """One of the customer's own, which a mail server can take."""
    customer, to = attempt.given["customer"], attempt.given["to"]
    if customer.email is None:
        return Refusal(
            "no_address", f"{customer.name} has no email address yet.", remedies=(_correct("Add it", customer),)
        )
    if to.lower() not in (email.address.lower() for email in customer.emails):
        return Refusal("to", "Choose one of the customer’s own addresses.", field="to")
    if not usable(to):
        sentence = "Mail servers do not take this address: a letter or a sign in it is not allowed there."
        return Refusal("address", sentence, remedies=(_correct("Correct it", customer),), field="to")


def _correct(label: str, customer) -> Remedy:
    return Remedy(label, "customers.edit", (("customer_id", customer.id),))


def subject_given(attempt: Attempt):
    if not attempt.given["subject"]:
        return Refusal("subject", "Give it a subject.", field="subject")


def subject_is_one_line(attempt: Attempt):
    if not all(c.isprintable() for c in attempt.given["subject"]):
        return Refusal("subject_line", "The subject is one line of plain text.", field="subject")
    if len(attempt.given["subject"]) > LONGEST_SUBJECT:
        return Refusal("subject_length", f"The subject has at most {LONGEST_SUBJECT} characters.", field="subject")


def text_given(attempt: Attempt):
    if not attempt.given["summary"]:
        return Refusal("text", "Write what you want to say.", field="text")
    if len(attempt.given["summary"]) > LONGEST_TEXT:
        return Refusal("text_length", f"An email has at most {LONGEST_TEXT:,} characters.", field="text")


def nothing_left_blank(attempt: Attempt):
    """What a template left for the writer in brackets."""
    for name, field in (("subject", "subject"), ("summary", "text")):
        if blank := blank_in(attempt.given[name]):
            return Refusal("blank", f"Fill in {blank}, or take it out.", field=field)


def blank_in(text: str) -> str:
    """The first that a template left for the writer; empty where there is none."""
    found = BLANK.search(text)
    return found[0] if found else ""


def files_fit(attempt: Attempt):
    if sum(file.size for file in attempt.given["files"]) > (most := _most_with_files()):
        return Refusal(
            "size",
            f"The files are too large for an email: {most // uploads.MEGABYTE} MB together is the most.",
            field="files",
        )


LETTER = (address_chosen, subject_given, subject_is_one_line, text_given, nothing_left_blank, files_fit)


def _most_with_files() -> int:
    """Files grow by a third when they are written as text."""
    return uploads.most_bytes() * 7 // 10
