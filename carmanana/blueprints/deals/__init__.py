"""A deal's page, its steps, its owner, and what is known of it."""

from . import cells, facts, looking, ownership, pages, steps, undoing
from .base import blueprint

__all__ = ["blueprint", "cells", "facts", "looking", "ownership", "pages", "steps", "undoing"]
