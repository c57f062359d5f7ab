"""How far the lines of the SOP's checklist are kept (SOP 1, section K)."""

from datetime import timedelta

from peewee import JOIN, Case, fn

from carmanana.core.audit import Event
from carmanana.records.activities import CONTACTS, Activity
from carmanana.records.activity_days import ContactDay, UnfollowedContact
from carmanana.records.compliance import DISMISSED, OVERTURNED, Finding
from carmanana.records.deal_codes import ACTIVE, LIVE, LOSING, ON_HOLD
from carmanana.records.deals import Deal, Hold, NeedsAssessment, VehicleOption
from carmanana.records.lead_codes import ASSESSED, CONVERTED, PRICE_SHOPPER
from carmanana.records.leads import Lead
from carmanana.records.people import HOUSE_ID
from carmanana.reports.checklist import MEASURES, Check, Checklist
from carmanana.reports.pages.activity import contacts_by_day, ours
from carmanana.reports.registry import Report
from carmanana.reports.report_scope import ReportScope
from carmanana.schema.sqlite import days_from, literally, unindexed_condition

TRIED_WITHIN = 3  # days before a hold
CONTACTED_WITHIN = 1  # day after a claim
WORKED_WITHIN = timedelta(days=14)
A = Activity


def _holds(scope: ReportScope):
    holds = Hold.select().join(Deal).where(scope.within(Hold.placed_at), *scope.of_pipeline())
    return holds.where(Hold.placed_by.is_null(False), *scope.of_people(Hold.placed_by))


def _tried_before(scope: ReportScope):
    tried = A.select(A.id).where(A.deal == Hold.deal, A.kind.in_(("call", "email")), A.at <= Hold.placed_at)
    return fn.EXISTS(tried.where(A.at >= days_from(Hold.placed_at, -TRIED_WITHIN)))


def _live(scope: ReportScope):
    """Looked through in the order of their numbers, as their contacts lie: along an index they would be far apart."""
    live = (Deal.readiness == LIVE) & Deal.state.in_((ACTIVE, ON_HOLD))
    return scope.deals(unindexed_condition(live), ~Deal.is_unowned())


def _worked(scope: ReportScope):
    recent = A.select(A.id).where(A.deal == Deal.id, A.at >= scope.now - WORKED_WITHIN, A.kind.in_(CONTACTS))
    return (Deal.state == ACTIVE) & (fn.EXISTS(recent) | fn.EXISTS(_step_ahead(scope)))


def _step_ahead(scope: ReportScope):
    return A.select(A.id).where(A.deal == Deal.id, A.kind == "task", A.done_at.is_null(), A.due_at >= scope.now)


def _claims(scope: ReportScope):
    claims = Event.select().where(
        literally(Event.verb, "claim"),
        literally(Event.subject, "deal"),
        unindexed_condition(scope.within(Event.at)),
    )
    of_deals = [fn.EXISTS(Deal.select(Deal.id).where(Deal.id == Event.subject_id, *scope.of_pipeline()))]
    return claims.where(*scope.of_people(Event.actor_id), *of_deals)


def _contacted_soon(scope: ReportScope):
    soon = A.select(A.id).where(A.deal == Event.subject_id, A.author == Event.actor_id, A.kind.in_(CONTACTS))
    return fn.EXISTS(soon.where(A.at >= Event.at, A.at <= days_from(Event.at, CONTACTED_WITHIN)))


def _leads(scope: ReportScope):
    return scope.leads(scope.within(Lead.received_at), ~Lead.is_unowned())


def _calls(scope: ReportScope):
    calls = A.select().where(
        A.kind.in_(("call", "voicemail")), A.direction == "out", A.direction.is_null(False), scope.within(A.at)
    )
    return calls.where(*scope.of_people(A.author))


def _calls_by_day(scope: ReportScope):
    return ours(contacts_by_day)(scope).where(ContactDay.kind.in_(("call", "voicemail")))


def _stands():
    return Finding.activity.is_null(False) & Finding.state.not_in((DISMISSED, OVERTURNED))


def _unobjected(scope: ReportScope):
    return ~fn.EXISTS(Finding.select(Finding.id).where(Finding.activity == A.id, _stands()))


def _objected(scope: ReportScope):
    return _calls(scope).where(A.id.in_(Finding.select(Finding.activity).where(_stands())))


def _priced(scope: ReportScope):
    return scope.deals(scope.within(Deal.created_at), Deal.value_cents.is_null(False))


def _assessed(scope: ReportScope):
    return fn.EXISTS(NeedsAssessment.select(NeedsAssessment.id).where(NeedsAssessment.deal == Deal.id))


def _shoppers(scope: ReportScope):
    asked = scope.leads(scope.within(Lead.received_at), literally(Lead.kind, PRICE_SHOPPER))
    return asked.where(unindexed_condition(Lead.state.in_(("connected", ASSESSED, CONVERTED))))


