"""A form that makes something makes it once: sent twice, or twice at the same moment, and the second is answered like
the first (quality 3)."""

import contextvars
import io
import re
from threading import Thread

import pytest

from carmanana.buyers import offered
from carmanana.cancellations.evidence import missing
from carmanana.core import connection
from carmanana.core.db import database
from carmanana.departures.lifecycle import begin as begin_cancelling
from carmanana.records.activities import Activity
from carmanana.records.assets import Asset
from carmanana.records.attachments import Attachment
from carmanana.records.business_hours import Holiday
from carmanana.records.calling import CallingRule, DoNotCallRegister, RegionHoliday
from carmanana.records.cancellation_rights import CancellationRight
from carmanana.records.cancellations import CancellationRequest, Direction
from carmanana.records.checkins import CheckIn
from carmanana.records.compliance import Consequence, Finding
from carmanana.records.consents import Consent
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal, Hold, NeedsAssessment, Payment, VehicleOption
from carmanana.records.departures import Departure, DepartureReason
from carmanana.records.handovers import HandOverRequest
from carmanana.records.imports import ImportBatch
from carmanana.records.inquiries import LeadFile
from carmanana.records.leads import Lead
from carmanana.records.mail import Letter, LetterTemplate
from carmanana.records.people import Absence, User
from carmanana.records.phrases import Phrase
from carmanana.records.pipelines import Stage
from carmanana.records.playbook import Story
from carmanana.records.quotations import Quotation, QuotationLine
from carmanana.records.retention import Commitment, CounterOffer, Offer, Presentation, RetentionPlan
from carmanana.records.scorecards import Scorecard
from carmanana.records.scripts import Script
from carmanana.records.sequences import CallSequence
from carmanana.sales.quotations import drafting

from ..domain.test_races import PATIENCE
from ..saving import contacted, planned, presented, retained
from .filled import filled_for
from .routes import MAY, rules
from .test_cancellation_request import TOLD
from .test_playbook import STORY
from .test_retention import ROW, SAID
from .test_scripts import PHRASE

LATER, TOMORROW = "2026-11-24T10:00", "2026-11-19T10:00"
STEP = {"next_step": "Call", "due_at": LATER}


def new_deal(cast):
    return "agent", "/deals/new", "/deals/new", {"name": "Ana Torres", "phones": "+1 305 555 7788"} | STEP


def payment(cast):
    path = f"/deals/{cast.deal(cast.agent).id}/payments"
    return "agent", path, path, {"amount_cents": "500", "paid_on": "2026-11-18"}


def hand_over(cast):
    cast.deal(cast.agent)
    return "agent", "/me/hand-over", "/me/hand-over", {"reason": "On leave from Monday"}


def check_in(cast):
    return "agent", "/check-in", "/check-in", {"words": "All well"}


def snooze(cast):
    step = Activity.get_by_id(cast.called(cast.deal(cast.agent), cast.agent).id + 1)
    path = f"/today/steps/{step.id}/snooze"
    return "agent", path, path, {"on": "2026-11-20", "reason": "Asked for Friday"}


def hold(cast):
    deal = cast.deal(cast.agent, "organic")
    cast.called(deal, cast.agent)
    path = f"/deals/{deal.id}/hold"
    return (
        "agent",
        path,
        path,
        {"sub_status": "financing", "reason": "Bank decides in January", "follow_up_on": "2026-12-18"},
    )


def cancellation(cast):
    path = f"/deals/{cast.deal(cast.agent, value_cents=4690000).id}/cancellation"
    return "agent", path, path, TOLD


def successor(cast):
    deal = cast.in_state("lost")
    return "agent", f"/deals/{deal.id}", f"/deals/{deal.id}/successor", {}


def contact(cast):
    path = f"/deals/{cast.deal(cast.agent).id}/activities/new"
    return (
        "agent",
        path,
        path,
        {"kind": "call", "direction": "out", "outcome": "connected_follow_up", "summary": "A hybrid"} | STEP,
    )


