"""What the page of a deal shows."""

from dataclasses import dataclass
from functools import cache, partial

from peewee import JOIN

from carmanana.blueprints.deals.previous_next import trail_of
from carmanana.blueprints.deals.review_panel import review_context
from carmanana.blueprints.deals.steps import steps
from carmanana.cancellations.verbs import VERBS
from carmanana.contacting import rules as contact_rules
from carmanana.contacting.log import may_log
from carmanana.contacting.mail import drafts
from carmanana.core.query import Prepared, prepared
from carmanana.core.workflow import Refusal, Remedy
from carmanana.deals import deal_facts
from carmanana.deals.lifecycle import order
from carmanana.deals.owner_steps import may_flag
from carmanana.deals.sellers import sold_it
from carmanana.deals.stage_times import stage_times
from carmanana.deals.undoing import undoing
from carmanana.records.customers import CustomerEmail, CustomerPhone
from carmanana.records.deal_codes import ACTIVE, ON_HOLD
from carmanana.records.deals import Deal, Payment, balance_of
from carmanana.records.mail import every_letter
from carmanana.records.people import User
from carmanana.records.pipelines import Stage
from carmanana.records.quotations import Quotation
from carmanana.web.current_user import me
from carmanana.web.panels.composer import empty_composer, of_the_deal
from carmanana.web.timeline import counts_of, offer_undo, timeline
from carmanana.web.timeline.history import Past
from carmanana.web.timeline.lines import lines


@dataclass(frozen=True)
class Ahead:
    """The next column, with why the deal may not go there yet."""

    name: str
    label: str
    refusal: Refusal | None = None

    @property
    def remedy(self) -> Remedy | None:
        """The first way to mend it; a contact is logged in the composer of the same page."""
        return next((remedy for remedy in self.refusal.remedies if remedy.endpoint != "activities.new"), None)


@prepared
def _quotations(deal_id):
    return Quotation.select().where(Quotation.deal == deal_id).order_by(0 - Quotation.number).limit(6)


def deal_context(deal: Deal) -> dict:
    by, past, review = me(), Past.of(deal), review_context(deal, me())
    client = _client(deal, by)
    stages = past.stages
    return {
        "deal": deal,
        "trail": trail_of(deal),
        "stages": stages,
        "stage_times": stage_times(stages, past.stays),
        "passed": [stage.id for stage in stages if stage.position < deal.stage.position],
        "actions": VERBS.actions(deal, by),
        "verb_url": steps.url,
        "next_stage": next_stage(deal, stages, by),
        "steps": past.steps,
        "composer": empty_composer(review["closed_to_me"]),
        "may_log": may_log(deal, by),
        "may_work": deal_facts.may_work(deal, by),
        "may_flag": may_flag(deal, by),
        "quotations": _quotations(deal.id),
        **_told(deal, past, by),
        **_money(deal),
        "mends_payments": by.is_manager and not sold_it(deal, by),
        **client,
        **of_the_deal(deal, [*client["phones"], *client["emails"]]),
        **review,
        "needs": deal.needs,
        "hold": deal.hold if deal.state == ON_HOLD else None,
        "people": past.involved,
        "person_of": past.people.get,
        "successors": _deals_after(by.deal_sight)(deal.id, by.id),
    }


def _told(deal: Deal, past: Past, by: User) -> dict:
    """The timeline with its files and letters."""
    entries, letters = timeline(past), every_letter(deal.id)
    offer_undo(entries, undoing.taken_by(deal, by))
    return {
        "entries": entries,
        "lines": lines,
        "entry_counts": counts_of(entries),
        "letters": {letter.activity_id: letter for letter in letters if not letter.draft},
        "drafts": drafts.theirs(letters, by),
        "may_handle": partial(drafts.may_handle, by=by),
        "files": past.files[::-1],
    }


def _money(deal: Deal) -> dict:
    payments = _payments(deal.id)
    return {
        "payments": payments,
        "deposit_cents": sum(
            payment.amount_cents
            for payment in payments
            if payment.kind == "received" and payment.is_deposit and payment.voided_at is None
        ),
        "balance": balance_of(payments),
    }


def _client(deal: Deal, by: User) -> dict:
    return {
        "phones": _phones(deal.customer_id),
        "emails": _emails(deal.customer_id),
        "local_time": contact_rules.local_time(deal.customer, by),
        "others": _other_deals(by.deal_sight)(deal.id, deal.customer_id, by.id),
    }


@prepared
def _payments(deal_id):
    told = Payment.select(Payment, User).join(User, JOIN.LEFT_OUTER, on=Payment.voided_by)
    return told.where(Payment.deal == deal_id).order_by(Payment.paid_on, Payment.id)


@prepared
def _phones(customer_id):
    return CustomerPhone.select().where(CustomerPhone.customer == customer_id).order_by(CustomerPhone.position)


@prepared
def _emails(customer_id):
    return CustomerEmail.select().where(CustomerEmail.customer == customer_id).order_by(CustomerEmail.position)


@cache
def _deals_after(sight: str) -> Prepared:
    return prepared(
        lambda deal_id, user: Deal.select(Deal.id).where(Deal.previous_deal == deal_id, Deal.within(sight, user))
    )


@cache
def _other_deals(sight: str) -> Prepared:
    @prepared
    def others(deal_id, customer_id, user):
        theirs = Deal.select(Deal, Stage).join(Stage).where(Deal.customer == customer_id, Deal.id != deal_id)
        return theirs.where(Deal.within(sight, user)).limit(10)

    return others


def next_stage(deal: Deal, stages: list[Stage], by: User) -> Ahead | None:
    """The one step ahead: the next column, or winning after the last."""
    if deal.state != ACTIVE or not order.permits(deal, "move", by):
        return None
    ahead = [stage for stage in stages if stage.position > deal.stage.position]
    if not ahead:
        return None
    refusals = order.refusals(deal, "move", by, stage=ahead[0])
    return Ahead(f"s{ahead[0].id}", f"Move to {ahead[0].name}", next(iter(refusals), None))
