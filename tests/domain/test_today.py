"""The day: its edges in twelve zones, what stands how, the proof of a night, checks and check-ins, snoozing, new leads
in turn."""

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from carmanana.contacting.business_hours import end_of_business_day
from carmanana.contacting.log import add_step, finish_step
from carmanana.contacting.next_steps import FIRST_CONTACT
from carmanana.core import clock
from carmanana.core.audit import Event
from carmanana.deals.lifecycle import order
from carmanana.leads.assigning import give, next_owner
from carmanana.leads.lifecycle import inquiry
from carmanana.records.activities import Activity
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.checkins import END, START, CheckIn
from carmanana.records.deals import Deal
from carmanana.records.handovers import HandOverRequest
from carmanana.records.house import FEWEST, IN_TURN, NOBODY, House, settle
from carmanana.records.leads import Lead
from carmanana.records.notifications import Notification
from carmanana.records.people import HOUSE_ID, User
from carmanana.records.settled import StuckRecord
from carmanana.staffing import asking
from carmanana.staffing.absences import be_away
from carmanana.staffing.handover import hand_over
from carmanana.today import checkins, duties, proof
from carmanana.today.checks import CHECKLIST, END_OF_DAY, answered
from carmanana.today.moments import bounds, day_of, still_fine_since
from carmanana.today.snoozing import snooze
from carmanana.today.standing import ALL, counts
from carmanana.today.standings import Clock

from ..cast import NOON, forbidden, refused

ZONES = (
    "America/New_York",
    "America/Los_Angeles",
    "America/Phoenix",
    "America/St_Johns",
    "America/Sao_Paulo",
    "Europe/London",
    "Europe/Warsaw",
    "Africa/Cairo",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
)
NIGHTS = (
    date(2026, 3, 8),
    date(2026, 3, 29),
    date(2026, 10, 4),
    date(2026, 10, 25),
    date(2026, 11, 1),
    date(2026, 11, 18),
)


def test_a_day_ends_where_the_persons_calendar_says_in_every_zone(cast):
    """Over the nights on which clocks change: what is due is overdue, due today or later, never two of them, never
    none."""
    deal, wrong = cast.deal(cast.agent), []
    steps = {}
    for zone in ZONES:
        User.update(timezone=zone).where(User.id == cast.agent.id).execute()
        agent = cast.agent
        for night in NIGHTS:
            begins, ends = bounds(night, zone)
            hours = (ends - begins) / timedelta(hours=1)
            wall = [clock.local(at, zone) for at in (begins, ends - timedelta(seconds=1))]
            if {at.date() for at in wall} != {night} or not 23 <= hours <= 25:
                wrong.append(("day", zone, night, hours))
            for now in (begins, begins + timedelta(hours=3), ends - timedelta(minutes=1)):
                with clock.set_to(now):
                    due = {"overdue": now - timedelta(seconds=1), "today": ends - timedelta(seconds=1), "later": ends}
                    Activity.delete().execute()
                    for name, at in due.items():
                        about = {"customer": deal.customer_id, "deal": deal, "assignee": agent}
                        steps[name] = Activity.create(kind="task", subject=name, due_at=at, **about).id
                    found = [
                        [row.step_id for row in find(agent, 10).rows]
                        for find in (duties.overdue, duties.due_today, duties.ahead)
                    ]
                    if found != [[steps["overdue"]], [steps["today"]], [steps["later"]]] or day_of(agent) != night:
                        wrong.append(("due", zone, night, now, found))
                    closes = clock.local(end_of_business_day(now, zone), zone)
                    if closes.utcoffset() != datetime.combine(closes.date(), closes.time(), ZoneInfo(zone)).utcoffset():
                        wrong.append(("closes", zone, night, closes))
                    if still_fine_since(now, zone) > now:
                        wrong.append(("fine", zone, night))
    assert wrong == []


