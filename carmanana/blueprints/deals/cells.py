"""One fact of a deal, changed where the list shows it."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from carmanana.blueprints.deals.forms import ValueForm, VehicleForm
from carmanana.boards.board import column_key
from carmanana.boards.drops import choices
from carmanana.contacting.log import may_log
from carmanana.core.workflow import Forbidden
from carmanana.deals import deal_facts
from carmanana.deals.undoing import undoing
from carmanana.records.activities import Activity
from carmanana.records.deals import Deal
from carmanana.records.pipelines import all_stages
from carmanana.web.access import allow
from carmanana.web.answers import changed
from carmanana.web.current_user import me
from carmanana.web.forms import DealershipForm
from carmanana.web.fragments import go, htmx, partial, pieces
from carmanana.web.loading import deal_or_404, sent_version
from carmanana.web.panels.composer import StepDueForm
from carmanana.web.steps import submit

from .base import blueprint

FACTS = {"value": ValueForm, "vehicle": VehicleForm}


@blueprint.route("/<id:deal_id>/cells/<key>", methods=["GET", "POST"])
@allow("agent", "manager")
def cell(deal_id: int, key: str):
    """GET turns a cell into its fields. POST saves a fact; a stage and a next step are saved by their own addresses."""
    deal = deal_or_404(deal_id)
    if key in FACTS:
        deal_facts.must_work(deal, me(), "edit")
        form = FACTS[key](obj=deal)
        form.money_in = deal.currency
        return _save(deal, key, form) if request.method == "POST" else _fields(deal, key, form)
    if request.method == "POST" or key not in ("stage", "step"):
        abort(404)
    return _stage(deal) if key == "stage" else _step(deal)


def _save(deal: Deal, key: str, form: DealershipForm):
    return submit(
        form,
        lambda: _saved(deal, key, deal_facts.correct(deal, me(), sent_version() or 0, **form.data)),
        lambda status, fresh=deal: _again(fresh, key, form, status),
        lambda: deal_or_404(deal.id),
        lambda fresh: fresh,
    )


def _saved(deal: Deal, key: str, fresh: Deal):
    undo = fresh.version != deal.version and bool(undoing.taken_by(fresh, me()))
    return changed(Deal.get_by_id(deal.id), column_key(deal), f"{deal.customer.name}: the {key} is saved", undo=undo)


def _again(deal: Deal, key: str, form: DealershipForm, status: int):
    """What was typed, with what is wrong with it."""
    if not htmx:
        return go(url_for("deals.edit", deal_id=deal.id))
    html = _drawn(
        deal, key, form, url_for("deals.cell", deal_id=deal.id, key=key), stale=status == 409, now=getattr(deal, key)
    )
    return pieces(partial(f"#deal-{deal.id} [data-cell={key}]", html), status=status, HX_Reswap="none")


def _stage(deal: Deal):
    sheet = choices(deal, all_stages(), me())
    return _fields(
        deal, "stage", DealershipForm(), url_for("deals.column", deal_id=deal.id), choices=sheet, here=column_key(deal)
    )


def _step(deal: Deal):
    if not may_log(deal, me()):
        raise Forbidden("step_moved")
    step = Activity.next_step(deal)
    form = StepDueForm(data={"next_step": step.subject, "due_at": step.due_at} if step else None)
    action = (
        url_for("activities.edit_step", step_id=step.id) if step else url_for("activities.new_step", deal_id=deal.id)
    )
    return _fields(deal, "step", form, action, version=step.version if step else "")


def _fields(deal: Deal, key: str, form: DealershipForm, action: str = "", **context) -> ResponseReturnValue:
    if not htmx:
        return go(url_for("deals.show", deal_id=deal.id))
    return _drawn(deal, key, form, action or url_for("deals.cell", deal_id=deal.id, key=key), **context)


def _drawn(deal: Deal, key: str, form: DealershipForm, action: str, **context) -> str:
    return render_template("deals/_cell.html", deal=deal, key=key, form=form, form_action=action, **context)
