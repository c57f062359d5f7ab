"""What amounts of an order may be: nothing negative, nothing in the future or before the deal, and beyond its value
only when that is confirmed (domain 2, money and dates of an order)."""

from datetime import date

from carmanana.core import clock, money
from carmanana.core.workflow import Attempt, Refusal
from carmanana.records.deal_codes import AGREED_HOW
from carmanana.records.deals import Deal, balance, standing_payments
from carmanana.records.people import User
from carmanana.records.sops import SOP_FLOW

FIRST_DAY = date(2000, 1, 1)


def has_money(deal: Deal) -> bool:
    """Has any stood that was not voided?"""
    return bool(deal.id and standing_payments.first(deal.id))


def earliest_day(deal: Deal, by: User) -> date:
    """The deal was made, or its agreement signed, on that day. Of an imported deal nobody knows."""
    if deal.import_id:
        return FIRST_DAY
    made = clock.local(deal.created_at, by.timezone).date()
    return min(made, deal.agreement_on or made)


def day_refusal(deal: Deal, day: date | None, by: User, field: str = "paid_on") -> Refusal | None:
    if day is None:
        return Refusal("paid_on", "Enter the day.", SOP_FLOW, field=field)
    if day > clock.today(by.timezone):
        return Refusal("paid_on", "Enter money once it has moved.", SOP_FLOW, field=field)
    if day < (first := earliest_day(deal, by)):
        return Refusal(
            "paid_on", f"The deal was made on {first:%-d %B %Y}. No money moved for it before.", SOP_FLOW, field=field
        )


def amount_refusal(deal: Deal, cents: int | None, field: str = "amount_cents") -> Refusal | None:
    if not cents or cents < 0:
        return Refusal("amount", "Enter how much it was.", SOP_FLOW, field=field)
    return too_much(cents, deal.currency, field)


def too_much(cents: int, currency: str, field: str) -> Refusal | None:
    if cents > (most := money.most(currency)):
        return Refusal(
            "amount",
            f"That is more than {money.shown(most, currency)}, the most that an amount may be.",
            SOP_FLOW,
            field=field,
        )


def worth_refusal(cents: int | None, currency: str) -> Refusal | None:
    """Of an order's value while nothing rests on it yet."""
    if cents is None:
        return None
    if cents < 0:
        return Refusal("value", "Enter what the order is worth.", SOP_FLOW, field="value_cents")
    return too_much(cents, currency, "value_cents")


def beyond_refusal(deal: Deal, with_us: int, value: int | None, confirmed: bool) -> Refusal | None:
    """`with_us` is what the customer would then have paid, of an order worth `value`."""
    if value is None or with_us <= value or confirmed:
        return None
    paid, worth = money.shown(with_us, deal.currency), money.shown(value, deal.currency)
    return Refusal(
        "beyond",
        f"With it {paid} is with us, and the order is worth {worth}. Tick that this is right.",
        SOP_FLOW,
        field="confirmed",
    )


def currency_refusal(deal: Deal, code: str) -> Refusal | None:
    if code not in money.CURRENCIES:
        return Refusal("currency", "Choose a currency of the list.", SOP_FLOW, field="currency")
    if code != deal.currency and has_money(deal):
        sentence = f"Money of this order has moved in {deal.currency}, so its amounts stay in {deal.currency}."
        return Refusal("currency", sentence, SOP_FLOW, field="currency")


def currency_stays(deal: Deal, code: str) -> Refusal | None:
    """For an amount that comes to others of the order."""
    if code != deal.currency and deal.value_cents is not None:
        sentence = (
            f"The order is in {deal.currency}. Enter the amount in {deal.currency}, or change the currency of the "
            f"order first."
        )
        return Refusal("currency", sentence, SOP_FLOW, field="currency")
    return currency_refusal(deal, code)


# rules of winning


def currency_is_settled(attempt: Attempt):
    chosen = attempt.given.get("currency")
    return currency_refusal(attempt.record, chosen) if chosen else None


def value_is_sensible(attempt: Attempt):
    value = attempt.get("value_cents")
    if value is not None and value <= 0:
        return Refusal("value", "Enter what the order is worth.", SOP_FLOW, field="value_cents")
    return too_much(value, attempt.get("currency"), "value_cents") if value else None


def how_is_known(attempt: Attempt):
    if attempt.get("agreed_how") not in (None, "", *AGREED_HOW):
        return Refusal("agreed_how", "Choose how it was agreed.", SOP_FLOW, field="agreed_how")


def deposit_is_sensible(attempt: Attempt):
    deal, cents = attempt.record, attempt.given.get("deposit_cents")
    if cents is None or cents == 0:
        return None
    if refusal := amount_refusal(deal, cents, "deposit_cents"):
        return refusal
    return beyond_refusal(deal, balance(deal) + cents, attempt.get("value_cents"), bool(attempt.given.get("confirmed")))
