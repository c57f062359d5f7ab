"""Imports: the file, its columns and words, what will happen, what came of it."""

from . import course, files, terms
from .base import blueprint

__all__ = ["blueprint", "course", "files", "terms"]
