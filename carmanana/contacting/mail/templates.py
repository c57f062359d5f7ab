"""The wording that an email begins with, and its blanks filled in."""

import re

from carmanana.core import audit, clock
from carmanana.core.db import change, transaction
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.records.deals import Deal
from carmanana.records.mail import LetterTemplate
from carmanana.records.people import AGENT, MANAGER, RETENTION, User

WRITERS = (AGENT, MANAGER, RETENTION)
FILLED = {
    "Name": "the customer’s first name",
    "Full name": "the customer’s whole name",
    "Vehicle": "the vehicle of the deal",
    "My name": "who writes",
    "My phone": "their phone",
    "Manager": "their manager",
}


def filled(template: LetterTemplate, deal: Deal, by: User, more: dict[str, str] | None = None) -> tuple[str, str]:
    """Subject and text. What we do not know is taken out where it stands alone, and stays in brackets within a
    sentence. `more` are blanks that this letter alone has."""
    known = {
        "Name": deal.customer.first_name,
        "Full name": deal.customer.name,
        "Vehicle": deal.vehicle or "vehicle you are looking for",
        "My name": by.name,
        "My phone": by.phone,
        "Manager": by.manager.name if by.manager else "",
    } | (more or {})
    return _fill(template.subject, known), _fill(template.body, known).strip()


def _fill(text: str, known: dict[str, str]) -> str:
    text = re.sub(r"(?m)^\[My phone\]\n?", lambda found: known["My phone"] and f"{known['My phone']}\n", text)
    return re.sub(r"\[([^\[\]\n]+)\]", lambda found: known.get(found[1].strip()) or found[0], text)


def offered(by: User, code: str) -> LetterTemplate | None:
    """The template of this code, where this person may use it."""
    return next((template for template in LetterTemplate.offered_to(by) if template.code == code), None)


def add(
    by: User, name: str, used_when: str, may_use, subject: str, body: str, archived: bool = False
) -> LetterTemplate:
    _may_edit(by)
    _refuse(name, may_use, subject, body)
    with transaction():
        last = LetterTemplate.select().order_by(LetterTemplate.id.desc()).first()
        code = f"own_{(last.id if last else 0) + 1}"
        template = LetterTemplate.create(
            code=code,
            name=name,
            used_when=used_when,
            may_use=frozenset(may_use),
            subject=subject,
            body=body,
            archived=archived,
            position=(last.id if last else 0) + 1,
            changed_by=by,
            changed_at=clock.now(),
        )
        audit.record("enter", template, by)
    return template


def correct(template: LetterTemplate, by: User, version: int, **facts) -> LetterTemplate:
    """Stale where somebody changed it meanwhile."""
    _may_edit(by)
    _refuse(facts["name"], facts["may_use"], facts["subject"], facts["body"])
    template.version = version
    with transaction():
        change(template, **facts | {"may_use": frozenset(facts["may_use"])}, changed_by=by, changed_at=clock.now())
        audit.record("correct", template, by)
    return template


def _may_edit(by: User) -> None:
    if not by.is_manager:
        raise Forbidden("letter_template")


def _refuse(name: str, may_use, subject: str, body: str) -> None:
    refusals = []
    if not name:
        refusals.append(Refusal("name", "Give it a name.", field="name"))
    if not may_use or not set(may_use) <= set(WRITERS):
        refusals.append(Refusal("may_use", "Choose who may use it.", field="may_use"))
    if not subject or not all(c.isprintable() for c in subject):
        refusals.append(Refusal("subject", "Give it a subject, on one line.", field="subject"))
    if not body:
        refusals.append(Refusal("body", "Write its text.", field="body"))
    if refusals:
        raise Refused(refusals)
