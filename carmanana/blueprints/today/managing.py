"""The sections of managers, of the Retention Team and of compliance."""

from datetime import datetime
from typing import Any

from carmanana.records.activities import Activity
from carmanana.records.cancellations import RETENTION as RETAINING
from carmanana.records.cancellations import SHORT
from carmanana.records.compliance import FOUND
from carmanana.records.people import COMPLIANCE, MANAGER, RETENTION, User
from carmanana.today import duties, managing
from carmanana.today.telling import Row
from carmanana.web.addresses import address
from carmanana.web.filters import day, money_here, plural
from carmanana.web.today import Act, Duty, Section, register
from carmanana.web.today_rows import LINK

from . import acts


def is_manager(by: User) -> bool:
    return by.has(MANAGER)


def _moment(value: datetime | str | None):
    return Activity.due_at.python_value(value) if isinstance(value, str) else value


def draw_review(row: Any, by: User) -> Duty:
    url = address("cancellations.show", request_id=row.id)
    asks = row.state == RETAINING
    what = f"The customer asks for something else: “{row.asked_for}”" if asks else f"{SHORT[row.state]}: “{row.reason}”"
    decides = asks or SHORT[row.state] == "Decide"
    due = row.decide_by if decides and row.decide_by else row.until
    worth = money_here(row.value_cents, row.currency) if row.value_cents else ""
    return Duty(_moment(due), row.customer_name, url, worth, what, (Act("Open", url, way=LINK, primary=True),))


def draw_flag(row: Row, by: User) -> Duty:
    return acts.duty(
        row, row.reason or "Flagged for the manager", acts.answer_flag(row), acts.reassign(row), since=True
    )


def draw_hand_over(row: Any, by: User) -> Duty:
    give = Act("Hand over", address("people.hand_over", user_id=row.user_id), way=LINK, primary=True)
    answer = Act("Answer", address("people.answer_hand_over", hand_over_id=row.id))
    sub = f"from {day(row.starts_on)}" if row.starts_on else "from now on"
    url = address("people.show", user_id=row.user_id)
    return Duty(row.created_at, row.asker, url, f"asks to hand over, {sub}", row.reason, (give, answer), since=True)


def draw_stuck(row: managing.StuckKind, by: User) -> Duty:
    words = " · ".join(plural(number, kind, most=row.most) for kind, number in row.numbers.items())
    kind = next(iter(row.numbers))
    url = address("today.stuck", what=f"{kind}s", standing=row.standing.code)
    others = [
        Act(f"See {other}s", address("today.stuck", what=f"{other}s", standing=row.standing.code), way=LINK)
        for other in row.numbers
    ]
    return Duty(None, row.standing.name, url, words, "", tuple(others))


def draw_rescue(row: Any, by: User) -> Duty:
    url = address("retention.show", request_id=row.request_number)
    return Duty(
        row.due_at, row.customer_name, url, "An order to save", f"“{row.reason}”", (Act("Open", url, way=LINK),)
    )


def draw_finding(row: Any, by: User) -> Duty:
    url = address("findings.show", finding_id=row.id)
    name = FOUND.get(row.sort, row.sort)
    what = f"“{row.excerpt}”" if row.excerpt else name
    return Duty(row.at, row.author, url, name, what, (Act("Review", url, way=LINK),), since=True)


def draw_owed(row: managing.Owed, by: User) -> Duty:
    request = row.request
    deal = request.deal
    url = address("deals.show", deal_id=deal.id)
    refund = Act("Record the refund", address("deals.payments", deal_id=deal.id, kind="refunded"))
    what = f"{request.return_task.assignee.name} refunds it"
    return Duty(
        request.return_task.due_at, deal.customer.name, url, money_here(row.left, deal.currency), what, (refund,)
    )


def proof(by: User) -> list[Act]:
    return [Act("The proof of last night", address("today.proofs"), way=LINK)] if by.sees_all else []


register(
    Section(
        "reviews",
        "Cancellations that wait for you",
        "losing",
        5,
        is_manager,
        managing.reviews,
        draw_review,
        "No cancellation waits for you",
        all_url=lambda by: address("cancellations.index"),
    ),
    Section(
        "rescues",
        "Orders to save",
        "rescue",
        6,
        lambda by: by.has(RETENTION),
        managing.rescues,
        draw_rescue,
        "No order waits to be saved",
        all_url=lambda by: address("retention.index"),
    ),
    Section("asked", "Asked of you", "flag", 7, is_manager, duties.flagged, draw_flag, "Nobody asks anything of you"),
    Section("hand_overs", "To hand over", "swap", 8, is_manager, managing.hand_overs, draw_hand_over, quiet=True),
    Section(
        "stuck",
        "Stuck",
        "hourglass",
        75,
        lambda by: by.works_deals,
        managing.stuck_kinds,
        draw_stuck,
        "Nothing is stuck",
        all_url=lambda by: address("today.stuck", what="deals"),
        acts=proof,
        first=is_manager,
        counts=False,
    ),
    Section(
        "owed",
        "Money owed",
        "money",
        80,
        is_manager,
        managing.owed,
        draw_owed,
        "No refund is due",
        all_url=lambda by: address("promises.owed"),
    ),
    Section(
        "findings",
        "To review",
        "shield",
        10,
        lambda by: by.has(COMPLIANCE),
        managing.to_review,
        draw_finding,
        "Nothing waits for review",
        all_url=lambda by: address("findings.index"),
    ),
)
