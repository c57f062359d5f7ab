"""A payment put right: voided, or corrected by another beside it, with the reason."""

from flask import abort

from carmanana.blueprints.deals.forms import PaymentCorrectionForm, ReasonForm
from carmanana.boards.board import column_key
from carmanana.core.db import Stale
from carmanana.deals.payments import correct_payment, void
from carmanana.records.deals import Deal, Payment
from carmanana.web.access import allow
from carmanana.web.answers import changed
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_deal_dialog
from carmanana.web.loading import deal_or_404
from carmanana.web.steps import ask

from .base import blueprint

FACTS = ("kind", "amount_cents", "paid_on", "is_deposit", "note")


@blueprint.route("/<id:deal_id>/payments/<id:payment_id>/correction", methods=["GET", "POST"])
@allow("manager")
def payment_correction(deal_id: int, payment_id: int):
    deal, payment = _found(deal_id, payment_id)
    form = PaymentCorrectionForm(deal, obj=payment)
    return _answer(deal, payment, form, "payment_correction", "Correct a payment", _correct)


@blueprint.route("/<id:deal_id>/payments/<id:payment_id>/voiding", methods=["GET", "POST"])
@allow("manager")
def payment_voiding(deal_id: int, payment_id: int):
    deal, payment = _found(deal_id, payment_id)
    return _answer(deal, payment, ReasonForm(deal), "payment_voiding", "Void a payment", _void)


def _found(deal_id: int, payment_id: int) -> tuple[Deal, Payment]:
    deal = deal_or_404(deal_id)
    return deal, deal.payments.where(Payment.id == payment_id).first() or abort(404)


def _correct(payment: Payment, form: PaymentCorrectionForm) -> str:
    facts = {name: form[name].data for name in FACTS}
    correct_payment(payment, me(), form.reason.data or "", form.confirmed.data, **facts)
    return "The payment is corrected"


def _void(payment: Payment, form: ReasonForm) -> str:
    void(payment, me(), form.reason.data or "")
    return "The payment is voided"


def _answer(deal: Deal, payment: Payment, form, endpoint: str, title: str, mend):
    """GET shows the dialog, POST mends; a payment that was voided meanwhile is not mended again."""
    if payment.voided_at is not None:
        raise Stale(deal)

    def save():
        said = mend(payment, form)
        return changed(Deal.get_by_id(deal.id), column_key(deal), said)

    def again(status: int):
        address = {"payment_id": payment.id}
        return show_deal_dialog(
            f"deals/{endpoint}.html", title, deal, form, f"deals.{endpoint}", status, address=address, payment=payment
        )

    return ask(form, save, again)
