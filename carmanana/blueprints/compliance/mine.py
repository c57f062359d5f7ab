"""One's own page: findings to answer, what is to be read or done, and what reviewers said."""

from flask import render_template

from carmanana.compliance import consequences, findings
from carmanana.records.compliance import Consequence, Finding
from carmanana.records.scorecards import ReviewCase, Score
from carmanana.web.access import signed_in
from carmanana.web.current_user import me

from .base import blueprint

SHOWN = 100


@blueprint.get("/mine")
@signed_in
def mine():
    by = me()
    own = Finding.select(Finding.id).where(Finding.user == by).order_by(Finding.id.desc()).limit(SHOWN).tuples()
    lines = Consequence.select(Consequence.id).where(Consequence.user == by).order_by(Consequence.id.desc())
    return render_template(
        "compliance/mine.html",
        findings=findings.loaded(number for (number,) in own),
        consequences=sorted(
            consequences.loaded(number for (number,) in lines.limit(SHOWN).tuples()), key=_standing_first
        ),
        scores=_scores(by),
    )


def _standing_first(one: Consequence) -> tuple:
    return not one.standing, -one.id


def _scores(by) -> list[Score]:
    """The cards of their own calls and emails, once all are in."""
    found = Score.select(Score, ReviewCase).join(ReviewCase).where(ReviewCase.user == by)
    return list(found.where(ReviewCase.done_at.is_null(False)).order_by(Score.id.desc()).limit(SHOWN))
