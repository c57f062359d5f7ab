"""What must hold before a lead takes a step (Lead & deal SOP, sections D to H). Each rule answers None, or why not and
how to mend it. What holds for an organic deal holds for a lead by the same rules, with the remedies of a lead."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from carmanana.contacting import attempts, cancelled
from carmanana.core.query import prepared
from carmanana.core.workflow import Attempt, Refusal, Remedy, Rule
from carmanana.deals import rules as deal_rules
from carmanana.deals.rules import reason_given, sub_status_chosen  # noqa: F401
from carmanana.deals.stage_requirements import stage_is_open_to_them
from carmanana.records.activities import Activity
from carmanana.records.lead_codes import (
    CLOSE_REASONS,
    CLOSED,
    DO_NOT_CONTACT,
    NO_DETAILS,
    NO_RESPONSE,
    NOT_INTERESTED,
    STATES,
)
from carmanana.records.leads import Lead
from carmanana.records.people import User
from carmanana.records.sequences import DIALED, CallSequence, SequenceCall
from carmanana.records.sops import SOP_FLOW, SOP_HOLD, SOP_LEADS, SOP_NEEDS, SOP_OWNER

UNDONE_WITHIN = timedelta(days=1)

LOG_CALL = Remedy("Log a call", "leads.contact", (("kind", "call"),), "phone")
LOG_EMAIL = Remedy("Log an email", "leads.contact", (("kind", "email"),), "mail")
LOG_TEXT = Remedy("Log a text", "leads.contact", (("kind", "text"),), "text")
CLAIM = Remedy("Claim", "leads.claim", (), "user-plus")
ASK_MANAGER = Remedy("Ask the manager…", "leads.flag", (), "flag")
EDIT_NEEDS = Remedy("Write down what they want", "needs.save", (), "car")
REMEDIES = {
    ("activities.new", "call"): LOG_CALL,
    ("activities.new", "text"): LOG_TEXT,
    ("letters.new", None): LOG_EMAIL,
    ("deals.claim", None): CLAIM,
    ("deals.flag", None): ASK_MANAGER,
    ("deals.loss", None): Remedy("Close it…", "leads.close", (), "circle-x"),
    ("deals.needs", None): EDIT_NEEDS,
}


def remedies_of_lead(refusal: Refusal) -> Refusal:
    """The same refusal with the ways that a lead has to mend it."""
    found = (REMEDIES.get((remedy.endpoint, dict(remedy.values).get("kind"))) for remedy in refusal.remedies)
    return replace(refusal, remedies=tuple(filter(None, found)))


def of_lead(rule: Rule) -> Rule:
    """A rule of deals, asked of a lead."""

    def asked(attempt: Attempt):
        refusal = rule(attempt)
        return remedies_of_lead(refusal) if refusal else None

    return asked


contact_attempted = of_lead(deal_rules.contact_attempted)
follow_up_is_ahead = of_lead(deal_rules.follow_up_is_ahead)
next_step_given = of_lead(deal_rules.next_step_given)
new_owner_works_leads = of_lead(deal_rules.new_owner_works_deals)


# who owns it


def is_owned(attempt: Attempt):
    """Whoever is no manager takes a lead before they work it."""
    if not attempt.by.is_manager and attempt.record.unowned:
        return Refusal("unowned", "Nobody owns this lead. Take it first, then work it.", SOP_OWNER, (CLAIM,))


def is_free(attempt: Attempt):
    """Of two who claim it the second is told who was quicker."""
    lead = attempt.record
    if lead.unowned:
        return None
    if lead.owner_id == attempt.by.id:
        return Refusal("yours", "This lead is yours already.", SOP_OWNER)
    return Refusal("taken", f"{lead.owner.name} has taken it already.", SOP_OWNER)


def call_is_logged(attempt: Attempt):
    """Whoever has dialed it says how the call ended, while it is theirs."""
    calls = SequenceCall.select(SequenceCall, CallSequence, User).join(CallSequence).join(User, on=CallSequence.user)
    if call := calls.where(SequenceCall.lead == attempt.record, SequenceCall.standing == DIALED).first():
        go = Remedy("Log it", "dialing.show", (("sequence_id", call.sequence_id),), "phone")
        sentence = f"{call.sequence.user.name} has called them on the dialer. Log that call first."
        return Refusal("not_logged", sentence, SOP_LEADS, (go,))


def is_another_owner(attempt: Attempt):
    owner = attempt.given.get("owner")
    if owner and owner.id == attempt.record.owner_id:
        return Refusal("same_owner", f"{owner.name} owns it already.", SOP_OWNER, field="owner")


def words_given(attempt: Attempt):
    if not (attempt.given.get("reason") or "").strip():
        return Refusal("reason", "Say what it is about, in words.", SOP_OWNER, field="reason")


def is_flagged(attempt: Attempt):
    if attempt.record.flagged_at is None:
        return Refusal("not_flagged", "This lead is not flagged any more.", SOP_OWNER)


# contacting


def contact_logged(attempt: Attempt):
    """Only what was logged brings a lead on."""
    if not _contacts(attempt, lambda contact: contact.direction == "out"):
        return Refusal("no_contact", "Log the contact: the lead goes on with it.", SOP_LEADS, (LOG_CALL, LOG_EMAIL))


def two_way_contact(attempt: Attempt):
    if not _contacts(attempt, lambda contact: contact.connected):
        sentence = "Nobody has spoken with them yet. Log the contact in which they answered."
        return Refusal("not_connected", sentence, SOP_NEEDS, (LOG_CALL,))


def _contacts(attempt: Attempt, wanted: Callable[[Activity], bool]) -> list[Activity]:
    if "contacts" not in attempt.read:
        attempt.read["contacts"] = contacts_on_lead(attempt.record.id)
    return [contact for contact in attempt.read["contacts"] if wanted(contact)]


@prepared
def contacts_on_lead(lead_id):
    return Activity.select().where(Activity.lead == lead_id, Activity.direction.is_null(False))


# assessing


def _needs(attempt: Attempt):
    if "needs" not in attempt.read:
        needs = attempt.record.needs
        attempt.read["needs"] = needs, len(needs.wanted) if needs else 0
    return attempt.read["needs"]


def vehicles_named(attempt: Attempt):
    """One at least; a price shopper names several (section G)."""
    shopper, number = attempt.record.price_shopper, _needs(attempt)[1]
    if number >= (2 if shopper else 1):
        return None
    sentence = (
        "A price shopper names two vehicles or more that they would take."
        if shopper
        else "Name a vehicle that they would take."
    )
    return Refusal("vehicles", sentence, SOP_NEEDS, (EDIT_NEEDS,))


def timeline_known(attempt: Attempt):
    needs, _ = _needs(attempt)
    if not (needs and needs.timeline.strip()):
        return Refusal("timeline", "Ask when they want it: the timeline is missing.", SOP_NEEDS, (EDIT_NEEDS,))


def matters_most_known(attempt: Attempt):
    needs, _ = _needs(attempt)
    if attempt.record.price_shopper and not (needs and needs.matters_most):
        return Refusal("matters_most", "Ask a price shopper what matters most to them.", SOP_NEEDS, (EDIT_NEEDS,))


# closing


def close_reason_chosen(attempt: Attempt):
    if attempt.get("close_reason") not in CLOSE_REASONS:
        return Refusal("close_reason", "Choose why it is closed.", SOP_FLOW, field="close_reason")


def attempts_were_reasonable(attempt: Attempt):
    if attempt.get("close_reason") == NO_RESPONSE:
        return attempts.no_response(attempt, SOP_FLOW, (LOG_CALL, LOG_EMAIL), "close_reason")


def they_said_so(attempt: Attempt):
    """A reason in the customer's words is heard from the customer."""
    reason = attempt.get("close_reason")
    if reason not in (NOT_INTERESTED, DO_NOT_CONTACT) or _contacts(
        attempt, lambda contact: contact.connected and attempts.counts(contact)
    ):
        return None
    if reason == NOT_INTERESTED and cancelled.why_not(attempt.record.customer, attempt.record):
        return None  # their cancellation said it, and nobody may ask again
    sentence = f"“{CLOSE_REASONS[reason]}” is what a customer tells us. Log the contact in which they said so."
    return Refusal("not_said", sentence, SOP_FLOW, (LOG_CALL, LOG_EMAIL), field="close_reason")


