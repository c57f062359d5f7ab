"""Match a vehicle: who wants it, best first; vehicles that are kept on offer, and offering them."""

from functools import partial

from flask import Blueprint, abort, render_template, request, url_for
from markupsafe import Markup

from carmanana import worker
from carmanana.blueprints.buyers.forms import ASKED, EmailForm, OfferedForm, PlainForm, SearchForm
from carmanana.blueprints.buyers.match_page import found_context
from carmanana.blueprints.buyers.offered_list import OFFERED
from carmanana.blueprints.buyers.unsubscribing import address_of
from carmanana.buyers import offered, offering
from carmanana.buyers.scanning import MOST as LONGEST_TEXT
from carmanana.buyers.scanning import scan
from carmanana.core import clock
from carmanana.core.idempotency import once
from carmanana.core.vehicles import makes
from carmanana.core.workflow import Forbidden
from carmanana.customers import contact
from carmanana.records.assets import Asset
from carmanana.records.customers import Customer
from carmanana.records.house import house_unit, in_unit
from carmanana.records.offered_vehicles import OfferedVehicle
from carmanana.web.access import allow, signed_in
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.filters import distance_unit, locale, plural
from carmanana.web.fragment_cache import piece
from carmanana.web.fragments import go
from carmanana.web.loading import deal_or_404, number_of, sent_version
from carmanana.web.steps import ask, submit

from .base import WORKERS

blueprint = Blueprint("match", __name__, url_prefix="/match")


@blueprint.get("/")
@signed_in
def index():
    """A vehicle of the address, of a deal or an asset, or of a text; without one, the form."""
    form = SearchForm(_prefilled())
    searched = bool((form.make.data or "").strip()) and form.validate()
    context = found_context(form.vehicle(), None) if searched else {"found": None}
    drawn = _form_drawn(form)
    return render_template("buyers/match.html", form=form, form_drawn=drawn, offered=None, said=_said(), **context)


def _form_drawn(form: SearchForm) -> Markup:
    """Once for all who type the same."""
    draw = partial(render_template, "buyers/_match_form.html", form=form, makes=makes())
    if form.errors:
        return Markup(draw())
    told = [form.currency.data, *(field._value() for field in form if field.name in ASKED and field != form.currency)]
    return piece(("match form", request.script_root, locale(), distance_unit(), *told), draw)


def _said() -> str:
    return request.args.get("said", "")[:LONGEST_TEXT]


def _prefilled() -> dict:
    if number := number_of(request.args.get("deal", ""), 0):
        deal = deal_or_404(number)
        facts = {"make": deal.vehicle_make, "model": deal.vehicle_model, "year": deal.vehicle_year}
        price = {"price_cents": deal.value_cents, "currency": deal.currency}
        return facts | price | {"region": deal.customer.region}
    if number := number_of(request.args.get("asset", ""), 0):
        return scan(_asset_or_404(number).name).told
    if said := _said():
        scanned = scan(said).told
        if "distance" in scanned:
            scanned["distance"] = in_unit(scanned["distance"], scanned["distance_unit"], house_unit())
        return scanned
    return {}


def _asset_or_404(number: int) -> Asset:
    """Of a customer whom they may see."""
    seen = contact.visible_to(me()).select(Customer.id)
    return Asset.select().where(Asset.id == number, Asset.customer.in_(seen)).first() or abort(404)


@blueprint.get("/vehicles/")
@signed_in
def vehicles():
    return OFFERED.answer()


@blueprint.get("/vehicles/<id:vehicle_id>")
@signed_in
def show(vehicle_id: int):
    """A vehicle that is kept, with its buyers as they are now, and to whom it was offered."""
    kept = _kept_or_404(vehicle_id)
    return render_template("buyers/match.html", offered=kept, **found_context(offered.vehicle_of(kept), kept))


def _shown(kept: OfferedVehicle) -> dict:
    facts = {name: getattr(kept, name) for name in ASKED}
    if kept.distance is not None:
        facts["distance"] = in_unit(kept.distance, kept.distance_unit, house_unit())
    return facts


def _kept_or_404(vehicle_id: int) -> OfferedVehicle:
    return OfferedVehicle.get_or_none(OfferedVehicle.id == vehicle_id) or abort(404)


# keeping one


@blueprint.route("/vehicles/new", methods=["GET", "POST"])
@allow(*WORKERS)
def keep():
    """Keep what was matched; the owners of its best buyers hear of it."""
    form = OfferedForm(data=SearchForm().asked if request.method == "GET" else None)
    deal = number_of(request.values.get("deal", ""), 0)
    deal = deal_or_404(deal) if deal else None

    def save():
        facts = form.data | {"deal": deal}
        kept = once(request.form.get("once", ""), me(), lambda: offered.enter(me(), **facts))
        return go(
            url_for("match.show", vehicle_id=kept.id), f"{kept.name} is kept; whose buyers it suits best has been told"
        )

    return ask(form, save, lambda status, *_: _vehicle_dialog(form, None, status, deal=deal))


