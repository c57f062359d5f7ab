"""Everything held of one customer, erasing it, how long each kind is kept, and what the sweep proposes."""

import json

from flask import Blueprint, Response, abort, render_template, url_for
from peewee import JOIN

from carmanana.core import clock
from carmanana.core.workflow import Refusal, Refused
from carmanana.customers import unmerging
from carmanana.customers.contact import visible_to
from carmanana.customers.privacy import erasing, exporting, held, storage_periods
from carmanana.customers.privacy.reading import TITLES, readable, title_of
from carmanana.records.customers import Customer
from carmanana.records.people import COMPLIANCE, CRM_ADMIN, User
from carmanana.records.privacy import OPEN, REASONS, Erasure, ErasureProposal, PrivacySettings
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.customers.page import Action, register_action
from carmanana.web.dialogs import show_dialog
from carmanana.web.forms import DealershipForm, IntegerField, RadioField, TextField
from carmanana.web.fragments import go
from carmanana.web.loading import sent_version
from carmanana.web.steps import ask, submit

blueprint = Blueprint("privacy", __name__, url_prefix="/privacy")
MOST = 100


class EraseForm(DealershipForm):
    reason = RadioField("Why?", choices=list(REASONS.items()), validate_choice=False)


class PeriodsForm(DealershipForm):
    leads_months = IntegerField("Closed leads, months")
    cancelled_months = IntegerField("Cancelled customers, months")
    recordings_months = IntegerField("Recordings, months")


CHOOSE = Refusal("decision", "Erase it or keep it.")


class DecisionForm(DealershipForm):
    decision = TextField("Decision", most=12)


@blueprint.get("/customers/<id:customer_id>")
@allow("crm_admin", "compliance")
def held_of(customer_id: int):
    told = exporting.everything(_customer_or_404(customer_id), me())
    return render_template("privacy/held.html", customer=_customer_or_404(customer_id), tables=readable(told, me()))


@blueprint.get("/customers/<id:customer_id>.json")
@allow("crm_admin", "compliance")
def held_as_file(customer_id: int):
    told = exporting.everything(_customer_or_404(customer_id), me())
    text = json.dumps(told, ensure_ascii=False, indent=1, default=str)
    name = f"customer-{customer_id}-{clock.today()}.json"
    return Response(
        text, mimetype="application/json", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@blueprint.route("/customers/<id:customer_id>/erase", methods=["GET", "POST"])
@allow("crm_admin")
def erase(customer_id: int):
    """What would go and what stays, and why; then it goes."""
    customer, form = _customer_or_404(customer_id), EraseForm()

    def save():
        erasing.erase(customer, me(), form.reason.data or "", sent_version() or 0)
        return go(url_for("privacy.index"), "The customer is erased")

    def again(status: int, fresh: Customer = customer):
        return render_template(
            "privacy/erase.html",
            customer=fresh,
            form=form,
            lines=erasing.preview(fresh),
            bars=erasing.why_not(fresh),
            kept={title_of(table): why for table, why in held.IMPERSONAL.items() if table in TITLES},
            stale=status == 409,
        ), status

    return ask(form, save, again, known=lambda fresh: {})


@blueprint.route("/", methods=["GET", "POST"])
@allow("crm_admin")
def index():
    now = PrivacySettings.now()
    form = PeriodsForm(data=now.__data__)

    def save():
        months = {name: form[name].data for name in storage_periods.MONTHS}
        storage_periods.settle(me(), sent_version() or 0, **months)
        return go(url_for("privacy.index"), "Saved")

    def again(status: int, fresh: PrivacySettings = now):
        return render_template(
            "privacy/index.html", form=form, settings=fresh, stale=status == 409, **_standing()
        ), status

    return ask(form, save, again, known=lambda fresh: fresh.__data__)


def _standing() -> dict:
    proposals = ErasureProposal.select(ErasureProposal, Customer).join(Customer)
    waiting = proposals.where(ErasureProposal.decision == OPEN).order_by(ErasureProposal.since)
    erased = Erasure.select(Erasure, User).join(User, JOIN.LEFT_OUTER).order_by(Erasure.id.desc())
    return {"proposals": list(waiting.limit(MOST)), "erasures": list(erased.limit(MOST))}


@blueprint.post("/proposals/<id:proposal_id>")
@allow("crm_admin")
def decide(proposal_id: int):
    proposal = ErasureProposal.get_or_none(ErasureProposal.id == proposal_id) or abort(404)
    form = DecisionForm()

    def save():
        if form.decision.data not in ("keep", "erase"):
            raise Refused([CHOOSE])
        storage_periods.decide(proposal, me(), form.decision.data == "erase", sent_version() or 0)
        return go(url_for("privacy.index"), "Decided")

    def again(status: int, *_):
        periods = PeriodsForm(empty=True, data=PrivacySettings.now().__data__)
        return render_template(
            "privacy/index.html",
            form=periods,
            settings=PrivacySettings.now(),
            stale=False,
            refused=form.unplaced or [CHOOSE],
            **_standing(),
        ), status

    return submit(form, save, again)


@blueprint.route("/customers/<id:customer_id>/part", methods=["GET", "POST"])
@allow("manager")
def part(customer_id: int):
    """Undo the last merge into this record."""
    customer, form = _customer_or_404(customer_id), DealershipForm()

    def save():
        parted = unmerging.part(customer, me())
        return go(url_for("customers.show", customer_id=parted.id), "The two are parted again")

    def again(status: int, *_):
        back = url_for("customers.show", customer_id=customer_id)
        action = url_for("privacy.part", customer_id=customer_id)
        return show_dialog(
            "privacy/part.html", "Undo the merge?", back, status, customer=customer, form=form, form_action=action
        )

    return ask(form, save, again)


def _customer_or_404(customer_id: int) -> Customer:
    return visible_to(me()).where(Customer.id == customer_id).first() or abort(404)


def may_read(customer: Customer, by: User) -> bool:
    return by.has(CRM_ADMIN, COMPLIANCE)


def may_erase(customer: Customer, by: User) -> bool:
    return by.has(CRM_ADMIN)


def may_part(customer: Customer, by: User) -> bool:
    return by.is_manager and unmerging.newest(customer) is not None


register_action(Action("held", "Everything we hold", "list", "privacy.held_of", may_read, asks=False, place=80))
register_action(Action("erase", "Erase…", "x", "privacy.erase", may_erase, asks=False, place=90))
register_action(Action("part", "Undo the merge…", "undo", "privacy.part", may_part, place=41))
