"""Changes to what is known of an order. What was agreed changes after winning only with a reason, and the manager of
the owner hears of it (domain 2, money and dates of an order)."""

from datetime import date

from carmanana.core import audit, money
from carmanana.core.db import Stale, change, transaction
from carmanana.core.undo import keep
from carmanana.core.workflow import Refusal, Refused, Remedy
from carmanana.deals import amounts, order_dates
from carmanana.deals.changes_told import WORDS, from_to
from carmanana.deals.may_work import must_work
from carmanana.records.activities import Activity
from carmanana.records.deal_codes import AGREED_HOW, CANCELLED, LOSING, LOST, WON
from carmanana.records.deals import Deal, balance
from carmanana.records.notifications import Notification
from carmanana.records.people import User
from carmanana.records.sops import SOP_CANCEL, SOP_FLOW

from .rules import EDIT_ORDER

AGREED = ("value_cents", "currency", "agreement_on", "agreed_how", "eta_on", "delivered_on")
FACTS = (*AGREED, "expected_close_on", "vehicle_year", *WORDS)
NAMES = {
    "value_cents": "value", "currency": "currency", "agreement_on": "agreement", "agreed_how": "how it was agreed",
    "eta_on": "ETA",
    "delivered_on": "delivery", "expected_close_on": "expected close", "vehicle_year": "year", "vehicle_make": "make",
    "vehicle_model": "model",
}  # fmt: skip
UNSIGN = Remedy("Take back the agreement…", "deals.unsigning", (), "undo")


def correct(deal: Deal, by: User, version: int, reason: str = "", confirmed: bool = False, **facts) -> Deal:
    """What a state rests on can't be taken away. `confirmed` says that more than the value was paid."""
    with transaction():
        fresh = Deal.get_by_id(deal.id)
        if fresh.version != version:
            raise Stale(fresh)
        must_work(fresh, by, "correct")
        facts = {name: value for name, value in facts.items() if name in FACTS and getattr(fresh, name) != value}
        if refusals := _refusals(fresh, facts, by, reason, confirmed):
            raise Refused(refusals, fresh, "correct")
        if facts:
            _write(fresh, facts, by, reason)
    return fresh


def _write(deal: Deal, facts: dict, by: User, reason: str) -> None:
    keep(deal, by, "correct", deal.state, facts)
    if rewritten := rewrites(deal, facts):
        _tell(deal, facts, rewritten, by, reason)
    told = from_to(deal.__data__, facts)
    change(deal, **facts)
    audit.record("correct", deal, by, fields=sorted(facts), **told)


def rewrites(deal: Deal, facts: dict) -> list[str]:
    """What was agreed and is another now, after winning; what is filled in for the first time rewrites nothing."""
    if deal.state not in (WON, LOSING, CANCELLED):
        return []
    return [name for name in AGREED if name in facts and getattr(deal, name) not in (None, "")]


def _tell(deal: Deal, facts: dict, names: list[str], by: User, reason: str) -> None:
    told = "; ".join(in_words(deal, facts, name) for name in names)
    note = {"subject": f"Changed after winning: {told}"[:250], "summary": reason.strip(), "author": by}
    Activity.create(customer=deal.customer_id, deal=deal, kind="note", **note)
    seller = by if deal.unowned else deal.owner
    Notification.tell_manager_of(
        seller, "deal_changed", f"{deal.customer.name}: {by.name} changed the order. {told}"[:250], by, deal=deal
    )


def in_words(deal: Deal, facts: dict, name: str) -> str:
    """ETA 3 Dec 2026 → 9 Dec 2026."""
    currency = facts.get("currency", deal.currency)
    return f"{NAMES[name]} {said(name, getattr(deal, name), deal.currency)} → {said(name, facts[name], currency)}"


def said(name: str, value, currency: str) -> str:
    if value in (None, ""):
        return "none"
    if isinstance(value, str) and name.endswith("_on"):
        value = date.fromisoformat(value)
    if isinstance(value, date):
        return f"{value:%-d %b %Y}"
    return money.shown(value, currency) if name == "value_cents" else AGREED_HOW.get(value, str(value))


# why not


def _refusals(deal: Deal, facts: dict, by: User, reason: str, confirmed: bool) -> list[Refusal]:
    found = [*_taken_away(deal, facts), *_amounts(deal, facts, confirmed), *_dates(deal, facts, by)]
    if not found and rewrites(deal, facts) and not reason.strip():
        sentence = "What was agreed changes after winning only with a reason; the manager hears of it."
        found.append(Refusal("reason", sentence, SOP_FLOW, (EDIT_ORDER,), field="reason"))
    return found


def _taken_away(deal: Deal, facts: dict) -> list[Refusal]:
    blank = {name for name, value in facts.items() if value is None or not str(value).strip()}
    if "agreement_on" in blank and deal.agreement_on and deal.open:
        sentence = (
            "A signed agreement is taken back by a manager who did not sell it, with a reason; else the order ends "
            "through a cancellation review."
        )
        return [Refusal("signed", sentence, SOP_CANCEL, (UNSIGN,), field="agreement_on")]
    if deal.state != WON and not deal.locked:
        return []
    rests_on = {"value_cents": "value", "agreement_on": "agreement date"}
    if not deal.deposit_cents:
        rests_on["no_deposit_reason"] = "reason why there is no deposit"
    sentence = "An order under review keeps its {}." if deal.locked else "A won order keeps its {}."
    mends = {"agreement_on": (UNSIGN,)} if deal.state == WON else {}
    return [
        Refusal("won", sentence.format(what), SOP_FLOW, mends.get(name, ()), name)
        for name, what in rests_on.items()
        if name in blank
    ]


def _amounts(deal: Deal, facts: dict, confirmed: bool) -> list[Refusal]:
    found, currency = [], facts.get("currency", deal.currency)
    if "currency" in facts:
        found.append(amounts.currency_refusal(deal, currency))
    value = facts.get("value_cents")
    if value is not None:
        found.append(amounts.worth_refusal(value or (-1 if deal.state in (WON, LOSING) else 0), currency))
        found.append(amounts.beyond_refusal(deal, balance(deal), value, confirmed) if value > 0 else None)
    if facts.get("agreed_how") not in (None, "", *AGREED_HOW):
        found.append(Refusal("agreed_how", "Choose how it was agreed.", SOP_FLOW, field="agreed_how"))
    return [refusal for refusal in found if refusal]


def _dates(deal: Deal, facts: dict, by: User) -> list[Refusal]:
    agreed, found = facts.get("agreement_on", deal.agreement_on), []
    if facts.get("agreement_on") and deal.state in (LOST, CANCELLED):
        found.append(
            Refusal("ended", "A lost order has no agreement. Reopen it first.", SOP_FLOW, field="agreement_on")
        )
    if "agreement_on" in facts:
        found.append(order_dates.agreement_refusal(deal, agreed, by))
    if facts.get("expected_close_on"):
        found.append(order_dates.expected_refusal(facts["expected_close_on"], by))
    if facts.keys() & {"eta_on", "agreement_on"}:
        found.append(order_dates.eta_refusal(deal, facts.get("eta_on", deal.eta_on), agreed, by))
    if facts.keys() & {"delivered_on", "agreement_on"}:
        found.append(order_dates.delivery_refusal(deal, facts.get("delivered_on", deal.delivered_on), agreed, by))
    return [refusal for refusal in found if refusal]
