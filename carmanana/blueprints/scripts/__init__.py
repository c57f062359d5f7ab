"""Approved wording, the phrases of the guard, and what it found."""

from . import findings, pages, phrases
from .base import blueprint

__all__ = ["blueprint", "findings", "pages", "phrases"]
