"""The scorecard in its versions: an admin proposes one, somebody else puts it to use, and earlier answers keep their
questions."""

from peewee import fn

from carmanana.core import audit
from carmanana.core.db import transaction
from carmanana.core.workflow import Attempt, Forbidden, Refusal, Refused, T, Workflow
from carmanana.records.compliance import JUDGES
from carmanana.records.notifications import Notification
from carmanana.records.people import COMPLIANCE, CRM_ADMIN, User
from carmanana.records.scorecards import APPROVED, DECLINED, PROPOSED, RETIRED, SCORECARD_STATES, Question, Scorecard
from carmanana.records.sops import SOP_CALL_REVIEW

MOST, LONGEST, LONGEST_SOP = 20, 120, 80


def judge(attempt: Attempt) -> bool:
    return attempt.by.has(*JUDGES, CRM_ADMIN)


def of_somebody_else(attempt: Attempt):
    if attempt.record.made_by_id == attempt.by.id:
        return Refusal("own", "Somebody else approves what you proposed.", SOP_CALL_REVIEW)


def not_from_here(card: Scorecard, trigger: str) -> Refusal:
    return Refusal(
        "not_proposed", f"This version is not proposed any more: {card.state_name.lower()}.", SOP_CALL_REVIEW
    )


def put_to_use(attempt: Attempt) -> dict:
    """One version is in use at a time."""
    versions.fire(Scorecard.in_use(), "retire", attempt.by)
    return _decided(attempt)


def decline(attempt: Attempt) -> dict:
    return _decided(attempt)


def _decided(attempt: Attempt) -> dict:
    card = attempt.record
    verb = "is in use" if attempt.trigger == "approve" else "was declined"
    Notification.tell(card.made_by, "scorecard", f"Your scorecard, version {card.number}, {verb}", attempt.by)
    return {"decided_by": attempt.by, "decided_at": attempt.at}


TABLE = [
    T("approve", PROPOSED, APPROVED, judge, (of_somebody_else,), put_to_use),
    T("decline", PROPOSED, DECLINED, judge, (), decline),
    T("retire", APPROVED, RETIRED, lambda attempt: True),
]
versions = Workflow(Scorecard, SCORECARD_STATES, TABLE, {}, not_from_here)


def propose(by: User, questions: list[dict], about: str = "") -> Scorecard:
    """A new version: `questions` are words, the SOP's line and whether a *no* is fatal, in order."""
    if not by.has(CRM_ADMIN):
        raise Forbidden("scorecard")
    asked = [question for question in questions if (question.get("words") or "").strip()]
    with transaction():
        if refusals := list(filter(None, (_none_waits(), _are_questions(asked), _differ(asked)))):
            raise Refused(refusals)
        number = (Scorecard.select(fn.MAX(Scorecard.number)).scalar() or 0) + 1
        card = Scorecard.create(number=number, about=about.strip(), made_by=by)
        for position, question in enumerate(asked, 1):
            facts = {name: (question.get(name) or "").strip() for name in ("words", "sop")}
            Question.create(scorecard=card, position=position, fatal=bool(question.get("fatal")), **facts)
        audit.record("propose_scorecard", card, by, None, PROPOSED, number=number, questions=len(asked))
        for person in User.working(COMPLIANCE):
            Notification.tell(person, "scorecard", f"A scorecard waits for approval: version {number}", by)
    return card


def _none_waits():
    if Scorecard.select().where(Scorecard.state == PROPOSED).exists():
        return Refusal("waits", "A version waits for approval already. Decide on it first.", SOP_CALL_REVIEW)


def _are_questions(asked: list[dict]):
    if not 1 <= len(asked) <= MOST:
        return Refusal("questions", f"A scorecard has 1 to {MOST} questions.", SOP_CALL_REVIEW)
    if any(
        len(question["words"].strip()) > LONGEST or len(question.get("sop") or "") > LONGEST_SOP for question in asked
    ):
        return Refusal(
            "questions",
            f"A question has at most {LONGEST} characters, its line of the SOP {LONGEST_SOP}.",
            SOP_CALL_REVIEW,
        )


def _differ(asked: list[dict]):
    plain = [question["words"].strip().casefold() for question in asked]
    if len(set(plain)) < len(plain):
        return Refusal("questions", "Ask each question once.", SOP_CALL_REVIEW)


def every_version() -> list[Scorecard]:
    return list(
        Scorecard.select(Scorecard, User).left_outer_join(User, on=Scorecard.made_by).order_by(Scorecard.number.desc())
    )


def proposed() -> Scorecard | None:
    return Scorecard.get_or_none(Scorecard.state == PROPOSED)
