"""What who sold an order does not do with it (domain 1)."""

from carmanana.contacting.phrase_check.findings import keep_conduct
from carmanana.core.workflow import Attempt, Refusal
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.phrases import OWN_REVIEW
from carmanana.records.sellers import others_here, sold_it
from carmanana.records.sops import SOP_CANCEL


def did_not_sell_it(attempt: Attempt):
    """Who sold an order puts nothing of it right; where no other manager is here it is allowed, and kept as a
    finding."""
    deal, by = attempt.record, attempt.by
    if sold_it(deal, by, attempt.at) and (others := others_here(deal, attempt.at)):
        names = " or ".join(manager.name for manager in others[:3])
        return Refusal("sold_it", f"You sold this order, so another manager does this: {names}.", SOP_CANCEL)


def report_seller(deal: Deal, by: User) -> None:
    """After a step that `did_not_sell_it` let pass for want of another manager."""
    if sold_it(deal, by):
        keep_conduct(OWN_REVIEW, by, "review", deal)
