"""Emails and files that were dropped on a deal. An email from outside is logged as the customer's own words, at the
time it was sent, its files beside it; one of ours becomes a draft that still asks for its next step, since an outbound
email is logged with one. What is no readable email is a file like any other."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from carmanana.contacting import attachments, log
from carmanana.contacting.attachments import Kept, attach, keep, no_strays
from carmanana.contacting.mail import outbox_address
from carmanana.contacting.mail.reading import Mail, Part, read_mail
from carmanana.core.idempotency import once
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.records.activities import Activity
from carmanana.records.attachments import Attachment
from carmanana.records.customers import CustomerEmail
from carmanana.records.deals import Deal
from carmanana.records.mail import KnownMail, Letter
from carmanana.records.people import User

MOST_PARTS, MOST_SUMMARY = 20, 2000


@dataclass
class Opened:
    """A file that was dropped: an email with its own files, or a file."""

    file: Kept
    mail: Mail | None = None
    message_id: str = ""
    ours: bool = False
    parts: list[Kept] = field(default_factory=list)


def take_in(deal: Deal, by: User, files: list[Kept], key: str = "") -> list[Activity | Letter]:
    """Put what was dropped with the deal, all of it or nothing; returns what was made, or the first of it when the
    same form arrives again. Raises Refused where an email is with the deal already."""
    if not log.may_log(deal, by):
        raise Forbidden("log")
    made: list[Activity | Letter] = []
    with opened(deal, by, files) as found:
        first = once(key, by, lambda: _take_all(deal, by, found, made))
    return made or [first]


@contextmanager
def opened(deal: Deal, by: User, files: list[Kept]) -> Iterator[list[Opened]]:
    """The emails read and their files kept, before any transaction."""
    with no_strays() as written:
        found = _once_each([_open(deal, by, file) for file in files])
        for one in found:
            if one.mail and not one.ours:
                one.parts = _keep_parts(one.mail.parts)
                written.extend(one.parts)
        yield found


def _once_each(found: list[Opened]) -> list[Opened]:
    """The same email twice in one drop is one."""
    first = {one.message_id: one for one in reversed(found)}
    return [one for one in found if not one.mail or first[one.message_id] is one]


def _open(deal: Deal, by: User, file: Kept) -> Opened:
    if file.kind != "email":
        return Opened(file)
    content = (attachments.folder / file.stored).read_bytes()
    mail = read_mail(content, by.timezone)
    if mail is None or not mail.sender:
        file.kind = "document"
        return Opened(file)
    return Opened(
        file, mail, mail.message_id or f"sha256:{hashlib.sha256(content).hexdigest()}", is_ours(mail.sender, deal)
    )


def is_ours(address: str, deal: Deal) -> bool:
    """From one of our people, or from the house; a customer who works here writes as a customer."""
    if deal.customer.emails.where(CustomerEmail.same(address)).exists():
        return False
    return address == outbox_address.address().lower() or User.select().where(User.email == address).exists()


def parts_of(path: Path) -> list[Kept]:
    """The files within a kept email, kept beside it."""
    mail = read_mail(path.read_bytes())
    return _keep_parts(mail.parts) if mail else []


def _keep_parts(parts: list[Part]) -> list[Kept]:
    """What may not be kept by itself stays within the email."""
    kept = []
    for part in parts[:MOST_PARTS]:
        try:
            kept.append(keep(part.name, part.content))
        except Refused:
            continue
    return kept


def _take_all(deal: Deal, by: User, found: list[Opened], made: list) -> Activity | Letter:
    mails, files = [one for one in found if one.mail], [one.file for one in found if not one.mail]
    for one in mails:
        _refuse_known(deal, one)
    if files:
        names = ", ".join(file.name for file in files)[:300]
        made.append(
            attach(log.log(deal, by, "note", names, subject="Files added", quoting=True, verbatim=True), files, by)
        )
    made.extend(_take_ours(deal, by, one) if one.ours else _take_theirs(deal, by, one) for one in mails)
    return made[0]


def _refuse_known(deal: Deal, one: Opened) -> None:
    first = _known(deal, one)
    if first is not None:
        about = f"“{first.subject}”" if first.subject else "without a subject"
        sentence = f"{one.file.name} is with this deal already: the email {about}, since {first.created_at:%-d %B %Y}."
        raise Refused([Refusal("known", sentence, field="files")], deal)


def _known(deal: Deal, one: Opened) -> Activity | Letter | None:
    """What the same message, or the same file, became when it came the first time."""
    known = (
        KnownMail.select(KnownMail, Activity)
        .join(Activity)
        .where(KnownMail.deal == deal, KnownMail.message_id == one.message_id)
        .first()
    )
    if known:
        return known.activity
    if draft := Letter.get_or_none(Letter.deal == deal, Letter.message_id == one.message_id):
        return draft
    content = (attachments.folder / one.file.stored).read_bytes()
    alike = (
        Attachment.select(Attachment, Activity)
        .join(Activity)
        .where(Activity.deal == deal, Attachment.kind == "email", Attachment.size == one.file.size)
    )
    return next(
        (each.activity for each in alike if attachments.path_of(each).exists() and attachments.read(each) == content),
        None,
    )


def _take_theirs(deal: Deal, by: User, one: Opened) -> Activity:
    mail, own = one.mail, deal.customer.emails.where(CustomerEmail.same(one.mail.sender)).exists()
    said = mail.words or "This email has no text."
    summary = said if own else f"From {mail.sender}:\n{said}"
    activity = log.log(
        deal, by, "email", summary[:MOST_SUMMARY], "in", subject=mail.subject, at=mail.at, quoting=True, verbatim=True
    )
    KnownMail.create(deal=deal, activity=activity, message_id=one.message_id)
    return attach(activity, [one.file, *one.parts], by)


def _take_ours(deal: Deal, by: User, one: Opened) -> Letter:
    mail = one.mail
    addresses = {email.address.lower(): email.address for email in deal.customer.emails}
    to = next((addresses[each.lower()] for each in mail.to if each.lower() in addresses), (mail.to or [""])[0])
    one.file.used = True
    return Letter.create(
        deal=deal,
        author=by,
        message_id=one.message_id,
        to=to[:254],
        subject=mail.subject,
        body=(mail.words or "This email has no text.")[:MOST_SUMMARY],
        stored=one.file.stored,
        went_at=mail.at,
    )
