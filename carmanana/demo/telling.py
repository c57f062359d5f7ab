"""Where some people of the demo dealership want to hear of what; what is overdue is before whom it belongs, as the
sweep does it."""

from carmanana.core import clock
from carmanana.notifying import preferences
from carmanana.notifying.late_follow_ups import escalate_follow_ups
from carmanana.records.notification_kinds import Ways
from carmanana.today import calendar_feed

AT_ONCE, NOWHERE = Ways(push=True, email=True, digest=False), Ways(app=False, digest=False)
CHOSEN = {
    "manager": ("07:30", {"letter_asked": AT_ONCE, "deal_flag": AT_ONCE, "check_in": NOWHERE}),
    "agent": ("08:30", {"lead_new": AT_ONCE, "vehicle": NOWHERE}),
    "compliance": ("", {"finding_answered": AT_ONCE}),
}  # account: when the digest comes, if it does, and what is otherwise than usual


def choose_where_told(world) -> None:
    for account, (at, chosen) in CHOSEN.items():
        preferences.settle(world.dealership.accounts[account], chosen, bool(at), at or "08:00", False)
    calendar_feed.open_feed(world.dealership.accounts["agent"], world.rng.randbytes(12).hex())


def escalate_what_is_overdue(world) -> None:
    while escalate_follow_ups(clock.now()):
        pass
