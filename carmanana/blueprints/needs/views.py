"""The needs assessment of a lead, saved as it is typed (SOP 1, section G)."""

from flask import Blueprint, abort, render_template, request, url_for

from carmanana.core import vehicles
from carmanana.core.workflow import Forbidden
from carmanana.leads import needs
from carmanana.leads.lifecycle import may_work
from carmanana.records.leads import Lead
from carmanana.web.access import allow
from carmanana.web.answers import changed
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.fragments import htmx, partial, pieces
from carmanana.web.loading import number_of
from carmanana.web.panels.needs import NeedsForm, needs_panel
from carmanana.web.steps import submit

blueprint = Blueprint("needs", __name__, url_prefix="/leads")


def _lead_or_404(lead_id: int) -> Lead:
    lead = Lead.visible_to(me()).where(Lead.id == lead_id).first() or abort(404)
    if not may_work(lead, me()):
        raise Forbidden("needs")
    return lead


@blueprint.route("/<id:lead_id>/needs", methods=["GET", "POST"])
@allow("agent", "manager")
def save(lead_id: int):
    """GET is the whole assessment as a dialog or page, or `beside` a call; POST saves what was typed and says what is
    still missing."""
    lead = _lead_or_404(lead_id)
    if request.method == "GET" and htmx and "beside" in request.args:
        return render_template("leads/_needs.html", **needs_panel(lead))
    if request.method == "GET":
        return show_dialog(
            "leads/needs.html",
            "Needs assessment",
            url_for("leads.show", lead_id=lead.id),
            lead=lead,
            **needs_panel(lead),
        )
    form = NeedsForm()
    return submit(
        form,
        lambda: _save(lead, form),
        lambda status, fresh=lead: _panel(fresh, form, status),
        reload=lambda: Lead.get_by_id(lead.id),
        known=lambda fresh: fresh.needs,
    )


def _save(lead: Lead, form: NeedsForm):
    written = [option.data for option in form.options]
    needs.save(lead, me(), written, number_of(request.form.get("version", ""), None), **_facts(form))
    return _saved(Lead.get_by_id(lead.id))


def _facts(form: NeedsForm) -> dict:
    return {name: form[name].data if form[name].data is not None else None for name in needs.FACTS} | {
        name: form[name].data or "" for name in ("timeline", "location", "matters_most", "mission")
    }


def _saved(lead: Lead):
    """The checklist and the version: what is being typed stays as it is, until they are done."""
    if not htmx or "done" in request.form:
        return changed(lead, None, "What they want is saved")
    html = render_template("leads/_needs_state.html", **needs_panel(lead))
    return pieces(partial("#needs-state", html, "outerHTML"), HX_Reswap="none")


def _panel(lead: Lead, form: NeedsForm, status: int):
    given = needs_panel(lead, form) | {"stale": status == 409}
    if not htmx:
        return show_dialog(
            "leads/needs.html", "Needs assessment", url_for("leads.show", lead_id=lead.id), status, lead=lead, **given
        )
    return pieces(
        partial("#needs", render_template("leads/_needs.html", **given), "outerHTML"), status=status, HX_Reswap="none"
    )


@blueprint.get("/models")
@allow("agent", "manager")
def models():
    """The models of a make, for completion."""
    make = vehicles.make_meant(request.args.get("make", "")[:60])
    return render_template("leads/_models.html", models=vehicles.models(make))
