"""How a deal stands (SOP 1, section I)."""

from peewee import OP, SQL, Expression, NodeList, fn

from carmanana.records.cancellations import BEFORE_CONTACT
from carmanana.records.deal_codes import ACTIVE, CANCELLED, LOSING, LOST, ON_HOLD, WON
from carmanana.records.deals import Deal
from carmanana.schema.sqlite import as_literals, by_index, literally
from carmanana.today.standings import (
    DEAL_DUE,
    HELD,
    HELD_UNTIL,
    Clock,
    Standing,
    given_lately,
    idle_since,
    nobodys,
    owned,
    waits_for_a_review,
    without_step,
)

# until when somebody has time for it; by the index, as the rows are long
UNTIL = f"""(SELECT CASE WHEN state IN ({as_literals(BEFORE_CONTACT)}) THEN COALESCE(next_attempt_at, due_at)
  ELSE COALESCE((SELECT due_at FROM activity WHERE id = task_id), next_attempt_at, due_at) END
  FROM cancellation_request {by_index("cancellation_in_time")} WHERE ended_at IS NULL AND deal_id = """


def _review_in_time(at: Clock):
    until = NodeList((SQL(UNTIL), Deal.id, SQL(")")))
    return Expression(fn.COALESCE(until, SQL("''")), OP.GTE, at.stored_now)


def _open_deal(state: str):
    return literally(Deal.state, state) & ~waits_for_a_review(Deal)


def _unowned_deal(at: Clock):
    return nobodys(Deal, ACTIVE, ON_HOLD) & ~waits_for_a_review(Deal)


def _has_late_or_no_step(at: Clock):
    return DEAL_DUE.is_null() | (DEAL_DUE < at.late)


def _hold_is_over(at: Clock):
    return HELD_UNTIL.is_null() | (HELD_UNTIL < at.late_day)


DEALS = (
    Standing(
        "unowned",
        "No owner for a day",
        lambda at: _unowned_deal(at) & (Deal.created_at < at.fine_since),
        True,
        ("Claim", "claim"),
        Deal.created_at,
        (ACTIVE, ON_HOLD),
    ),
    Standing(
        "no_step",
        "No next step",
        lambda at: _open_deal(ACTIVE) & without_step(Deal, DEAL_DUE) & ~given_lately(Deal, at),
        True,
        ("Set it", "new_step"),
        idle_since(Deal),
    ),
    Standing(
        "step_late",
        "Next step more than a week overdue",
        lambda at: _open_deal(ACTIVE) & owned(Deal) & (DEAL_DUE < at.late) & ~given_lately(Deal, at),
        True,
        ("Log a call", "contact"),
        DEAL_DUE,
    ),
    Standing(
        "hold_late",
        "Hold more than a week past its date",
        lambda at: _open_deal(ON_HOLD) & (HELD < at.late_day) & owned(Deal) & ~given_lately(Deal, at),
        True,
        ("Resume", "resume"),
        HELD,
    ),
    Standing(
        "review_late",
        "Cancellation review past its time",
        lambda at: literally(Deal.state, LOSING) & ~_review_in_time(at),
        True,
        ("Open the review", "review"),
        Deal.state_since,
    ),
    Standing(
        "worked",
        "Worked: an owner and a next step",
        lambda at: _open_deal(ACTIVE) & owned(Deal) & (DEAL_DUE >= at.late),
    ),
    Standing(
        "held",
        "On hold, with reason and date",
        lambda at: _open_deal(ON_HOLD) & owned(Deal) & (HELD_UNTIL >= at.late_day),
    ),
    Standing("won", "Won", lambda at: Deal.state == WON),
    Standing("lost", "Lost", lambda at: Deal.state.in_((LOST, CANCELLED))),
    Standing(
        "under_review", "Under cancellation review", lambda at: literally(Deal.state, LOSING) & _review_in_time(at)
    ),
    Standing(
        "waits",
        "Another order of the customer’s is under review",
        lambda at: literally(Deal.state, ACTIVE, ON_HOLD) & waits_for_a_review(Deal),
    ),
    Standing(
        "reassigned",
        "Reassigned since the last business day",
        lambda at: (
            ((_open_deal(ACTIVE) & _has_late_or_no_step(at)) | (_open_deal(ON_HOLD) & _hold_is_over(at)))
            & owned(Deal)
            & given_lately(Deal, at)
        ),
    ),
    Standing("arrived", "New", lambda at: _unowned_deal(at) & (Deal.created_at >= at.fine_since)),
)
