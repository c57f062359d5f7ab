"""A case, a quotation or an asset of a row as the preview tells of it."""

from carmanana.importing.entries import Entry
from carmanana.records.assets import Asset
from carmanana.records.customer_cases import CustomerCase
from carmanana.records.quotations import Quotation


def outlook(entry: Entry) -> tuple[str, str, str]:
    """What becomes of it, what it is, and what it is worth."""
    record = entry.record
    if isinstance(record, CustomerCase):
        return f"case {record.standing}", record.subject, ""
    if isinstance(record, Asset):
        return f"{record.kind_name.lower()} {record.state_name}", record.name, ""
    return _quotation(entry, record)


def _quotation(entry: Entry, quotation: Quotation) -> tuple[str, str, str]:
    deal = quotation.deal
    here = f"the deal {deal.vehicle or quotation.deal_reference}"
    of = here if deal.id else f"a new deal, {deal.state_name}"
    return f"quotation {quotation.state_name} of {of}", quotation.title, quotation.total
