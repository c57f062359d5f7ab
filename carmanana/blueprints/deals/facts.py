"""What is known of a deal: the order, the money, what the customer wants."""

from flask import request

from carmanana.blueprints.deals.forms import NeedsForm, OptionForm, OrderForm, PaymentForm
from carmanana.boards.board import column_key
from carmanana.core import clock
from carmanana.core.workflow import Refusal, Refused
from carmanana.deals import deal_facts
from carmanana.deals.amounts import balance, has_money
from carmanana.deals.payments import record_payment
from carmanana.deals.undoing import undoing
from carmanana.records.deals import Deal
from carmanana.records.house import in_unit
from carmanana.web.access import allow
from carmanana.web.answers import changed
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_deal_dialog
from carmanana.web.filters import distance_unit
from carmanana.web.loading import deal_or_404, sent_version
from carmanana.web.steps import ask

from .base import blueprint

MOST_OPTIONS = 8


@blueprint.route("/<id:deal_id>/edit", methods=["GET", "POST"])
@allow("agent", "manager")
def edit(deal_id: int):
    deal = deal_or_404(deal_id)
    form = OrderForm(deal, obj=deal)
    return _answer(deal, form, "edit", "deals/edit.html", "The order", _correct)


def _correct(deal: Deal, form: OrderForm) -> str:
    facts = form.facts
    if facts["agreement_on"] is None and deal.agreement_on is None:
        facts.pop("agreement_on")
    deal_facts.correct(deal, me(), sent_version() or 0, form.why.data or "", form.confirmed.data, **facts)
    return "The order is saved"


@blueprint.route("/<id:deal_id>/payments", methods=["GET", "POST"])
@allow("agent", "manager")
def payments(deal_id: int):
    deal = deal_or_404(deal_id)
    form = PaymentForm(
        deal,
        data={
            "paid_on": clock.today(me().timezone),
            "is_deposit": not has_money(deal),
            "currency": deal.currency,
            **_refund(deal),
        },
    )
    return _answer(deal, form, "payments", "deals/payment.html", "Money", _pay)


def _refund(deal: Deal) -> dict:
    """Where the address asks for it: all that is with us goes back."""
    return {"kind": "refunded", "amount_cents": balance(deal) or None} if request.args.get("kind") == "refunded" else {}


def _pay(deal: Deal, form: PaymentForm) -> str:
    facts = form.kind.data, form.amount_cents.data, form.paid_on.data, form.is_deposit.data, form.note.data or ""
    chosen = form.data.get("currency") or ""
    record_payment(deal, me(), *facts, request.form.get("once", ""), form.confirmed.data, chosen)
    return "The payment is recorded"


@blueprint.route("/<id:deal_id>/needs", methods=["GET", "POST"])
@allow("agent", "manager")
def needs(deal_id: int):
    deal = deal_or_404(deal_id)
    found = deal.needs
    form = NeedsForm(deal, obj=found, data={"currency": deal.currency})
    options = _option_forms(found, deal)
    return _answer(
        deal,
        form,
        "needs",
        "deals/needs.html",
        "What they want",
        _assess,
        lambda deal: deal.needs,
        options=options,
        blank=OptionForm(prefix="option-__n__-"),
    )


def _option_forms(found, deal: Deal | None = None) -> list[OptionForm]:
    """The vehicles as sent, or as known, or the one of the deal."""
    if request.method == "POST":
        return [
            form
            for number in range(MOST_OPTIONS)
            if f"option-{number}-brand" in request.form and (form := OptionForm(prefix=f"option-{number}-"))
        ]
    known = found.wanted if found else []
    return [_option_form(number, option) for number, option in enumerate(known)] or [
        OptionForm(prefix="option-0-", data=_vehicle_of(deal))
    ]


def _option_form(number: int, option) -> OptionForm:
    form = OptionForm(prefix=f"option-{number}-", obj=option)
    form.most_miles.data = option.most_miles and in_unit(option.most_miles, option.distance_unit, distance_unit())
    return form


def _vehicle_of(deal: Deal) -> dict:
    """What they want first is likely what their order is about."""
    return {
        "brand": deal.vehicle_make,
        "model": deal.vehicle_model,
        "year_from": deal.vehicle_year,
        "year_to": deal.vehicle_year,
    }


def _assess(deal: Deal, form: NeedsForm) -> str:
    filled = [option for option in _option_forms(None) if any(v for n, v in option.data.items() if n != "musts")]
    _refuse_options(deal, filled)
    budget_from, budget_to = form.budget_from_cents.data, form.budget_to_cents.data
    if budget_from is not None and budget_to is not None and budget_to < budget_from:
        raise Refused([Refusal("budget", "The budget ends below where it begins.", field="budget_to_cents")], deal)
    deal_facts.assess(
        deal, me(), [option.data | {"distance_unit": distance_unit()} for option in filled], sent_version(), **form.data
    )
    return "What they want is saved"


def _refuse_options(deal: Deal, options: list[OptionForm]) -> None:
    for number, option in enumerate(options, 1):
        if not option.validate() or not option.brand.data:
            raise Refused(
                [Refusal("option", f"Vehicle {number}: enter the make, and years and miles as numbers.")], deal
            )
        years = option.year_from.data, option.year_to.data
        if all(years) and years[1] < years[0]:
            raise Refused([Refusal("years", f"Vehicle {number}: the years end before they begin.")], deal)


def _answer(deal: Deal, form, endpoint: str, template: str, title: str, save, known=lambda deal: deal, **context):
    """GET shows the dialog, POST saves, and what is refused comes back with what was typed."""
    deal_facts.must_work(deal, me(), endpoint)
    return ask(
        form,
        lambda: _saved(deal, save(deal, form)),
        lambda status, fresh=deal: show_deal_dialog(
            template, title, fresh, form, f"deals.{endpoint}", status, **context
        ),
        lambda: deal_or_404(deal.id),
        known,
    )


def _saved(deal: Deal, said: str):
    fresh = Deal.get_by_id(deal.id)
    undo = fresh.version != deal.version and bool(undoing.taken_by(fresh, me()))
    return changed(fresh, column_key(deal), said, undo=undo)
