"""Saving an order: the desk of those who try, and the plan that they work by."""

from . import desk, keeping, planning, presenting
from .base import blueprint

__all__ = ["blueprint", "desk", "keeping", "planning", "presenting"]
