"""What Today asks of a person for compliance: what is to be read or done, and the calls and emails to score."""

from carmanana.compliance import consequences, queue
from carmanana.records.compliance import ACCESS, JUDGES, RETRAINING, STANDING, Consequence
from carmanana.records.people import COMPLIANCE, User
from carmanana.records.scorecards import FLAGGED, ReviewCase
from carmanana.today.rows import Found, Page, page_of
from carmanana.web.addresses import address
from carmanana.web.today import Act, Duty, Section, register
from carmanana.web.today_rows import LINK, POST


def asked_of(by: User, limit: int, offset: int) -> Found:
    """Coaching, retraining and disciplinary action that is open, the soonest first."""
    return _asked_of.found(by, limit=limit, offset=offset, load=consequences.loaded)


@Page
def _asked_of(by, limit, offset, most):
    C = Consequence
    own = C.select().where(C.user == by, C.state == STANDING, C.kind != ACCESS)
    return page_of(C, own.order_by(C.due_on, C.id), limit, offset, most).namedtuples()


def draw_asked(one: Consequence, by: User) -> Duty:
    url = address("consequences.show", consequence_id=one.id)
    read = Act("I have read it", address("consequences.acknowledge", consequence_id=one.id), "check", POST)
    act = Act("Open", url, way=LINK) if one.kind == RETRAINING else read
    return Duty(one.due_on, one.kind_name, url, f"by {one.created_by.name}", one.reason, (act,))


def to_score(by: User, limit: int, offset: int) -> Found:
    return _to_score.found(by, limit=limit, offset=offset, load=queue.loaded)


@Page
def _to_score(by, limit, offset, most):
    return page_of(ReviewCase, queue.in_order(by), limit, offset, most).namedtuples()


def draw_case(case: ReviewCase, by: User) -> Duty:
    url = address("compliance.case", review_case_id=case.id)
    why = "Flagged" if case.why == FLAGGED else "Sample"
    what = f"{case.activity.kind_name} of {case.user.name}"
    return Duty(
        case.activity.at, case.activity.customer.name, url, why, what, (Act("Score", url, way=LINK),), since=True
    )


register(
    Section(
        "compliance_own",
        "To read and to do",
        "shield",
        65,
        lambda by: True,
        asked_of,
        draw_asked,
        all_url=lambda by: address("compliance.mine"),
        quiet=True,
    ),
    Section(
        "call_reviews",
        "Calls and emails to review",
        "shield",
        85,
        lambda by: by.has(*JUDGES),
        to_score,
        draw_case,
        all_url=lambda by: address("compliance.index"),
        quiet=True,
        first=lambda by: by.has(COMPLIANCE),
    ),
)
