"""A pipeline's deals as one list: which of them, sorted by what, in which columns."""

from dataclasses import dataclass, replace
from functools import lru_cache

from peewee import SQL, Case, fn

from carmanana.boards.board import KEY_OF_STATE
from carmanana.boards.deal_filter import CLIENT, DELIVERY_DUE, HELD_UNTIL, NEXT_DUE_AT, WON_AT
from carmanana.boards.groups import BEHIND_STAGES, BESIDE_STAGES, by_owner, by_stage
from carmanana.boards.paging import Way
from carmanana.records.deal_codes import ACTIVE, CANCELLED, LOSING, LOST, ON_HOLD, OPEN, WON
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.pipelines import Stage

WHICH = {
    "open": ("Open", OPEN),
    "losing": ("Losing", (LOSING,)),
    "won": ("Won", (WON,)),
    "lost": ("Lost", (LOST, CANCELLED)),
    "all": ("All", (ACTIVE, ON_HOLD, LOSING, WON, LOST, CANCELLED)),
}
FIRST = "due"

# Those with an index of their own are written here as they are there: it serves no other wording.
MARKS = {
    "client": CLIENT,
    "vehicle": fn.LOWER(SQL("vehicle_make || ' ' || vehicle_model || ' ' || COALESCE(vehicle_year, '')")),
    "stage": Case(
        Deal.state,
        [
            (ACTIVE, Stage.select(Stage.position).where(Stage.id == Deal.stage)),
            *BESIDE_STAGES.items(),
        ],
        BEHIND_STAGES,
    ),
    "value": fn.COALESCE(Deal.value_cents, SQL("-1")),
    "owner": fn.COALESCE(User.select(User.name).where(User.id == Deal.owner, ~User.house), ""),
    "due": fn.COALESCE(HELD_UNTIL, NEXT_DUE_AT, SQL("'~'")),
    "age": Deal.in_stage_since,
}

COLUMNS = ("client", "vehicle", "stage", "value", "owner", "step", "due", "age")

GROUPED = {"stage": {"by": Deal.stage, "groups": by_stage}, "owner": {"by": Deal.owner, "groups": by_owner}}

# won orders go on until they are delivered, and are as old as their winning
OF_WON = {"due": DELIVERY_DUE, "age": WON_AT}

# the same of what a filter found, where that tells
OF_ROW = {
    "value": lambda row: -1 if row.value_cents is None else row.value_cents,
    "due": lambda row: row.held_until or row.next_due_at or "~",
    "age": lambda row: row.in_stage_since,
}
OF_WON_ROW = {"due": None, "age": lambda row: row.won_at or row.state_since}


@dataclass(frozen=True)
class Order:
    """It lives in the address beside the filter."""

    which: str = "open"
    by: str = FIRST
    descending: bool = False
    columns: str = ""

    @classmethod
    def read(cls, args) -> "Order":
        """From a query string; what is not understood is left out."""
        which, sort = args.get("which", ""), args.get("sort", "")
        order = cls(which if which in WHICH else "open", columns=_columns(args))
        by = sort.removeprefix("-")
        return replace(order, by=by, descending=sort.startswith("-")) if by in MARKS else order

    @property
    def query(self) -> dict:
        sort = ("-" if self.descending else "") + self.by
        asked = {"which": self.which} if self.which != "open" else {}
        asked |= {"sort": sort} if sort != FIRST else {}
        return asked | ({"columns": self.columns} if self.columns else {})

    @property
    def way(self) -> Way:
        return _way(self.which, self.by, self.descending)


@lru_cache(100)
def _way(which: str, by: str, descending: bool) -> Way:
    """The days in a stage are the more, the earlier it came there."""
    mark = OF_WON.get(by, MARKS[by]) if which == "won" else MARKS[by]
    of_row = OF_WON_ROW.get(by, OF_ROW.get(by)) if which == "won" else OF_ROW.get(by)
    way = Way(WHICH[which][1], mark, descending != (by == "age"), of_row=of_row)
    return replace(way, **GROUPED[by]) if by in GROUPED else way


def _columns(args) -> str:
    """Those of several check boxes, or the one value that an address keeps."""
    sent = ",".join(args.getlist("columns")) if hasattr(args, "getlist") else args.get("columns", "")
    return ",".join(key for key in COLUMNS if key in sent.split(","))


IN_RAIL = {
    "on_hold": Way((ON_HOLD,), fn.COALESCE(HELD_UNTIL, "")),
    "losing": Way((LOSING,), Deal.state_since),
    "won": Way((WON,), WON_AT, backwards=True),
    "lost": Way((LOST, CANCELLED), Deal.state_since, backwards=True),
}


def way_in_column(deal: Deal) -> Way:
    """The order of the column of the board in which a deal stands."""
    if deal.state == ACTIVE:
        return Way((ACTIVE,), Deal.position, within=Deal.stage == deal.stage_id)
    return IN_RAIL[KEY_OF_STATE[deal.state]]
