"""A step that a refusal interrupted is taken up again once its remedy is through: `then` names it on the way, a step of
the deal by its dialog, a stage by its column."""

import re

from flask import render_template, request, url_for
from markupsafe import Markup

from carmanana.cancellations.verbs import VERBS
from carmanana.core.workflow import Refused, Remedy
from carmanana.records.deals import Deal
from carmanana.web.fragments import partial

MENDS = {
    "activities.new",
    "activities.new_step",
    "letters.new",
    "letters.by_hand",
    "deals.readiness",
    "deals.needs",
    "deals.edit",
    "deals.claim",
    "customers.edit",
}
WRITING = {"write": "email", "log": "contact"}  # by what was refused
WRITTEN_AT = {"email": "letters.new", "contact": "activities.new"}
STEPS = frozenset(verb.last_part for verb in VERBS if verb.asks and verb.goes_on)
COLUMN = re.compile(r"s[0-9]{1,9}")


def after(error: Refused) -> str:
    """What is to go on after a remedy of this refusal; empty where it was no step of a deal."""
    if not isinstance(error.record, Deal):
        return ""
    if error.trigger == "move":
        return column if COLUMN.fullmatch(column := request.form.get("column", "")) else ""
    if error.trigger in WRITING:
        return WRITING[error.trigger]
    verb = VERBS.get(error.trigger)
    return verb.last_part if verb and verb.last_part in STEPS else ""


def then() -> str:
    """What this request was sent to make possible."""
    named = request.values.get("then", "")
    return named if named in STEPS or named in WRITTEN_AT or COLUMN.fullmatch(named) else ""


def leads_back(remedy: Remedy) -> bool:
    """Does it mend what is missing, and not lead elsewhere?"""
    return remedy.endpoint in MENDS


def go_on(deal: Deal) -> Markup:
    """Asks for the interrupted step as soon as it is in the page."""
    if not then():
        return Markup("")
    return partial("#go-on", render_template("deals/_go_on.html", deal=deal, then=then(), address=address_of(deal)))


def address_of(deal: Deal) -> str:
    """Where it goes on without JavaScript."""
    step = f"deals.{then()}" if then() in STEPS else WRITTEN_AT.get(then(), "deals.move")
    return url_for(step, deal_id=deal.id)