@blueprint.route("/vehicles/<id:vehicle_id>/edit", methods=["GET", "POST"])
@allow(*WORKERS)
def edit(vehicle_id: int):
    kept = _kept_or_404(vehicle_id)
    if not offered.may_change(kept, me()):
        raise Forbidden("correct_vehicle")
    form = OfferedForm(data=_shown(kept) | {"source": kept.source, "until": kept.until})

    def save():
        facts = {
            name: "" if value is None and name in ("make", "model", "colour", "region", "source") else value
            for name, value in form.data.items()
        }
        facts |= {"distance_unit": house_unit()} if facts["distance"] is not None else {}
        offered.correct(kept, me(), sent_version(), **facts)
        return go(url_for("match.show", vehicle_id=kept.id), "The vehicle is saved")

    return ask(
        form,
        save,
        lambda status, fresh=kept: _vehicle_dialog(form, fresh, status),
        lambda: _kept_or_404(vehicle_id),
        lambda fresh: _shown(fresh) | {"source": fresh.source, "until": fresh.until},
    )


def _vehicle_dialog(form: OfferedForm, kept: OfferedVehicle | None, status: int, deal=None):
    address = url_for("match.edit", vehicle_id=kept.id) if kept else url_for("match.keep")
    title = "Edit vehicle" if kept else "Keep as offered vehicle"
    back = url_for("match.show", vehicle_id=kept.id) if kept else url_for("match.index")
    given = {"form": form, "kept": kept, "deal": deal, "form_action": address}
    return show_dialog("buyers/vehicle.html", title, back, status, **given)


@blueprint.post("/vehicles/<id:vehicle_id>/removal")
@allow(*WORKERS)
def take_off(vehicle_id: int):
    kept = offered.take_off(_kept_or_404(vehicle_id), me(), sent_version())
    return go(url_for("match.vehicles"), f"{kept.name} is off the list of offers")


# offering it


def _chosen() -> list:
    ids = [number for one in request.values.getlist("ids")[: offering.MOST] if (number := number_of(one, 0))]
    return offering.chosen(ids, me())


@blueprint.post("/vehicles/<id:vehicle_id>/calls")
@allow(*WORKERS)
def call(vehicle_id: int):
    """A call sequence of those that are ticked."""
    kept, rows = _kept_or_404(vehicle_id), _chosen()
    if not rows:
        return go(url_for("match.show", vehicle_id=kept.id), "Tick the buyers that you mean first")
    form = PlainForm()
    back = url_for("match.show", vehicle_id=kept.id)
    return submit(form, lambda: _called(kept, rows), lambda status, *_: go(back, form.refused.refusals[0].sentence))


def _called(kept: OfferedVehicle, rows: list):
    sequence = once(request.form.get("once", ""), me(), lambda: offering.call_all(kept, rows, me()))
    deals = sum(not row.is_lead for row in rows)
    said = f"{plural(deals, 'buyer')} with a deal: call from its page" if deals else ""
    return go(url_for("dialing.show", sequence_id=sequence.id), said)


@blueprint.route("/vehicles/<id:vehicle_id>/emails", methods=["GET", "POST"])
@allow(*WORKERS)
def email(vehicle_id: int):
    """One email each to those that are ticked; who may not get it is told before."""
    kept, rows = _kept_or_404(vehicle_id), _chosen()
    form = EmailForm(data={"subject": kept.name, "text": _draft(kept), "next_step": "Hear whether it interests them"})

    def save():
        report = offering.email_all(
            kept,
            rows,
            me(),
            form.subject.data or "",
            form.text.data or "",
            form.next_step.data or "",
            form.due_at.data,
            address_of,
            request.form.get("once", ""),
        )
        worker.nudge()
        said = "Sent already" if report.again else f"{plural(len(report.sent), 'email')} on the way"
        if report.left:
            said += f"; {len(report.left)} left out: {report.left[0][1]}"
        return go(url_for("match.show", vehicle_id=kept.id), said)

    return ask(form, save, lambda status, *_: _email_dialog(kept, rows, form, status))


def _draft(kept: OfferedVehicle) -> str:
    what = " ".join(
        str(part) for part in (kept.year, kept.make, kept.model, f"in {kept.colour}" if kept.colour else "") if part
    )
    return (
        f"Hello,\n\nyou told us what you are looking for. A {what} has come in that may suit you. Would you like to "
        f"hear more?\n\n{me().name}"
    )


def _email_dialog(kept: OfferedVehicle, rows: list, form: EmailForm, status: int):
    left = [(row, why) for row in rows if (why := offering.why_no_email(row, me(), clock.now()))]
    back, action = (url_for(name, vehicle_id=kept.id) for name in ("match.show", "match.email"))
    given = {"kept": kept, "rows": rows, "left": left, "form": form, "form_action": action}
    return show_dialog("buyers/email.html", "Email", back, status, **given)
