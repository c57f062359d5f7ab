"""The rights to cancel: the list, a row with what it replaced, adding, changing from a day on, and ending."""

from datetime import timedelta

from flask import abort, render_template, request, url_for
from peewee import fn

from carmanana.blueprints.rights.base import ADMINS, READERS, blueprint
from carmanana.blueprints.rights.forms import EndForm, RightForm, known
from carmanana.blueprints.rights.lists import RIGHTS, agreed, standing
from carmanana.cancellations.rights import editing
from carmanana.contacting.calling.places import name_of
from carmanana.core import clock
from carmanana.core.idempotency import once
from carmanana.core.query import prepared
from carmanana.records.cancellation_rights import CONFIDENCES, CancellationRight
from carmanana.records.deal_codes import ORDER_TYPES
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.fragments import go
from carmanana.web.loading import sent_version
from carmanana.web.steps import ask

BLANK = {"days": 14, "runs_from": "delivery", "confidence": "unsure", "currency": "USD"}


@blueprint.get("/cancellation-rights/")
@allow(*READERS)
def index():
    rows, regions = _standing.first(clock.today())
    told = {"rights": rows, "regions": regions, "may_edit": me().has(*ADMINS)}
    return RIGHTS.answer(name_of=name_of, agreed_words=agreed, **told)


@prepared
def _standing(today):
    region = CancellationRight.region
    return CancellationRight.select(fn.COUNT(region), fn.COUNT(fn.DISTINCT(region))).where(standing(today)).tuples()


@blueprint.get("/cancellation-rights/<id:right_id>")
@allow(*READERS)
def show(right_id: int):
    """All that a row says, and the others of its region, those that it took the place of among them."""
    right = _right_or_404(right_id)
    rows = CancellationRight.select().where(CancellationRight.region == right.region)
    return render_template(
        "rights/show.html",
        right=right,
        rows=list(rows.order_by(CancellationRight.effective_from.desc(), CancellationRight.id.desc())),
        today=clock.today(),
        may_edit=me().has(*ADMINS),
        name_of=name_of,
        agreed=agreed(right),
        kinds=[name for code, name in ORDER_TYPES.items() if code in right.order_types],
        confidences=CONFIDENCES,
    )


@blueprint.route("/cancellation-rights/new", methods=["GET", "POST"])
@allow(*ADMINS)
def new():
    start = {"effective_from": clock.today(me().timezone), "region": request.args.get("region", "")[:10]}
    form = RightForm(data=BLANK | start)

    def add():
        return editing.add(me(), form.region.data or "", form.effective_from.data, **form.facts())

    def save():
        made = once(request.form.get("once", ""), me(), add)
        return go(url_for("rights.show", right_id=made.id), "The row is added")

    return ask(form, save, lambda status, fresh=None: _dialog(form, None, status), lambda: None)


@blueprint.route("/cancellation-rights/<id:right_id>/edit", methods=["GET", "POST"])
@allow(*ADMINS)
def edit(right_id: int):
    right = _right_or_404(right_id)
    form = RightForm(data=known(right) | {"effective_from": clock.today(me().timezone)})

    def replace():
        return editing.replace(right, me(), sent_version() or 0, form.effective_from.data, **form.facts())

    def save():
        made = once(request.form.get("once", ""), me(), replace)
        words = "It counts for statements from that day on; what counted before stays on record"
        return go(url_for("rights.show", right_id=made.id), words)

    return ask(
        form, save, lambda status, fresh=right: _dialog(form, fresh, status), lambda: _right_or_404(right_id), known
    )


@blueprint.route("/cancellation-rights/<id:right_id>/end", methods=["GET", "POST"])
@allow(*ADMINS)
def end(right_id: int):
    right = _right_or_404(right_id)
    form = EndForm(data={"last_day": clock.today(me().timezone) - timedelta(days=1)})

    def again(status: int, fresh=right):
        return show_dialog(
            "rights/end.html",
            f"End the row of {name_of(right.region)}",
            url_for("rights.show", right_id=right_id),
            status,
            form=form,
            record=fresh,
            stale=status == 409,
            form_action=url_for("rights.end", right_id=right_id),
        )

    def save():
        editing.end(right, me(), sent_version() or 0, form.last_day.data)
        return go(url_for("rights.show", right_id=right_id), "The row ends")

    return ask(form, save, again, lambda: _right_or_404(right_id))


def _dialog(form: RightForm, right: CancellationRight | None, status: int):
    action = url_for("rights.edit", right_id=right.id) if right else url_for("rights.new")
    back = url_for("rights.show", right_id=right.id) if right else url_for("rights.index")
    title = f"Change the row of {name_of(right.region)}" if right else "A new right to cancel"
    return show_dialog(
        "rights/right.html", title, back, status, form=form, record=right, stale=status == 409, form_action=action
    )


def _right_or_404(right_id: int) -> CancellationRight:
    return CancellationRight.get_or_none(CancellationRight.id == right_id) or abort(404)
