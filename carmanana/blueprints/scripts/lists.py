"""The list of findings."""

from carmanana.compliance import findings
from carmanana.records.compliance import OPEN, Finding
from carmanana.records.people import User
from carmanana.records.phrases import CONDUCT, REFUSING, SORTS, WARNING
from carmanana.web.lists import Chip, Choice, Column, List

KINDS = {name: SORTS[name] for name in (*REFUSING, *WARNING)} | CONDUCT


def authors() -> dict[str, str]:
    """Whose words were found, by name."""
    people = User.select(User.id, User.name).where(User.id.in_(Finding.select(Finding.user).distinct()))
    return {str(user.id): user.name for user in people.order_by(User.name)}


FINDINGS = List(
    name="findings",
    title="Findings",
    endpoint="scripts.findings",
    one="finding",
    many="findings",
    columns=(
        Column("found", "Found", lambda finding: finding.told),
        Column("kind", "Kind", lambda finding: finding.sort_name),
        Column("by", "By", lambda finding: finding.user.name),
        Column("where", "Where", lambda finding: finding.where_name),
        Column("outcome", "Outcome", lambda finding: finding.outcome_name),
        Column("customer", "Customer", lambda finding: finding.customer.name if finding.customer else ""),
        Column("when", "When", lambda finding: finding.at, Finding.id),
        Column("note", "Review", lambda finding: finding.note),
    ),
    scope=lambda by: Finding.select(),
    load=findings.loaded,
    cells="scripts/_cells.html",
    id=Finding.id,
    sort="when",
    descending=True,
    chips=(
        Chip("open", "To review", lambda by: Finding.state == OPEN),
        Chip("done", "Reviewed", lambda by: Finding.state != OPEN, empty="Nothing is reviewed yet"),
        Chip("all", "All"),
    ),
    one_chip=True,
    chip_key="standing",
    choices=(
        Choice("sort", "Kind", lambda by: KINDS, lambda sort, by: Finding.sort == sort),
        Choice("by", "Written by", lambda by: authors(), lambda user, by: Finding.user == int(user)),
    ),
    text=lambda text: Finding.excerpt.contains(text),
    placeholder="Words that were found",
    empty=(
        "shield",
        "Nothing to review",
        "What the wording check refused, and what somebody confirmed as a quotation, stands here for review.",
    ),
    template="scripts/findings.html",
    seen=lambda rows, by: findings.may_review(by),
    as_rows=True,
)
