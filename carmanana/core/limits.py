"""The house's numbers that the SOP leaves open, each in this one place (domain 2 and 3)."""

from datetime import timedelta

NEXT_STEP_DAYS = 14  # how far ahead the next step of a live, active order may be
FOLLOW_UP_MONTHS = 12  # how far ahead the follow-up of a hold may be

ATTEMPTS, ATTEMPT_DAYS = 3, 2  # "reasonable attempts": so many, on so many different days
ATTEMPT_SPAN = timedelta(hours=1)  # a voicemail, email or text within it belongs to the call before
HOLD_CONTACT = timedelta(days=3)  # how old the contact may be that a hold asks for
LOGGED_WITHIN = timedelta(hours=24)  # what was logged later than this counts for no gate


FARTHEST = timedelta(days=730)

COUNTED = 1_000  # how far rows are counted one by one for a page; beyond, it says so
AT_A_GLANCE = 99  # how far, where a page shows a few rows of many lists


def counted(*found: str, most: int | None = None) -> str:
    """The number of rows that these statements find, each of them another, counted a little further than it is said. To
    pass over rows takes a third of the steps of counting them, so it is first asked whether there is one behind so
    many: the statements stand in it twice, and so must what they are given."""
    every, most = " UNION ALL ".join(found), COUNTED if most is None else most
    more = f"EXISTS (SELECT 1 FROM ({every}) LIMIT 1 OFFSET {most})"
    return f"(CASE WHEN {more} THEN {most + 1} ELSE (SELECT COUNT(*) FROM ({every})) END)"
