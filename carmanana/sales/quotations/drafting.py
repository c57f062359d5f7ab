"""A new quotation of a deal, and the lines of one that is a draft. Numbers follow each other without a gap."""

from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from peewee import fn

from carmanana.core import audit, clock
from carmanana.core.db import Stale, change, transaction
from carmanana.core.query import again, by_id
from carmanana.core.workflow import Attempt, Forbidden, Refusal, Refused
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.quotations import DRAFT, WHOLE, Quotation, QuotationLine, is_worked_by
from carmanana.sales.quotations import rules

VALID_DAYS = 14
MOST_LINES = 60
MOST = 10_000_000_000_00


def enter(deal: Deal, by: User, title: str = "", valid_until: date | None = None) -> Quotation:
    """A draft; the first one of a deal leads and begins with its vehicle at its value."""
    with transaction():
        deal = by_id(Deal, deal.id)
        if not is_worked_by(deal, by):
            raise Forbidden("quote")
        quotation = Quotation(
            deal=deal,
            customer=deal.customer_id,
            currency=deal.currency,
            title=(title or "").strip() or deal.vehicle,
            made_by=by,
            valid_until=valid_until or clock.today(by.timezone) + timedelta(days=VALID_DAYS),
        )
        asked = (rules.deal_is_open, rules.validity_is_ahead)
        if refused := [found for rule in asked if (found := rule(Attempt(quotation, by, "quote")))]:
            raise Refused(refused)
        quotation.number = (Quotation.select(fn.MAX(Quotation.number)).scalar() or 0) + 1
        quotation.leading = not Quotation.select().where(Quotation.deal == deal, Quotation.leading).exists()
        quotation.save(force_insert=True)
        if deal.value_cents and deal.vehicle:
            QuotationLine.create(quotation=quotation, what=deal.vehicle, price_cents=deal.value_cents)
        _summed(again(quotation))
        audit.record("quote", quotation, by, None, DRAFT, deal=deal.id, number=quotation.number)
    return again(quotation)


def repeat(quotation: Quotation, by: User) -> Quotation:
    """A new draft with the same lines."""
    with transaction():
        made = enter(quotation.deal, by, quotation.title)
        QuotationLine.delete().where(QuotationLine.quotation == made).execute()
        for line in quotation.lines:
            QuotationLine.create(**line.__data__ | {"id": None, "quotation": made.id})
        change(made, terms=quotation.terms)
        return _summed(again(made))


def add_line(quotation: Quotation, by: User, version: int | None, **given) -> Quotation:
    with transaction():
        fresh = draft_of(quotation, by, version)
        if len(fresh.lines) >= MOST_LINES:
            raise Refused([Refusal("too_many", f"At most {MOST_LINES} lines.", rules.SOP)])
        position = max((line.position for line in fresh.lines), default=0) + 1
        QuotationLine.create(quotation=fresh, position=position, **_read(given))
        return _told(fresh, by, "add_line")


def change_line(line: QuotationLine, by: User, version: int | None, **given) -> Quotation:
    with transaction():
        fresh = draft_of(line.quotation, by, version)
        QuotationLine.update(**_read(given)).where(QuotationLine.id == line.id).execute()
        return _told(fresh, by, "change_line")


def remove_line(line: QuotationLine, by: User, version: int | None) -> Quotation:
    with transaction():
        fresh = draft_of(line.quotation, by, version)
        QuotationLine.delete().where(QuotationLine.id == line.id).execute()
        return _told(fresh, by, "remove_line")


def draft_of(quotation: Quotation, by: User, version: int | None) -> Quotation:
    fresh = again(quotation)
    if not fresh.worked_by(by):
        raise Forbidden("quote")
    if version not in (None, fresh.version):
        raise Stale(fresh)
    if not fresh.draft:
        sentence = "What was sent stands as it was sent. Make a new quotation of it."
        raise Refused([Refusal("sent", sentence, rules.SOP)])
    return fresh


def _told(quotation: Quotation, by: User, verb: str) -> Quotation:
    summed = _summed(quotation)
    audit.record(verb, summed, by, total_cents=summed.total_cents)
    return summed


def _summed(quotation: Quotation) -> Quotation:
    lines = again(quotation).lines
    sums = {"net_cents": sum(line.net_cents for line in lines), "tax_cents": sum(line.tax_cents for line in lines)}
    change(quotation, **sums)
    return quotation


# one line


def _read(given: dict) -> dict:
    """What a line holds.

    Raises Refused with everything that is wrong."""
    what, quantity, price = (given.get("what") or "").strip(), given.get("quantity"), given.get("price_cents")
    rate, found = _rate(given.get("tax") or "0"), []
    if not what:
        found.append(Refusal("what", "Say what it is.", rules.SOP, field="what"))
    if not isinstance(quantity, int) or not 1 <= quantity <= 999:
        found.append(Refusal("quantity", "How many? From 1 to 999.", rules.SOP, field="quantity"))
    if price is None or abs(price) > MOST:
        found.append(Refusal("price", "Give the price of one.", rules.SOP, field="price_cents"))
    if rate is None:
        found.append(Refusal("tax", "Give the tax in percent, from 0 to 100.", rules.SOP, field="tax"))
    if found:
        raise Refused(found)
    return {"what": what[:200], "quantity": quantity, "price_cents": price, "tax_rate": rate}


def _rate(words: str) -> int | None:
    try:
        share = Decimal(words.strip().removesuffix("%").strip().replace(",", "."))
    except InvalidOperation:
        return None
    return int(share * 1_000) if share.is_finite() and 0 <= share * 1_000 <= WHOLE else None
