"""The lists of cancellations: the queue, promises, money owed and stories."""

from flask import request as flask_request
from peewee import Select, fn

from carmanana.blueprints.cancellations.review.clock import pill_of
from carmanana.blueprints.cancellations.review.page import shown_queue
from carmanana.cancellations import money_owed, queue
from carmanana.cancellations.playbook import stories
from carmanana.cancellations.retention import promises
from carmanana.cancellations.rights.deadlines import running_among
from carmanana.cancellations.verbs import REVIEW
from carmanana.core import clock
from carmanana.core.query import prepared
from carmanana.records.activities import Activity
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.playbook import Story
from carmanana.records.retention import Commitment
from carmanana.web.current_user import me
from carmanana.web.filters import due_state, due_words, money_here
from carmanana.web.lists import Chip, Column, Kept, List, Shown
from carmanana.web.lists.counting import up_to


@prepared
def _in_the_queue(by, lately):
    found = (CancellationRequest.select().where(queue.those(tab, by, lately)) for tab in queue.SHOWN)
    return Select(columns=[up_to(one, CancellationRequest.id) for one in found]).tuples()


def _queued(shown: Shown) -> dict[str, int]:
    found = _in_the_queue.first(shown.by, clock.now() - queue.ENDED_FOR)
    return dict(zip(queue.SHOWN, found, strict=True))


def _ids(shown: Shown, after: str, most: int) -> list[int]:
    tab, usual = shown.on[0].key, shown.sorted.key == "waiting" and not shown.descending
    if usual and tab in queue.AWAITED and not (after or shown.text):
        found = queue.awaited(tab, shown.by, most)
        if len(found) == most:
            return found
    return [number for (number,) in shown.after(shown.in_order).limit(most).tuples()]


QUEUE = List(
    name="queue",
    title="Cancellations",
    endpoint="cancellations.index",
    one="request",
    many="requests",
    columns=(
        Column("customer", "Customer", lambda request: request.deal.customer.name),
        Column("vehicle", "Vehicle", lambda request: request.deal.vehicle),
        Column("state", "State", lambda request: request.state_name),
        Column("reason", "Reason", lambda request: request.reason),
        Column("reviewer", "Reviewer", lambda request: request.reviewer.name),
        Column("waiting", "Waiting since", lambda request: request.requested_at, queue.URGENCY),
        Column("ended", "Ended", lambda request: request.ended_at, CancellationRequest.ended_at),
    ),
    scope=lambda by: CancellationRequest.select(),
    known_counts=_queued,
    ids_of=_ids,
    load=queue.with_people,
    cells="cancellations/_cells.html",
    id=CancellationRequest.id,
    sort="waiting",
    chips=(
        Chip(
            "mine",
            "Mine",
            lambda by: queue.those("mine", by),
            shown=lambda by: by.is_manager,
            empty="Nothing waits for you",
        ),
        Chip("all", "All", lambda by: queue.those("all", by)),
        Chip(
            "contact", "Awaiting contact", lambda by: queue.those("contact", by), empty="Nobody awaits a first contact"
        ),
        Chip("decide", "To decide", lambda by: queue.those("decide", by), empty="Nothing to decide"),
        Chip("retention", "With retention", lambda by: queue.those("retention", by), empty="Retention has no case"),
        Chip(
            "ended",
            "Ended",
            lambda by: queue.those("ended", by),
            sort="ended",
            descending=True,
            empty="None ended in the last 30 days",
        ),
    ),
    one_chip=True,
    first=lambda by: "mine" if by.is_manager else "all",
    text=queue.tells,
    placeholder="Customer or reason",
    empty=(
        "circle-check",
        "No order is being cancelled",
        "When a customer wants to cancel, the agent’s request comes here, and the next contact is a manager’s.",
    ),
    template="cancellations/index.html",
    seen=lambda rows, by: {
        "pill_of": pill_of,
        "shown": shown_queue(),
        "begin": REVIEW["begin_review"],
        "rights": running_among(rows),
        "asking": queue.asking_among(rows),
    },
    as_rows=True,
    row_class="queue",
)


def _promised(shown: Shown) -> dict[str, int]:
    return promises.counts(shown.by)


def _shows_promise(promise: Commitment, may_keep: dict[int, bool]) -> tuple:
    task, deal = promise.task, promise.request.deal
    when = task.due_at, due_state(task.due_at), due_words(task.due_at), task.done_at, task.done_at and task.dropped
    what = promise.id, promise.words, promise.kind, promise.made_at, deal.id, deal.customer.name, deal.vehicle
    return *what, task.assignee.name, *when, may_keep[promise.id], flask_request.args.get("show")


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
    kept=Kept(_shows_promise),
    as_rows=True,
    row_class="list panel promise-list",
)


def _left(request: CancellationRequest) -> str:
    cents = request.pending_cents if request.returned_on else money_owed.left_of(request)
    return money_here(cents, request.deal.currency)


@prepared
def _owed(now):
    found = (money_owed.cases().where(money_owed.standing(tab, now)) for tab in OWED)
    return Select(columns=[up_to(one, CancellationRequest.id) for one in found]).tuples()


def _shows_owed(request: CancellationRequest, seen: tuple) -> tuple:
    (left_of, kept_of), task, deal = seen, request.return_task, request.deal
    cents = request.pending_cents if request.returned_on else left_of(request)
    returned = request.returned_on, request.returned_on and kept_of(request)
    what = deal.id, cents, deal.currency, deal.customer.name, deal.vehicle, task.assignee.name, request.ended_at
    when = task.due_at, due_state(task.due_at), due_words(task.due_at)
    return *what, *returned, *when, me().is_manager


OWED = ("open", "late", "returned")
MONEY_OWED = List(
    name="money-owed",
    title="Money owed",
    endpoint="promises.owed",
    one="refund",
    many="refunds",
    columns=(
        Column("customer", "Customer", lambda request: request.deal.customer.name),
        Column("amount", "Amount", _left),
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
    kept=Kept(_shows_owed),
    as_rows=True,
    row_class="list panel promise-list",
)


@prepared
def _told():
    number, retired = Story.id, Story.retired_at
    return Story.select(fn.COUNT(number).filter(retired.is_null()), fn.COUNT(retired)).tuples()


STORIES = List(
    name="stories",
    title="Stories",
    endpoint="stories.index",
    one="story",
    many="stories",
    columns=(
        Column("title", "Title", lambda story: story.title),
        Column("story", "Story", lambda story: story.words),
        Column("make", "Make", lambda story: story.request.deal.vehicle_make),
        Column("reason", "Reason", lambda story: story.request.main_reason_name),
        Column("when", "Made", lambda story: story.made_at, Story.id),
    ),
    scope=lambda by: Story.select(),
    known_counts=lambda shown: dict(zip(("told", "retired"), _told.first(), strict=True)),
    load=stories.listed,
    cells="stories/_cells.html",
    id=Story.id,
    sort="when",
    descending=True,
    chips=(
        Chip("told", "In use", lambda by: Story.retired_at.is_null()),
        Chip("retired", "Retired", lambda by: Story.retired_at.is_null(False), empty="No retired stories"),
    ),
    one_chip=True,
    text=lambda text: Story.title.contains(text) | Story.words.contains(text),
    placeholder="Words of a story",
    empty=(
        "story",
        "No stories yet",
        "When a customer stays and agrees to it, a manager writes their story from the ended case.",
    ),
    template="stories/index.html",
    as_rows=True,
    row_class="stack",
    narrow=True,
)
