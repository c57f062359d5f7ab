"""The lists of compliance: cases to review, findings, and the ledger of consequences."""

from dataclasses import replace
from functools import cache

from peewee import Select, fn

from carmanana.compliance import consequences, findings, queue
from carmanana.core.limits import AT_A_GLANCE
from carmanana.core.query import Prepared
from carmanana.records.compliance import (
    CONSEQUENCE_STATES,
    COUNTS,
    DISMISSED,
    DISPUTED,
    FOUND,
    KINDS,
    OPEN,
    OVERTURNED,
    STANDING,
    Consequence,
    Finding,
)
from carmanana.records.people import User
from carmanana.records.scorecards import FLAGGED, SAMPLED, WHY, ReviewCase, Score
from carmanana.reports.findings import FindingScope
from carmanana.schema.sqlite import of_ids
from carmanana.web.filters import time_tag
from carmanana.web.lists import Chip, Choice, Column, Kept, List, Shown
from carmanana.web.lists.counting import up_to


def _points(rows: list[ReviewCase], by: User) -> dict[int, int | None]:
    """The mean score of those that are done."""
    done = [case.id for case in rows if case.done_at]
    return {number: points if points is None else round(points) for number, points in (_means(done) if done else ())}


@of_ids
def _means(ids):
    means = Score.select(Score.case, fn.AVG(Score.points)).where(Score.case.in_(ids))
    return means.group_by(Score.case).tuples()


def _people(model) -> dict[str, str]:
    return {str(number): name for number, name in _named_in(model)()}


@cache
def _named_in(model) -> Prepared:
    people = User.select(User.id, User.name).where(User.id.in_(model.select(model.user).distinct()))
    return Prepared(lambda: people.order_by(User.name).tuples())


def _waits(why: str):
    return lambda by: ReviewCase.done_at.is_null() & (ReviewCase.why == why)


IS_DONE = ReviewCase.done_at.is_null(False)
CASES = {"waiting": queue.waits_for, FLAGGED: _waits(FLAGGED), SAMPLED: _waits(SAMPLED), "done": lambda by: IS_DONE}


@cache
def _cases(chosen: str) -> Prepared:
    """How many of each, and of the chosen ones further."""

    def cases(by):
        every = ReviewCase.select()
        found = {key: every.where(where(by)) for key, where in CASES.items()} | {"all": every}
        few = [up_to(one, ReviewCase.id, AT_A_GLANCE) for one in found.values()]
        return Select(columns=[*few, up_to(found[chosen], ReviewCase.id)]).tuples()

    return Prepared(cases)


def _counts(shown: Shown) -> dict[str, int]:
    if shown.chosen or not shown.on:
        return {}
    return dict(zip((*CASES, "all", ""), _cases(shown.on[0].key).first(shown.by), strict=True))


def _shows(case: ReviewCase, points: dict[int, int | None]) -> tuple:
    contact, who = case.activity, case.user
    told = time_tag(contact.at), time_tag(case.created_at), case.done_at and points.get(case.id)
    whose = who.name, who.email, who.house
    return case.id, contact.customer.name, contact.kind, *whose, case.why, case.scores_wanted, case.done_at, *told


QUEUE = List(
    name="reviews",
    title="Call review",
    endpoint="compliance.index",
    one="review",
    many="reviews",
    columns=(
        Column("case", "Contact", lambda case: case.activity.customer.name, always=True),
        Column("kind", "Kind", lambda case: case.activity.kind_name),
        Column("by", "Whose", lambda case: case.user.name),
        Column("why", "Why", lambda case: WHY[case.why]),
        Column("at", "When", lambda case: case.activity.at, wide=True),
        Column("score", "Score", lambda case: "", number=True),
        Column("queued", "Queued", lambda case: case.created_at, ReviewCase.id, wide=True),
    ),
    scope=lambda by: ReviewCase.select(),
    load=queue.listed,
    cells="compliance/_case_cells.html",
    id=ReviewCase.id,
    sort="queued",
    descending=True,
    chips=(
        Chip("waiting", "To review", CASES["waiting"], empty="Nothing waits for you"),
        Chip(FLAGGED, "Flagged", CASES[FLAGGED], "flag"),
        Chip(SAMPLED, "Sample", CASES[SAMPLED]),
        Chip("done", "Reviewed", CASES["done"], empty="Nothing is reviewed yet"),
        Chip("all", "All"),
    ),
    one_chip=True,
    known_counts=_counts,
    choices=(Choice("by", "Whose", lambda by: _people(ReviewCase), lambda user, by: ReviewCase.user == int(user)),),
    empty=(
        "shield",
        "Nothing to review",
        "Calls and emails of cancellations come here: all that were flagged, and a sample of the rest.",
    ),
    template="compliance/index.html",
    seen=_points,
    kept=Kept(_shows),
    chips_to=AT_A_GLANCE,
)

