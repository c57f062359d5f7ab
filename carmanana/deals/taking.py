"""New deals, and changes to what is known of one."""

from datetime import date

from carmanana import audit, clock
from carmanana.customers.models import Customer
from carmanana.db import Stale, change, transaction
from carmanana.people.models import User
from carmanana.people.once import once
from carmanana.workflow import Attempt, Forbidden, Refusal, Refused

from . import entering, rules, undoing
from .lifecycle import owner_or_manager
from .models import ACTIVE, CANCELLED, LOST, WON, Deal, NeedsAssessment, Payment, Stage, VehicleOption
from .placing import place

FACTS = ("value_cents", "currency", "vehicle_year", "vehicle_make", "vehicle_model", "details", "source", "agreement_on", "no_deposit_reason", "eta_on", "delivered_on")


def take(customer: Customer, stage: Stage, by: User, owner: User | None, **facts) -> Deal:
    """A new order in a stage's column, on top. Only a manager may give it to somebody else."""
    if not by.works_deals or (owner not in (None, by) and not by.is_manager):
        raise Forbidden("take")
    with transaction():
        deal = Deal(customer=customer, pipeline=stage.pipeline_id, stage=stage, order_type=stage.pipeline.order_type, owner=owner, **facts)
        _refuse_stage(deal, stage, by)
        deal.position = place(deal, stage)
        deal.save(force_insert=True)
        audit.record("take", deal, by, None, ACTIVE, stage=stage.id, owner=owner and owner.id)
    return deal


def _refuse_stage(deal: Deal, stage: Stage, by: User) -> None:
    """A new order asks of its stage what a card does that moves there from the first one."""
    first = stage.pipeline.open_stages().first()
    outside = Deal(**deal.__data__ | {"stage": first, "state": "new"})
    attempt = Attempt(outside, by, "take", {"stage": stage})
    asked = (entering.stage_is_on_this_board, entering.stage_is_open_to_them, entering.entry_requirements_met)
    refusals = [refusal for rule in asked if (refusal := rule(attempt))]
    if refusals:
        raise Refused([Refusal(refusals[0].code, refusals[0].sentence, refusals[0].sop, field="stage")], deal, "take")


def start_again(deal: Deal, by: User) -> Deal:
    """A new deal from one that ended; the two stay linked."""
    with transaction():
        fresh = Deal.get_by_id(deal.id)
        if fresh.state not in (LOST, CANCELLED):
            raise Refused([Refusal("not_ended", "Only a lost order is started anew.", rules.SOP_FLOW)], fresh, "start_again")
        facts = {name: getattr(fresh, name) for name in ("currency", "value_cents", "vehicle_year", "vehicle_make", "vehicle_model", "source")}
        stage = fresh.pipeline.open_stages().first()
        new = take(fresh.customer, stage, by, _owner_of_the_next(fresh, by), previous_deal=fresh, **facts)
        _copy_needs(fresh, new)
    return new


def _owner_of_the_next(deal: Deal, by: User) -> User:
    """A manager begins it for the owner, as long as that is somebody who works deals."""
    stays = by.is_manager and not deal.unowned and deal.owner.active and deal.owner.works_deals
    return deal.owner if stays else by


def _copy_needs(deal: Deal, new: Deal) -> None:
    needs = deal.needs
    if needs is None:
        return
    options = list(needs.options)
    copy = NeedsAssessment.create(deal=new, **{f: getattr(needs, f) for f in NEEDS_FACTS})
    for option in options:
        VehicleOption.create(needs=copy, **{f: getattr(option, f) for f in OPTION_FACTS})


NEEDS_FACTS = ("timeline", "location", "budget_from_cents", "budget_to_cents", "matters_most", "mission")
OPTION_FACTS = ("brand", "model", "year_from", "year_to", "most_miles", "distance_unit", "colours", "special", "position")


def may_work(deal: Deal, by: User) -> bool:
    return owner_or_manager(Attempt(deal, by, "work"))


def must_work(deal: Deal, by: User, trigger: str) -> None:
    """Raise unless they may change this deal; an unowned one is claimed first."""
    if not may_work(deal, by):
        raise Forbidden(trigger)
    if refusal := rules.is_owned(Attempt(deal, by, trigger)):
        raise Refused([refusal], deal, trigger)


def correct(deal: Deal, by: User, version: int, **facts) -> Deal:
    """Change what is known of an order. What a state rests on can't be taken away."""
    with transaction():
        fresh = Deal.get_by_id(deal.id)
        if fresh.version != version:
            raise Stale(fresh)
        must_work(fresh, by, "correct")
        facts = {name: value for name, value in facts.items() if name in FACTS and getattr(fresh, name) != value}
        _refuse_correction(fresh, facts, by)
        if facts:
            undoing.keep(fresh, by, "correct", fresh.state, facts)
            change(fresh, **facts)
            audit.record("correct", fresh, by, fields=sorted(facts))
    return fresh


