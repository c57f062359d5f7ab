"""Deals that a move treats alike: a preview of thousands asks the rules once for each sort, not for each deal.

The mark has every fact that the rules of a move read. What it does not know of makes each deal a sort of its own."""

from collections.abc import Hashable

from peewee import fn

from carmanana.activities.models import CONTACTS, Activity
from carmanana.deals.models import Deal, NeedsAssessment, Payment, VehicleOption
from carmanana.people.models import User

OF_THE_DEAL = {"owner", "value", "vehicle", "agreement"}


def alike_for_a_move(deals: list[Deal], by: User, given: dict) -> dict[int, Hashable]:
    required = given["stage"].requires if given.get("stage") else frozenset()
    if required - OF_THE_DEAL - MEETING.keys():
        return {deal.id: deal.id for deal in deals}
    ids = [deal.id for deal in deals]
    met = [{number for (number,) in MEETING[code](ids).tuples()} for code in sorted(required & MEETING.keys())]
    return {deal.id: (*_facts(deal), *(deal.id in those for those in met)) for deal in deals}


def _facts(deal: Deal) -> tuple:
    worth = deal.value_cents is None, bool(deal.vehicle), deal.agreement_on is None
    return deal.state, deal.pipeline_id, deal.stage_id, deal.owner_id, *worth


def _contacted(ids: list[int]):
    return Activity.select(Activity.deal).where(Activity.deal.in_(ids), Activity.kind.in_(CONTACTS)).distinct()


def _with_a_step(ids: list[int]):
    return Activity.select(Activity.deal).where(Activity.deal.in_(ids), Activity.kind == "task", Activity.done_at.is_null()).distinct()


def _assessed(ids: list[int]):
    known = NeedsAssessment.deal.in_(ids) & (NeedsAssessment.timeline != "")
    return NeedsAssessment.select(NeedsAssessment.deal).join(VehicleOption).where(known).distinct()


def _with_a_deposit(ids: list[int]):
    taken = Payment.deal.in_(ids) & (Payment.kind == "received") & Payment.is_deposit
    return Payment.select(Payment.deal).where(taken).group_by(Payment.deal).having(fn.SUM(Payment.amount_cents) > 0)


MEETING = {"contact": _contacted, "next_step": _with_a_step, "needs": _assessed, "deposit": _with_a_deposit}