def test_what_is_new_on_saturday_is_fine_until_monday_evening(cast):
    saturday = datetime(2026, 11, 21, 20, tzinfo=UTC)
    for later, fine in ((timedelta(days=1), True), (timedelta(days=2), True), (timedelta(days=2, hours=6), False)):
        assert (still_fine_since(saturday + later, "America/New_York") <= saturday) is fine


def random_world(cast, seed: int) -> None:
    """Deals and leads in every state, with owners, steps and holds that may be late or missing."""
    dice = random.Random(seed)
    owners = (cast.agent, cast.agent2, None, cast.house)
    for state in ("active",) * 14 + ("on_hold",) * 8 + ("won", "lost", "cancellation_requested"):
        deal = cast.in_state(state)
        if state in ("active", "on_hold"):
            owner = dice.choice(owners)
            Deal.update(owner=owner, created_at=NOON - timedelta(days=dice.choice((0, 1, 9)))).where(
                Deal.id == deal.id
            ).execute()
            if state == "on_hold":
                days = dice.choice((-30, -8, -7, 0, 5))
                deal.hold.update(follow_up_on=(NOON + timedelta(days=days)).date()).where(
                    type(deal.hold).deal == deal
                ).execute()
            elif dice.random() < 0.7:
                due = NOON + timedelta(days=dice.choice((-20, -8, -6, -1, 3)))
                Activity.create(customer=deal.customer_id, deal=deal, kind="task", subject="Call", due_at=due)
            if owner == cast.agent2 and dice.random() < 0.5:
                order.fire(Deal.get_by_id(deal.id), "reassign", cast.manager, owner=cast.agent, reason="On leave")
    for state in ("new",) * 6 + ("working",) * 6 + ("on_hold",) * 4 + ("closed", "assessed", "converted"):
        lead = cast.lead_in(state)
        if state in ("new", "working", "on_hold"):
            facts = {"owner": dice.choice(owners), "created_at": NOON - timedelta(days=dice.choice((0, 9)))}
            if state == "on_hold":
                facts["follow_up_on"] = (NOON + timedelta(days=dice.choice((-20, 4)))).date()
            Lead.update(**facts).where(Lead.id == lead.id).execute()
            Activity.delete().where(Activity.lead == lead, Activity.kind == "task").execute()
            if dice.random() < 0.6:
                due = NOON + timedelta(days=dice.choice((-20, -3, 3)))
                Activity.create(customer=lead.customer_id, lead=lead, kind="task", subject="Call", due_at=due)


def stuck_by_hand(fine_since: datetime) -> set[tuple[str, int]]:
    """The same, one by one and in words of its own."""
    under_review = {deal.customer_id for deal in Deal.select() if deal.state == "cancellation_requested"}
    given = {
        (event.subject, event.subject_id)
        for event in Event.select().where(Event.verb == "reassign")
        if event.at >= fine_since
    }
    found, week_ago = set(), NOON - timedelta(days=7)
    for deal in Deal.select():
        if deal.state == "cancellation_requested":
            request = CancellationRequest.get(CancellationRequest.deal == deal)
            if (request.next_attempt_at or request.due_at) < NOON:
                found.add(("deal", deal.id))
        elif deal.state in ("active", "on_hold") and deal.customer_id not in under_review:
            if deal.owner_id in (None, HOUSE_ID):
                late = deal.created_at < fine_since
            elif ("deal", deal.id) in given:
                late = False
            elif deal.state == "on_hold":
                late = deal.hold.follow_up_on < week_ago.date()
            else:
                step = Activity.next_step(deal)
                late = step is None or step.due_at < week_ago
            if late:
                found.add(("deal", deal.id))
    for lead in Lead.select().where(Lead.state.not_in(("closed", "converted"))):
        step = Activity.next_step(lead)
        if lead.customer_id in under_review:
            continue
        if lead.owner_id in (None, HOUSE_ID):
            late = lead.created_at < fine_since
        elif ("lead", lead.id) in given:
            late = False
        elif lead.state == "on_hold":
            late = lead.follow_up_on < week_ago.date()
        elif step is None:
            late = lead.touched_at is not None or lead.created_at < fine_since
        else:
            late = step.due_at < week_ago
        if late:
            found.add(("lead", lead.id))
    return found


