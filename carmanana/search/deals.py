"""Deals to choose one from: a person's own newest, or those that some words find."""

from peewee import JOIN

from carmanana.contacting.log import may_log
from carmanana.records.customers import Customer
from carmanana.records.deal_codes import OPEN
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.pipelines import Pipeline, Stage
from carmanana.schema.search_words import Words
from carmanana.search.results import CLIENT, DEAL, find

SHOWN, READ = 10, 40


def to_log_on(by: User, text: str = "") -> list[Deal]:
    """A few on which this person may log, the newest first; without words, open ones of their own."""
    chosen = _found(by, text) if text else (Deal.owner == by) & Deal.state.in_(OPEN)
    deals = (
        Deal.select(Deal, Customer, Stage, Pipeline, User)
        .join(Customer)
        .join_from(Deal, Stage)
        .join_from(Deal, Pipeline)
        .join_from(Deal, User, JOIN.LEFT_OUTER, on=Deal.owner)
        .where(chosen, Deal.visible(by))
        .order_by(Deal.id.desc())
        .limit(READ)
    )
    return [deal for deal in deals if may_log(deal, by)][:SHOWN]


def _found(by: User, text: str):
    hits = find(by, Words.read(text))
    return Deal.id.in_([hit.id for hit in hits[DEAL]]) | Deal.customer.in_([hit.id for hit in hits[CLIENT]])
