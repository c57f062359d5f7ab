"""What happens beside the deals: people are away or leave; drafts, saved views, an import and findings (SOP 1, sections
E and J)."""

import io
from datetime import timedelta

from carmanana.boards import saved_views as views
from carmanana.compliance import consequences, findings
from carmanana.contacting import log as logging
from carmanana.contacting.business_hours import end_of_business_day
from carmanana.contacting.mail import drafts, outbox_address, templates, writing
from carmanana.contacting.phrase_check import findings as guard
from carmanana.core import clock
from carmanana.core.workflow import Refused
from carmanana.demo import calling, cars, customer_work, days, departing, offering, reviewing, rights, telling
from carmanana.demo.staff import AWAY, BARRED
from carmanana.importing import running, uploading
from carmanana.importing.files.quoting import line
from carmanana.importing.kinds import CONTACTS
from carmanana.importing.terms import Terms
from carmanana.leads import unanswered
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.compliance import OPEN, Finding
from carmanana.records.deal_codes import ACTIVE
from carmanana.records.deals import Deal
from carmanana.records.imports import ImportBatch
from carmanana.records.mail import LetterTemplate
from carmanana.records.notifications import Notification
from carmanana.records.pipelines import Pipeline
from carmanana.reports import weekly
from carmanana.staffing import absences, handover, leaving

SMALLEST = 100  # deals of a world that has an import
IMPORTED = 12
QUOTED = (
    "Customer says: “your colleague promised me the full refund by Friday.” Told them that only the manager "
    "decides that."
)
PROMISE = "I promise that you get your full deposit back by Friday."
SHARED_VIEWS = [
    ("manager", "Overdue first", "", "due=late"),
    ("agent", "My live deals", "list", "owner=me&readiness=live"),
    ("agent", "Held until", "list", "state=on_hold"),
]


def announce_absence(world) -> None:
    away, boss = world.dealership.accounts[AWAY], world.dealership.managers[1]
    today = clock.today(away.timezone)
    absences.be_away(
        away,
        boss,
        today + timedelta(days=1),
        today + timedelta(days=10),
        "Wedding in Lucca",
        world.dealership.accounts["agent2"],
    )


def see_off(world) -> None:
    """Whoever leaves hands over first what is still open; promises of delivered orders are kept by the manager."""
    dealership, boss = world.dealership, world.dealership.managers[1]
    leaver = dealership.leaver

    def to(what: str, number: int):
        return boss if what == "step" else dealership.colleague_of(leaver, world.rng)

    handover.hand_over(leaver, boss, to, "Leaves CarManana")
    leaving.deactivate(leaver, dealership.accounts["admin"])


def at_the_end(world) -> list:
    return [
        restrict,
        days.ask_to_hand_over,
        save_views,
        write_drafts,
        leave_findings,
        reviewing.review_calls,
        reviewing.judge_findings,
        escalate,
        telling.escalate_what_is_overdue,
        rights.use_rights,
        customer_work.tell_of_late_ones,
        departing.let_customers_leave,
        read_notifications,
        ask_for_the_week,
        telling.choose_where_told,
        calling.prepare_a_sequence,
        offering.offer_vehicles,
        *([bring_in] if world.deals >= SMALLEST else []),
    ]


def ask_for_the_week(world) -> None:
    """A manager gets the weekly report by email."""
    weekly.settle(world.dealership.managers[0], True)


def restrict(world) -> None:
    dealership = world.dealership
    barred, boss = dealership.accounts[BARRED], dealership.managers[0]
    today = clock.today(barred.timezone)
    why = "Two agreements went out without a manager's look. Coaching first."
    consequences.restrict(barred, boss, dealership.stages["used_vehicle", 6], today, today + timedelta(days=14), why)


def escalate(world) -> None:
    """As the sweep does: leads that nobody answered in time are before the manager."""
    unanswered.escalate_unanswered(clock.now())


def read_notifications(world) -> None:
    """What is a week old has been read, and what came in with leads days ago."""
    now = clock.now()
    of_leads = Notification.lead.is_null(False) & (Notification.created_at < now - timedelta(days=2))
    old = of_leads | (Notification.created_at < now - timedelta(days=7))
    Notification.update(read_at=Notification.created_at).where(old).execute()


def save_views(world) -> None:
    pipeline = Pipeline.get(Pipeline.order_type == cars.USED)
    for account, name, ending, query in SHARED_VIEWS:
        user = world.dealership.accounts[account]
        view = views.save(user, pipeline, ending, query, name)
        if user.is_manager:
            views.correct(view, user, name, shared=True, opens_first=False)


def write_drafts(world) -> None:
    """Letters wait as drafts where there is no mail server; one has gone by hand."""
    if outbox_address.has_server():
        return
    agent = world.dealership.accounts["agent"]
    ready = [deal for deal in _newest_of(agent) if deal.customer.email and not deal.customer.no_emails][:3]
    template = LetterTemplate.get(LetterTemplate.code == "call_missed")
    letters = [_draft(deal, agent, template) for deal in ready]
    for letter in letters[2:]:
        drafts.sent_by_hand(letter, agent, letter.next_step, letter.due_at)


def _draft(deal, agent, template):
    subject, text = templates.filled(template, deal, agent)
    text = text.replace("[My phone]", "").strip()
    due_at = end_of_business_day(clock.now() + timedelta(days=2), agent.timezone)
    return writing.write(deal, agent, deal.customer.email.address, subject, text, "Call if no reply", due_at)


def _newest_of(agent) -> list[Deal]:
    losing = CancellationRequest.still_open().join(Deal).select(Deal.customer)
    mine = Deal.select().where(Deal.owner == agent, Deal.state == ACTIVE, Deal.customer.not_in(losing))
    return list(mine.order_by(Deal.id.desc()).limit(20))


def leave_findings(world) -> None:
    """One note that quotes a customer, one text that was refused, and one finding that was reviewed."""
    agent, compliance = (world.dealership.accounts[account] for account in ("agent", "compliance"))
    deals = _newest_of(agent)
    if not deals:
        return
    logging.log(deals[-1], agent, "note", QUOTED, quoting=True)
    logging.log(deals[0], agent, "note", QUOTED, quoting=True)
    try:
        logging.log(deals[0], agent, "text", PROMISE, "out", outcome="sent")
    except Refused as refused:
        guard.keep_refused(refused, agent, "text", deals[0])
    if found := Finding.select().where(Finding.state == OPEN).order_by(Finding.id).first():
        findings.review(found, compliance, found.version, "The note quotes the customer. Coached on what to answer.")


def bring_in(world) -> None:
    """A list of contacts from a trade fair, brought in by the manager."""
    manager = world.dealership.accounts["manager"]
    rows = [["Name", "Email", "Phone", "Vehicle", "Notes"]]
    for _ in range(IMPORTED):
        person, car = next(world.people), cars.wanted(cars.USED, world.as_of.year, world.rng)
        contact = [*(person.emails[:1] or [""]), *([typed for _, typed in person.phones[:1]] or [""])]
        rows.append([person.name, *contact, f"{car.year} {car.make} {car.model}", "Met at the fair"])
    batch = uploading.upload(io.BytesIO("".join(map(line, rows)).encode()), "Car fair contacts.csv", manager)
    terms = Terms.of(batch.mapping)
    terms.kind = CONTACTS
    uploading.set_terms(batch, terms, manager)
    running.run(uploading.start(ImportBatch.get_by_id(batch.id), manager))
