"""Records that a step treats alike: a preview of thousands asks the rules once for each sort, not for each record.

The mark has every fact that the rules of the step read. What it does not know of makes each a sort of its own."""

from collections.abc import Hashable

from peewee import fn

from carmanana.bulk.selection import Seen
from carmanana.records.activities import CONTACTS, Activity
from carmanana.records.cancellations import LockedCustomer
from carmanana.records.deal_codes import ACTIVE, LOSING
from carmanana.records.deals import Deal, NeedsAssessment, Payment, VehicleOption
from carmanana.records.lead_codes import DO_NOT_CONTACT, NO_DETAILS, NO_RESPONSE, NOT_INTERESTED
from carmanana.records.leads import Lead

OF_THE_DEAL = {"owner", "value", "vehicle", "agreement"}


Marks = dict[int, Hashable]


def alike_for_an_owner(deals: list[Seen], given: dict) -> Marks:
    """An order under review is a case of its own."""
    return {deal.id: deal.id if deal.state == LOSING else (deal.owner_id, deal.retention_id) for deal in deals}


def alike_by_owner_and_flag(deals: list[Seen], given: dict) -> Marks:
    return {deal.id: (deal.owner_id, deal.retention_id, deal.flagged) for deal in deals}


def alike_for_a_step(deals: list[Seen], given: dict) -> Marks:
    """How far ahead it may be due is of live orders; who is locked is a case of their own."""
    locked = {number for (number,) in _locked([deal.id for deal in deals]).tuples()}
    return {
        deal.id: deal.id
        if deal.id in locked
        else (deal.owner_id, deal.retention_id, deal.live and deal.state == ACTIVE)
        for deal in deals
    }


def _locked(ids: list[int]):
    """Of a customer with an order under review, under this record or another of theirs."""
    losing = Deal.alias("losing")
    own, remembered = (
        losing.select(losing.customer).where(losing.state == LOSING),
        LockedCustomer.select(LockedCustomer.customer),
    )
    return Deal.select(Deal.id).where(Deal.id.in_(ids), Deal.customer.in_(own) | Deal.customer.in_(remembered))


def alike_for_a_move(deals: list[Seen], given: dict) -> Marks:
    required = given["stage"].requires if given.get("stage") else frozenset()
    if required - OF_THE_DEAL - MEETING.keys():
        return {deal.id: deal.id for deal in deals}
    ids = [deal.id for deal in deals]
    met = [{number for (number,) in MEETING[code](ids).tuples()} for code in sorted(required & MEETING.keys())]
    return {deal.id: (*_facts(deal), *(deal.id in those for those in met)) for deal in deals}


def _facts(deal: Seen) -> tuple:
    return deal.state, deal.pipeline_id, deal.stage_id, deal.owner_id, deal.worth, deal.agreed, deal.vehicle


def _contacted(ids: list[int]):
    return Activity.select(Activity.deal).where(Activity.deal.in_(ids), Activity.kind.in_(CONTACTS)).distinct()


def _with_a_step(ids: list[int]):
    return (
        Activity.select(Activity.deal)
        .where(Activity.deal.in_(ids), Activity.kind == "task", Activity.done_at.is_null())
        .distinct()
    )


def _assessed(ids: list[int]):
    known = NeedsAssessment.deal.in_(ids) & (NeedsAssessment.timeline != "")
    return NeedsAssessment.select(NeedsAssessment.deal).join(VehicleOption).where(known).distinct()


def _with_a_deposit(ids: list[int]):
    taken = Payment.deal.in_(ids) & (Payment.kind == "received") & Payment.is_deposit & Payment.stands()
    return Payment.select(Payment.deal).where(taken).group_by(Payment.deal).having(fn.SUM(Payment.amount_cents) > 0)


MEETING = {"contact": _contacted, "next_step": _with_a_step, "needs": _assessed, "deposit": _with_a_deposit}

OF_HISTORY = {DO_NOT_CONTACT, NO_DETAILS, NO_RESPONSE, NOT_INTERESTED}


def alike_leads(leads: list[Lead], given: dict) -> Marks:
    """By who has them and how they stand; to close some for what the customer said or did asks each for what was
    logged."""
    alone = given.get("close_reason") in OF_HISTORY
    return {lead.id: lead.id if alone else (lead.owner_id, lead.state) for lead in leads}


# by model and trigger; without an entry each record is asked by itself
ALIKE = {
    (Deal, "claim"): alike_for_an_owner,
    (Deal, "reassign"): alike_for_an_owner,
    (Deal, "move"): alike_for_a_move,
    (Deal, "add_step"): alike_for_a_step,
    (Deal, "flag"): alike_by_owner_and_flag,
    (Lead, "claim"): alike_leads,
    (Lead, "close"): alike_leads,
    (Lead, "reassign"): alike_leads,
}
