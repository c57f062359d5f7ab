"""What an approved offer says is what it is worth: retention may say its terms word for word, and what was accepted
changes the order by its worth."""

from carmanana.contacting.phrase_check.amounts import amounts
from carmanana.core import money


def at_odds(offer: dict, deal) -> str:
    """The terms take another amount off the price than the offer is worth: why that may not stand, or nothing."""
    if offer["kind"] != "price":
        return ""
    named = {amount.hundredths for amount in amounts(offer["terms"]) if amount.given and not amount.percent}
    if len(named) != 1 or offer["value_cents"] in named:
        return ""
    said, worth = (money.shown(cents, deal.currency) for cents in (named.pop(), offer["value_cents"]))
    return f"its terms say {said}, and it is worth {worth}. Let both say the same."