def step(cast):
    path = f"/deals/{cast.deal(cast.agent).id}/steps/new"
    return "agent", path, path, STEP


def lead(cast):
    facts = {"name": "Ana Torres", "phones": "+1 305 555 7788", "source": "phone", "kind": "inquiry"}
    return "agent", "/leads/new", "/leads/new", facts


def customer(cast):
    return "agent", "/customers/new", "/customers/new", {"name": "Ana Torres", "phones": "+1 305 555 7788"}


def sequence(cast):
    page = f"/leads/sequences/new?lead={cast.lead(cast.agent).id}"
    return "agent", page, "/leads/sequences/new", {"name": "Monday"}


def buyers_to_call(cast):
    needs = NeedsAssessment.create(lead_id=cast.lead(cast.agent).id)
    option = VehicleOption.create(needs=needs, brand="Toyota", model="RAV4")
    page = f"/match/vehicles/{offered.enter(cast.manager, make='Toyota', model='RAV4').id}"
    return "agent", (page, f"{page}/calls"), f"{page}/calls", {"ids": option.id}


def contact_of_lead(cast):
    path = f"/leads/{cast.lead(cast.agent).id}/contacts/new"
    return "agent", path, path, contact(cast)[3]


def step_of_lead(cast):
    path = f"/leads/{cast.lead(cast.agent).id}/steps/new"
    return "agent", path, path, STEP


def conversion(cast):
    path = f"/leads/{cast.lead_in('assessed').id}/convert"
    return "agent", path, path, {"stage": str(cast.stage().id), "readiness": "live"} | STEP


def consent(cast):
    path = f"/leads/{cast.lead(cast.agent).id}/consents/new"
    return "agent", path, path, {"call": "y", "words": "Yes, call me", "how": "phone", "purpose": "inquiry"}


def file(cast):
    deal = cast.deal(cast.agent)
    return "agent", f"/deals/{deal.id}", f"/deals/{deal.id}/files", {"files": b"ID3 a recording"}


def letter(cast):
    path = f"/deals/{cast.deal(cast.agent).id}/emails/new"
    return "agent", path, path, {"to": "client1000@example.com", "subject": "Options", "text": "Here they are."} | STEP


def template(cast):
    path = "/letters/templates/new"
    return "manager", path, path, {"name": "Mine", "subject": "Options", "body": "Three cars", "may_use": "agent"}


def story(cast):
    path = f"/cancellations/{retained(cast).id}/story"
    return "manager", path, path, STORY


def plan(cast):
    path = f"/cancellations/{contacted(cast).id}/plan"
    answers = {"instructions": "Call today", "assignee": str(cast.retention.id), "due_at": TOMORROW}
    return "manager", path, path, answers | ROW


def revision(cast):
    path = f"/cancellations/{planned(cast).request_id}/plan/revision"
    return "manager", path, path, ROW | {"offer-0-terms": "A loan car for longer"}


def presentation(cast):
    plan = planned(cast)
    path = f"/cancellations/{plan.request_id}/offers/{plan.offers.order_by(Offer.id).get().id}/presentation"
    return "retention", path, path, SAID | STEP


def counter(cast):
    path = f"/cancellations/{planned(cast).request_id}/counter"
    return "retention", path, path, {"terms": "$900 off"}


def counter_answer(cast):
    plan = planned(cast)
    counter = CounterOffer.create(plan=plan, terms="$900 off", told_by=plan.assignee)
    path = f"/cancellations/{plan.request_id}/counters/{counter.id}/answer"
    return "manager", path, path, ROW | {"approved": "yes"}


