"""The lists of cancellations: the queue and stories."""

from peewee import Select, fn

from carmanana.blueprints.cancellations.review.clock import pill_of
from carmanana.blueprints.cancellations.review.page import shown_queue
from carmanana.cancellations import queue
from carmanana.cancellations.playbook import stories
from carmanana.cancellations.rights.deadlines import running_among
from carmanana.cancellations.verbs import REVIEW
from carmanana.core import clock
from carmanana.core.query import prepared
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.playbook import Story
from carmanana.web.current_user import me
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


def _shows_request(request: CancellationRequest, seen: dict) -> tuple:
    deal, reviewer, right = request.deal, request.reviewer, seen["rights"].get(request.id)
    order = deal.customer.name, deal.vehicle, deal.value_cents, deal.currency, not deal.unowned and deal.owner.name
    whose = reviewer.id, reviewer.name, reviewer.email, reviewer.house
    stands = request.state, request.reason, request.requested_at, bool(request.escalated_at), pill_of(request)
    return request.id, *order, *whose, *stands, bool(right), right and right.last_day, request.id in seen["asking"]


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
    kept=Kept(_shows_request, alike=lambda: (me().id, me().is_manager, shown_queue())),
    as_rows=True,
    row_class="queue",
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
