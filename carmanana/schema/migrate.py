"""Bringing a database up to date: its migrations in their order, then what is derived of its tables."""

from pathlib import Path

from playhouse.migrations import Runner

from carmanana.config import Settings
from carmanana.core import clock
from carmanana.core.db import database, private_folder
from carmanana.schema import derived, sqlite

MIGRATIONS = str(Path(__file__).parent / "migrations")


def runner() -> Runner:
    return Runner(database, MIGRATIONS)


def pending() -> list[str]:
    """Migrations, or, where all are applied, derived parts whose declaration has changed."""
    return _unapplied() or derived.stale()


def _unapplied() -> list[str]:
    return [migration.name for migration in runner().status() if not migration.applied]


def migrate(settings: Settings, tell: derived.Tell = derived.silent) -> list[str]:
    """Apply pending migrations, each in its own transaction, after a copy of the file, and make anew what is derived,
    which loses nothing. Gives the migrations."""
    waiting = _unapplied()
    if waiting and runner().applied():
        back_up(settings, waiting[0])
    applied = runner().up()
    derived.rebuild(tell)
    return applied


def back_up(settings: Settings, name: str) -> None:
    folder = settings.data / "backups"
    private_folder(folder)
    path = folder / f"before-{name}-{clock.now():%Y%m%dT%H%M%S}.sqlite3"
    sqlite.copy_into(path)
