"""The calls and emails that wait for a reviewer: the flagged ones first, then the sample, the longest waiting first."""

from peewee import JOIN, Expression, fn

from carmanana.records.activities import Activity
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.scorecards import ReviewCase, Score
from carmanana.schema.sqlite import of_ids

SHOWN = 40


def waits_for(by: User) -> Expression:
    """The condition for those that this person may still score: not their own, nor on an order of theirs."""
    C, mine, others = ReviewCase, Score.alias(), Score.alias()
    scored = mine.select(mine.id).where(mine.case == C.id, mine.reviewer == by, mine.submitted_at.is_null(False))
    taken = others.select(others.id).where(others.case == C.id, others.reviewer != by)
    sold = Activity.select(Activity.id).join(Deal).where(Activity.id == C.activity, Deal.owner == by)
    full = (C.scores_wanted == 1) & fn.EXISTS(taken)
    return C.done_at.is_null() & (C.user != by) & ~fn.EXISTS(scored) & ~full & ~fn.EXISTS(sold)


def waiting(by: User) -> list[ReviewCase]:
    ids = [number for (number,) in in_order(by).select(ReviewCase.id).limit(SHOWN).tuples()]
    place = {number: rank for rank, number in enumerate(ids)}
    return sorted(loaded(ids), key=lambda case: place[case.id])


def counted(by: User) -> dict[str, int]:
    """How many wait, by why they do."""
    found = ReviewCase.select(ReviewCase.why).where(waits_for(by)).tuples()
    reasons = [why for (why,) in found]
    return {why: reasons.count(why) for why in ("flagged", "sampled")}


def in_order(by: User):
    return ReviewCase.select().where(waits_for(by)).order_by(ReviewCase.why, ReviewCase.id)


def beside(case: ReviewCase, by: User) -> tuple[int | None, int | None]:
    """The one before and the one after, in the order of the queue."""
    C = ReviewCase
    others = C.select(C.id).where(waits_for(by), C.id != case.id)
    later = others.where((C.why > case.why) | ((C.why == case.why) & (C.id > case.id))).order_by(C.why, C.id)
    earlier = others.where((C.why < case.why) | ((C.why == case.why) & (C.id < case.id)))
    following = later.scalar()
    return earlier.order_by(C.why.desc(), C.id.desc()).scalar(), following


@of_ids
def loaded(ids):
    """With the contact, whose it is and with whom."""
    found = ReviewCase.select(ReviewCase, User, Activity, Customer).join(User, on=ReviewCase.user).switch(ReviewCase)
    found = found.join(Activity).join(Customer, JOIN.LEFT_OUTER)
    return found.where(ReviewCase.id.in_(ids))
