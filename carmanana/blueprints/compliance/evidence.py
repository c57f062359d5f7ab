"""What a finding is about, as links; only to what its reader may see."""

from dataclasses import dataclass

from flask import url_for

from carmanana.records.activities import Activity
from carmanana.records.compliance import Finding
from carmanana.records.deals import Deal
from carmanana.records.leads import Lead
from carmanana.records.people import User
from carmanana.records.scorecards import ReviewCase


@dataclass(frozen=True)
class Evidence:
    name: str
    words: str
    url: str = ""


def evidence_of(finding: Finding, by: User) -> list[Evidence]:
    found = [_contact(finding, by), _deal(finding, by), _lead(finding, by), _request(finding, by)]
    return [one for one in found if one]


def _contact(finding: Finding, by: User) -> Evidence | None:
    contact: Activity | None = finding.activity
    if contact is None:
        return None
    case = ReviewCase.get_or_none(ReviewCase.activity == contact) if by.sees_all else None
    url = url_for("compliance.case", review_case_id=case.id) if case else ""
    return Evidence(contact.kind_name, contact.summary or contact.subject, url)


def _deal(finding: Finding, by: User) -> Evidence | None:
    if finding.deal_id is None:
        return None
    seen = Deal.visible_to(by).where(Deal.id == finding.deal_id).exists()
    name = finding.customer.name if finding.customer and seen else f"Deal {finding.deal_id}"
    return Evidence("Deal", name, url_for("deals.show", deal_id=finding.deal_id) if seen else "")


def _lead(finding: Finding, by: User) -> Evidence | None:
    if finding.lead_id is None or finding.deal_id:
        return None
    seen = Lead.visible_to(by).where(Lead.id == finding.lead_id).exists()
    name = finding.customer.name if finding.customer and seen else f"Lead {finding.lead_id}"
    return Evidence("Lead", name, url_for("leads.show", lead_id=finding.lead_id) if seen else "")


def _request(finding: Finding, by: User) -> Evidence | None:
    if finding.request_id is None:
        return None
    url = url_for("cancellations.show", request_id=finding.request_id) if by.is_manager else ""
    return Evidence("Cancellation", finding.request.state_name, url)