def retention(cast):
    plan = planned(cast)
    presented(cast, plan)
    path = f"/cancellations/{plan.request_id}/retain"
    promise = {
        "promise-0-words": "The loan car stays",
        "promise-0-kind": "other",
        "promise-0-due_on": "2026-11-20",
        "promise-0-owner": str(cast.agent.id),
    }
    return "retention", path, path, {"kept_by": "The loan car", "back_to": "won"} | promise


def reviewed(cast):
    request = cast.losing(cast.in_state("won"), cast.agent)
    return cast.walked(request, "in_review")


def attempt(cast):
    request = reviewed(cast)
    path = f"/cancellations/{request.id}/first-contact"
    return (
        "manager",
        (f"/cancellations/{request.id}", path),
        f"/cancellations/{request.id}/attempts",
        {"kind": "call", "outcome": "no_answer_vm", "next_attempt_at": TOMORROW},
    )


def direction(cast):
    request = contacted(cast)
    path = f"/cancellations/{request.id}/direction"
    return "manager", path, path, {"user": str(cast.agent.id), "until": LATER, "words": "Only the date"}


def evidence(cast):
    request = contacted(cast)
    activity = missing(request.deal)[0]
    return (
        "manager",
        f"/cancellations/{request.id}?decide=cancel",
        f"/cancellations/{request.id}/evidence/{activity.id}",
        {"files": b"ID3 a recording"},
    )


def holiday(cast):
    return (
        "manager",
        "/cancellations/hours",
        "/cancellations/hours/holidays",
        {"day": "2026-12-24", "name": "Christmas Eve"},
    )


def person(cast):
    return (
        "admin",
        "/people/new",
        "/people/new",
        {
            "name": "Ewa Nowak",
            "email": "ewa@carmanana.example",
            "roles": "agent",
            "manager": str(cast.manager.id),
            "timezone": "Europe/Warsaw",
        },
    )


def absence(cast):
    path = f"/people/{cast.agent.id}/absences/new"
    return "manager", path, path, {"starts_on": "2026-11-20", "ends_on": "2026-11-21"}


def restriction(cast):
    path = f"/people/{cast.agent.id}/restrictions/new"
    return "manager", path, path, {"stage": str(cast.stage(5).id), "starts_on": "2026-11-20", "reason": "Coaching"}


def raised(cast):
    typed = {"user": str(cast.agent.id), "sort": "not_logged", "words": "No entry"}
    return "compliance", "/findings/new", "/findings/new", typed


def consequence(cast):
    typed = {"user": str(cast.agent.id), "kind": "coaching", "due_on": "2026-11-20", "reason": "Coaching"}
    return "manager", "/consequences/new", "/consequences/new", typed


def scorecard(cast):
    return "admin", "/compliance/scorecard/new", "/compliance/scorecard/new", {"words-1": "Polite"}


def wording(cast):
    facts = {
        "title": "Closing",
        "words": "Shall we?",
        "sop": "Lead & deal SOP, section J",
        "situation": "inbound_closing",
    }
    return "manager", "/scripts/new", "/scripts/new", facts


def draft(cast):
    path = f"/scripts/{Script.get(Script.standing == 'approved').id}/edit"
    return "manager", path, path, {"words": "Said in another way"}


def phrase(cast):
    return "manager", "/phrases/new", "/phrases/new", PHRASE


def stage(cast):
    path = f"/pipelines/{cast.stage().pipeline_id}/stages/new"
    return "admin", path, path, {"name": "Test drive"}


def upload(cast):
    return "manager", "/imports/", "/imports/", {"file": b"Name,Phone\nAna,305 555 1000\n"}


RULE = {
    "region": "JP",
    "kind": "call",
    "effective_from": "2026-11-20",
    "weekdays": ["1", "2"],
    "opens": "09:00",
    "closes": "17:00",
    "clock": "called party",
    "consent": "none",
    "source": "Act 57",
    "confidence": "unsure",
}


