"""Everything open of somebody goes to others, row by row: a row moves whole or stays as it is
and says why (SOP 1, section E)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from carmanana.cancellations.lifecycle import review
from carmanana.cases.lifecycle import casework
from carmanana.core import audit
from carmanana.core.db import Stale, change, transaction
from carmanana.core.workflow import Refusal, Refused
from carmanana.customers.ownership import entrust
from carmanana.deals import ownership
from carmanana.expiries.lifecycle import expiring
from carmanana.leads.lifecycle import inquiry
from carmanana.records.activities import Activity
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.customer_cases import CustomerCase
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.expiries import Expiry
from carmanana.records.leads import Lead
from carmanana.records.people import User
from carmanana.records.retention import RetentionPlan
from carmanana.records.rights import leaders_only
from carmanana.records.sops import SOP_OWNER
from carmanana.staffing import asking
from carmanana.staffing.leaving import counted, open_work


@dataclass
class Row:
    """One thing that was to move. `why_not` is empty where it did."""

    what: str
    to: User
    deal: Deal | None = None
    why_not: str = ""
    lead: Lead | None = None


@dataclass
class Report:
    rows: list[Row] = field(default_factory=list)
    left: int = 0

    @property
    def moved(self) -> list[Row]:
        return [row for row in self.rows if not row.why_not]

    @property
    def refused(self) -> list[Row]:
        return [row for row in self.rows if row.why_not]


def hand_over(user: User, by: User, to: Callable[[str, int], User | None], reason: str) -> Report:
    """`to` names who gets a deal, a lead, a review, a case, a step or (as "clients", 0) the other customers; None
    leaves it."""
    leaders_only(by)
    if not reason.strip():
        raise Refused([Refusal("reason", "Say why, in words.", SOP_OWNER, field="reason")], user)
    report = Report()
    for row, give in _rows(user, to, reason):
        _try(report, row, partial(give, by=by))
    if not open_work(user):
        asking.settle(user, by)
    return report


def _rows(user: User, to: Callable[[str, int], User | None], reason: str) -> Iterator[tuple[Row, Callable]]:
    """All that is open, each with what gives it away; one after the other, as a customer goes with their deal."""
    work = open_work(user)
    for deal in [*work.deals, *work.orders]:
        yield Row(deal.customer.name, to("deal", deal.id), deal), partial(_give_deal, deal, user, reason=reason)
    for lead in work.leads:
        yield Row(lead.customer.name, to("lead", lead.id), lead=lead), partial(_give_lead, lead, user, reason=reason)
    for request in work.reviews:
        row = Row(f"Cancellation review of {request.deal.customer.name}", to("review", request.id), request.deal)
        yield row, partial(_give_review, request, user, reason=reason)
    for plan in work.cases:
        row = Row(f"Saving the order of {plan.request.deal.customer.name}", to("case", plan.id), plan.request.deal)
        yield row, partial(_give_case, plan, user)
    for step in work.steps:
        yield Row(step.subject, to("step", step.id), step.deal), partial(_give_step, step, user)
    for issue in work.issues:
        yield Row(f"Case of {issue.customer.name}: {issue.subject}", to("issue", issue.id)), partial(_give_issue, issue)
    for expiry in work.expiries:
        yield Row(f"Expiry of {expiry.customer.name}", to("expiry", expiry.id)), partial(_give_expiry, expiry)
    if (owner := to("clients", 0)) and (clients := list(Customer.select().where(Customer.owner == user))):
        yield Row(counted(clients, "other customer"), owner), partial(_give_clients, clients, user)


def _try(report: Report, row: Row, give: Callable) -> None:
    if row.to is None:
        report.left += 1
        return
    try:
        give(to=row.to)
    except Refused as refused:
        row.why_not = " ".join(refusal.sentence for refusal in refused.refusals)
    except Stale:
        row.why_not = "Somebody changed it at the same moment. Try it again."
    report.rows.append(row)


def _give_deal(deal: Deal, user: User, to: User, reason: str, by: User) -> None:
    """The deal with its open steps, and its customer where that is theirs too."""
    with transaction():
        fresh = Deal.get_by_id(deal.id)
        if fresh.owner_id != user.id:
            raise Refused([_not_theirs(user)], fresh)
        ownership.hand_over(fresh, to, reason, by)
        if fresh.customer.owner_id == user.id:
            entrust(fresh.customer, to, by)


def _give_lead(lead: Lead, user: User, to: User, reason: str, by: User) -> None:
    with transaction():
        fresh = Lead.get_by_id(lead.id)
        if fresh.owner_id != user.id:
            raise Refused([_not_theirs(user)], fresh)
        inquiry.fire(fresh, "hand_over", by, owner=to, reason=reason)


def _give_review(request: CancellationRequest, user: User, to: User, reason: str, by: User) -> None:
    """With its task; another manager may review it, who has not sold the order."""
    with transaction():
        fresh = CancellationRequest.get_by_id(request.id)
        if fresh.reviewer_id != user.id or not fresh.open:
            raise Refused([_not_theirs(user)], fresh)
        review.fire(fresh, "assign_reviewer", by, reviewer=to, reason=reason)


def _give_case(plan: RetentionPlan, user: User, to: User, by: User) -> None:
    """With its task, and with the right to contact the customer."""
    with transaction():
        fresh = RetentionPlan.get_by_id(plan.id)
        if fresh.assignee_id != user.id or fresh.ended_at is not None:
            raise Refused([_not_theirs(user)], fresh)
        review.fire(fresh.request, "hand_case_over", by, assignee=to)


def _give_step(step: Activity, user: User, to: User, by: User) -> None:
    with transaction():
        fresh = Activity.get_by_id(step.id)
        if fresh.assignee_id != user.id or fresh.done_at is not None:
            raise Refused([_not_theirs(user)])
        _refuse_receiver(fresh, user, to)
        change(fresh, assignee=to)
        if fresh.deal_id:
            change(Deal.get_by_id(fresh.deal_id))
        audit.record("give_step", fresh, by, was=str(user.id), became=str(to.id))


def _give_issue(issue: CustomerCase, to: User, by: User) -> None:
    casework.fire(issue, "assign", by, assignee=to)


def _give_expiry(expiry: Expiry, to: User, by: User) -> None:
    expiring.fire(expiry, "give", by, owner=to)


def _not_theirs(user: User) -> Refusal:
    return Refusal("not_theirs", f"It is not {user.first_name}’s any more.", SOP_OWNER)


def _refuse_receiver(step: Activity, user: User, to: User) -> None:
    if not to.active or to == user:
        raise Refused([Refusal("owner", "Choose somebody who is here and works deals.", SOP_OWNER)])
    if step.deal_id and not Deal.visible_to(to).where(Deal.id == step.deal_id).exists():
        raise Refused(
            [Refusal("not_seen", f"{to.name} can’t see this deal. Give the step to its owner or a manager.", SOP_OWNER)]
        )


def _give_clients(clients: list[Customer], user: User, to: User, by: User) -> None:
    """One by one: there may be thousands, and others write meanwhile."""
    for customer in clients:
        with transaction():
            fresh = Customer.get_by_id(customer.id)
            if fresh.owner_id == user.id:
                entrust(fresh, to, by)
