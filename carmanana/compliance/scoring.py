"""The machine of a reviewer's card (domain 9): answered, submitted, opened again; nobody scores what they took part in,
and of two who score the same case neither sees the other's before both are in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from peewee import Select, fn

from carmanana.compliance.consequences import impose
from carmanana.core import clock
from carmanana.core.db import transaction
from carmanana.core.query import prepared
from carmanana.core.workflow import Attempt, Forbidden, Refusal, Refused, T, Workflow
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.compliance import COACHING, JUDGES, RETRAINING
from carmanana.records.notifications import Notification
from carmanana.records.people import User
from carmanana.records.retention import RetentionPlan
from carmanana.records.scorecards import (
    ANSWERS,
    BEGUN,
    NO,
    SCORE_STATES,
    SUBMITTED,
    WORTH,
    Question,
    ReviewCase,
    Score,
    ScoreAnswer,
    Scorecard,
)
from carmanana.records.sellers import sold_it
from carmanana.records.sops import SOP_CALL_REVIEW

REOPENED_WITHIN = timedelta(days=1)
DAYS = {COACHING: timedelta(days=7), RETRAINING: timedelta(days=14)}
LONGEST_SPOT, LONGEST_QUOTE, LONGEST_TAKEAWAY = 40, 200, 1000


# who may


def reviewer(attempt: Attempt) -> bool:
    return attempt.by.has(*JUDGES) and attempt.record.reviewer_id == attempt.by.id


def took_part(case: ReviewCase, person: User) -> bool:
    """Whose contact it is, who sold the order, and who asked for, reviewed, saved or decided the cancellation."""
    contact = case.activity
    if person.id in (case.user_id, contact.author_id):
        return True
    if contact.deal_id is None:
        return bool(contact.lead) and contact.lead.owner_id == person.id
    return any(_part.first(contact.deal_id, person)) or sold_it(contact.deal, person, contact.at)


@prepared
def _part(deal_id, person):
    """Are they named in a request about the order, or had they a plan to save it?"""
    R = CancellationRequest
    named = (R.requested_by == person) | (R.reviewer == person) | (R.ended_by == person)
    plans = RetentionPlan.select(RetentionPlan.id).join(R)
    plans = plans.where(R.deal == deal_id, RetentionPlan.assignee == person)
    return Select(columns=[fn.EXISTS(R.select(R.id).where(R.deal == deal_id, named)), fn.EXISTS(plans)]).tuples()


# what must hold


def stands_apart(attempt: Attempt):
    if took_part(attempt.record.case, attempt.by):
        return Refusal("took_part", "You took part in this order: somebody else scores it.", SOP_CALL_REVIEW)


def wanted(attempt: Attempt):
    """No more cards than are wanted."""
    case = attempt.record.case
    if len(_others(case, attempt.by)) >= case.scores_wanted:
        return Refusal("scored", "This case has its reviewers already.", SOP_CALL_REVIEW)


@prepared
def _others(case, by):
    return Score.select(Score.id).where(Score.case == case, Score.reviewer != by).tuples()


def everything_answered(attempt: Attempt):
    answers = _answers(attempt)
    left = [q for q in attempt.record.scorecard.questions if (answers.get(q.id) or {}).get("answer") not in ANSWERS]
    if left:
        return Refusal(
            "answers", f"Answer “{left[0].words}” too, or choose N/A.", SOP_CALL_REVIEW, field=f"answer-{left[0].id}"
        )


def each_no_has_its_place(attempt: Attempt):
    for question in attempt.record.scorecard.questions:
        given = _answers(attempt).get(question.id) or {}
        if given.get("answer") == NO and not ((given.get("spot") or "") + (given.get("quote") or "")).strip():
            sentence = f"Say where: the minute or the sentence for “{question.words}”."
            return Refusal("evidence", sentence, SOP_CALL_REVIEW, field=f"spot-{question.id}")


def not_compared_yet(attempt: Attempt):
    case, score = attempt.record.case, attempt.record
    if case.twice and case.done_at:
        return Refusal("compared", "Both cards are in and were compared: they stand.", SOP_CALL_REVIEW)
    if attempt.at - score.submitted_at > REOPENED_WITHIN:
        return Refusal("too_late", "A card is opened again within a day.", SOP_CALL_REVIEW)


def _answers(attempt: Attempt) -> Mapping[int, dict]:
    """What is given now over what was kept."""
    if "answers" not in attempt.read:
        kept = attempt.record.given.items()
        stored = {number: {"answer": one.answer, "spot": one.spot, "quote": one.quote} for number, one in kept}
        attempt.read["answers"] = stored | (attempt.given.get("answers") or {})
    return attempt.read["answers"]


# what it changes


def keep(attempt: Attempt) -> dict:
    score = attempt.record
    asked = {question.id for question in score.scorecard.questions}
    given = {number: one for number, one in (attempt.given.get("answers") or {}).items() if number in asked}
    ScoreAnswer.delete().where(ScoreAnswer.score == score, ScoreAnswer.question.in_(list(given))).execute()
    for number, one in given.items():
        answer = one.get("answer") if one.get("answer") in ANSWERS else ""
        evidence = {"spot": _short(one, "spot", LONGEST_SPOT), "quote": _short(one, "quote", LONGEST_QUOTE)}
        if answer or any(evidence.values()):
            ScoreAnswer.create(score=score, question=number, answer=answer, **evidence)
    takeaway = attempt.given.get("takeaway")
    return {} if takeaway is None else {"takeaway": takeaway.strip()[:LONGEST_TAKEAWAY]}


def _short(one: dict, name: str, most: int) -> str:
    return (one.get(name) or "").strip()[:most]


def submit(attempt: Attempt) -> dict:
    score = attempt.record
    fields = keep(attempt)
    points = points_of(score.scorecard.questions, {n: one.get("answer") for n, one in _answers(attempt).items()})
    attempt.event_data |= {"case": score.case_id, "points": points}
    _close_case(score, attempt)
    _follow_up(score, attempt, fields.get("takeaway", score.takeaway))
    return fields | {"points": points, "submitted_at": attempt.at}


def points_of(questions: list[Question], answers: Mapping[int, str]) -> int | None:
    """Of a hundred, over the questions that apply; a fatal *no* sends it to nought."""
    if any(question.fatal and answers.get(question.id) == NO for question in questions):
        return 0
    counted = [WORTH[answers[q.id]] for q in questions if answers.get(q.id) in WORTH]
    return round(sum(counted) / len(counted)) if counted else None


def _close_case(score: Score, attempt: Attempt) -> None:
    case = score.case
    others = Score.select().where(Score.case == case, Score.state == SUBMITTED, Score.id != score.id).count()
    if others + 1 >= case.scores_wanted:
        ReviewCase.update(done_at=attempt.at).where(ReviewCase.id == case.id).execute()
        text = f"A {case.activity.kind_name.lower()} of yours was reviewed"
        Notification.tell(case.user, "score", text, attempt.by, about=case.user)


def _follow_up(score: Score, attempt: Attempt, takeaway: str) -> None:
    """Coaching or retraining in the same step, with what they should take from it."""
    kind = attempt.given.get("follows")
    if kind in DAYS:
        due_on = clock.today(score.case.user.timezone) + DAYS[kind]
        impose(score.case.user, attempt.by, kind, takeaway, due_on=due_on)


def open_again(attempt: Attempt) -> dict:
    ReviewCase.update(done_at=None).where(ReviewCase.id == attempt.record.case_id).execute()
    return {"submitted_at": None, "points": None}


def takeaway_given(attempt: Attempt):
    told = attempt.given.get("takeaway")
    if attempt.given.get("follows") in DAYS and not (attempt.record.takeaway if told is None else told).strip():
        return Refusal("takeaway", "Write what they should take from it.", SOP_CALL_REVIEW, field="takeaway")


def not_from_here(score: Score, trigger: str) -> Refusal:
    sentence = (
        "This card is submitted. Open it again to change it." if score.submitted else "This card is not submitted yet."
    )
    return Refusal("submitted" if score.submitted else "begun", sentence, SOP_CALL_REVIEW)


SUBMIT = (stands_apart, wanted, everything_answered, each_no_has_its_place, takeaway_given)
TABLE = [
    T("save", BEGUN, BEGUN, reviewer, (stands_apart, wanted), keep),
    T("submit", BEGUN, SUBMITTED, reviewer, SUBMIT, submit),
    T("reopen", SUBMITTED, BEGUN, reviewer, (not_compared_yet,), open_again),
]
scoring = Workflow(Score, SCORE_STATES, TABLE, {}, not_from_here)


def card_of(case: ReviewCase, by: User) -> Score:
    """This reviewer's card of the case; begun now where they have none, on the scorecard that is in use."""
    if not by.has(*JUDGES):
        raise Forbidden("score")
    with transaction():
        known = Score.get_or_none(Score.case == case, Score.reviewer == by)
        if known:
            return known
        fresh = Score(case=case, scorecard=Scorecard.in_use(), reviewer=by)
        attempt = Attempt(fresh, by, "begin")
        if refusals := list(filter(None, (stands_apart(attempt), wanted(attempt)))):
            raise Refused(refusals, case)
        return Score.create(case=case, scorecard=fresh.scorecard, reviewer=by)


