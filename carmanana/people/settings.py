"""What everybody sets for themselves."""

from carmanana import audit
from carmanana.db import Stale, change, transaction
from carmanana.workflow import Refusal, Refused

from .models import User
from .zones import KNOWN

THEMES = ("system", "light", "dark")
DENSITIES = ("comfortable", "compact")


def settle(user: User, version: int, timezone: str, phone: str) -> User:
    """One's own time zone and phone."""
    if timezone not in KNOWN:
        raise Refused([Refusal("timezone", "Choose a time zone.", field="timezone")], user)
    with transaction():
        fresh = User.get_by_id(user.id)
        if fresh.version != version:
            raise Stale(fresh)
        change(fresh, timezone=timezone, phone=phone.strip())
        audit.record("settle", fresh, user)
    return fresh


def choose_theme(user: User, theme: str) -> None:
    """No new version: it changes nothing that anybody else edits."""
    if theme not in THEMES:
        raise Refused([Refusal("theme", "Choose system, light or dark.", field="theme")], user)
    User.update(theme=theme).where(User.id == user.id).execute()


def choose_density(user: User, density: str) -> None:
    """How close their cards stand; no new version, like the theme."""
    if density not in DENSITIES:
        raise Refused([Refusal("density", "Choose comfortable or compact.", field="density")], user)
    User.update(density=density).where(User.id == user.id).execute()
