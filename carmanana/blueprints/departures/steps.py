"""The steps of a customer's cancellation behind its pages."""

from flask import render_template, request, url_for

from carmanana.departures.lifecycle import leaving
from carmanana.departures.verbs import VERBS
from carmanana.records.departures import Departure, DepartureReason
from carmanana.web.answers import answers
from carmanana.web.forms.records import form_class
from carmanana.web.fragments import go, htmx, page_behind, partial, pieces, toast
from carmanana.web.steps import Steps

from .base import blueprint, departure_or_404
from .page import tool_context

ROLES = ("customer_cancellation", "crm_admin")


class ReasonForm(form_class(VERBS["edit_reason"].fields)):
    """Begins with what the reason that is named says."""

    def __init__(self, record=None, by=None, data=None, **kwargs):
        super().__init__(record, by, _known(record) | (data or {}), **kwargs)


class DropForm(form_class(VERBS["drop_reason"].fields)):
    """Says which reason it is."""

    def __init__(self, record=None, by=None, data=None, **kwargs):
        known = _known(record)
        super().__init__(record, by, {"reason_id": known["reason_id"]} | (data or {}), **kwargs)
        self.said = known.get("reason", "")


def _known(departure: Departure) -> dict:
    sent = request.values.get("reason_id", "")
    known = sent.isascii() and sent.isdigit() and len(sent) < 16
    theirs = DepartureReason.departure == departure
    reason = DepartureReason.get_or_none(DepartureReason.id == int(sent), theirs) if known else None
    told = {"reason": reason.reason, "extra": reason.extra} if reason else {}
    return {"reason_id": sent} | told


@answers(Departure)
def changed(departure: Departure, before: Departure | None, said: str, undo: bool = False):
    """The tool as it stands now; where the customer's status has changed, the whole page."""
    url = url_for("departures.show", departure_id=departure.id)
    if before and before.state != departure.state:
        return go(
            url if departure.state == "processed" else url_for("customers.show", customer_id=departure.customer_id),
            said,
        )
    if not htmx or page_behind().path != url:
        return go(url, said)
    return pieces(
        partial("#departure", render_template("departures/_tool.html", **tool_context(departure_or_404(departure.id)))),
        partial("#dialog", ""),
        partial("#refusal", ""),
        toast(said),
        HX_Reswap="none",
    )


def _process(departure: Departure, trigger: str, by, version, form, given: dict) -> Departure:
    """An email to an address outside says where to look."""
    link = url_for("customers.show", customer_id=departure.customer_id, _external=True)
    return leaving.fire(departure, trigger, by, version, link=link, **given)


steps = Steps(
    blueprint,
    VERBS,
    departure_or_404,
    changed,
    "departures.show",
    "departure_id",
    ROLES,
    summary="departures/_summary.html",
    forms={"edit_reason": ReasonForm, "drop_reason": DropForm},
    takes={"process": _process},
)
steps.register()
