"""The managers' queue of cancellation requests, the review of one, and the hours that its clock runs by."""

from . import evidence, hours, queue, review, steps
from .base import blueprint

__all__ = ["blueprint", "evidence", "hours", "queue", "review", "steps"]
