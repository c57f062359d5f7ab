"""New deals, and changes to what is known of one."""

from carmanana.contacting import cancelled
from carmanana.core import audit, money
from carmanana.core.db import Stale, change, transaction
from carmanana.core.workflow import Attempt, Forbidden, Refusal, Refused
from carmanana.deals import stage_requirements, wanted_vehicles
from carmanana.deals.amounts import currency_stays, worth_refusal
from carmanana.deals.corrections import correct  # noqa: F401
from carmanana.deals.may_work import may_work, must_work  # noqa: F401
from carmanana.deals.payments import record_payment  # noqa: F401
from carmanana.deals.positions import place
from carmanana.records.customers import Customer
from carmanana.records.deal_codes import ACTIVE, CANCELLED, LOST
from carmanana.records.deals import Deal, NeedsAssessment, VehicleOption
from carmanana.records.house import house_currency
from carmanana.records.people import User
from carmanana.records.pipelines import Stage
from carmanana.records.sops import SOP_FLOW, SOP_NEEDS


def take(customer: Customer, stage: Stage, by: User, owner: User | None, **facts) -> Deal:
    """A new order in a stage's column, on top. Only a manager may give it to somebody else."""
    if not by.works_deals or (owner not in (None, by) and not by.is_manager):
        raise Forbidden("take")
    facts["currency"] = facts.get("currency") or house_currency()
    with transaction():
        if refusal := cancelled.why_no_deal(customer.id):
            raise Refused([refusal])
        deal = Deal(
            customer=customer,
            pipeline=stage.pipeline_id,
            stage=stage,
            order_type=stage.pipeline.order_type,
            owner=owner,
            **facts,
        )
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
    asked = (
        stage_requirements.stage_is_on_this_board,
        stage_requirements.stage_is_open_to_them,
        stage_requirements.entry_requirements_met,
    )
    refusals = [refusal for rule in asked if (refusal := rule(attempt))]
    if refusals:
        raise Refused([Refusal(refusals[0].code, refusals[0].sentence, refusals[0].sop, field="stage")], deal, "take")
    if deal.currency not in money.CURRENCIES:
        raise Refused([Refusal("currency", "Choose a currency of the list.", field="currency")], deal, "take")
    if refusal := worth_refusal(deal.value_cents, deal.currency):
        raise Refused([refusal], deal, "take")


def start_again(deal: Deal, by: User) -> Deal:
    """A new deal from one that ended; the two stay linked."""
    with transaction():
        fresh = Deal.get_by_id(deal.id)
        if fresh.state not in (LOST, CANCELLED):
            raise Refused([Refusal("not_ended", "Only a lost order is started anew.", SOP_FLOW)], fresh, "start_again")
        facts = {
            name: getattr(fresh, name)
            for name in ("currency", "value_cents", "vehicle_year", "vehicle_make", "vehicle_model", "source")
        }
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
    options = needs.wanted
    copy = NeedsAssessment.create(deal=new, **{f: getattr(needs, f) for f in NEEDS_FACTS})
    for option in options:
        VehicleOption.create(needs=copy, **{f: getattr(option, f) for f in OPTION_FACTS})


NEEDS_FACTS = ("timeline", "location", "budget_from_cents", "budget_to_cents", "matters_most", "mission")
OPTION_FACTS = (
    "brand",
    "model",
    "year_from",
    "year_to",
    "most_miles",
    "distance_unit",
    "colours",
    "special",
    "musts",
    "position",
)


def assess(
    deal: Deal, by: User, options: list[dict], version: int | None, currency: str = "", **facts
) -> NeedsAssessment:
    """Write what the customer wants: the vehicles and the circumstances (SOP 1, section G)."""
    with transaction():
        fresh = Deal.get_by_id(deal.id)
        must_work(fresh, by, "assess")
        _refuse_budget(fresh, facts)
        if refusal := currency and currency_stays(fresh, currency):
            raise Refused([refusal], fresh, "assess")
        needs = fresh.needs or NeedsAssessment.create(deal=fresh)
        if version is not None and needs.version != version:
            raise Stale(fresh)
        change(needs, **{name: facts[name] for name in NEEDS_FACTS if name in facts})
        named = [wanted_vehicles.spelled(option, option.get("distance_unit") or "mi") for option in options]
        wanted_vehicles.write(needs, wanted_vehicles.with_musts(needs, named))
        change(fresh, currency=currency or fresh.currency)
        audit.record("assess", fresh, by, options=len(options))
    return needs


def _refuse_budget(deal: Deal, facts: dict) -> None:
    least, most = facts.get("budget_from_cents"), facts.get("budget_to_cents")
    if least is not None and most is not None and most < least:
        raise Refused(
            [
                Refusal(
                    "budget",
                    "The budget runs from the lower amount to the higher one.",
                    SOP_NEEDS,
                    field="budget_to_cents",
                )
            ],
            deal,
            "assess",
        )
