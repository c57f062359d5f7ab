"""Where a notification leads: to a page that its reader may see as things stand now, or nowhere (domain 4, *Who hears
of what*)."""

from flask import current_app, url_for

from carmanana.cancellations.retention import desk, promises
from carmanana.cases import finding
from carmanana.customers.contact import visible_to
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.compliance import Consequence, Finding
from carmanana.records.customer_cases import CustomerCase
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.leads import Lead
from carmanana.records.notifications import Notification
from carmanana.records.people import User
from carmanana.records.rights import leads_people

LISTS = {
    **dict.fromkeys(("deal_mine", "deal_given", "deal_changed", "deal_flag"), ("boards.first", {})),
    **dict.fromkeys(("late_mine", "late_team", "letter_asked"), ("today.index", {})),
    **dict.fromkeys(("lead_new", "lead_mine", "unanswered_mine"), ("leads.index", {"mine": "1"})),
    **dict.fromkeys(("lead_given", "lead_changed", "lead_flag", "unanswered_team"), ("leads.index", {})),
    "vehicle": ("match.index", {}),
    "customer_mine": ("customers.index", {"mine": "1"}),
    "customer_changed": ("customers.index", {}),
    "expiry": ("expiries.index", {}),
    **dict.fromkeys(("case", "case_late"), ("cases.index", {})),
    "absence": ("people.index", {}),
    "check_in": ("today.check_ins", {}),
    "finding_answered": ("findings.index", {}),
    "consequence_news": ("consequences.index", {}),
    **dict.fromkeys(("finding", "score"), ("compliance.mine", {})),
}  # where those stand that are told of in one line


class Links:
    """The addresses of some notifications of one reader, in as many queries whatever their number."""

    def __init__(self, reader: User, notifications: list[Notification]):
        self.reader = reader
        self.deals = {notification.deal_id for notification in notifications} - {None}
        known = Deal.select(Deal.id, Deal.customer).where(Deal.id.in_(self.deals)).tuples()
        self.customer_of = dict(known)
        self.seen_deals = {
            id for (id,) in Deal.visible_to(reader).select(Deal.id).where(Deal.id.in_(self.deals)).tuples()
        }
        customers = {notification.customer_id for notification in notifications} | set(self.customer_of.values())
        found = visible_to(reader).select(Customer.id).where(Customer.id.in_(customers - {None}))
        self.seen_customers = {id for (id,) in found.tuples()}
        leads = {notification.lead_id for notification in notifications} - {None}
        seen = Lead.visible_to(reader).select(Lead.id).where(Lead.id.in_(leads)).tuples() if leads else ()
        self.seen_leads = {id for (id,) in seen}
        cases = {notification.case_id for notification in notifications} - {None}
        seen = finding.visible_to(reader).select(CustomerCase.id).where(CustomerCase.id.in_(cases)).tuples()
        self.seen_cases = {id for (id,) in seen} if cases else set()
        self.seen_findings = self._seen(Finding, {notification.finding_id for notification in notifications})
        asked = {notification.consequence_id for notification in notifications}
        self.seen_consequences = self._seen(Consequence, asked)
        self.cases = self._cases() if self.deals and not reader.sees_all else {}

    def _seen(self, model, ids: set) -> set[int]:
        """Those that the reader may see; asked only where there are any."""
        asked = ids - {None}
        found = model.visible_to(self.reader).select(model.id).where(model.id.in_(asked)).tuples() if asked else ()
        return {id for (id,) in found}

    def _cases(self) -> dict[int, int]:
        """The latest case of each deal that is or was theirs to save."""
        requests = (
            CancellationRequest.select()
            .where(CancellationRequest.deal.in_(self.deals))
            .order_by(CancellationRequest.id)
        )
        return {request.deal_id: request.id for request in requests if desk.had_case(self.reader, request)}

    def of(self, notification: Notification) -> str:
        if notification.size > 1 and (shown := self._list_of(notification.kind)):
            return shown
        if notification.finding_id in self.seen_findings:
            return url_for("findings.show", finding_id=notification.finding_id)
        if notification.consequence_id in self.seen_consequences:
            return url_for("consequences.show", consequence_id=notification.consequence_id)
        if notification.lead_id in self.seen_leads:
            return url_for("leads.show", lead_id=notification.lead_id)
        if notification.case_id in self.seen_cases:
            return url_for("cases.show", case_id=notification.case_id)
        if notification.deal_id:
            return self._of_deal(notification.deal_id)
        if notification.customer_id in self.seen_customers:
            return url_for("customers.show", customer_id=notification.customer_id)
        if notification.kind == "expiry":
            return url_for("expiries.index", show="mine")
        if notification.about_id and leads_people(self.reader):
            return url_for("people.show", user_id=notification.about_id)
        return ""

    def _list_of(self, kind: str) -> str:
        """Where all stand of which one line tells, for who may go there."""
        endpoint, values = LISTS.get(kind, ("", {}))
        may = endpoint and self.reader.has(*current_app.view_functions[endpoint].access)
        return url_for(endpoint, **values) if may else ""

    def _of_deal(self, deal_id: int) -> str:
        if deal_id in self.cases:
            return url_for("retention.show", request_id=self.cases[deal_id])
        if deal_id in self.seen_deals:
            return url_for("deals.show", deal_id=deal_id)
        if promises.keeps_one(self.reader, deal_id):
            return url_for("promises.index")
        customer_id = self.customer_of[deal_id]
        return url_for("customers.show", customer_id=customer_id) if customer_id in self.seen_customers else ""
