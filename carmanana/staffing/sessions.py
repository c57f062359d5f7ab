"""The browsers in which somebody is signed in, as they see and end them."""

import re
from datetime import timedelta

from carmanana.core import audit, clock
from carmanana.core.db import transaction
from carmanana.records.people import Session, User
from carmanana.records.push import PushDevice

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
    ("curl", "curl"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def sessions_of(user: User, hours: int, idle_minutes: int) -> list[Session]:
    """Those that are still good, the one seen last first."""
    now = clock.now()
    good = (Session.created_at > now - timedelta(hours=hours)) & (
        Session.seen_at > now - timedelta(minutes=idle_minutes)
    )
    return list(
        Session.select().where(Session.user == user, good).order_by(Session.seen_at.desc(), Session.created_at.desc())
    )


def device(session: Session) -> str:
    return browser(session.agent)


def browser(agent: str) -> str:
    """Firefox on Windows."""
    name = next((name for mark, name in BROWSERS if re.search(rf"\b{mark}", agent)), "A browser")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return f"{name} on {system}" if system else name


def end(user: User, session_id: str) -> bool:
    """One of one's own."""
    with transaction():
        ended = Session.delete().where(Session.user == user, Session.id == session_id).execute()
        if ended:
            audit.record("end_session", user, user)
    return bool(ended)


def end_others(user: User, session_id: str) -> int:
    """All but the one that asks; pushes are allowed anew on each device."""
    with transaction():
        PushDevice.delete().where(PushDevice.user == user).execute()
        ended = Session.delete().where(Session.user == user, Session.id != session_id).execute()
        if ended:
            audit.record("end_sessions", user, user)
    return ended
