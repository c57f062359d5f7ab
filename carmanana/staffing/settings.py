"""What everybody sets for themselves."""

from carmanana.core import audit, locales
from carmanana.core.db import Stale, change, transaction
from carmanana.core.workflow import Refusal, Refused
from carmanana.records.people import User
from carmanana.staffing.zones import KNOWN

THEMES = ("system", "light", "dark")
DENSITIES = ("comfortable", "compact")


def settle(user: User, version: int, timezone: str, phone: str, locale: str = "", letter_keys: bool = True) -> User:
    """One's own time zone, way of writing days and numbers, phone, and whether single letters are keys."""
    if timezone not in KNOWN:
        raise Refused([Refusal("timezone", "Choose a time zone.", field="timezone")], user)
    if locale and locale not in locales.offered():
        raise Refused([Refusal("locale", "Choose a language and country of the list.", field="locale")], user)
    with transaction():
        fresh = User.get_by_id(user.id)
        if fresh.version != version:
            raise Stale(fresh)
        change(fresh, timezone=timezone, phone=phone.strip(), locale=locale, letter_keys=letter_keys)
        audit.record("settle", fresh, user)
    return fresh


def settle_locale(user: User, asked: str | None) -> None:
    """At the first sign-in their browser tells how they write days and numbers; what is chosen later stays."""
    if not user.locale and (found := locales.best_of(asked)):
        User.update(locale=found).where(User.id == user.id).execute()
        user.locale = found


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