def details_are_wrong(attempt: Attempt):
    if attempt.get("close_reason") == NO_DETAILS and not attempts.without_details(attempt.record.customer_id):
        sentence = "There is still a number or an address that nobody found to be wrong. Try it first."
        return Refusal("details", sentence, SOP_FLOW, (LOG_CALL, LOG_EMAIL), field="close_reason")


# converting


def stage_chosen(attempt: Attempt):
    stage = attempt.given.get("stage")
    if stage is None or stage.archived:
        return Refusal("stage", "Choose a pipeline and its stage.", SOP_FLOW, field="stage")


def stage_is_theirs(attempt: Attempt):
    stage = attempt.given.get("stage")
    asked = Attempt(attempt.record, attempt.by, attempt.trigger, {"stage": stage}, attempt.at)
    refusal = _restricted(asked) if stage and not stage.archived else None
    return replace(refusal, remedies=(ASK_MANAGER,), field="stage") if refusal else None


def _restricted(attempt: Attempt):
    attempt.record.stage_id = None  # a lead stands in no column
    return stage_is_open_to_them(attempt)


def deal_is_untouched(attempt: Attempt):
    """Within a day, while nobody has done anything with the deal."""
    lead = attempt.record
    if attempt.at - lead.state_since > UNDONE_WITHIN:
        return Refusal(
            "too_late", "A conversion is taken back within a day. Now the deal is worked, or closed as lost.", SOP_FLOW
        )
    later = Activity.select().where(Activity.deal == lead.deal_id, Activity.created_at > lead.state_since)
    if lead.deal is None or lead.deal.version != lead.deal_version or later.exists():
        return Refusal(
            "touched", "Somebody has worked on the deal already. It goes on, or is closed as lost.", SOP_FLOW
        )


# what stands


def hold_stands(attempt: Attempt):
    if attempt.record.follow_up_on is None or not attempt.record.hold_reason:
        return Refusal("no_hold", "A lead on hold needs its reason and follow-up date.", SOP_HOLD)


def deal_stands(attempt: Attempt):
    if attempt.record.deal_id is None:
        return Refusal("no_deal", "A converted lead has the deal that it became.", SOP_FLOW)


def not_from_here(lead: Lead, trigger: str) -> Refusal:
    """The sentence for a step that the present state does not know."""
    if lead.state == CLOSED:
        return Refusal("closed", "This lead is closed. A manager reopens it.", SOP_FLOW)
    if lead.converted:
        return Refusal("converted", "This lead is a deal now. It goes on there.", SOP_FLOW)
    return Refusal(
        "not_from_here", f"The lead is {STATES[lead.state]}; this step does not lead on from there.", SOP_FLOW
    )
