"""The list of leads, a lead's page, a new lead, and a step for several at once."""

from flask import render_template, request, url_for

from carmanana.blueprints.leads.forms import NewLeadForm
from carmanana.blueprints.leads.lists import STANDINGS, of_standing, waiting
from carmanana.blueprints.leads.page import lead_context
from carmanana.core.idempotency import once
from carmanana.customers.duplicates import candidates
from carmanana.leads import bulk, intake
from carmanana.leads.verbs import VERBS
from carmanana.records.leads import Lead
from carmanana.web.access import allow, signed_in
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.fragments import go
from carmanana.web.record_forms import form_class
from carmanana.web.steps import submit

from .base import blueprint, lead_or_404

STANDING = f"<any({','.join(map(repr, STANDINGS))}):standing>".replace("'", '"')
IN_BULK = ("claim", "reassign", "close")


@blueprint.get("/", defaults={"standing": "open"})
@blueprint.get(f"/{STANDING}")
@signed_in
def index(standing: str):
    return of_standing(standing).answer(standing=standing, standings=STANDINGS, waiting=waiting, bulk=_bulk_verbs())


def _bulk_verbs() -> list:
    by = me()
    allowed = {"claim": by.works_deals, "close": by.works_deals, "reassign": by.is_manager}
    return [VERBS[trigger] for trigger in IN_BULK if allowed[trigger]]


@blueprint.get("/<id:lead_id>")
@signed_in
def show(lead_id: int):
    return render_template("leads/show.html", **lead_context(lead_or_404(lead_id)))


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
    lead = once(request.form.get("once", ""), me(), lambda: intake.enter(me(), form.twin.data or "", **form.entered))
    return go(url_for("leads.show", lead_id=lead.id), "The lead is here")


def _new(form: NewLeadForm, status: int = 200):
    return show_dialog(
        "leads/new.html",
        "New lead",
        url_for("leads.index"),
        status,
        form=form,
        twins=candidates(me(), form.name.data, *form.reach),
        form_action=url_for("leads.new"),
    )


# several at once


@blueprint.route("/bulk/<any(claim,reassign,close):trigger>", methods=["GET", "POST"])
@allow("agent", "manager")
def in_bulk(trigger: str):
    """Those that were ticked, each by the verb that one lead has."""
    leads, verb = bulk.chosen(_ticked(), me()), VERBS[trigger]
    if not leads:
        return go(url_for("leads.index"), "Tick the leads that you mean first")
    form = form_class(verb.fields)(None, me())
    if request.method == "GET":
        return _bulk_dialog(trigger, leads, form)
    if not form.validate():
        return _bulk_dialog(trigger, leads, form, 422)
    return _told(bulk.fire_each(leads, trigger, me(), **form.given()))


def _ticked() -> list[int]:
    sent = request.values.getlist("ids")[: bulk.MOST]
    return [int(one) for one in sent if one.isascii() and one.isdigit() and len(one) < 16]


def _bulk_dialog(trigger: str, leads: list[Lead], form, status: int = 200):
    verb = VERBS[trigger]
    return show_dialog(
        "leads/bulk.html",
        verb.bulk.title,
        url_for("leads.index"),
        status,
        verb=verb,
        leads=leads,
        form=form,
        form_action=url_for("leads.in_bulk", trigger=trigger),
    )


def _told(report: bulk.Report):
    number, left = len(report.done), report.left
    words = f"{number} {'lead' if number == 1 else 'leads'} done"
    if left:
        why = "; ".join(dict.fromkeys(sentence for _, sentence in left[:3]))
        words += f". {len(left)} stayed as they were: {why}"
    return go(url_for("leads.index"), words)