RIGHT = {
    "region": "JP",
    "effective_from": "2026-11-20",
    "applies_to": "orders at the door",
    "agreed_how": ["off_premises"],
    "days": "8",
    "runs_from": "delivery",
    "money": "all paid is returned",
    "source": "Act 57, art. 9",
    "confidence": "unsure",
}


def right(cast):
    return "admin", "/cancellation-rights/new", "/cancellation-rights/new", RIGHT


def right_change(cast):
    path = f"/cancellation-rights/{CancellationRight.get(CancellationRight.region == 'GB').id}/edit"
    return "admin", path, path, RIGHT | {"days": "15"}


def acknowledgement(cast):
    request = cast.request_in("requested")
    Customer.update(region="DE").where(Customer.id == request.deal.customer_id).execute()
    path = f"/cancellations/{request.id}/acknowledgement"
    return "manager", path, path, {"conditions": "y", "came_by": "email", "sent_on": "2026-11-18"}


def calling_rule(cast):
    return "admin", "/calling-rules/new", "/calling-rules/new", RULE


def calling_rule_change(cast):
    path = f"/calling-rules/{CallingRule.get(CallingRule.region == 'US-CT').id}/edit"
    return "admin", path, path, RULE | {"effective_from": "2026-12-01"}


def lead_file(cast):
    return "agent", "/leads/files/", "/leads/files/", {"files": b"BEGIN:VCARD\nFN:Ana\nTEL:305 555 0177\nEND:VCARD\n"}


def region_holiday(cast):
    path = "/calling-rules/holidays"
    return "admin", path, path, {"region": "DE", "day": "2026-12-10", "name": "Founders’ day"}


def register(cast):
    path = "/calling-rules/registers/new"
    return "admin", path, path, {"region": "US", "taken_on": "2026-11-18", "file": b"305 555 0100\n"}


def customer_cancellation(cast):
    path = f"/customer-cancellations/begin/{cast.client().id}"
    return "cancellations", path, path, {}


def departure_reason(cast):
    path = f"/customer-cancellations/{begin_cancelling(cast.client(), cast.cancellations).id}/reason"
    return "cancellations", path, path, {"reason": "Moves away"}


def _quoted(cast):
    return drafting.enter(cast.deal(cast.agent), cast.agent, "A car")


def quotation(cast):
    deal = cast.deal(cast.agent)
    return "agent", f"/deals/{deal.id}", f"/deals/{deal.id}/quotations", {}


def quotation_again(cast):
    page = f"/quotations/{_quoted(cast).id}"
    return "agent", page, f"{page}/repeat", {}


def quotation_line(cast):
    path = f"/quotations/{_quoted(cast).id}/lines/new"
    return "agent", path, path, {"what": "Mats", "quantity": "1", "price_cents": "300", "tax": "8"}


def asset(cast):
    path = f"/customers/{cast.client().id}/assets/new"
    return "manager", path, path, {"name": "A trailer", "kind": "vehicle"}


