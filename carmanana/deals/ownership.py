"""Taking, giving and questioning a deal, as calls: each is a step of the deal machine."""

from carmanana.deals.lifecycle import order
from carmanana.records.deals import Deal
from carmanana.records.people import User


def claim(deal: Deal, by: User) -> Deal:
    return order.fire(deal, "claim", by)


def reassign(deal: Deal, owner: User | None, reason: str, by: User, version: int | None = None) -> Deal:
    return order.fire(deal, "reassign", by, version, owner=owner, reason=reason)


def hand_over(deal: Deal, owner: User | None, reason: str, by: User) -> Deal:
    """For somebody who leaves or is away."""
    return order.fire(deal, "hand_over", by, owner=owner, reason=reason)


def flag(deal: Deal, words: str, by: User) -> Deal:
    return order.fire(deal, "flag", by, reason=words)


def clear_flag(deal: Deal, words: str, by: User) -> Deal:
    return order.fire(deal, "clear_flag", by, reason=words)
