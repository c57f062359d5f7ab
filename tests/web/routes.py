"""Who may call which route, and a world in which each of them leads somewhere."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from flask import Flask

from carmanana.blueprints.buyers.unsubscribing import address_of
from carmanana.boards.saved_views import save, save_of_list
from carmanana.bulk.kinds import KINDS
from carmanana.bulk.running import begin
from carmanana.bulk.selection import Picked
from carmanana.buyers.offered import enter as enter_vehicle
from carmanana.cancellations.playbook.stories import make
from carmanana.cases import checklist, opening
from carmanana.cases.verbs import VERBS as case_verbs
from carmanana.compliance.consequences import impose
from carmanana.compliance.scorecards import propose
from carmanana.contacting import log
from carmanana.contacting.phrase_check.findings import keep
from carmanana.contacting.phrase_check.judging import judge
from carmanana.core import clock
from carmanana.core.signed import sign
from carmanana.customers import people
from carmanana.departures.lifecycle import begin as begin_cancelling
from carmanana.expiries import setting
from carmanana.expiries.verbs import VERBS as expiry_verbs
from carmanana.importing.uploading import upload
from carmanana.leads.dialing import building, calling
from carmanana.leads.intake import agree
from carmanana.leads.lead_files import receive
from carmanana.records.activities import Activity
from carmanana.records.attachments import Attachment
from carmanana.records.bulk import BulkRun
from carmanana.records.business_hours import Holiday
from carmanana.records.calling import CallingRule
from carmanana.records.cancellation_rights import CancellationRight
from carmanana.records.cancellations import CancellationRequest, Direction
from carmanana.records.compliance import Consequence, Finding
from carmanana.records.customers import Customer, Person
from carmanana.records.deals import Deal, Payment
from carmanana.records.imports import ImportBatch
from carmanana.records.inquiries import LeadFile
from carmanana.records.mail import Letter, LetterTemplate
from carmanana.records.notifications import Notification
from carmanana.records.offered_vehicles import WantsChange
from carmanana.records.people import ROLES, Absence, SigninAttempt, User
from carmanana.records.phrases import Phrase, WordList
from carmanana.records.privacy import ErasureProposal
from carmanana.records.push import PushDevice
from carmanana.records.retention import Commitment, CounterOffer
from carmanana.records.sales_orders import SalesOrder
from carmanana.records.scorecards import ReviewCase, Scorecard
from carmanana.records.scripts import Script, ScriptRecording
from carmanana.reports.audit_checking import begin as begin_check
from carmanana.reports.pages import REPORTS
from carmanana.sales.assets import adding
from carmanana.sales.assets.verbs import VERBS as asset_verbs
from carmanana.sales.orders.verbs import VERBS as order_verbs
from carmanana.sales.quotations import drafting
from carmanana.sales.quotations.verbs import VERBS as quotation_verbs
from carmanana.staffing.asking import ask
from carmanana.staffing.signin import new_reset
from carmanana.today.proof import prove

from ..saving import planned, retained, second_member

PUBLIC = "public"
EVERYONE = set(ROLES)
WORKERS = {"agent", "manager"}
CONTACTING = {"agent", "manager", "retention"}
MANAGERS = {"manager"}
LEADERS = {"manager", "crm_admin"}
ADMINS = {"crm_admin"}
READERS = {"manager", "compliance", "crm_admin"}
JUDGES = {"manager", "compliance"}
CALL_READERS = WORKERS | READERS
SAVING = {"manager", "retention"}
RETENTION = {"retention"}
CANCELLERS = {"customer_cancellation", "crm_admin"}

MAY = {
    "signing.sign_in": PUBLIC,
    "signing.code": PUBLIC,
    "signing.forgotten": PUBLIC,
    "signing.choose_password": PUBLIC,
    "signing.sign_out": EVERYONE,
    "health.healthz": PUBLIC,
    "home.home": EVERYONE,
    "home.first_of": EVERYONE,
    "offline.worker": PUBLIC,
    "offline.index": PUBLIC,
    "offline.forms": PUBLIC,
    "offline.token": EVERYONE,
    "sharing.index": CONTACTING,
    "sharing.missed": CONTACTING,
    "house.settings": LEADERS,
    **dict.fromkeys((f"help.{name}" for name in ("index", "sop", "machine", "put_away")), EVERYONE),
    "today.index": EVERYONE,
    "today.section": EVERYONE,
    "today.beside": EVERYONE,
    "today.stuck": EVERYONE,
    "today.snooze": CONTACTING,
    "today.check_in": CONTACTING,
    "today.check": CONTACTING,
    "today.check_ins": READERS,
    "today.proofs": READERS,
    "today.proof_of": READERS,
    "today.unowned_deals": WORKERS,
    "today.unowned_leads": WORKERS,
    "people.ask_hand_over": CONTACTING,
    "people.answer_hand_over": LEADERS,
    "deals.undo_newest": WORKERS,
    "boards.first": EVERYONE,
    "boards.show": EVERYONE,
    "boards.more": EVERYONE,
    "boards.calendar": EVERYONE,
    "boards.listing": EVERYONE,
    "views.index": EVERYONE,
    "views.edit": EVERYONE,
    "views.drop": EVERYONE,
    "views.density": EVERYONE,
    "boards.changes": EVERYONE,
    "list_views.index": EVERYONE,
    "list_views.share": MANAGERS,
    "list_views.drop": EVERYONE,
    "buyers.index": EVERYONE,
    "buyers.cell": WORKERS,
    "buyers.paste": WORKERS,
    "buyers.bulk": WORKERS,
    "buyers.file": WORKERS,
    "buyers.apply": WORKERS,
    "buyers.changed": WORKERS,
    "buyers.undo": WORKERS,
    "match.index": EVERYONE,
    "match.vehicles": EVERYONE,
    "match.show": EVERYONE,
    "match.keep": WORKERS,
    "match.edit": WORKERS,
    "match.take_off": WORKERS,
    "match.call": WORKERS,
    "match.email": WORKERS,
    "unsubscribing.unsubscribe": PUBLIC,
    "bulk.ask": WORKERS,
    "bulk.begin": WORKERS,
    "bulk.index": WORKERS,
    "bulk.show": WORKERS,
    "bulk.progress": WORKERS,
    "bulk.csv": WORKERS,
    "deals.show": EVERYONE,
    "deals.look": EVERYONE,
    "deals.new": WORKERS,
    "deals.move": WORKERS,
    "deals.column": WORKERS,
    "deals.edit": WORKERS,
    "deals.cell": WORKERS,
    "deals.needs": WORKERS,
    "deals.payments": WORKERS,
    "deals.payment_correction": MANAGERS,
    "deals.payment_voiding": MANAGERS,
    "deals.unsigning": WORKERS,
    "deals.hold": WORKERS,
    "deals.resumption": WORKERS,
    "deals.readiness": WORKERS,
    "deals.win": WORKERS,
    "deals.loss": WORKERS,
    "deals.cancellation": WORKERS,
    "deals.transfer": WORKERS,
    "deals.successor": WORKERS,
    "deals.claim": WORKERS,
    "deals.flag": WORKERS,
    "deals.undo": WORKERS,
    "deals.owner": MANAGERS,
    "deals.reopening": WORKERS,
    "leads.index": EVERYONE,
    "leads.show": EVERYONE,
    **dict.fromkeys((f"leads.{part}" for part in ("board", "board_column", "board_changes")), EVERYONE),
    **dict.fromkeys(("leads.column", "leads.move"), WORKERS),
    "leads.new": WORKERS,
    **dict.fromkeys(
        (f"leads.{step}" for step in ("claim", "assess", "convert", "resume", "hold", "close", "reassign", "flag")),
        WORKERS,
    ),
    **dict.fromkeys((f"leads.{step}" for step in ("clear_flag", "reopen", "undo", "undo_conversion")), WORKERS),
    **dict.fromkeys(
        (f"leads.{fact}" for fact in ("contact", "new_step", "edit_step", "step_done", "step_file")), WORKERS
    ),
    **dict.fromkeys((f"leads.{fact}" for fact in ("consent", "withdrawal")), WORKERS),
    "needs.save": WORKERS,
    "needs.models": WORKERS,
    "dialing.index": CALL_READERS,
    "dialing.show": CALL_READERS,
    **dict.fromkeys(
        (f"dialing.{step}" for step in ("new", "turn", "dial", "hang_up", "draft", "log", "skip")), WORKERS
    ),
    "activities.new": CONTACTING,
    "activities.new_step": CONTACTING,
    "activities.assignees": MANAGERS,
    "activities.done": CONTACTING,
    "activities.edit_step": CONTACTING,
    "activities.day": CONTACTING,
    "activities.step_file": CONTACTING,
    "files.show": EVERYONE,
    "files.email": EVERYONE,
    "files.add": CONTACTING,
    "letters.new": CONTACTING,
    "letters.by_hand": CONTACTING,
    "letters.discard": CONTACTING,
    "letters.again": CONTACTING,
    "letters.approval": MANAGERS,
    "letters.index": MANAGERS,
    "letters.new_template": MANAGERS,
    "letters.edit_template": MANAGERS,
    "cancellations.index": READERS,
    "cancellations.show": READERS,
    "cancellations.of_deal": EVERYONE,
    "cancellations.look": MANAGERS,
    "cancellations.begin": MANAGERS,
    "cancellations.attempt": MANAGERS,
    "cancellations.first_contact": MANAGERS,
    "cancellations.unreachable": MANAGERS,
    "cancellations.cancel": MANAGERS,
    "cancellations.progress": MANAGERS,
    "cancellations.withdrawal": MANAGERS,
    "cancellations.acknowledgement": MANAGERS,
    "cancellations.right_dismissal": MANAGERS,
    "cancellations.right_consideration": MANAGERS,
    "cancellations.direction": MANAGERS,
    "cancellations.end_direction": MANAGERS,
    "cancellations.reviewer": LEADERS,
    "cancellations.explain": MANAGERS,
    "cancellations.supply": MANAGERS,
    "cancellations.times": LEADERS,
    "cancellations.holiday": LEADERS,
    "cancellations.drop_holiday": LEADERS,
    "customers.new": WORKERS,
    "customers.index": EVERYONE,
    "customers.show": EVERYONE,
    "customers.tab": EVERYONE,
    "customers.add_person": WORKERS,
    "customers.edit_person": WORKERS,
    "customers.remove_person": WORKERS,
    "customers.person_agrees": WORKERS,
    "cases.index": EVERYONE,
    "cases.times": LEADERS,
    "cases.show": EVERYONE,
    "expiries.index": EVERYONE,
    "expiries.show": EVERYONE,
    **dict.fromkeys(
        ("expiries.new", "expiries.undo", *(f"expiries.{verb.last_part.replace('-', '_')}" for verb in expiry_verbs)),
        WORKERS | CANCELLERS,
    ),
    "quotations.index": EVERYONE,
    "quotations.show": EVERYONE,
    "quotations.sheet": EVERYONE,
    "quotations.document": EVERYONE,
    "quotations.new": WORKERS,
    "quotations.repeat": WORKERS,
    "sales_orders.index": EVERYONE,
    "sales_orders.show": EVERYONE,
    "sales_orders.deal": EVERYONE,
    "sales_orders.of_deal": EVERYONE,
    "assets.index": EVERYONE,
    "assets.show": EVERYONE,
    **dict.fromkeys(
        (
            "assets.new",
            "quotations.new_line",
            "quotations.edit_line",
            "quotations.remove_line",
            *(f"quotations.{verb.last_part.replace('-', '_')}" for verb in quotation_verbs),
        ),
        WORKERS | CANCELLERS,
    ),
    **dict.fromkeys(
        (
            *(f"sales_orders.{verb.last_part.replace('-', '_')}" for verb in order_verbs),
            *(f"assets.{verb.last_part.replace('-', '_')}" for verb in asset_verbs),
        ),
        WORKERS | CANCELLERS,
    ),
    "cases.watch": EVERYONE,
    "cases.unwatch": EVERYONE,
    **dict.fromkeys(
        (
            "cases.new",
            "cases.contact",
            "cases.edit_step",
            "cases.step_done",
            "cases.add_check",
            "cases.tick",
            "cases.remove_check",
            "cases.undo",
            *(f"cases.{verb.last_part.replace('-', '_')}" for verb in case_verbs),
        ),
        CONTACTING | CANCELLERS,
    ),
    "customers.edit": WORKERS,
    "customers.is_theirs": WORKERS,
    "customers.owner": MANAGERS,
    "customers.stop": CONTACTING,
    "customers.lift": ADMINS,
    "departures.index": {"customer_cancellation", *READERS},
    "departures.show": EVERYONE,
    "departures.look": EVERYONE,
    **dict.fromkeys(
        (
            f"departures.{step}"
            for step in (
                "begin",
                "reason",
                "edit_reason",
                "drop_reason",
                "owner",
                "perform_now",
                "mood",
                "remove",
                "process",
            )
        ),
        CANCELLERS,
    ),
    "departures.reactivate": ADMINS,
    "departures.setup": ADMINS,
    "departures.reach": ADMINS,
    "privacy.index": ADMINS,
    "privacy.held_of": {"crm_admin", "compliance"},
    "privacy.held_as_file": {"crm_admin", "compliance"},
    "privacy.erase": ADMINS,
    "privacy.decide": ADMINS,
    "privacy.part": MANAGERS,
    "duplicates.near": WORKERS,
    "duplicates.listed": MANAGERS,
    "duplicates.other": MANAGERS,
    "duplicates.merging": MANAGERS,
    "notifications.index": EVERYONE,
    "notifications.read": EVERYONE,
    "notifications.opened": EVERYONE,
    "notifying.settings": EVERYONE,
    "notifying.this_device": EVERYONE,
    "notifying.remove_device": EVERYONE,
    "stopping.stop": PUBLIC,
    "escalation.settings": LEADERS,
    "escalation.set_up": ADMINS,
    "notifications.read_all": EVERYONE,
    "people.index": LEADERS,
    "people.show": LEADERS,
    "people.hand_over": LEADERS,
    "people.restriction": LEADERS,
    "people.access": LEADERS,
    "people.new": ADMINS,
    "people.edit": ADMINS,
    "people.password_link": ADMINS,
    "people.reset_factor": ADMINS,
    "people.required_roles": ADMINS,
    "people.own_factor": EVERYONE,
    "people.begin_factor": EVERYONE,
    "people.confirm_factor": EVERYONE,
    "people.factor_codes": EVERYONE,
    "people.drop_factor": EVERYONE,
    "people.end_session": EVERYONE,
    "people.deactivation": ADMINS,
    "people.reactivation": ADMINS,
    "people.absence": EVERYONE,
    "people.presence": EVERYONE,
    "people.me": EVERYONE,
    "people.password": EVERYONE,
    "people.calendar": PUBLIC,
    "people.open_calendar": EVERYONE,
    "people.close_calendar": EVERYONE,
    "people.theme": EVERYONE,
    "scripts.index": LEADERS,
    "scripts.show": LEADERS,
    "scripts.new": LEADERS,
    "scripts.edit": LEADERS,
    "scripts.approve": LEADERS,
    "scripts.discard": LEADERS,
    "scripts.record": LEADERS,
    "scripts.drop_recording": LEADERS,
    "scripts.recording": LEADERS | {"agent", "compliance"},
    "scripts.phrases": LEADERS,
    "scripts.trial": LEADERS,
    "scripts.new_phrase": LEADERS,
    "scripts.edit_phrase": LEADERS,
    "scripts.edit_list": LEADERS,
    "pipelines.index": ADMINS,
    "pipelines.new_stage": ADMINS,
    "pipelines.edit_stage": ADMINS,
    "pipelines.place": ADMINS,
    "pipelines.archive": ADMINS,
    "pipelines.unarchive": ADMINS,
    "importing.index": LEADERS,
    "importing.upload": LEADERS,
    "importing.throw_away": LEADERS,
    "importing.refused": LEADERS,
    "importing.columns": LEADERS,
    "importing.sheet": LEADERS,
    "importing.words": LEADERS,
    "importing.preview": LEADERS,
    "importing.start": LEADERS,
    "importing.show": LEADERS,
    "importing.progress": LEADERS,
    "importing.go_on": LEADERS,
    "importing.undoing": LEADERS,
    "retention.index": SAVING,
    "retention.show": SAVING,
    "retention.presentation": RETENTION,
    "retention.response": RETENTION,
    "retention.counter": RETENTION,
    "retention.plan": MANAGERS,
    "retention.revision": MANAGERS,
    "retention.answer": MANAGERS,
    "retention.member": LEADERS,
    "retention.retain": SAVING,
    "retention.end": SAVING,
    "playbook.answer": SAVING,
    "playbook.show": SAVING,
    "stories.index": SAVING,
    "stories.new": MANAGERS,
    "stories.edit": MANAGERS,
    "stories.retire": MANAGERS,
    "stories.tell_again": MANAGERS,
    "promises.owed": {"manager", "compliance", "crm_admin"},
    "promises.index": CONTACTING,
    "promises.keep": CONTACTING,
    "search.index": EVERYONE,
    "search.keys": EVERYONE,
    "lead_files.index": WORKERS,
    "lead_files.upload": WORKERS,
    "lead_files.show": WORKERS,
    "lead_files.take": WORKERS,
    "lead_files.discard": WORKERS,
    "inquiries.inquire": PUBLIC,
    "inquiries.thanks": PUBLIC,
    "inquiries.intake": PUBLIC,
    "inquiries.settings": LEADERS,
    "inquiries.set_up": ADMINS,
    "rights.index": READERS,
    "rights.show": READERS,
    "rights.new": ADMINS,
    "rights.edit": ADMINS,
    "rights.end": ADMINS,
    "calling.index": READERS,
    "calling.trial": READERS,
    "calling.show": READERS,
    "calling.holidays": READERS,
    "calling.add_holiday": ADMINS,
    "calling.new": ADMINS,
    "calling.edit": ADMINS,
    "calling.end": ADMINS,
    "calling.load_holidays": ADMINS,
    "calling.drop_holiday": ADMINS,
    "calling.new_register": ADMINS,
    **dict.fromkeys(
        (f"compliance.{name}" for name in ("index", "case", "scorecard", "approve", "decline", "trends", "trend_file")),
        READERS,
    ),
    **dict.fromkeys(
        (f"compliance.{name}" for name in ("draft", "submit_card", "reopen", "second", "transcript")), JUDGES
    ),
    "compliance.mine": EVERYONE,
    "compliance.propose": ADMINS,
    "compliance.sampling": ADMINS,
    "findings.index": READERS,
    "findings.new": JUDGES,
    **dict.fromkeys(
        (
            f"findings.{name}"
            for name in ("show", "review", "dismiss", "answer", "dispute", "uphold", "overturn", "take_back")
        ),
        EVERYONE,
    ),
    "consequences.index": READERS,
    "consequences.new": READERS,
    **dict.fromkeys(
        (f"consequences.{name}" for name in ("show", "acknowledge", "finish", "restore", "take_back")), EVERYONE
    ),
    **dict.fromkeys((f"reports.{report}" for report in REPORTS), {"agent", *READERS}),
    "reports.file": {"agent", *READERS},
    "reports.records": {"agent", *READERS},
    "reports.moved": {"agent", *READERS},
    "reports.behind": {"agent", *READERS},
    "reports.weekly": {"agent", *READERS},
    "audit.index": READERS,
    "audit.check": READERS,
    "audit.show": READERS,
    "audit.progress": READERS,
}

NOBODY = "nobody"
ONE_EACH = ("agent", "manager", "retention", "cancellations", "compliance", "admin")
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
FAMILIES = {"cancellations": "customer_cancellation", "admin": "crm_admin"}


def allowed(endpoint: str, who: str) -> bool:
    who_may = MAY[endpoint]
    return who_may == PUBLIC or (who != NOBODY and FAMILIES.get(who, who) in who_may)


@pytest.fixture
def world(app, cast, settings) -> dict[str, tuple[str, str]]:
    mine, theirs = _deals(cast)
    reviews, proof = _reviews(cast), prove()
    pairs = {
        "deal_id": (mine, theirs),
        "payment_id": tuple(_payment(deal) for deal in (mine, theirs)),
        "customer_id": (mine.customer, theirs.customer),
        **_leads(cast),
        "proposal_id": tuple(
            ErasureProposal.create(kind="recordings", customer=deal.customer, since=clock.now())
            for deal in (mine, theirs)
        ),
        "departure_id": tuple(begin_cancelling(cast.client(), cast.cancellations) for _ in range(2)),
        "step_id": (_step(mine), _step(theirs)),
        "person_id": tuple(people.add(one.customer, one.owner, "Eva Lima", [], []) for one in (mine, theirs)),
        **_customer_cases(mine.customer, theirs.customer),
        **_sales(cast, mine, theirs),
        "file_id": (_file(mine, settings), _file(theirs, settings)),
        "user_id": (cast.agent, cast.agent2),
        "absence_id": (_absence(cast.agent), _absence(cast.agent2)),
        "restriction_id": (_restriction(cast.agent, cast), _restriction(cast.agent2, cast)),
        "notification_id": (
            Notification.create(user=cast.agent, text="Yours", deal=mine),
            Notification.create(user=cast.agent2, text="Theirs"),
        ),
        "vehicle_id": tuple(
            enter_vehicle(user, make="Kia", price_cents=9_000_00) for user in (cast.agent, cast.agent2)
        ),
        "change_id": tuple(
            WantsChange.create(user=user, how="cell", cells=1, before=[]) for user in (cast.agent, cast.agent2)
        ),
        "list_view_id": tuple(
            save_of_list(user, "buyers", "make=Kia", f"Kias {user.id}") for user in (cast.agent, cast.agent2)
        ),
        "device_id": tuple(push_device(user) for user in (cast.agent, cast.agent2)),
        "hand_over_id": tuple(ask(user, "On leave") for user in (cast.agent, cast.agent2)),
        "proof_id": (proof, proof),
        "stage_id": (cast.stage(2), cast.stage(3)),
        "pipeline_id": (mine.pipeline, mine.pipeline),
        "letter_id": (_letter(mine), _letter(theirs)),
        "template_id": (LetterTemplate.get_by_id(1), LetterTemplate.get_by_id(2)),
        "request_id": reviews,
        "activity_id": tuple(review.activity for review in reviews),
        "direction_id": tuple(_direction(review, cast) for review in reviews),
        "holiday_id": (_holiday(24, "Christmas Eve"), _holiday(25, "Christmas")),
        "lead_file_id": (_lead_file(cast.agent), _lead_file(cast.agent2)),
        "rule_id": tuple(CallingRule.select().order_by(CallingRule.id).limit(2)),
        "right_id": tuple(CancellationRight.select().order_by(CancellationRight.id).limit(2)),
        "recording_id": tuple(_recording(script) for script in Script.select().order_by(Script.id).limit(2)),
        "script_id": tuple(Script.select().order_by(Script.id).limit(2)),
        "phrase_id": tuple(Phrase.select().order_by(Phrase.id).limit(2)),
        "list_id": tuple(WordList.select().order_by(WordList.id).limit(2)),
        "finding_id": (_finding(cast.agent, mine), _finding(cast.agent2, theirs)),
        **_reviewed(cast, mine, theirs),
        "batch_id": (_batch(cast.manager, "Status"), _batch(cast.manager, "Colour")),
        "view_id": tuple(save(user, mine.pipeline, "list", "mine=1", "Mine") for user in (cast.agent, cast.agent2)),
        "run_id": (_run(mine), _run(theirs)),
        "audit_check_id": (begin_check(cast.compliance), begin_check(cast.manager)),
        **_cases(cast),
    }
    words = {
        "step": ("diagnose", "mission"),
        "listed": ("buyers", "buyers"),
        "sop_slug": ("cancellation", "lead-and-deal"),
        "machine_slug": ("deals", "leads"),
        "signed": _unsubscribing(app, mine.customer),
        "slug": ("used-vehicle-orders", "new-vehicle-orders"),
        "key": ("on_hold", f"s{cast.stage().id}"),
        "kind": ("move", "flag"),
        "standing": ("on-hold", "closed"),
        "turning": ("start", "pause"),
        "secret": ("none", "none"),
        "tab": ("deals", "deals"),
        "bar_page": ("deals", "reports"),
        "report": ("leads", "cancellations"),
        "old": ("saving", "lead-response"),
        "section_key": ("overdue", "unowned"),
        "check_code": ("overdue", "k_own"),
        "other": ("done", "ahead"),
        "what": ("deals", "leads"),
        "state": ("new", "new"),
        "trigger": ("claim", "close"),
        "stop_token": (
            sign("s" * 64, "stop", "digest", cast.agent.id),
            sign("s" * 64, "stop", "digest", cast.agent2.id),
        ),
        "token": (new_reset(cast.agent), new_reset(cast.agent2)),
    }
    return {name: (str(own.id), str(other.id)) for name, (own, other) in pairs.items()} | words


def push_device(user: User, endpoint: str = "https://fcm.googleapis.com/fcm/send/") -> PushDevice:
    return PushDevice.create(user=user, endpoint=f"{endpoint}{user.id}", p256dh="p", auth="a", name="Firefox on Linux")


def _customer_cases(*customers) -> dict:
    """One of each customer, with a line to tick and a next step."""
    cases = [opening.enter(customer, customer.owner, "The key is lost") for customer in customers]
    lines = [checklist.add(case, "Order a key", case.assignee) for case in cases]
    steps = [log.add_step(case, case.assignee, "Call", clock.now() + timedelta(days=1)) for case in cases]
    ahead = clock.today() + timedelta(days=90)
    expiries = [setting.enter(customer, customer.owner, ahead, about="Lease") for customer in customers]
    return {
        "expiry_id": tuple(expiries),
        "case_id": tuple(cases),
        "check_id": tuple(lines),
        "case_step_id": tuple(steps),
    }


def _recording(script: Script) -> ScriptRecording:
    return ScriptRecording.create(
        script=script, name="v.m4a", stored=f"{script.id:032x}", media_type="audio/mp4", size=1
    )


def _leads(cast) -> dict:
    """Two that were spoken with, with their next step and what they agreed to."""
    leads = [cast.lead_in("connected", owner) for owner in (cast.agent, cast.agent2)]
    consents = (agree(lead.person, cast.manager, {"call"}, "Yes, call me", "phone") for lead in leads)
    return {
        "lead_id": tuple(leads),
        "lead_step_id": tuple(Activity.next_step(lead) for lead in leads),
        "consent_id": tuple(consents),
        **_sequences(cast),
    }


def _sequences(cast) -> dict:
    """Each has a lead on the screen that was dialed."""
    sequences = []
    for owner in (cast.agent, cast.agent2):
        made = building.prepare(owner, owner, [cast.lead(owner), cast.lead(owner)], "Calls")
        sequences.append(calling.start(made, owner))
    calls = [calling.dial(calling.current(made, made.user), made.user) for made in sequences]
    return {"sequence_id": tuple(sequences), "call_id": tuple(calls)}


def _deals(cast) -> tuple[Deal, Deal]:
    deals = []
    for owner in (cast.agent, cast.agent2):
        deal = cast.deal(owner, "organic", value_cents=2600000)
        cast.called(deal, owner)
        Customer.update(owner=owner).where(Customer.id == deal.customer_id).execute()
        deals.append(Deal.get_by_id(deal.id))
    return tuple(deals)


def _reviews(cast) -> tuple[CancellationRequest, CancellationRequest]:
    """Both have begun; they are about other orders than the rest of the world."""
    requests = [
        cast.losing(cast.in_state("won"), cast.agent, reviewer=manager) for manager in (cast.manager, cast.manager2)
    ]
    return tuple(cast.walked(request, "in_review") for request in requests)


def _direction(review: CancellationRequest, cast) -> Direction:
    return Direction.create(
        request=review,
        user=cast.agent,
        words="Only the date",
        until=clock.now() + timedelta(days=1),
        given_by=review.reviewer,
    )


def _lead_file(by: User) -> LeadFile:
    card = b"BEGIN:VCARD\nFN:Ana Torres\nTEL:305 555 0177\nEND:VCARD\n"
    return receive(by, [("ana.vcf", card)])[0]


def _holiday(day: int, name: str) -> Holiday:
    return Holiday.create(day=date(2026, 12, day), name=name)


def _step(deal: Deal) -> Activity:
    return Activity.next_step(deal)


def _file(deal: Deal, settings) -> Attachment:
    settings.uploads.mkdir(exist_ok=True)
    (settings.uploads / f"mail{deal.id}").write_text("Subject: Options\n\nThree options.")
    activity = Activity.get(Activity.deal == deal, Activity.kind == "call")
    return Attachment.create(
        activity=activity, kind="email", name="мейл.eml", stored=f"mail{deal.id}", media_type="message/rfc822", size=33
    )


def _run(deal: Deal) -> BulkRun:
    return begin(KINDS["flag"], Picked({deal.id: None}), {"reason": "Is it real?"}, deal.owner)


def _letter(deal: Deal) -> Letter:
    return Letter.create(
        deal=deal, author=deal.owner, to=deal.customer.email.address, subject="Options", body="Three options."
    )


def _cases(cast) -> dict[str, tuple]:
    """The retention member's case and a colleague's; a promise that the agent keeps and one of another's."""
    plans = [planned(cast), planned(cast, assignee=second_member(cast))]
    kept = [
        retained(cast),
        retained(cast, commitments=[{"words": "A call on Friday", "due_on": clock.today(), "owner": cast.agent2}]),
    ]
    return {
        "offer_id": tuple(plan.offers.get() for plan in plans),
        "counter_id": tuple(CounterOffer.create(plan=plan, terms="$900 off", told_by=plan.assignee) for plan in plans),
        "story_id": tuple(
            make(request, cast.manager, "A loan car", "True.", "By phone", clock.today()) for request in kept
        ),
        "promise_id": tuple(
            request.commitments.join(Activity, on=Commitment.task).where(Activity.assignee == owner).get()
            for request, owner in zip(kept, (cast.agent, cast.agent2), strict=True)
        ),
    }


