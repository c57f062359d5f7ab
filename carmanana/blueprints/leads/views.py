"""The list of leads, a lead's page, and a new lead."""

from flask import render_template, request, url_for

from carmanana.blueprints.leads.forms import NewLeadForm
from carmanana.blueprints.leads.lists import STANDINGS, of_standing, waiting
from carmanana.blueprints.leads.page import body_of
from carmanana.blueprints.leads.previous_next import trail_of
from carmanana.core.idempotency import once
from carmanana.customers.duplicates import candidates
from carmanana.leads import intake
from carmanana.web.access import allow, signed_in
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.fragments import go
from carmanana.web.steps import submit

from .base import blueprint, lead_or_404

STANDING = f"<any({','.join(map(repr, STANDINGS))}):standing>".replace("'", '"')


@blueprint.get("/", defaults={"standing": "open"})
@blueprint.get(f"/{STANDING}")
@signed_in
def index(standing: str):
    return of_standing(standing).answer(standing=standing, standings=STANDINGS, waiting=waiting)


@blueprint.get("/<id:lead_id>")
@signed_in
def show(lead_id: int):
    lead = lead_or_404(lead_id)
    return render_template("leads/show.html", lead=lead, trail=trail_of(lead), body=body_of(lead))


# a new one


@blueprint.route("/new", methods=["GET", "POST"])
@allow("agent", "manager")
def new():
    """Who asked, how, and for what; whom it may be is looked for while one types."""
    form = NewLeadForm(me())
    if request.method == "GET":
        return _new(form)
    return submit(form, lambda: _made(form), lambda status, *_: _new(form, status), lambda: None)


def _made(form: NewLeadForm):
    lead = once(
        request.form.get("once", ""), me(), lambda: intake.enter(me(), form.duplicate.data or "", **form.entered)
    )
    return go(url_for("leads.show", lead_id=lead.id), "The lead is here")


def _new(form: NewLeadForm, status: int = 200):
    return show_dialog(
        "leads/new.html",
        "New lead",
        url_for("leads.index"),
        status,
        form=form,
        duplicates=candidates(me(), form.name.data, *form.reach),
        form_action=url_for("leads.new"),
    )
