"""Money of an order that moved: put down, corrected and voided, each with its reason, never edited (domain 2)."""

from datetime import date

from carmanana.core import audit, clock
from carmanana.core.db import Stale, change, transaction
from carmanana.core.idempotency import once
from carmanana.core.query import again
from carmanana.core.workflow import Attempt, Forbidden, Refusal, Refused
from carmanana.deals.amounts import amount_refusal, beyond_refusal, currency_stays, day_refusal
from carmanana.deals.may_work import must_work
from carmanana.records.activities import Activity
from carmanana.records.deal_codes import CANCELLED, LOST, WON
from carmanana.records.deals import Deal, Payment, balance
from carmanana.records.notifications import Notification
from carmanana.records.people import User
from carmanana.records.sops import SOP_CANCEL, SOP_FLOW

from .lifecycle import manager
from .sellers import did_not_sell_it, report_seller

SETTLED = []  # what an upper floor does once money of a deal has moved: f(deal, by)


def record_payment(
    deal: Deal,
    by: User,
    kind: str,
    amount_cents: int,
    paid_on: date,
    is_deposit: bool,
    note: str,
    key: str = "",
    confirmed: bool = False,
    currency: str = "",
) -> Payment:
    """Money received, refunded or kept. A refund needs a manager (SOP 0), and never exceeds what came in. The first
    amount of an order decides its `currency`."""
    told = {"kind": kind, "amount_cents": amount_cents, "paid_on": paid_on, "is_deposit": is_deposit, "note": note}
    return once(key, by, lambda: _record(Deal.get_by_id(deal.id), by, told, confirmed, currency or deal.currency))


def _record(deal: Deal, by: User, told: dict, confirmed: bool, currency: str) -> Payment:
    with transaction():
        must_work(deal, by, "record_payment")
        if refusals := _refusals(deal, by, told, balance(deal), confirmed):
            raise Refused(refusals, deal)
        if refusal := currency_stays(deal, currency):
            raise Refused([refusal], deal)
        payment = Payment.create(deal=deal, recorded_by=by, **told)
        change(deal, currency=currency)
        audit.record("payment", deal, by, **facts_of(payment))
        _settle(deal, by)
    return payment


def facts_of(payment: Payment) -> dict:
    """For the audit trail."""
    return {
        "kind": payment.kind,
        "cents": payment.amount_cents,
        "deposit": payment.is_deposit,
        "paid_on": payment.paid_on.isoformat(),
    }


def _refusals(deal: Deal, by: User, told: dict, with_us: int, confirmed: bool) -> list[Refusal]:
    """`with_us` is the customer's money that is here without this payment."""
    kind, cents = told["kind"], told["amount_cents"]
    if kind not in Payment.KINDS:
        return [Refusal("kind", "Choose what happened.", SOP_FLOW, field="kind")]
    if kind != "received" and not by.is_manager:
        return [Refusal("refund", "Refunds and kept money are recorded by a manager.", SOP_CANCEL, field="kind")]
    if deal.state in (LOST, CANCELLED) and kind == "received":
        return [Refusal("ended", "A lost order takes no money. Reopen it first.", SOP_FLOW, field="kind")]
    wrong = [refusal for refusal in (day_refusal(deal, told["paid_on"], by), amount_refusal(deal, cents)) if refusal]
    if wrong:
        return wrong
    if kind != "received" and cents > with_us:
        return [
            Refusal("amount", "That is more than was received and is still here.", SOP_CANCEL, field="amount_cents")
        ]
    beyond = kind == "received" and beyond_refusal(deal, with_us + cents, deal.value_cents, confirmed)
    return [beyond] if beyond else []


def void(payment: Payment, by: User, reason: str) -> Payment:
    """It never happened, or not so: it stays to be seen, struck through, and counts no more."""
    with transaction():
        fresh, deal = _to_mend(payment, by, reason)
        left = balance(deal) - _signed(fresh.kind, fresh.amount_cents)
        _refuse_owing(deal, left)
        _strike(fresh, deal, by, reason)
        _keep_reason(deal, by, reason)
        audit.record("payment_voided", deal, by, payment=fresh.id, **facts_of(fresh))
        _mended(deal, by, f"Payment voided: {fresh.kind_name.lower()}", reason)
    return fresh