def _payment(deal: Deal) -> Payment:
    return Payment.create(deal=deal, kind="received", amount_cents=100, paid_on=clock.today(), recorded_by=deal.owner)


def _absence(user: User) -> Absence:
    return Absence.create(user=user, starts_on=clock.today(), ends_on=clock.today(), created_by=user)


def _unsubscribing(app: Flask, customer: Customer) -> tuple[str, str]:
    with app.test_request_context():
        signed = address_of(Person.first_of(customer.id), "a@example.com").rpartition("/")[2]
    return signed, signed


def _restriction(user: User, cast) -> Consequence:
    return Consequence.create(
        kind="access",
        user=user,
        stage=cast.stage(5),
        starts_on=clock.today(),
        reason="Coaching",
        created_by=cast.manager,
    )


def _finding(user: User, deal: Deal) -> Finding:
    return keep(user, judge("You get every penny back."), "email", "refused", deal)[0]


def _reviewed(cast, *deals: Deal) -> dict:
    """A call of each deal that waits for its card, a consequence of each owner, and two versions of the scorecard."""
    calls = [cast.called(deal, deal.owner) for deal in deals]
    cases = [ReviewCase.create(activity=call, user=call.author, why="flagged") for call in calls]
    coached = [impose(deal.owner, cast.manager, "coaching", "Coaching", due_on=clock.today()) for deal in deals]
    cards = Scorecard.in_use(), propose(cast.admin, [{"words": "Polite"}])
    return {"review_case_id": tuple(cases), "consequence_id": tuple(coached), "card_id": cards}


