"""The lists of what was promised: promises, and money owed."""

from collections.abc import Callable

from flask import g
from flask import request as flask_request
from peewee import Select

from carmanana.cancellations import money_owed
from carmanana.cancellations.retention import promises
from carmanana.core import clock
from carmanana.core.query import prepared
from carmanana.records.activities import Activity
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.people import User
from carmanana.records.retention import Commitment
from carmanana.web.current_user import me
from carmanana.web.filters import money_here, overdue_minutes
from carmanana.web.lists import Chip, Column, Kept, List, Shown
from carmanana.web.lists.counting import up_to


def _promised(shown: Shown) -> dict[str, int]:
    if shown.by.is_manager:
        return promises.counts()
    return {show: len(numbers) for show, numbers in _own_promises(shown.by).items()}


def _promise_ids(shown: Shown, after: str, most: int) -> list[int]:
    """One's own that are to be kept are known when they are counted."""
    tab, usual = shown.on[0].key, shown.sorted.key == "due" and not shown.descending
    if shown.by.is_manager or after or shown.text or tab not in ("open", "late") or not usual:
        return shown.looked_for
    return _own_promises(shown.by)[tab][:most]


def _own_promises(by: User) -> dict[str, list[int]]:
    if "own_promises" not in g:
        g.own_promises = promises.standings_of(by)
    return g.own_promises


def _shows_promise(promise: Commitment, may_keep: dict[int, bool]) -> tuple:
    task, deal = promise.task, promise.request.deal
    when = task.due_at, overdue_minutes(task.due_at, clock.now()), task.done_at, task.done_at and task.dropped
    what = promise.id, promise.words, promise.kind, promise.made_at, deal.id, deal.customer.name, deal.vehicle
    return *what, task.assignee.name, *when, may_keep[promise.id]


PROMISES = List(
    name="promises",
    title="Promises",
    endpoint="promises.index",
    one="promise",
    many="promises",
    columns=(
        Column("promise", "Promise", lambda promise: promise.words),
        Column("kind", "Kind", lambda promise: promise.kind_name),
        Column("customer", "Customer", lambda promise: promise.request.deal.customer.name),
        Column("keeper", "Kept by", lambda promise: promise.task.assignee.name),
        Column("due", "Due", lambda promise: promise.task.due_at, promises.DUE),
        Column("kept", "Closed", lambda promise: promise.task.done_at, promises.CLOSED),
    ),
    scope=promises.visible_to,
    known_counts=_promised,
    ids_of=_promise_ids,
    load=promises.listed,
    cells="promises/_cells.html",
    id=Commitment.id,
    sort="due",
    chips=(
        Chip("open", "Open", lambda by: promises.standing("open")),
        Chip("late", "Overdue", lambda by: promises.standing("late"), empty="No promise is overdue"),
        Chip("kept", "Kept", lambda by: promises.standing("kept"), sort="kept", descending=True, empty="None kept yet"),
        Chip(
            "dropped",
            "Dropped",
            lambda by: promises.standing("dropped"),
            sort="kept",
            descending=True,
            empty="None were dropped",
        ),
    ),
    one_chip=True,
    text=promises.tells,
    placeholder="Promise or customer",
    empty=(
        "promise",
        "No open promises",
        "When an order is saved, each promise made for it stands here until it is kept.",
    ),
    template="promises/index.html",
    seen=lambda rows, by: {promise.id: promises.may_keep(promise, by) for promise in rows},
    kept=Kept(_shows_promise, alike=lambda: (flask_request.args.get("show"),)),
    as_rows=True,
    row_class="list panel promise-list",
)


def _amount(request: CancellationRequest) -> str:
    return money_here(_shown_cents(request, money_owed.left_of), request.deal.currency)


def _shown_cents(request: CancellationRequest, left_of: Callable) -> int:
    """What was owed, once it is refunded; until then what is left of it."""
    return request.pending_cents if request.returned_on else left_of(request)


@prepared
def _owed(now):
    found = (money_owed.alike(tab, now) for tab in OWED)
    return Select(columns=[up_to(one, CancellationRequest.id) for one in found]).tuples()


def _shows_owed(request: CancellationRequest, seen: tuple) -> tuple:
    (left_of, kept_of), task, deal = seen, request.return_task, request.deal
    cents = _shown_cents(request, left_of)
    returned = request.returned_on, request.returned_on and kept_of(request)
    what = deal.id, cents, deal.currency, deal.customer.name, deal.vehicle, task.assignee.name, request.ended_at
    return *what, *returned, task.due_at, overdue_minutes(task.due_at, clock.now())


OWED = ("open", "late", "returned")
MONEY_OWED = List(
    name="money-owed",
    title="Money owed",
    endpoint="promises.owed",
    one="refund",
    many="refunds",
    columns=(
        Column("customer", "Customer", lambda request: request.deal.customer.name),
        Column("amount", "Amount", _amount),
        Column("by", "Refunded by", lambda request: request.return_task.assignee.name),
        Column("due", "Due", lambda request: request.return_task.due_at, Activity.due_at),
        Column("returned", "Refunded", lambda request: request.returned_on, CancellationRequest.returned_on),
    ),
    scope=lambda by: money_owed.cases(),
    known_counts=lambda shown: dict(zip(OWED, _owed.first(clock.now()), strict=True)),
    load=money_owed.listed,
    cells="promises/_owed_cells.html",
    id=CancellationRequest.id,
    sort="due",
    chips=(
        Chip("open", "Open", lambda by: money_owed.standing("open")),
        Chip("late", "Overdue", lambda by: money_owed.standing("late"), empty="Nothing is overdue"),
        Chip(
            "returned",
            "Refunded",
            lambda by: money_owed.standing("returned"),
            sort="returned",
            descending=True,
            empty="Nothing was refunded yet",
        ),
    ),
    one_chip=True,
    text=money_owed.tells,
    placeholder="Customer",
    empty=(
        "money",
        "Nothing is owed",
        "Money that a cancellation left pending stands here until its refund is recorded.",
    ),
    template="promises/owed.html",
    seen=lambda rows, by: money_owed.of_rows(rows),
    kept=Kept(_shows_owed, alike=lambda: (me().is_manager,)),
    as_rows=True,
    row_class="list panel promise-list",
)