def correct_payment(payment: Payment, by: User, reason: str, confirmed: bool = False, **facts) -> Payment:
    """What was put down wrongly is voided, and what is right stands beside it."""
    with transaction():
        fresh, deal = _to_mend(payment, by, reason)
        told = {
            name: getattr(fresh, name) for name in ("kind", "amount_cents", "paid_on", "is_deposit", "note")
        } | facts
        changed = {name for name in told if told[name] != getattr(fresh, name)}
        _refuse_correction(deal, fresh, by, told, changed, confirmed)
        _strike(fresh, deal, by, reason)
        right = Payment.create(deal=deal, recorded_by=by, corrects=fresh, **told)
        audit.record(
            "payment_corrected",
            deal,
            by,
            payment=fresh.id,
            became=right.id,
            **{"from": facts_of(fresh), "to": facts_of(right)},
        )
        _mended(deal, by, f"Payment corrected: {fresh.kind_name.lower()}", reason)
    return right


def _to_mend(payment: Payment, by: User, reason: str) -> tuple[Payment, Deal]:
    fresh = again(payment)
    deal = Deal.get_by_id(fresh.deal_id)
    attempt = Attempt(deal, by, "mend_payment")
    if not manager(attempt):
        raise Forbidden("mend_payment")
    if fresh.voided_at is not None:
        raise Stale(fresh)
    wrong = [refusal for refusal in (did_not_sell_it(attempt), _no_reason(reason)) if refusal]
    if wrong:
        raise Refused(wrong, deal)
    return fresh, deal


def _no_reason(reason: str) -> Refusal | None:
    if not (reason or "").strip():
        return Refusal("reason", "Say why, in words.", SOP_FLOW, field="reason")


def _refuse_correction(deal: Deal, payment: Payment, by: User, told: dict, changed: set, confirmed: bool) -> None:
    if not changed:
        raise Refused([Refusal("same", "Nothing is different from what stands.", SOP_FLOW, field="amount_cents")], deal)
    without = balance(deal) - _signed(payment.kind, payment.amount_cents)
    moved = changed & {"kind", "amount_cents", "paid_on"}
    if moved and (refusals := _refusals(deal, by, told, without, confirmed)):
        ended = deal.state in (LOST, CANCELLED) and payment.kind == told["kind"]
        if refusals := [refusal for refusal in refusals if not (ended and refusal.code == "ended")]:
            raise Refused(refusals, deal)
    _refuse_owing(deal, without + _signed(told["kind"], told["amount_cents"]))


def _refuse_owing(deal: Deal, left: int) -> None:
    if left < 0:
        sentence = "More was refunded or kept than would then have come in. Mend those first."
        raise Refused([Refusal("owing", sentence, SOP_CANCEL, field="reason")], deal)


def _signed(kind: str, cents: int) -> int:
    return cents if kind == "received" else -cents


def _strike(payment: Payment, deal: Deal, by: User, reason: str) -> None:
    voided = {"voided_at": clock.now(), "voided_by": by, "void_reason": reason.strip()}
    Payment.update(**voided).where(Payment.id == payment.id).execute()
    for name, value in voided.items():
        setattr(payment, name, value)


def _keep_reason(deal: Deal, by: User, reason: str) -> None:
    """A won order has a deposit or says why it has none."""
    if deal.state == WON and not deal.no_deposit_reason.strip() and not deal.deposit_cents:
        change(deal, no_deposit_reason=f"Deposit voided: {reason.strip()}"[:500])


def _mended(deal: Deal, by: User, title: str, reason: str) -> None:
    change(deal)
    Activity.create(customer=deal.customer_id, deal=deal, kind="note", subject=title, summary=reason.strip(), author=by)
    if not deal.unowned:
        Notification.tell(
            deal.owner, "deal_changed", f"{deal.customer.name}: {title[0].lower()}{title[1:]}", by, deal=deal
        )
    report_seller(deal, by)
    _settle(deal, by)


def _settle(deal: Deal, by: User) -> None:
    for follow in SETTLED:
        follow(deal, by)
