"""A step that a refusal interrupted is taken up again once its remedy is through: `then` names it on the way, a step of
the deal or lead by its dialog, a stage by its column."""

import re

from flask import render_template, request, url_for
from markupsafe import Markup

from carmanana.cancellations.verbs import VERBS
from carmanana.core.verbs import Catalogue
from carmanana.core.workflow import Refused, Remedy
from carmanana.leads.verbs import VERBS as LEAD_VERBS
from carmanana.records.deals import Deal
from carmanana.records.leads import Lead
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
    "leads.contact",
    "leads.claim",
    "needs.save",
}
WRITING = {"write": "email", "log": "contact"}  # by what was refused
WRITTEN_AT = {"email": "letters.new", "contact": "activities.new"}
WRITTEN_TO_A_LEAD_AT = {"contact": "leads.contact"}


def _steps(verbs: Catalogue) -> frozenset[str]:
    return frozenset(verb.last_part for verb in verbs if verb.asks and verb.goes_on)


STEPS, LEAD_STEPS = _steps(VERBS), _steps(LEAD_VERBS)
COLUMN = re.compile(r"s[0-9]{1,9}")


def after(error: Refused) -> str:
    """What is to go on after a remedy of this refusal; empty where it was no step of a deal or lead."""
    if isinstance(error.record, Lead):
        return "contact" if error.trigger == "log" else _last_part(LEAD_VERBS, error.trigger, LEAD_STEPS)
    if not isinstance(error.record, Deal):
        return ""
    if error.trigger == "move":
        return column if COLUMN.fullmatch(column := request.form.get("column", "")) else ""
    if error.trigger in WRITING:
        return WRITING[error.trigger]
    return _last_part(VERBS, error.trigger, STEPS)


def _last_part(verbs: Catalogue, trigger: str, going_on: frozenset[str]) -> str:
    verb = verbs.get(trigger)
    return verb.last_part if verb and verb.last_part in going_on else ""


def then() -> str:
    """What this request was sent to make possible."""
    named = next((sent["then"] for sent in (request.args, request.form) if "then" in sent), "")
    if not named:
        return ""
    return named if named in STEPS | LEAD_STEPS | set(WRITTEN_AT) or COLUMN.fullmatch(named) else ""


def leads_back(remedy: Remedy) -> bool:
    """Does it mend what is missing, and not lead elsewhere?"""
    return remedy.endpoint in MENDS


def go_on(record: Deal | Lead) -> Markup:
    """Asks for the interrupted step as soon as it is in the page."""
    if not (endpoint := _endpoint(record)):
        return Markup("")
    address = url_for(endpoint, **_named(record))
    return partial("#go-on", render_template("shared/_go_on.html", record=record, then=then(), address=address))


def address_of(record: Deal | Lead) -> str:
    """Where it goes on without JavaScript; the record's page where it was no step of such a record."""
    page = "leads.show" if isinstance(record, Lead) else "deals.show"
    return url_for(_endpoint(record) or page, **_named(record))


def _endpoint(record: Deal | Lead) -> str:
    named = then()
    if isinstance(record, Lead):
        return f"leads.{named.replace('-', '_')}" if named in LEAD_STEPS else WRITTEN_TO_A_LEAD_AT.get(named, "")
    if COLUMN.fullmatch(named):
        return "deals.move"
    return f"deals.{named}" if named in STEPS else WRITTEN_AT.get(named, "")


def _named(record: Deal | Lead) -> dict[str, int]:
    return {"lead_id" if isinstance(record, Lead) else "deal_id": record.id}
