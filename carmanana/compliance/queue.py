"""The calls and emails that wait for a reviewer: the flagged ones first, then the sample, the longest waiting first."""

from peewee import JOIN, SQL, Expression, fn

from carmanana.core.query import prepared
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
    sells = Deal.select(SQL("1")).where(Deal.owner == by)  # asked once: most reviewers have no orders
    sold = Activity.select(Activity.id).join(Deal).where(Activity.id == C.activity, Deal.owner == by)
    full = (C.scores_wanted == 1) & fn.EXISTS(taken)
    theirs = fn.EXISTS(sells) & fn.EXISTS(sold)
    return C.done_at.is_null() & (C.user != by) & ~fn.EXISTS(scored) & ~full & ~theirs


def waiting(by: User) -> list[ReviewCase]:
    ids = [number for (number,) in _waiting(by)]
    place = {number: rank for rank, number in enumerate(ids)}
    return sorted(listed(ids), key=lambda case: place[case.id])


_waiting = prepared(lambda by: in_order(by).select(ReviewCase.id).limit(SHOWN).tuples())


def first(by: User) -> int | None:
    """The one to begin with."""
    found = _first.first(by)
    return found and found[0]


_first = prepared(lambda by: in_order(by).select(ReviewCase.id).limit(1).tuples())


def counted(by: User) -> dict[str, int]:
    """How many wait, by why they do."""
    return {"flagged": 0, "sampled": 0} | dict(_counted(by))


@prepared
def _counted(by):
    found = ReviewCase.select(ReviewCase.why, fn.COUNT(ReviewCase.id)).where(waits_for(by))
    return found.group_by(ReviewCase.why).tuples()


def in_order(by: User):
    return ReviewCase.select().where(waits_for(by)).order_by(ReviewCase.why, ReviewCase.id)


def beside(case: ReviewCase, by: User) -> tuple[int | None, int | None]:
    """The one before and the one after, in the order of the queue."""
    before, after = _before.first(by, case.why, case.id), _after.first(by, case.why, case.id)
    return before and before[0], after and after[0]


@prepared
def _after(by, why, number):
    C = ReviewCase
    later = in_order(by).where((C.why > why) | ((C.why == why) & (C.id > number)))
    return later.select(C.id).limit(1).tuples()


@prepared
def _before(by, why, number):
    C = ReviewCase
    earlier = C.select(C.id).where(waits_for(by), (C.why < why) | ((C.why == why) & (C.id < number)))
    return earlier.order_by(C.why.desc(), C.id.desc()).limit(1).tuples()


@of_ids
def listed(ids):
    """With what a list says of the contact, whose it is and with whom."""
    contact = Activity.id, Activity.kind, Activity.at, Activity.customer, Activity.deal, Activity.lead, Activity.author
    shown = ReviewCase, User.id, User.name, User.email, User.house, *contact, Customer.id, Customer.name
    found = ReviewCase.select(*shown).join(User, on=ReviewCase.user).switch(ReviewCase)
    return found.join(Activity).join(Customer, JOIN.LEFT_OUTER).where(ReviewCase.id.in_(ids))


@of_ids
def loaded(ids):
    """With the contact, whose it is and with whom."""
    found = ReviewCase.select(ReviewCase, User, Activity, Customer).join(User, on=ReviewCase.user).switch(ReviewCase)
    found = found.join(Activity).join(Customer, JOIN.LEFT_OUTER)
    return found.where(ReviewCase.id.in_(ids))