CREATING = {
    "quotations.new": (quotation, Quotation),
    "quotations.repeat": (quotation_again, Quotation),
    "quotations.new_line": (quotation_line, QuotationLine),
    "assets.new": (asset, Asset),
    "departures.begin": (customer_cancellation, Departure),
    "departures.reason": (departure_reason, DepartureReason),
    "calling.new": (calling_rule, CallingRule),
    "rights.new": (right, CancellationRight),
    "rights.edit": (right_change, CancellationRight),
    "cancellations.acknowledgement": (acknowledgement, Letter),
    "lead_files.upload": (lead_file, LeadFile),
    "calling.edit": (calling_rule_change, CallingRule),
    "calling.add_holiday": (region_holiday, RegionHoliday),
    "calling.new_register": (register, DoNotCallRegister),
    "deals.new": (new_deal, Deal),
    "deals.payments": (payment, Payment),
    "deals.hold": (hold, Hold),
    "deals.cancellation": (cancellation, CancellationRequest),
    "deals.successor": (successor, Deal),
    "activities.new": (contact, Activity),
    "customers.new": (customer, Customer),
    "leads.new": (lead, Lead),
    "leads.contact": (contact_of_lead, Activity),
    "leads.new_step": (step_of_lead, Activity),
    "dialing.new": (sequence, CallSequence),
    "match.call": (buyers_to_call, CallSequence),
    "leads.convert": (conversion, Deal),
    "leads.consent": (consent, Consent),
    "activities.new_step": (step, Activity),
    "files.add": (file, Attachment),
    "letters.new": (letter, Letter),
    "letters.new_template": (template, LetterTemplate),
    "stories.new": (story, Story),
    "retention.plan": (plan, RetentionPlan),
    "retention.revision": (revision, Offer),
    "retention.presentation": (presentation, Presentation),
    "retention.counter": (counter, CounterOffer),
    "retention.answer": (counter_answer, Offer),
    "retention.retain": (retention, Commitment),
    "cancellations.attempt": (attempt, Activity),
    "cancellations.direction": (direction, Direction),
    "cancellations.supply": (evidence, Attachment),
    "cancellations.holiday": (holiday, Holiday),
    "people.new": (person, User),
    "people.absence": (absence, Absence),
    "people.ask_hand_over": (hand_over, HandOverRequest),
    "today.check_in": (check_in, CheckIn),
    "today.snooze": (snooze, Activity),
    "people.restriction": (restriction, Consequence),
    "scripts.new": (wording, Script),
    "scripts.edit": (draft, Script),
    "scripts.new_phrase": (phrase, Phrase),
    "findings.new": (raised, Finding),
    "consequences.new": (consequence, Consequence),
    "compliance.propose": (scorecard, Scorecard),
    "pipelines.new_stage": (stage, Stage),
    "importing.upload": (upload, ImportBatch),
}

# What only changes a record, guarded by its version or its state; the same twice is refused or changes nothing.
CHANGED = {
    "cases": "accept add_check assign complete contact edit edit_step go_on mark_duplicate mark_incomplete new refuse "
    "remove_check "
    "reopen start step_done tick times undo unwatch wait watch",
    "expiries": "correct drop give make_lead move new undo",
    "buyers": "apply bulk cell file paste undo",
    "match": "edit email keep take_off",
    "list_views": "drop index share",
    "audit": "check",
    "unsubscribing": "unsubscribe",
    "sharing": "missed",
    "reports": "weekly",
    "quotations": "edit_line remove_line send_by_email send_by_hand accept lead correct lose cancel",
    "sales_orders": "complete reopen",
    "assets": "cease plan_cease keep correct restore",
    "privacy": "index erase decide part",
    "departures": "look edit_reason drop_reason owner perform_now mood remove process reactivate setup",
    "lead_files": "take discard",
    "dialing": "turn dial hang_up draft log skip",
    "needs": "save",
    "inquiries": "inquire intake set_up",  # a form and a lead of theirs have numbers of their own
    "rights": "end",
    "calling": "trial end load_holidays drop_holiday",
    "signing": "sign_in code sign_out forgotten choose_password",
    "deals": (
        "payment_correction payment_voiding unsigning cell column edit look needs resumption readiness win loss "
        "transfer claim flag undo undo_newest owner reopening"
    ),
    "activities": "day done edit_step",
    "leads": "claim assess resume hold close reassign flag clear_flag reopen undo undo_conversion edit_step "
    "step_done withdrawal "
    "column",
    "bulk": "ask begin",  # a run has its own test of the key, in test_bulk.py
    "duplicates": "other merging",
    "views": "index edit drop density",  # a name is given once
    "letters": "by_hand discard again approval edit_template",
    "cancellations": "look begin first_contact unreachable cancel progress withdrawal end_direction reviewer explain times "
    "drop_holiday "
    "right_dismissal right_consideration",
    "customers": "is_theirs edit owner stop lift add_person edit_person person_agrees remove_person",
    "notifications": "read read_all",
    "notifying": "settings this_device remove_device",  # a browser has one subscription
    "stopping": "stop",
    "escalation": "set_up",
    "house": "settings",
    "help": "put_away",
    "people": "answer_hand_over hand_over access edit password_link deactivation reactivation presence me password theme "
    "open_calendar close_calendar "
    "begin_factor confirm_factor factor_codes drop_factor reset_factor required_roles end_session",
    "scripts": "approve discard record drop_recording trial edit_phrase edit_list",
    "pipelines": "edit_stage place archive unarchive",
    "importing": "throw_away columns sheet words start go_on undoing",
    "retention": "response member end",
    "playbook": "answer",
    "stories": "edit retire tell_again",
    "promises": "keep",
    "compliance": (
        "draft submit_card reopen second transcript approve decline sampling"
    ),  # a card is one of each reviewer
    "findings": "review dismiss answer dispute uphold overturn take_back",
    "consequences": "acknowledge finish restore take_back",
}
CHANGING = {f"{blueprint}.{name}" for blueprint, names in CHANGED.items() for name in names.split()}


