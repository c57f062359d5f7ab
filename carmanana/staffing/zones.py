"""Time zones, as people type them."""

from zoneinfo import available_timezones

KNOWN = available_timezones() - {"localtime", "Factory"}
ZONES = sorted(zone for zone in KNOWN if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))


def _words(typed: str) -> str:
    return " ".join(typed.replace("_", " ").casefold().split())


_BY_WORDS = {_words(zone): zone for zone in sorted(KNOWN)}


def zone_named(typed: str) -> str | None:
    """The zone's proper name: "america/new york" is America/New_York."""
    return _BY_WORDS.get(_words(typed))
