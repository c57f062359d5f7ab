"""The review of calls and emails: its blueprint, who reads and who scores; how a record that has a page of its own
takes its steps."""

from collections.abc import Callable, Iterable

from flask import Blueprint, abort, url_for

from carmanana.compliance.queue import loaded
from carmanana.core.db import Record
from carmanana.core.verbs import Catalogue
from carmanana.records.people import User
from carmanana.records.scorecards import ReviewCase
from carmanana.web.current_user import me
from carmanana.web.fragments import go
from carmanana.web.steps import Steps

READERS = ("manager", "compliance", "crm_admin")
JUDGES = ("manager", "compliance")
EVERYBODY = ("agent", "manager", "retention", "customer_cancellation", "compliance", "crm_admin")

blueprint = Blueprint("compliance", __name__, url_prefix="/compliance")


def seen_or_404(model: type[Record], loaded: Callable[[Iterable[int]], list], number: int):
    """One's own, or any for those who look after them, with all that its page shows."""
    seen = model.visible_to(me()).where(model.id == number).exists()
    return next(iter(loaded([number])), None) if seen else abort(404)


def steps_on_its_page(to: Blueprint, verbs: Catalogue, load: Callable, name: str) -> Steps:
    """Each step leads back to the page of the record."""
    page, argument = f"{to.name}.show", f"{name}_id"

    def changed(record: Record, before: Record, words: str, undo: bool):
        return go(url_for(page, **{argument: record.id}), words)

    steps = Steps(to, verbs, load, changed, page, argument, EVERYBODY, summary=f"compliance/_{name}_summary.html")
    steps.register()
    return steps


def case_or_404(review_case_id: int) -> ReviewCase:
    return next(iter(loaded([review_case_id])), None) or abort(404)


def asked_person(text: str) -> User | None:
    """Whom an address names."""
    known = text.isascii() and text.isdigit() and len(text) < 16
    return User.get_or_none(User.id == int(text), ~User.house) if known else None
