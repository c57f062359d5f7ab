"""The list of email templates."""

from carmanana.records.mail import LetterTemplate
from carmanana.records.people import ROLES
from carmanana.web.lists import Chip, Choice, Column, List


def roles_of(template: LetterTemplate) -> str:
    return ", ".join(ROLES[role].lower() for role in sorted(template.may_use))


EMAIL_TEMPLATES = List(
    name="email-templates",
    title="Email templates",
    endpoint="letters.index",
    one="template",
    many="templates",
    columns=(
        Column("name", "Name", lambda template: template.name),
        Column("used_when", "Used when", lambda template: template.used_when),
        Column("subject", "Subject", lambda template: template.subject),
        Column("roles", "For", roles_of),
        Column("position", "Position", sort=LetterTemplate.position),
    ),
    scope=lambda by: LetterTemplate.select(),
    load=lambda ids: list(LetterTemplate.select().where(LetterTemplate.id.in_(ids))),
    cells="letters/_cells.html",
    id=LetterTemplate.id,
    sort="position",
    chips=(
        Chip("offered", "In use", lambda by: ~LetterTemplate.archived),
        Chip("archived", "Archived", lambda by: LetterTemplate.archived, empty="No archived templates"),
    ),
    one_chip=True,
    choices=(Choice("role", "For", lambda by: ROLES, lambda role, by: LetterTemplate.may_use.contains(f" {role} ")),),
    text=lambda text: (
        LetterTemplate.name.contains(text) | LetterTemplate.subject.contains(text) | LetterTemplate.body.contains(text)
    ),
    placeholder="Name or words",
    empty=("mail", "No templates yet", "Add one and it is offered to whoever writes an email."),
    template="letters/index.html",
    seen=lambda rows, by: {row.id: roles_of(row) for row in rows},
    as_rows=True,
)
