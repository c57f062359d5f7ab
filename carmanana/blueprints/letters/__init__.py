"""Emails to clients, and the templates they begin with."""

from . import templates, writing
from .base import blueprint

__all__ = ["blueprint", "templates", "writing"]
