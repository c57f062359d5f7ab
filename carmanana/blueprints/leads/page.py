"""What the page of a lead shows."""

from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from flask import render_template
from markupsafe import Markup

from carmanana.blueprints.leads.lists import waiting
from carmanana.blueprints.leads.steps import steps
from carmanana.contacting.business_hours import days_closed, hours_open
from carmanana.contacting.calling.permission import asked_of_contact, why_not
from carmanana.contacting.log import may_log
from carmanana.contacting.next_steps import open_steps_of_lead
from carmanana.contacting.scripts import spoken
from carmanana.contacting.scripts.spoken import approved_lines
from carmanana.core import clock
from carmanana.core.db import as_json
from carmanana.core.query import prepared
from carmanana.core.together import ask_together
from carmanana.core.verbs import Action, Checked
from carmanana.leads.lifecycle import may_work
from carmanana.leads.rules import contacts_on_lead
from carmanana.leads.verbs import VERBS
from carmanana.records.activities import Activity
from carmanana.records.consents import Consent
from carmanana.records.customers import CustomerEmail, CustomerPhone
from carmanana.records.deals import wanted_in
from carmanana.records.house import house_settings
from carmanana.records.lead_codes import CONVERTED, WORKED
from carmanana.records.leads import Lead, needs_of_lead
from carmanana.records.people import AGENT, CRM_ADMIN, MANAGER, RETENTION, User
from carmanana.web.addresses import address
from carmanana.web.current_user import me
from carmanana.web.filters import hour_there, overdue_minutes
from carmanana.web.fragment_cache import LOCAL_TIME, WAITING, for_this_browser, kept
from carmanana.web.panels.composer import empty_composer, first_kind, of_the_deal
from carmanana.web.timeline.history import LOGS, Log
from carmanana.web.timeline.story import asked_for, shown_filter, story

PRICE_WORDS = "price_shopper"
LOGS[Lead] = Log(Lead, Activity.lead)


def body_of(lead: Lead) -> Markup:
    """The page below the way back, kept by all that it was read from and all that the hour tells."""
    by, at = me(), clock.now()
    read = ask_together(**_asked(lead, by, at))
    seen = Seen.of(lead, by, at)
    draw = lambda: render_template("leads/_body.html", **lead_context(lead, by, seen, read))  # noqa: E731
    if not read:
        return for_this_browser(draw(), _places(lead))
    return kept("lead", read.values(), seen.key, draw, _places(lead))


def _places(lead: Lead) -> dict[str, str]:
    return {"local time": hour_there(_zone(lead)), "waiting": waiting(lead)}


def _zone(lead: Lead) -> str:
    return lead.customer.timezone or lead.timezone


@dataclass
class Seen:
    """What is found out about a lead at each look: what this person may do, and what the hour tells."""

    actions: list[Action]
    steps: list[Activity]
    why_not: dict
    checklist: list[Checked]
    composer: Markup
    rights: dict[str, bool]
    key: tuple

    @classmethod
    def of(cls, lead: Lead, by: User, at: datetime) -> "Seen":
        found = cls(
            VERBS.actions(lead, by),
            open_steps_of_lead(lead.id),
            barred := _why_not(lead, by, at),
            VERBS.checklist(VERBS["assess"], lead, by),
            empty_composer("locked" in barred["codes"], lead.person),
            _rights(lead, by),
            (),
        )
        late = (step.due_at and overdue_minutes(step.due_at, at) for step in found.steps)
        offered = ((action.verb.trigger, action.label, action.refusal) for action in found.actions)
        checks = ((check.fact, check.evidence, check.refusal) for check in found.checklist)
        told = (
            *late,
            *offered,
            *checks,
            barred["call"],
            barred["text"],
            barred["email"],
            *found.rights.values(),
            found.composer,
            by.roles,
            shown_filter(),
        )
        found.key = (*told, *_of_records(lead))
        return found


def _of_records(lead: Lead) -> tuple:
    told = chain.from_iterable(one.__data__.values() for one in (lead, lead.customer, lead.person))
    return (*told, lead.owner and lead.owner.name)


def _rights(lead: Lead, by: User) -> dict[str, bool]:
    return {
        "may_log": may_log(lead, by) and not lead.converted,
        "may_work": may_work(lead, by) and not lead.ended,
        "may_stop": by.has(AGENT, MANAGER, RETENTION),
        "lifts_wishes": by.has(CRM_ADMIN),
    }


def lead_context(lead: Lead, by: User, seen: Seen, read: dict[str, str]) -> dict:
    phones, emails = _phones(lead.person_id), _emails(lead.person_id)
    return {
        "lead": lead,
        "actions": seen.actions,
        "verb_url": steps.url,
        "steps": seen.steps,
        "person_of": {person.id: person for person in LOGS[Lead].people(lead.id)}.get,
        "story": story(lead, address("leads.show", lead_id=lead.id), read),
        "composer": seen.composer,
        **seen.rights,
        "phones": phones,
        "emails": emails,
        "why_not": seen.why_not,
        "needs": lead.needs,
        "checklist": seen.checklist,
        "consents": _consents(lead.person_id),
        "waiting": WAITING,
        "local_time": _zone(lead) and LOCAL_TIME,
        "process": [*WORKED, CONVERTED],
        "passed": _passed(lead),
        "price_words": _price_words(lead) if lead.open else [],
        **of_the_deal(lead, [*phones, *emails], first_kind("locked" in seen.why_not["codes"], lead.person)),
    }


def _price_words(lead: Lead) -> list[spoken.Line]:
    return spoken.lines(PRICE_WORDS, lead.person.speaks, lead.region, client=lead.person.called)


def _asked(lead: Lead, by: User, at: datetime) -> dict[str, tuple]:
    """What the page is going to ask, all in one statement."""
    id, person = lead.id, lead.person_id
    return {
        **asked_for(lead),
        "phones": (_phones, person),
        "emails": (_emails, person),
        "consents": (_consents, person),
        "needs": (needs_of_lead, id),
        "steps": (open_steps_of_lead, id),
        "contacts_on_lead": (contacts_on_lead, id),
        "price_words": (approved_lines, as_json([PRICE_WORDS])),
        "hours": (hours_open,),
        "closed": (days_closed,),
        "house": (house_settings,),
        **asked_of_contact(lead.person, at),
    }


@prepared
def _phones(person_id):
    return CustomerPhone.select().where(CustomerPhone.person == person_id).order_by(CustomerPhone.position)


@prepared
def _emails(person_id):
    return CustomerEmail.select().where(CustomerEmail.person == person_id).order_by(CustomerEmail.position)


_consents = prepared(Consent.of)


def _why_not(lead: Lead, by: User, at: datetime) -> dict:
    """By channel, why they may not be contacted so now: the first reason and the row that says so."""
    needs = lead.needs
    refusals = why_not(lead.person, at, by, **({"options": (wanted_in, needs.id)} if needs else {}))
    first = {channel: found[0] if found else None for channel, found in refusals.items()}
    return first | {"codes": {refusal.code for found in refusals.values() for refusal in found}}


def _passed(lead: Lead) -> list[str]:
    """The states behind it; on hold, those behind the one that it waits in."""
    if lead.converted:
        return list(WORKED)
    state = lead.held_from or lead.state
    return list(WORKED[: WORKED.index(state)]) if state in WORKED else []
