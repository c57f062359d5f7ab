"""Emails to clients, and the templates they begin with."""

from . import approving, templates, writing
from .base import blueprint

__all__ = ["approving", "blueprint", "templates", "writing"]