BECAME = {
    "stood": ("Stands", Finding.state.in_(COUNTS)),
    "fell": ("Fell", Finding.state.in_((DISMISSED, OVERTURNED))),
    "disputed": ("Was disputed", Finding.disputed_at.is_null(False)),
}
FINDINGS = List(
    name="findings",
    title="Findings",
    endpoint="findings.index",
    one="finding",
    many="findings",
    columns=(
        Column("found", "Found", lambda finding: finding.told),
        Column("kind", "Kind", lambda finding: finding.sort_name),
        Column("by", "By", lambda finding: finding.user.name),
        Column("where", "Where", lambda finding: finding.where_name),
        Column("outcome", "Outcome", lambda finding: finding.outcome_name),
        Column("state", "State", lambda finding: finding.state_name),
        Column("customer", "Customer", lambda finding: finding.customer.name if finding.customer else ""),
        Column("sop", "SOP", lambda finding: finding.sop),
        Column("when", "When", lambda finding: finding.at, Finding.id),
        Column("note", "Review", lambda finding: finding.note),
    ),
    scope=Finding.visible_to,
    load=findings.loaded,
    cells="compliance/_finding_cells.html",
    id=Finding.id,
    sort="when",
    descending=True,
    chips=(
        Chip("open", "To review", lambda by: Finding.state == OPEN),
        Chip("disputed", "Disputed", lambda by: Finding.state == DISPUTED, "flag", empty="Nobody disputes a finding"),
        Chip("done", "Reviewed", lambda by: Finding.state.not_in((OPEN, DISPUTED)), empty="Nothing is reviewed yet"),
        Chip("all", "All"),
    ),
    one_chip=True,
    chip_key="standing",
    choices=(
        Choice("sort", "Kind", lambda by: FOUND, lambda sort, by: Finding.sort == sort),
        Choice("by", "Whose", lambda by: _people(Finding), lambda user, by: Finding.user == int(user)),
        Choice(
            "became",
            "What became of it",
            lambda by: {key: name for key, (name, _) in BECAME.items()},
            lambda key, by: BECAME[key][1],
        ),
    ),
    text=lambda text: Finding.excerpt.contains(text) | Finding.words.contains(text),
    placeholder="Words that were found",
    empty=(
        "shield",
        "Nothing to review",
        "What the wording check refused, what rules have raised and what somebody raised by hand stands "
        "here for review.",
    ),
    template="compliance/findings.html",
    seen=lambda rows, by: findings.may_review(by),
    as_rows=True,
)


def findings_of(scope: FindingScope) -> List:
    """Those that the trends of these days count."""
    return replace(
        FINDINGS,
        scope=lambda by: Finding.visible_to(by).where(scope.within(Finding.at), *scope.of_team()),
        values=scope.query,
        empty=("search", "No finding in these days", "Try other days, or all findings."),
    )


LEDGER = List(
    name="consequences",
    title="Consequences",
    endpoint="consequences.index",
    one="consequence",
    many="consequences",
    columns=(
        Column("who", "Person", lambda one: one.user.name, always=True),
        Column("what", "What", lambda one: one.kind_name),
        Column("state", "State", lambda one: one.state_name),
        Column("span", "From – to", lambda one: one.ends_on or one.due_on),
        Column("reason", "Reason", lambda one: one.reason, wide=True),
        Column("author", "By", lambda one: one.created_by.name, wide=True),
        Column("set_down", "Set down", lambda one: one.created_at, Consequence.id),
    ),
    scope=Consequence.visible_to,
    load=consequences.loaded,
    cells="compliance/_consequence_cells.html",
    id=Consequence.id,
    sort="set_down",
    descending=True,
    chips=(
        Chip("standing", "Open", lambda by: Consequence.state == STANDING),
        Chip("closed", "Closed", lambda by: Consequence.state != STANDING),
        Chip("all", "All"),
    ),
    one_chip=True,
    choices=(
        Choice("kind", "Kind", lambda by: KINDS, lambda kind, by: Consequence.kind == kind),
        Choice("state", "State", lambda by: CONSEQUENCE_STATES, lambda state, by: Consequence.state == state),
        Choice("who", "Person", lambda by: _people(Consequence), lambda user, by: Consequence.user == int(user)),
    ),
    empty=(
        "shield",
        "The ledger is empty",
        "Coaching, retraining, lost access to stages and disciplinary action stand here.",
    ),
    template="compliance/consequences.html",
)