def test_every_form_is_known_to_make_something_or_to_change_it(app):
    posted = {rule.endpoint for rule in rules(app, "POST")}
    assert posted == CREATING.keys() | CHANGING and not CREATING.keys() & CHANGING
    assert posted <= MAY.keys()


@pytest.fixture
def sent(app, cast, visit):
    """The form of an endpoint as its page draws it, filled in: call it to send it; the same every time."""

    def open_form(endpoint: str):
        make, _ = CREATING[endpoint]
        who, page, path, typed = make(cast)
        page, drawn_for = page if isinstance(page, tuple) else (page, path)
        browser = visit(who)
        data = filled_for(browser.get(page).text, drawn_for, typed)
        assert data["once"], "the form carries no one-time key"
        cookie = browser.get_cookie("session").value

        def send():
            again = app.test_client()
            again.set_cookie("session", cookie)
            body = {
                name: (io.BytesIO(value), "cars.csv") if isinstance(value, bytes) else value
                for name, value in data.items()
            }
            return again.post(path, data=body)

        return send

    return open_form


def said(answer) -> str:
    """What a page says is wrong."""
    return " ".join(
        re.findall(
            r'(?:field-error[^>]*>|class="unmet">|<h1>|role="alert">)(.*?)</(?:p|li|h1|div|ul)>', answer.text, re.DOTALL
        )
    )[:400]


@pytest.mark.parametrize("endpoint", CREATING)
def test_sent_twice_it_is_made_once(sent, endpoint):
    send, made = sent(endpoint), CREATING[endpoint][1]
    before = made.select().count()
    first = send()
    assert first.status_code == 303, said(first)
    rows = made.select().count()
    assert rows > before
    second = send()
    assert (second.status_code, second.location) == (303, first.location), said(second)
    assert made.select().count() == rows


AT_ONCE = [
    *("deals.new", "deals.payments", "deals.hold", "deals.cancellation", "activities.new"),
    *("files.add", "letters.new", "importing.upload", "people.new", "retention.plan"),
]


@pytest.mark.parametrize("endpoint", AT_ONCE)
def test_sent_twice_at_once_it_is_made_once(sent, endpoint, monkeypatch):
    monkeypatch.setattr(connection, "SECONDS", PATIENCE)
    send, made = sent(endpoint), CREATING[endpoint][1]
    before, answers = made.select().count(), []
    threads = [Thread(target=contextvars.copy_context().run, args=(in_a_thread, send, answers)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {(answer.status_code, answer.location) for answer in answers} == {(303, answers[0].location)} and len(
        answers
    ) == 3
    with_its_next_step = endpoint == "activities.new"
    assert made.select().count() == before + 1 + with_its_next_step


def in_a_thread(send, answers: list) -> None:
    answers.append(send())
    database.close()
