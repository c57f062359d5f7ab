"""What the page of a lead shows."""

from carmanana.blueprints.leads.lists import waiting
from carmanana.blueprints.leads.previous_next import trail_of
from carmanana.blueprints.leads.steps import steps
from carmanana.contacting.calling.permission import may_contact, rule_book
from carmanana.contacting.log import may_log
from carmanana.contacting.scripts import spoken
from carmanana.core import clock
from carmanana.core.query import prepared
from carmanana.leads.lifecycle import may_work
from carmanana.leads.verbs import VERBS
from carmanana.records.activities import Activity
from carmanana.records.attachments import Attachment
from carmanana.records.consents import Consent
from carmanana.records.customers import CustomerEmail, CustomerPhone
from carmanana.records.lead_codes import CONVERTED, WORKED
from carmanana.records.leads import Lead
from carmanana.records.people import AGENT, CRM_ADMIN, MANAGER, RETENTION, User
from carmanana.web.current_user import me
from carmanana.web.panels.composer import empty_composer, of_the_deal
from carmanana.web.timeline import counts_of, timeline
from carmanana.web.timeline.history import LOGS, Past
from carmanana.web.timeline.lines import lines


@prepared
def _activities(lead_id):
    return Activity.select().where(Activity.lead == lead_id).order_by(Activity.at, Activity.id)


@prepared
def _files(lead_id):
    return Attachment.select().join(Activity).where(Activity.lead == lead_id).order_by(Attachment.id)


LOGS[Lead] = lambda lead: (_activities(lead.id), _files(lead.id))


def lead_context(lead: Lead) -> dict:
    by, past = me(), Past.of(lead)
    entries = timeline(past)
    phones, emails = _phones(lead.person_id), _emails(lead.person_id)
    why_not = _why_not(lead, by)
    return {
        "lead": lead,
        "trail": trail_of(lead),
        "actions": VERBS.actions(lead, by),
        "verb_url": steps.url,
        "steps": past.steps,
        "person_of": past.people.get,
        "entries": entries,
        "entry_counts": counts_of(entries),
        "lines": lines,
        "composer": empty_composer("locked" in why_not["codes"]),
        "may_log": may_log(lead, by) and not lead.converted,
        "may_work": may_work(lead, by) and not lead.ended,
        "phones": phones,
        "emails": emails,
        "why_not": why_not,
        "needs": lead.needs,
        "checklist": VERBS.checklist(VERBS["assess"], lead, by),
        "consents": _consents(lead.person_id),
        "waiting": waiting(lead),
        "zone": lead.customer.timezone or lead.timezone,
        "process": [*WORKED, CONVERTED],
        "passed": _passed(lead),
        "may_stop": by.has(AGENT, MANAGER, RETENTION),
        "price_words": spoken.lines("price_shopper", lead.person.speaks, lead.region, client=lead.person.called)
        if lead.open
        else [],
        "lifts_wishes": by.has(CRM_ADMIN),
        **of_the_deal(lead, [*phones, *emails]),
    }


@prepared
def _phones(person_id):
    return CustomerPhone.select().where(CustomerPhone.person == person_id).order_by(CustomerPhone.position)


@prepared
def _emails(person_id):
    return CustomerEmail.select().where(CustomerEmail.person == person_id).order_by(CustomerEmail.position)


_consents = prepared(Consent.of)


def _why_not(lead: Lead, by: User) -> dict:
    """By channel, why they may not be contacted so now: the first reason and the row that says so."""
    now, book = clock.now(), rule_book()
    refusals = {channel: may_contact(lead.person, channel, now, by, book=book) for channel in ("call", "text", "email")}
    first = {channel: found[0] if found else None for channel, found in refusals.items()}
    return first | {"codes": {refusal.code for found in refusals.values() for refusal in found}}


def _passed(lead: Lead) -> list[str]:
    """The states behind it; on hold, those behind the one that it waits in."""
    if lead.converted:
        return list(WORKED)
    state = lead.held_from or lead.state
    return list(WORKED[: WORKED.index(state)]) if state in WORKED else []
