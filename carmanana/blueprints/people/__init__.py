"""The people who work here: joining, changing, being away, leaving, and one's own settings."""

from . import absences, handover, leaving, pages, restrictions, second_factor, settings
from .base import blueprint

__all__ = ["absences", "blueprint", "handover", "leaving", "pages", "restrictions", "second_factor", "settings"]