def test_the_proof_of_a_night_is_what_is_counted_by_hand(cast):
    random_world(cast, 7)
    at = Clock.at(NOON)
    made = proof.prove(NOON)
    listed = {(row.kind, row.record_id) for row in StuckRecord.select().where(StuckRecord.proof == made)}
    assert listed == stuck_by_hand(at.fine_since) and made.stuck == len(listed) > 5
    for model, found in ((Deal, made.deals), (Lead, made.leads)):
        assert sum(found.values()) == model.select().count() and "unknown" not in found
        of_each = {one.code: model.select().where(one.where(at)).count() for one in ALL[model]}
        assert found == counts(model, at) == {code: number for code, number in of_each.items() if number}, (
            "one way each"
        )
    seen = {code for found in (made.deals, made.leads) for code in found}
    assert seen >= {"unowned", "no_step", "step_late", "hold_late", "reassigned"}


def test_a_night_is_proved_once_and_told_to_owners_and_managers(cast):
    cast.deal(cast.agent)
    later = NOON + timedelta(days=4)
    with clock.set_to(later):
        assert proof.prove_nightly(later).stuck == 1
        assert proof.prove_nightly(later + timedelta(hours=2)) is None
        assert proof.prove_nightly(later + timedelta(days=1)).stuck == 1
        assert [night.stuck for night in proof.history()] == [1, 1]
    told = {note.user_id for note in Notification.select().where(Notification.text.contains("stuck"))}
    assert told == {cast.agent.id, cast.manager.id, cast.manager2.id}


def test_a_day_with_something_open_is_signed_by_saying_why(cast):
    deal = cast.deal(cast.agent)
    with refused("reason", field="reason"):
        checkins.sign(cast.agent, END)
    made = checkins.sign(cast.agent, START)
    assert made.failing == {"steps": 1} and made.reason == ""
    with refused("signed"):
        checkins.sign(cast.agent, START)
    ended = checkins.sign(cast.agent, END, "The bank calls back tomorrow")
    assert ended.open == 1 and Notification.of(cast.manager).first().text.endswith("The bank calls back tomorrow")
    CheckIn.delete().where(CheckIn.kind == START).execute()
    with refused("ended"):
        checkins.sign(cast.agent, START)
    with forbidden():
        checkins.sign(cast.compliance, END)
    assert duties.overdue(cast.agent).many == 0 and deal.open


def test_what_a_due_hold_asks_for_stands_once(cast):
    deal, day = cast.in_state("on_hold"), timedelta(days=1)
    due = clock.from_local(datetime.combine(deal.hold.follow_up_on, datetime.min.time()), cast.agent.timezone) + day / 2
    add_step(deal, cast.agent, "Ask again", due)
    other = cast.deal(cast.agent)
    with clock.set_to(due - day):
        add_step(other, cast.agent, "Send the options", due)
    seen = {}
    for when in (due - day, due - day / 24, due + day / 24):
        with clock.set_to(when):
            seen[when] = [ask(cast.agent).many for ask in (duties.held, duties.due_today, duties.overdue)]
    assert list(seen.values()) == [[0, 0, 0], [1, 1, 0], [1, 0, 1]]


def test_each_check_finds_what_fails_it_and_is_met_once_that_is_mended(cast):
    def failing(checks=END_OF_DAY):
        return {one.check.code: one.number for one in answered(checks, cast.agent) if not one.met}

    deal, lead = cast.deal(cast.agent), cast.lead_in("working", cast.agent)
    Activity.delete().where(Activity.lead == lead).execute()
    Lead.update(touched_at=None).where(Lead.id == lead.id).execute()
    assert failing() == {"steps": 2, "untouched": 1}
    assert failing(CHECKLIST).keys() >= {"k_log"}
    step = add_step(deal, cast.agent, "Call", clock.now() + timedelta(hours=1))
    claimed = inquiry.fire(cast.lead(), "claim", cast.agent)
    with clock.set_to(NOON + timedelta(hours=4, minutes=55)):
        assert failing() == {"steps": 1, "untouched": 1, "overdue": 1, "contacted": 1}
        finish_step(step, cast.agent)
        cast.called(claimed, cast.agent, ago=timedelta())
        cast.called(lead, cast.agent, ago=timedelta())
        add_step(deal, cast.agent, "Call", clock.now() + timedelta(days=1))
        assert failing() == {}


