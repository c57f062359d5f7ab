"""A deal's page, its steps, its owner, and what is known of it."""

from . import facts, looking, ownership, pages, steps, undoing
from .base import blueprint

__all__ = ["blueprint", "facts", "looking", "ownership", "pages", "steps", "undoing"]