def _options(scope: ReportScope):
    options = VehicleOption.select(fn.COUNT(VehicleOption.id)).join(NeedsAssessment)
    return options.where(NeedsAssessment.lead_id == Lead.id) >= 2


def _outbound(scope: ReportScope):
    contacts = A.select().where(A.direction == "out", A.direction.is_null(False), scope.within(A.at))
    return contacts.where(A.author.is_null(False), *scope.of_people(A.author))


def _outbound_by_day(scope: ReportScope):
    return ours(contacts_by_day)(scope).where(ContactDay.author != 0)


def _told_fully(scope: ReportScope):
    """Who reached out and left it without a summary is refused by the table itself."""
    Step = A.alias()
    step = Step.select(Step.id).where(Step.follows == A.id)
    ended = Deal.select(Deal.id).where(Deal.id == A.deal, Deal.state.not_in((ACTIVE, ON_HOLD)))
    return fn.EXISTS(step) | fn.EXISTS(ended)


def _left_there(scope: ReportScope):
    """Nothing follows, and no deal has ended."""
    left = UnfollowedContact.select().join(Deal, JOIN.LEFT_OUTER).where(UnfollowedContact.author.is_null(False))
    left = left.where(scope.within(UnfollowedContact.at), *scope.of_people(UnfollowedContact.author))
    return left.where(Deal.id.is_null() | Deal.state.in_((ACTIVE, ON_HOLD)))


def _open(scope: ReportScope):
    return scope.deals(Deal.state.in_((ACTIVE, ON_HOLD, LOSING)))


def _unstuck(scope: ReportScope):
    step = A.select(A.id).where(A.deal == Deal.id, A.kind == "task", A.done_at.is_null())
    held = Hold.select(Hold.id).where(Hold.deal == Deal.id, Hold.lifted_at.is_null(), Hold.follow_up_on >= scope.today)
    owned = (Deal.owner != HOUSE_ID) & fn.EXISTS(step)
    return Case(Deal.state, [(ACTIVE, owned), (ON_HOLD, fn.EXISTS(held))], 1) == 1


CHECKS = (
    Check("holds", "I only put deals On Hold after a call or email attempt.",
        "Holds placed in these days; kept where a call or email was logged on the deal in the 3 days before.",
        "hold", _holds, Hold.id, _tried_before),
    Check("live", "Live orders are never parked on hold without activity.",
        "Live deals with an owner now; kept where they are active, with a contact in the last 14 days or a "
        "next step ahead.",
        "deal", _live, Deal.id, _worked),
    Check("claims", "I regularly pull deals assigned to “CarManana” and take ownership when I work them.",
        "Deals claimed in these days; kept where whoever claimed one contacted the customer within 24 hours.",
        "claim", _claims, Event.id, _contacted_soon),
    Check("leads", "I use the Leads section and power dialer to clear inbound leads.",
        "Leads that came in in these days and have an owner; kept where they were contacted.",
        "lead", _leads, Lead.id, lambda scope: Lead.touched_at.is_null(False)),
    Check("scripts", "I use approved outbound scripts and compliant voicemail messages.",
        "Calls and voicemails of ours in these days; kept where no finding stands against them.",
        "contact", _calls, A.id, _unobjected, _objected, (_calls_by_day, ContactDay.contacts)),
    Check("needs", "I do a proper needs assessment before any pricing is discussed.",
        "Deals made in these days that have a value; kept where the needs are written down.",
        "deal", _priced, Deal.id, _assessed),
    Check("shoppers", "For price shoppers, I collect multiple vehicle options they’d consider.",
        "Price shoppers that came in in these days and were spoken with; kept with two vehicle options or more.",
        "lead", _shoppers, Lead.id, _options),
    Check("logging", "I log every outbound activity with summary and next step.",
        "Contacts of ours in these days; kept with a summary, and a next step set with it or a deal that has ended.",
        "contact", _outbound, A.id, _told_fully, _left_there, (_outbound_by_day, ContactDay.contacts)),
    Check("stuck", "Every lead/deal is Active, On Hold (with reason and date), Closed, or Reassigned – nothing is stuck.",
        "Open deals now; kept where they have an owner and a next step, or a hold whose day has not passed, or are "
        "under review.",
        "deal", _open, Deal.id, _unstuck),
)  # fmt: skip

CHECKLIST = Checklist(
    "checklist", "Quick checklist for agents", "Line of the SOP", "deal", _open, Deal.id, MEASURES, total=False,
    checks=CHECKS, chart="rate", empty="There was nothing to keep these lines in.",
)  # fmt: skip

SOP = Report("sop", "SOP", "How far the lines of the SOP’s checklist are kept", (CHECKLIST,))
