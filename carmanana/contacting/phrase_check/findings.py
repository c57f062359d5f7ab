"""Keeping what the guard found, for compliance to review. The words stay here and go into no event and no log."""

from contextlib import contextmanager

from carmanana.contacting.phrase_check.judging import Verdict
from carmanana.core.db import transaction
from carmanana.core.workflow import Refused
from carmanana.records.compliance import Finding
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.phrases import HAPPENED, LONGEST_EXCERPT, REFUSED


def keep(
    by: User, verdicts, where: str, outcome: str, deal=None, customer=None, activity=None, lead=None
) -> list[Finding]:
    """One finding for each verdict. Where the text was refused, call this outside the transaction that was undone."""
    customer = customer or (deal.customer_id if deal else None)
    about = {"user": by, "deal": deal, "lead": lead, "customer": customer, "activity": activity}
    about |= {"where": where, "outcome": outcome}
    with transaction():
        return [
            Finding.create(sort=verdict.sort, phrase=verdict.phrase_id, excerpt=_excerpt(verdict), **about)
            for verdict in verdicts
        ]


def about(record) -> dict:
    """The deal that it was written on, or the lead with its customer."""
    return {"deal": record} if isinstance(record, Deal) else {"customer": record.customer_id, "lead": record}


def keep_refused(refused: Refused, by: User, where: str, deal=None, customer=None) -> list[Finding]:
    """What was found in a text that was refused, from the refusal itself."""
    verdicts = [verdict for refusal in refused.refusals for verdict in getattr(refusal, "verdicts", ())]
    return keep(by, verdicts, where, REFUSED, deal, customer) if verdicts else []


@contextmanager
def kept_if_refused(by: User, where: str, deal=None, customer=None):
    """What the guard refuses in here is kept for review, once all that was to be written is undone."""
    try:
        yield
    except Refused as refused:
        keep_refused(refused, by, where, deal, customer)
        raise


def keep_conduct(sort: str, by: User, where: str, deal) -> Finding:
    """What somebody did rather than wrote, for the same later review."""
    return Finding.create(
        user=by, deal=deal, customer=deal.customer_id, sort=sort, excerpt="", where=where, outcome=HAPPENED
    )


def _excerpt(verdict: Verdict) -> str:
    return verdict.words[:LONGEST_EXCERPT]