def _refuse_correction(deal: Deal, facts: dict, by: User) -> None:
    refusals = []
    today = clock.today(by.timezone)
    if deal.state == WON or deal.locked:
        refusals += _refuse_taking_away(deal, facts)
    if deal.state in (LOST, CANCELLED) and facts.get("agreement_on"):
        refusals.append(Refusal("ended", "A lost order has no agreement. Reopen it first.", rules.SOP_FLOW, field="agreement_on"))
    if facts.get("agreement_on") and facts["agreement_on"] > today:
        refusals.append(Refusal("agreement", "The agreement can't be signed in the future.", field="agreement_on"))
    if deal.open and deal.agreement_on and facts.get("agreement_on", today) is None and not by.is_manager:
        sentence = "A signed agreement is taken back by a manager only; the order ends through a cancellation review."
        refusals.append(Refusal("signed", sentence, rules.SOP_CANCEL, field="agreement_on"))
    refusals += _refuse_delivery(deal, facts.get("delivered_on"), today)
    if refusals:
        raise Refused(refusals, deal, "correct")


def _refuse_taking_away(deal: Deal, facts: dict) -> list[Refusal]:
    blank = {name for name, value in facts.items() if value is None or not str(value).strip()}
    rests_on = {"value_cents": "value", "agreement_on": "agreement date"}
    if not deal.deposit_cents:
        rests_on["no_deposit_reason"] = "reason why there is no deposit"
    sentence = "An order under review keeps its {}." if deal.locked else "A won order keeps its {}."
    return [Refusal("won", sentence.format(what), rules.SOP_FLOW, field=name) for name, what in rests_on.items() if name in blank]


def _refuse_delivery(deal: Deal, day: date | None, today: date) -> list[Refusal]:
    if day and deal.state != WON:
        return [Refusal("not_won", "Only a won order is delivered.", rules.SOP_FLOW, field="delivered_on")]
    if day and day > today:
        return [Refusal("delivery", "A delivery is entered once it has happened; use the ETA until then.", field="delivered_on")]
    return []


def assess(deal: Deal, by: User, options: list[dict], version: int | None, **facts) -> NeedsAssessment:
    """Write what the client wants: the vehicles and the circumstances (SOP 1, section G)."""
    with transaction():
        fresh = Deal.get_by_id(deal.id)
        must_work(fresh, by, "assess")
        _refuse_budget(fresh, facts)
        needs = fresh.needs or NeedsAssessment.create(deal=fresh)
        if version is not None and needs.version != version:
            raise Stale(fresh)
        change(needs, **{name: facts[name] for name in NEEDS_FACTS if name in facts})
        VehicleOption.delete().where(VehicleOption.needs == needs).execute()
        for number, option in enumerate(options):
            VehicleOption.create(needs=needs, position=number, **option)
        change(fresh)
        audit.record("assess", fresh, by, options=len(options))
    return needs


def _refuse_budget(deal: Deal, facts: dict) -> None:
    least, most = facts.get("budget_from_cents"), facts.get("budget_to_cents")
    if least is not None and most is not None and most < least:
        raise Refused([Refusal("budget", "The budget runs from the lower amount to the higher one.", rules.SOP_NEEDS, field="budget_to_cents")], deal, "assess")


def record_payment(deal: Deal, by: User, kind: str, amount_cents: int, paid_on: date, is_deposit: bool, note: str, key: str = "") -> Payment:
    """Money received, refunded or kept. A refund needs a manager (SOP 0), and never exceeds what came in."""
    return once(key, by, lambda: _record(Deal.get_by_id(deal.id), by, kind, amount_cents, paid_on, is_deposit, note))


def _record(deal: Deal, by: User, kind: str, amount_cents: int, paid_on: date, is_deposit: bool, note: str) -> Payment:
    with transaction():
        must_work(deal, by, "record_payment")
        _refuse_payment(deal, kind, amount_cents, paid_on, by)
        payment = Payment.create(deal=deal, kind=kind, is_deposit=is_deposit, amount_cents=amount_cents, paid_on=paid_on, note=note, recorded_by=by)
        change(deal)
        audit.record("payment", deal, by, kind=kind, cents=amount_cents, deposit=is_deposit)
    return payment


def _refuse_payment(deal: Deal, kind: str, amount_cents: int, paid_on: date, by: User) -> None:
    if kind != "received" and not by.is_manager:
        raise Refused([Refusal("refund", "Refunds and kept money are recorded by a manager.", rules.SOP_CANCEL, field="kind")], deal)
    if deal.state in (LOST, CANCELLED) and kind == "received":
        raise Refused([Refusal("ended", "A lost order takes no money. Reopen it first.", field="kind")], deal)
    if paid_on > clock.today(by.timezone):
        raise Refused([Refusal("paid_on", "Enter money once it has moved.", field="paid_on")], deal)
    if amount_cents <= 0:
        raise Refused([Refusal("amount", "Enter how much it was.", field="amount_cents")], deal)
    if kind != "received" and amount_cents > balance(deal):
        raise Refused([Refusal("amount", "That is more than was received and is still here.", field="amount_cents")], deal)


def balance(deal: Deal) -> int:
    """Cents received and neither refunded nor kept yet."""
    return balance_of(deal.payments)


def balance_of(payments) -> int:
    return sum(p.amount_cents if p.kind == "received" else -p.amount_cents for p in payments)