def test_a_step_is_put_off_two_weeks_at_most_and_with_a_reason(cast):
    deal = cast.deal(cast.agent)
    step = add_step(deal, cast.agent, "Call", clock.now() + timedelta(hours=1))
    today = day_of(cast.agent)
    for days, reason, codes in ((15, "Away", ("snoozed",)), (0, "Away", ("snoozed",)), (2, " ", ("reason",))):
        with refused(*codes):
            snooze(step, cast.agent, today + timedelta(days=days), reason)
    moved = snooze(step, cast.agent, today + timedelta(days=2), "Asked for Friday")
    assert moved.due_at == step.due_at + timedelta(days=2)
    note = Activity.get(Activity.deal == deal, Activity.kind == "note")
    assert note.summary == "Asked for Friday" and note.subject.startswith("Put off until")
    with forbidden():
        snooze(moved, cast.agent2, today + timedelta(days=3), "Mine?")


def test_new_leads_go_round_and_never_to_who_is_away_or_has_left(cast):
    def set_to(way):
        now = House.now()
        settle(cast.manager, now.version, currency="USD", distance_unit="mi", lead_assignment=way)

    def got():
        owner = next_owner()
        lead = cast.lead(owner)
        give(lead, owner)
        return owner

    assert next_owner() is None
    set_to(IN_TURN)
    first, second = got(), got()
    assert {first, second} == {cast.agent, cast.agent2} and got() == first
    set_to(FEWEST)
    assert got() == second
    today = clock.today(cast.agent.timezone)
    be_away(cast.agent, cast.manager, today, today)
    assert {got() for _ in range(3)} == {cast.agent2}
    User.update(deactivated_at=clock.now()).where(User.id == cast.agent2.id).execute()
    assert next_owner() is None
    set_to(NOBODY)
    due = Activity.get(Activity.subject == FIRST_CONTACT)
    assert clock.local(due.due_at, "America/New_York").date() == today


def test_who_asks_to_hand_over_is_answered_once_all_of_it_is_given(cast):
    with refused("no_work"):
        asking.ask(cast.agent, "On leave")
    cast.deal(cast.agent)
    lead = cast.lead(cast.agent)
    with refused("reason", field="reason"):
        asking.ask(cast.agent, " ")
    asked = asking.ask(cast.agent, "On leave from Monday")
    with refused("asked"):
        asking.ask(cast.agent, "Once more")
    assert "1 open deal and 1 open lead" in Notification.of(cast.manager).first().text
    report = hand_over(cast.agent, cast.admin, lambda what, number: cast.agent2, "On leave")
    assert not report.refused and Lead.get_by_id(lead.id).owner_id == cast.agent2.id
    assert HandOverRequest.get_by_id(asked.id).answer == asking.GIVEN
    with refused("answered"):
        asking.answer(asked, "Done", cast.manager)


def test_who_covers_is_here_and_hears_of_it(cast):
    today = clock.today(cast.agent.timezone)
    be_away(cast.agent2, cast.manager, today, today)
    with refused("cover", field="cover"):
        be_away(cast.agent, cast.manager, today, today, cover=cast.agent2)
    absence = be_away(cast.agent, cast.manager, today, today + timedelta(days=2), cover=cast.manager2)
    assert absence.cover_id == cast.manager2.id
    assert Notification.of(cast.manager2).first().text.startswith("You cover for Marta Sandoval")
