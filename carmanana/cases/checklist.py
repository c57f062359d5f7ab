"""The lines of a case that are ticked one by one. A case is completed once none is left open."""

from carmanana.core import audit, clock
from carmanana.core.db import transaction
from carmanana.core.query import again
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.records.customer_cases import CaseCheck, CustomerCase
from carmanana.records.people import User

MOST_LINES, LONGEST = 30, 200


def add(case: CustomerCase, words: str, by: User) -> CaseCheck:
    words = (words or "").strip()
    with transaction():
        fresh = _worked(case, by)
        if not words or len(words) > LONGEST:
            raise Refused(
                [Refusal("words", f"Say what is to be done, in up to {LONGEST} letters.", field="words")], fresh
            )
        known = CaseCheck.select().where(CaseCheck.case == fresh).count()
        if known >= MOST_LINES:
            raise Refused([Refusal("many", f"A checklist has at most {MOST_LINES} lines.", field="words")], fresh)
        line = CaseCheck.create(case=fresh, words=words, position=known)
        audit.record("check_added", fresh, by, check=line.id)
    return line


def tick(case: CustomerCase, line: CaseCheck, done: bool, by: User) -> None:
    with transaction():
        fresh = _worked(case, by)
        fields = {"done_at": clock.now(), "done_by": by} if done else {"done_at": None, "done_by": None}
        changes = CaseCheck.done_at.is_null() if done else CaseCheck.done_at.is_null(False)
        if CaseCheck.update(fields).where(CaseCheck.id == line.id, changes).execute():
            audit.record("check_done" if done else "check_open_again", fresh, by, check=line.id)


def remove(case: CustomerCase, line: CaseCheck, by: User) -> None:
    with transaction():
        fresh = _worked(case, by)
        if CaseCheck.delete().where(CaseCheck.id == line.id, CaseCheck.case == fresh).execute():
            audit.record("check_removed", fresh, by, check=line.id)


def _worked(case: CustomerCase, by: User) -> CustomerCase:
    fresh = again(case)
    if not fresh.worked_by(by):
        raise Forbidden("checklist")
    if fresh.ended:
        raise Refused([Refusal("closed", "The case is closed. Reopen it first.")], fresh)
    return fresh