def _batch(user: User, heading: str) -> ImportBatch:
    """With values to map where one of the headings is a field of ours that needs it."""
    sheet = f"Name,Phone,Make,Price,{heading}\nAna,305 555 1000,Kia,$20,won\nBo,,Seat,x,blue\n"
    return upload(BytesIO(sheet.encode()), "cars.csv", user)


def rules(app: Flask, method: str) -> list:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static" and method in rule.methods]


def address(rule, values: dict[str, str]) -> str:
    missing = rule.arguments - values.keys()
    assert not missing, f"{rule.endpoint}: tell `world` what {missing} may be"
    return re.sub(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", lambda found: values[found[1]], rule.rule)


def own(world: dict) -> dict[str, str]:
    return {name: pair[0] for name, pair in world.items()}


def foreign(world: dict) -> dict[str, str]:
    return {name: pair[1] for name, pair in world.items()}


def _sales(cast, *deals) -> dict:
    """A quotation with a line, an order and an asset of each."""
    quotations = [drafting.enter(deal, cast.manager, "A car") for deal in deals]
    for quotation in quotations:
        drafting.add_line(quotation, cast.manager, None, what="Mats", quantity=1, price_cents=100_00, tax="8")
    won = [cast.in_state("won", owner) for owner in (cast.agent, cast.agent2)]
    return {
        "quotation_id": tuple(quotations),
        "line_id": tuple(quotation.lines[-1] for quotation in quotations),
        "order_id": tuple(SalesOrder.get(SalesOrder.deal == deal) for deal in won),
        "asset_id": tuple(adding.enter(deal.customer, cast.manager, "A trailer") for deal in deals),
    }


@pytest.fixture
def enter(visit):
    """A browser of one of the cast; signs in again after a sign-out, a new password or a deactivation."""
    password_hash = User.get(User.email == "agent@carmanana.example").password_hash

    def browser(who: str):
        if who == NOBODY:
            return visit()
        SigninAttempt.delete().execute()
        User.update(password_hash=password_hash, deactivated_at=None).where(
            User.email == f"{who}@carmanana.example"
        ).execute()
        return visit(who)

    return browser