def ask_for_a_second(case: ReviewCase, by: User) -> ReviewCase:
    """Somebody else scores it too, without seeing the first card."""
    if not by.has(*JUDGES):
        raise Forbidden("second")
    with transaction():
        fresh = ReviewCase.get_by_id(case.id)
        if fresh.twice:
            raise Refused([Refusal("twice", "This case is scored twice already.", SOP_CALL_REVIEW)], fresh)
        ReviewCase.update(scores_wanted=2, done_at=None).where(ReviewCase.id == case.id).execute()
    return ReviewCase.get_by_id(case.id)


@dataclass(frozen=True)
class Compared:
    """One question as two reviewers answered it."""

    question: Question
    answers: tuple[ScoreAnswer | None, ...]

    @property
    def differs(self) -> bool:
        return len({one.answer if one else "" for one in self.answers}) > 1


def seen_scores(case: ReviewCase, by: User) -> list[Score]:
    """The cards that this person may see: their own, and all once the case is done."""
    scores = Score.select(Score, User).join(User, on=Score.reviewer).where(Score.case == case).order_by(Score.id)
    return list(scores if case.done_at else scores.where(Score.reviewer == by))


def compared(scores: list[Score]) -> list[Compared]:
    """Question by question; of different versions of the scorecard, what both asked, by its words."""
    if len(scores) < 2:
        return []
    sheets = [_sheet(score) for score in scores]
    return [Compared(q, tuple(sheet.get(q.words) for sheet in sheets)) for q in scores[0].scorecard.questions]


def _sheet(score: Score) -> dict[str, ScoreAnswer | None]:
    given = score.given
    return {question.words: given.get(question.id) for question in score.scorecard.questions}
