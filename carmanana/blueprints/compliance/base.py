"""The review of calls and emails: its blueprint, who reads and who scores."""

from flask import Blueprint, abort

from carmanana.compliance.queue import loaded
from carmanana.records.people import User
from carmanana.records.scorecards import ReviewCase

READERS = ("manager", "compliance", "crm_admin")
JUDGES = ("manager", "compliance")

blueprint = Blueprint("compliance", __name__, url_prefix="/compliance")


def case_or_404(review_case_id: int) -> ReviewCase:
    return next(iter(loaded([review_case_id])), None) or abort(404)


def asked_person(text: str) -> User | None:
    """Whom an address names."""
    known = text.isascii() and text.isdigit() and len(text) < 16
    return User.get_or_none(User.id == int(text), ~User.house) if known else None
