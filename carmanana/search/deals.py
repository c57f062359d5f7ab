"""Deals to choose one from: a person's own newest, or those that some words find."""

from peewee import JOIN

from carmanana.contacting.log import may_log
from carmanana.core.query import prepared
from carmanana.records.customers import Customer
from carmanana.records.deal_codes import OPEN
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.pipelines import Pipeline, Stage
from carmanana.schema.search_words import Words
from carmanana.schema.sqlite import of_ids
from carmanana.search.results import CLIENT, DEAL, find

SHOWN, READ = 10, 40


def to_log_on(by: User, text: str = "") -> list[Deal]:
    """A few on which this person may log, the newest first; without words, open ones of their own."""
    numbers = _found(by, text) if text else [number for state in OPEN for (number,) in _newest(by, state)]
    deals = sorted(_loaded(numbers), key=lambda deal: deal.id, reverse=True)
    return [deal for deal in deals if may_log(deal, by)][:SHOWN]


@prepared
def _newest(owner, state):
    return (
        Deal.select(Deal.id)
        .where(Deal.owner == owner, Deal.state == state)
        .order_by(Deal.id.desc())
        .limit(SHOWN)
        .tuples()
    )


def _found(by: User, text: str) -> list[int]:
    hits = find(by, Words.read(text))
    told = Deal.id.in_([hit.id for hit in hits[DEAL]]) | Deal.customer.in_([hit.id for hit in hits[CLIENT]])
    newest = Deal.select(Deal.id).where(told, Deal.visible(by)).order_by(Deal.id.desc())
    return [number for (number,) in newest.limit(READ).tuples()]


@of_ids
def _loaded(ids):
    deals = Deal.select(Deal, Customer, Stage, Pipeline, User).join(Customer).join_from(Deal, Stage)
    joined = deals.join_from(Deal, Pipeline).join_from(Deal, User, JOIN.LEFT_OUTER, on=Deal.owner)
    return joined.where(Deal.id.in_(ids))
