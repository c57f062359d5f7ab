"""What a board, a list or a count is limited to; it lives in the address."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from peewee import OP, SQL, Column, Expression, Node, NodeList, fn

from carmanana.core import clock
from carmanana.core.query import prepared
from carmanana.records.deal_codes import ACTIVE, LIVE, ON_HOLD, ORDER_TYPES, ORGANIC, WON
from carmanana.records.deals import Deal
from carmanana.records.people import HOUSE_ID, User
from carmanana.records.pipelines import Stage
from carmanana.records.search import SearchOrder
from carmanana.schema.search_words import Words
from carmanana.schema.sqlite import unindexed

# kept by triggers (migration 0005)
CLIENT, HELD_UNTIL, NEXT_DUE_AT = (Column(Deal._meta.table, name) for name in ("client", "held_until", "next_due_at"))
IN_STAGE_SINCE = Column(Deal._meta.table, "in_stage_since")

NONE = SQL("0")  # where there can be none, no row is looked at
UNOWNED = Deal.owner.is_null() | (Deal.owner == SQL(str(HOUSE_ID)))  # written as in the index of nobody's deals
WON_AT = fn.COALESCE(Deal.won_at, Deal.state_since)
# of a won order: its next step or its ETA, whichever is first, until it is delivered
DELIVERY_DUE = SQL(
    "CASE WHEN delivered_on IS NULL THEN MIN(COALESCE(next_due_at, '~'), COALESCE(eta_on, '~')) ELSE '~' END"
)


class Later(str):
    """In a query that is written once: the place of a value that it is given each time (`Filter.given`)."""


@dataclass(frozen=True)
class Filter:
    mine: bool = False
    unowned: bool = False
    readiness: str = ""
    overdue: bool = False
    hold_due: bool = False
    flagged: bool = False
    aged: bool = False
    owner: int | None = None
    order_type: str = ""
    text: str = ""

    @classmethod
    def read(cls, args) -> "Filter":
        """From a query string; what is not understood is left out."""
        owner = args.get("owner", "")
        return cls(
            mine=args.get("mine") == "1",
            unowned=args.get("unowned") == "1",
            readiness=args.get("readiness") if args.get("readiness") in (LIVE, ORGANIC) else "",
            overdue=args.get("overdue") == "1",
            hold_due=args.get("hold_due") == "1",
            flagged=args.get("flagged") == "1",
            aged=args.get("aged") == "1",
            owner=int(owner) if owner.isascii() and owner.isdigit() and len(owner) < 10 else None,
            order_type=args.get("order_type") if args.get("order_type") in ORDER_TYPES else "",
            text=args.get("text", "").strip()[:80],
        )

    @property
    def query(self) -> dict:
        """The same filter as a query string."""
        chosen = {
            name: "1" for name in ("mine", "unowned", "overdue", "hold_due", "flagged", "aged") if getattr(self, name)
        }
        return chosen | {
            name: getattr(self, name) for name in ("readiness", "owner", "order_type", "text") if getattr(self, name)
        }

    def __bool__(self) -> bool:
        return bool(self.query)

    def toggled(self, name: str, value: str = "1") -> dict:
        """The query string with one choice switched."""
        query = self.query
        if str(query.get(name, "")) == str(value):
            query.pop(name)
        else:
            query[name] = value
        return query

    def on(self, column, value):
        """The column has this value; deals of one owner are found by their owner, who has fewer than any column of a
        board."""
        return (unindexed(column) if self.mine or self.owner else column) == value

    def in_tallies(self, user: User) -> str | None:
        """As a condition on the kept tallies (deal_tally) and on deals alike, where owner and readiness alone
        decide."""
        if self.overdue or self.hold_due or self.flagged or self.aged or self.order_type or self.text:
            return None
        owners = [(self.mine, f"{user.id:d}"), (self.unowned, f"0, {HOUSE_ID:d}"), (self.owner, f"{self.owner or 0:d}")]
        asked = [f"COALESCE(owner_id, 0) IN ({ids})" for chosen, ids in owners if chosen]
        return " AND ".join([*asked, f"readiness = '{self.readiness}'" if self.readiness in (LIVE, ORGANIC) else "1"])

    @property
    def owners(self) -> bool:
        """Does it tell owners apart?"""
        return bool(self.mine or self.unowned or self.owner)

    @property
    def of_one(self) -> bool:
        """Are they the deals of one owner?"""
        return bool(self.mine or self.owner)

    @property
    def goes_with_time(self) -> bool:
        """Does it find others without anybody changing a deal?"""
        return self.overdue or self.hold_due or self.aged

    def among(self, states: tuple[str, ...]) -> tuple[str, ...]:
        """The states in which there can be any."""
        for chosen, possible in (
            (self.overdue, (ACTIVE, ON_HOLD, WON)),
            (self.hold_due, (ON_HOLD,)),
            (self.aged, (ACTIVE,)),
        ):
            states = tuple(state for state in states if not chosen or state in possible)
        return states

    def apply(self, deals, user: User, state: str = ""):
        conditions = self.conditions(user, state)
        return deals.where(*conditions) if conditions else deals

    def given(self, user: User) -> dict[str, str]:
        """What stands in the places that are left (`Later`)."""
        limits = {f"aged {stage}": moment for stage, moment in aged_before(_stages())} if self.aged else {}
        text = Words.read(self.text).beginnings if self.text else ""
        return {"now": Deal.created_at.db_value(clock.now()), "today": _today(user), "text": text} | limits

    def conditions(self, user: User, state: str = "", by_due: bool = False, given: dict | None = None) -> list:
        """Where all deals asked for are of one state, its own conditions will do, which are cheaper."""
        given = self.given(user) if given is None else given
        chosen = [
            self.mine and Deal.owner == user,
            self.unowned and UNOWNED,
            self.readiness and Deal.readiness == self.readiness,
            self.overdue and overdue(given, state, by_due),
            self.hold_due and (hold_due(given, by_due) if state in ("", ON_HOLD) else NONE),
            self.flagged and SQL("flagged_at > ''"),  # so its index is known to hold them
            self.aged and (aged(given) if state in ("", ACTIVE) else NONE),
            self.owner and Deal.owner == self.owner,
            self.order_type and Deal.order_type == self.order_type,
            self.text and _tells(given["text"]),
        ]
        return [condition for condition in chosen if isinstance(condition, Node)]


def places_of(given: dict[str, str]) -> dict[str, Later]:
    """A place for each of the values."""
    return {name: Later(name) for name in given}


def filled(values: list | tuple, given: dict[str, str]) -> list:
    return [given[value] if type(value) is Later else value for value in values]


def _today(user: User) -> str:
    return clock.today(user.timezone).isoformat()


def overdue(given: dict[str, str], state: str = "", by_due: bool = False):
    """A next step that is past; of a won order too until it is delivered, and its ETA. `by_due`: where those of a state
    are counted, along the index of when they are due."""
    now, today = given["now"], given["today"]
    if state in (ACTIVE, ON_HOLD):
        return (NEXT_DUE_AT if by_due else unindexed(NEXT_DUE_AT)) < now
    late = Deal.delivered_on.is_null() & ((unindexed(NEXT_DUE_AT) < now) | (unindexed(Deal.eta_on) < today))
    if state == WON:
        return (DELIVERY_DUE < now) & late if by_due else late
    if state:
        return NONE
    state = unindexed(Deal.state)
    return (state.in_((ACTIVE, ON_HOLD)) & (unindexed(NEXT_DUE_AT) < now)) | ((state == WON) & late)


def hold_due(given: dict[str, str], by_due: bool = False):
    return (Deal.state == ON_HOLD) & ((HELD_UNTIL if by_due else unindexed(HELD_UNTIL)) <= given["today"])


def aged(given: dict[str, str]):
    """Longer in their stage than it allows: Deal.aged, asked of the database."""
    limits = {name.removeprefix("aged "): moment for name, moment in given.items() if name.startswith("aged ")}
    since = " ".join(f"WHEN {int(stage):d} THEN ?" for stage in limits)
    over = NodeList((Deal.in_stage_since, SQL("<= CASE"), Deal.stage, SQL(f"{since} END", list(limits.values()))))
    return Expression(Deal.state == ACTIVE, OP.AND, over) if limits else NONE


def aged_in(stage_id: int, given: dict[str, str]):
    """Of one stage, along its index."""
    return (Deal.stage == stage_id) & (IN_STAGE_SINCE <= given[f"aged {stage_id}"])


def aged_before(stages: Iterable[Stage]) -> list[tuple[int, str]]:
    """Of each stage: whoever came there before that is longer in it than it allows."""
    now, stored = clock.now(), Deal.in_stage_since.db_value
    return [(stage.id, stored(now - timedelta(days=stage.ageing_days + 1))) for stage in stages]


_stages = prepared(lambda: Stage.select())


def _tells(wanted: str):
    """Each word begins one of the customer's name or of the vehicle, as in the search."""
    return Deal.id.in_(SearchOrder.select(SearchOrder.id).where(SearchOrder.tells(wanted))) if wanted else NONE
