"""The demo world: nothing impossible in it, every edge in it, and the same from the same seed."""

import random
import re
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from peewee import IntegrityError

from carmanana.cancellations.lifecycle import review
from carmanana.cancellations.playbook.mission import mission_of
from carmanana.cancellations.retention.desk import due_first
from carmanana.cancellations.rights.deadlines import right_of
from carmanana.config import Misconfigured
from carmanana.contacting import attachments
from carmanana.contacting.phrase_check.rules import refusals_for
from carmanana.contacting.scripts import spoken
from carmanana.core import audit, clock
from carmanana.core.db import database, open_database
from carmanana.core.workflow import Attempt, Refused
from carmanana.deals import losing, rules
from carmanana.demo import build, cars, wording
from carmanana.demo.lead_scenarios import leads_played
from carmanana.demo.scenarios import SCENARIOS
from carmanana.records.activities import Activity
from carmanana.records.attachments import Attachment
from carmanana.records.cancellations import STATES as REVIEW_STATES
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.customers import Customer
from carmanana.records.deal_codes import LOSS_REASONS, STATES
from carmanana.records.deals import Deal, Hold
from carmanana.records.people import Absence, User
from carmanana.records.pipelines import Pipeline
from carmanana.schema import at_once
from carmanana.staffing.leaving import open_work
from carmanana.staffing.signin import sign_in

from ..cast import Cast, everything
from ..conftest import settings_in
from ..demo_world import IMPOSSIBLE, NOW, OPEN_STEPS, RECEIVED, build_in, found, opened, opened_new, worlds
from ..soaking import examples

SUNDAY_NIGHT = datetime(2026, 11, 23, 4, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def default(tmp_path_factory):
    """The world that `make run` starts with."""
    return worlds(tmp_path_factory, "demo") / "demo"


@pytest.fixture
def world(default):
    opened(default)
    with clock.set_to(NOW):
        yield
    database.close()


# what must never be


def test_nothing_impossible(world):
    assert {case: rows for case, sql in IMPOSSIBLE.items() if (rows := found(sql))} == {}


def test_nothing_lies_ahead_but_what_is_due(world):
    now = NOW.strftime("%Y-%m-%d %H:%M:%S")
    for table, column in (
        ("activity", "at"),
        ("activity", "done_at"),
        ("event", "at"),
        ("deal", "state_since"),
        ("hold", "placed_at"),
    ):
        assert found(f"SELECT COUNT(*) FROM {table} WHERE {column} > ?", now + ".999999") == [(0,)]


def test_rights_to_cancel_stand_in_every_way(world):
    """One acknowledged with what is owed, some that do not apply, and one whose days still run."""
    requests = list(CancellationRequest.select())
    (by_right,) = [request for request in requests if request.acknowledged_at]
    assert (
        by_right.ground == "right_to_cancel"
        and by_right.letter.sent_at
        and by_right.deal.state == "cancelled_by_client"
    )
    assert any(request.right_dismissed_at for request in requests)
    running = [request for request in requests if request.open and not request.right_dismissed_at]
    assert any(right_of(request).stands and right_of(request).last_day for request in running)


def test_every_hold_had_its_contact_attempt(world):
    for hold in Hold.select():
        attempt = Attempt(hold.deal, hold.placed_by, "hold", at=hold.placed_at)
        assert rules.contact_attempted(attempt) is None


def test_no_response_means_that_we_tried(world):
    for deal in Deal.select().where(Deal.loss_reason == "no_response"):
        assert losing.attempts_were_reasonable(Attempt(deal, deal.owner, "lose")) is None


def test_nobody_but_the_manager_and_whom_they_let_contacts_while_a_cancellation_is_reviewed(world):
    told = """
        SELECT a.id FROM activity a JOIN deal d ON d.customer_id = a.customer_id JOIN cancellation_request r ON r.deal_id = d.id
        JOIN user u ON u.id = a.author_id
        WHERE a.direction = 'out' AND a.at > r.requested_at AND (r.ended_at IS NULL OR a.at < r.ended_at) AND u.roles NOT LIKE '% manager %'
        AND NOT EXISTS (SELECT 1 FROM event e JOIN retention_plan p ON p.request_id = r.id
            WHERE e.subject = 'cancellation_request' AND e.subject_id = r.id AND e.at <= a.at AND p.made_at < a.at
            AND json_extract(e.data, '$.assignee') = a.author_id AND (p.ended_at IS NULL OR a.at < p.ended_at))
        AND NOT EXISTS (SELECT 1 FROM direction o WHERE o.request_id = r.id AND o.user_id = a.author_id AND o.given_at < a.at AND o.until > a.at)"""
    assert found(told) == []
    assert found(
        "SELECT a.id FROM activity a JOIN user u ON u.id = a.author_id WHERE a.direction = 'out' AND u.roles LIKE '% "
        "retention %'"
    )


def test_closed_channels_stay_closed(world):
    told = (
        "SELECT a.id FROM activity a JOIN customer c ON c.id = a.customer_id WHERE a.direction = 'out' AND "
        "c.version = 1 AND "
    )
    for channel, kinds in (("no_calls", "('call', 'voicemail')"), ("no_emails", "('email')"), ("no_texts", "('text')")):
        assert found(f"{told} c.{channel} AND a.kind IN {kinds}") == []


def test_work_is_done_in_working_hours(world):
    for user in User.working("agent"):
        logged = Activity.select().where(Activity.author == user, Activity.kind != "task")
        hours = [clock.local(activity.at, user.timezone) for activity in logged]
        late = [at for at in hours if at.weekday() >= 5 or not 6 <= at.hour < 21]
        assert not late, user


def test_the_trail_is_unbroken(world):
    assert audit.broken_event() is None


def test_nobody_who_left_has_work(world):
    left = User.get(User.deactivated_at.is_null(False))
    assert not open_work(left)
    assert Deal.select().where(Deal.owner == left).exists()


# what must be there


def test_every_state_on_every_board_of_the_default_world(world):
    assert {*found("SELECT DISTINCT state, pipeline_id FROM deal")} == {*product(STATES, (1, 2, 3))}


VERBS = {
    "take", "claim", "log", "step_done", "assess", "correct", "move", "transfer", "hold", "extend_hold", "resume", "mark_live",
    "mark_organic", "win", "lose", "reopen", "reassign", "flag", "clear_flag", "payment", "request_cancellation", "cancel", "retain", "retain_won",
    "restore", "restore_hold", "restore_won", *review.triggers, "playbook", "story", "evidence_gap", "deactivate", "away", "restrict",
    "imported", "review_finding", "share_view",
}  # fmt: skip


def test_every_step_was_taken_by_somebody(world):
    assert VERBS - {verb for (verb,) in found("SELECT DISTINCT verb FROM event")} == set()


def test_every_reason_to_lose_and_to_wait(world):
    lost = found("SELECT DISTINCT loss_reason FROM deal WHERE state = 'lost'")
    assert {*LOSS_REASONS} - {reason for (reason,) in lost} == set()
    waiting = found("SELECT DISTINCT sub_status FROM hold WHERE lifted_at IS NULL")
    assert {*Hold.SUB_STATUSES} - {sub_status for (sub_status,) in waiting} == set()


OPEN_PLAN = "JOIN retention_plan p ON p.id = o.plan_id AND p.ended_at IS NULL"
EDGES = {
    "nobody's": "SELECT id FROM deal WHERE state = 'active' AND owner_id IS NULL",
    "the house's": "SELECT id FROM deal WHERE state = 'active' AND owner_id = 1",
    "agreement and deposit, still active": (
        f"SELECT id FROM deal WHERE state = 'active' AND agreement_on NOT NULL AND {RECEIVED} > 0"
    ),
    "owned, no next step": f"SELECT id FROM deal WHERE state = 'active' AND owner_id > 1 AND {OPEN_STEPS} = 0",
    "flagged": "SELECT id FROM deal WHERE flagged_at NOT NULL",
    "won without deposit, with a reason": "SELECT id FROM deal WHERE state = 'won' AND no_deposit_reason <> ''",
    "won, on its way": "SELECT id FROM deal WHERE state = 'won' AND eta_on NOT NULL AND delivered_on IS NULL",
    "delivered": "SELECT id FROM deal WHERE delivered_on NOT NULL",
    "won, and its ETA passed": (
        f"SELECT id FROM deal WHERE state = 'won' AND delivered_on IS NULL AND eta_on < '{NOW:%Y-%m-%d}' AND "
        f"owner_id = 4"
    ),
    "a draft": "SELECT id FROM letter WHERE activity_id IS NULL",
    "a letter that went": "SELECT id FROM letter WHERE sent_at NOT NULL",
    "a finding to review": "SELECT id FROM finding WHERE reviewed_at IS NULL",
    "a text that was refused": "SELECT id FROM finding WHERE outcome = 'refused'",
    "a view that is shared": "SELECT id FROM saved_view WHERE shared",
    "an import": "SELECT id FROM import_batch WHERE state = 'done' AND customers_made > 5 AND deals_made = 0",
    "news for the manager": "SELECT id FROM notification WHERE user_id = 2 AND read_at IS NULL",
    "deposit returned": "SELECT id FROM payment WHERE kind = 'refunded'",
    "deposit kept": "SELECT id FROM payment WHERE kind = 'kept'",
    "a second try": "SELECT id FROM deal WHERE previous_deal_id NOT NULL",
    "two open orders of one customer": (
        "SELECT customer_id FROM deal WHERE state = 'active' GROUP BY customer_id HAVING COUNT(*) > 1"
    ),
    "locked by another order": """
        SELECT d.id FROM deal d JOIN deal o ON o.customer_id = d.customer_id AND o.id <> d.id
        WHERE d.state = 'active' AND o.state = 'cancellation_requested'""",
    "not to be called": "SELECT id FROM customer WHERE no_calls",
    "not to be emailed": "SELECT id FROM customer WHERE no_emails",
    "no phone": "SELECT id FROM customer WHERE id NOT IN (SELECT customer_id FROM customer_phone)",
    "no email": "SELECT id FROM customer WHERE id NOT IN (SELECT customer_id FROM customer_email)",
    "a long name": "SELECT id FROM customer WHERE LENGTH(name) > 60",
    "several vehicles wanted": "SELECT needs_id FROM vehicle_option GROUP BY needs_id HAVING COUNT(*) > 2",
    "an offer that has expired": f"SELECT o.id FROM offer o {OPEN_PLAN} WHERE o.expires_at < '{NOW:%Y-%m-%d %H:%M:%S}'",
    "terms that wait for approval": f"SELECT o.id FROM counter_offer o {OPEN_PLAN} WHERE o.answered_at IS NULL",
    "an offer accepted and not kept yet": (
        f"SELECT s.id FROM presentation s JOIN offer o ON o.id = s.offer_id {OPEN_PLAN} WHERE s.answer = 'accepted'"
    ),
    "a customer that nobody reached": "SELECT id FROM cancellation_request WHERE unreachable",
    "escalated and late again": (
        f"SELECT id FROM cancellation_request WHERE escalated_at < due_at AND due_at < '{NOW:%Y-%m-%d %H:%M:%S}' AND "
        f"attempted_at IS NULL"
    ),
    "someone directed": (
        f"SELECT d.id FROM direction d JOIN cancellation_request r ON r.id = d.request_id WHERE r.ended_at IS NULL "
        f"AND d.until > '{NOW:%Y-%m-%d %H:%M:%S}'"
    ),
    "a promise kept": "SELECT a.id FROM commitment c JOIN activity a ON a.id = c.task_id WHERE a.done_at NOT NULL",
    "a promise late": (
        f"SELECT a.id FROM commitment c JOIN activity a ON a.id = c.task_id WHERE a.done_at IS NULL AND a.due_at < "
        f"'{NOW:%Y-%m-%d %H:%M:%S}'"
    ),
    "a promise ahead": (
        f"SELECT a.id FROM commitment c JOIN activity a ON a.id = c.task_id WHERE a.done_at IS NULL AND a.due_at > "
        f"'{NOW:%Y-%m-%d %H:%M:%S}'"
    ),
    "a story told on": "SELECT id FROM playbook_answer WHERE story_id NOT NULL",
    "cancelled, with a recording": (
        "SELECT a.id FROM activity a JOIN attachment f ON f.activity_id = a.id JOIN deal d ON d.id = a.deal_id WHERE "
        "d.state = 'cancelled_by_client'"
    ),
    "money pending": "SELECT id FROM cancellation_request WHERE pending_cents > 0",
    "kept, and worked on": (
        "SELECT r.id FROM cancellation_request r JOIN deal d ON d.id = r.deal_id WHERE r.state = 'retained' AND "
        "d.state = 'active'"
    ),
    "two requests of one order": "SELECT deal_id FROM cancellation_request GROUP BY deal_id HAVING COUNT(*) > 1",
    "a request as the SOP titles it": "SELECT id FROM activity WHERE subject LIKE 'Cancellation Request – % – %'",
    "quotations of every state": "SELECT COUNT(*) FROM quotation HAVING COUNT(DISTINCT state) = 6",
    "an asset ceased, one to cease, and a subscription": """
        SELECT COUNT(*) FROM asset HAVING MAX(state = 'ceased') AND MAX(state = 'live' AND cease_on NOT NULL) AND MAX(kind = 'subscription')""",
    "cards of several owners": (
        "SELECT stage_id FROM deal WHERE state = 'active' GROUP BY stage_id HAVING COUNT(DISTINCT owner_id) > 3"
    ),
}


def test_every_edge(world):
    assert [edge for edge, sql in EDGES.items() if not found(sql)] == []


def test_boards_look_like_a_real_day(world):
    used = Deal.select().where(
        Deal.pipeline == Pipeline.get(Pipeline.slug == "used-vehicle-orders"), Deal.state == "active"
    )
    assert 40 <= used.count() <= 65
    assert len({deal.stage_id for deal in used}) == 6
    assert any(deal.aged for deal in used)


def test_the_agent_has_a_day_before_them(world):
    agent = User.get(User.email == "agent@carmanana.example")
    own = Deal.select().where(Deal.owner == agent, Deal.state.in_(("active", "on_hold")))
    steps = list(Activity.open_steps().join(Deal, on=Activity.deal == Deal.id).where(Deal.owner == agent))
    days = [clock.local(step.due_at, agent.timezone).date() for step in steps]
    today = clock.today(agent.timezone)
    holds = [deal.hold.follow_up_on for deal in own.where(Deal.state == "on_hold")]
    assert 30 <= own.count() <= 52
    assert min(days) < today < max(days) and today in days
    assert min(holds) < today < max(holds) and today in holds
    assert own.where(Deal.state == "active", Deal.id.not_in([step.deal_id for step in steps])).count() == 1


def test_some_deals_wait_to_be_claimed(world):
    assert 8 <= Deal.select().where(Deal.is_unowned(), Deal.state == "active").count() <= 40


def test_managers_have_requests_before_them(world):
    for who, fewest in (("manager", 3), ("manager2", 2)):
        reviewer = User.get(User.email == f"{who}@carmanana.example")
        waiting = list(
            CancellationRequest.still_open().where(
                CancellationRequest.reviewer == reviewer, CancellationRequest.state == "requested"
            )
        )
        left = [request.due_at - NOW for request in waiting]
        assert len(waiting) >= fewest
        assert min(left) < timedelta()
        assert max(left) > timedelta(minutes=30)
        if who == "manager":
            assert any(timedelta() < until < timedelta(minutes=20) for until in left)


def test_the_retention_desk_has_cases_before_it(world):
    member = User.get(User.email == "retention@carmanana.example")
    cases = due_first(member, None, 100)
    days = [clock.local(case.plan.due_at, member.timezone).date() for case in cases]
    today = clock.today(member.timezone)
    assert len(cases) >= 3
    assert min(days) < today
    assert today in days
    assert "presented, thinking" in {case.stands for case in cases}
    assert all(Deal.get_by_id(case.deal.id).retention == member for case in cases)


def test_a_year_of_reviews_to_count(world):
    ended = list(CancellationRequest.select().where(CancellationRequest.ended_at.is_null(False)))
    outcomes = [request.state for request in ended]
    assert len(ended) >= 25
    assert outcomes.count("retained") >= 10
    assert outcomes.count("cancelled") >= 10
    assert outcomes.count("withdrawn") >= 3
    assert len({request.main_reason for request in ended}) >= 8
    assert len({(request.ended_at.year, request.ended_at.month) for request in ended}) >= 8
    assert len({request.reviewer_id for request in ended}) == 2
    assert len({request.deal.owner_id for request in ended}) >= 6
    assert {request.diagnosis for request in ended} == {None, "fear", "legitimate"}


def test_every_state_of_a_review(world):
    assert {request.state for request in CancellationRequest.select(CancellationRequest.state)} == {*REVIEW_STATES}


def test_nothing_was_said_that_may_not_be(world):
    sent = (
        Activity.select(Activity, User)
        .join(User, on=Activity.author)
        .where(Activity.direction == "out", Activity.kind.in_(("email", "text")))
    )
    assert not [
        f"{told.subject} {told.summary}"
        for told in sent
        if refusals_for(f"{told.subject}\n{told.summary}", told.author)
    ]


TWICE = re.compile(r"[^.]\.\.(?!\.)|[?!]\.|  |[{}]")


def test_no_sentence_ends_twice(world):
    told = (
        "SELECT subject || ' ' || summary FROM activity UNION SELECT text FROM notification UNION SELECT mission FROM "
        "needs_assessment"
    )
    assert not [text for (text,) in found(told) if TWICE.search(text)]
    for request in CancellationRequest.select():
        if asked := mission_of(request.deal):
            assert not [
                line.words for line in spoken.lines("playbook_mission", mission=asked.words) if TWICE.search(line.words)
            ]


PRONOUNS = {"woman": r"\b(his|he|himself)\b", "man": r"\b(her|she|herself)\b", "": r"\b(his|her|himself|herself)\b"}


@pytest.mark.parametrize("gender", PRONOUNS)
@pytest.mark.parametrize("body", sorted({model.body for model in cars.MODELS}))
def test_a_mission_fits_who_has_it_and_the_car(gender, body):
    rng = random.Random(1)
    told = {wording.mission(gender, body, rng) for _ in range(60)}
    assert len(told) >= 3
    assert not [words for words in told if re.search(PRONOUNS[gender], words)]
    assert body in ("special", "coupe") or not [words for words in told if "Drove one" in words]


def test_files_of_every_kind(world):
    assert {attachment.kind for attachment in Attachment.select()} == {"recording", "email", "document", "picture"}
    assert all(
        (attachments.folder / attachment.stored).stat().st_size == attachment.size for attachment in Attachment.select()
    )


def test_some_are_won_and_lost_this_month(world):
    since = NOW - timedelta(days=18)
    assert Deal.select().where(Deal.state == "won", Deal.state_since > since).count() >= 4
    assert Deal.select().where(Deal.state == "lost", Deal.state_since > since).count() >= 4


def test_the_staff(world):
    accounts = {user.email.split("@")[0] for user in User.working()}
    assert {*Cast.ROLES} <= accounts
    away = User.get_by_id(Absence.get().user_id)
    assert away.absent and Deal.select().where(Deal.owner == away, Deal.state == "active").exists()


def test_everybody_can_sign_in(world):
    for who in Cast.ROLES:
        assert sign_in(f"{who}@carmanana.example", "carmanana-demo", "127.0.0.1").name, who


# seed and size


def content():
    """Everything but what is random by nature: the password's hash, the names of stored files, ids of messages,
    the mark of the calling rules, and when the database itself wrote something down."""
    tables = everything()
    tables["user"] = found("SELECT id, email, name, roles, manager_id, timezone FROM user")
    tables["attachment"] = [row[:4] for row in tables["attachment"]]
    tables["letter"] = [row[:4] for row in tables["letter"]]
    tables["do_not_contact"] = [row[:3] for row in tables["do_not_contact"]]
    del tables["known_mail"], tables["calling_mark"]
    begun_with = ("sqlite_", "schema_", "migration", "word_list", "phrase", "script", "scorecard")
    return {name: rows for name, rows in tables.items() if not name.startswith(begun_with)}


def grown(folder, *args):
    folder.mkdir()
    build_in(folder, *args)
    try:
        return content()
    finally:
        database.close()


def test_the_same_seed_and_moment_make_the_same_world_and_another_seed_another(tmp_path):
    deals = examples(12, 70)
    first, second, other = (grown(tmp_path / str(n), deals, seed) for n, seed in enumerate((4, 4, 5)))
    assert first == second
    assert first["customer"] != other["customer"]


@pytest.mark.parametrize("deals", [2, 13])
def test_small_worlds(tmp_path, deals):
    assert_small(tmp_path, deals)
    database.close()


def assert_small(folder, deals: int) -> None:
    assert build_in(folder, deals) == []
    assert Deal.select().where(Deal.previous_deal.is_null()).count() >= deals
    assert Customer.select().count() == deals + leads_played(deals)


def test_scenarios_on_a_sunday_night_by_another_seed(tmp_path):
    """In `make soak` every one of them."""
    assert build_in(tmp_path, examples(len(SCENARIOS) // 3, len(SCENARIOS)), 7, SUNDAY_NIGHT) == []
    assert audit.broken_event() is None
    assert found("SELECT id FROM activity WHERE due_at <= at") == []
    database.close()


def test_the_smallest_and_only_into_an_empty_database(tmp_path):
    assert_small(tmp_path, 1)
    before = everything()
    with pytest.raises(Refused) as refused:
        build(1, 1, NOW)
    assert refused.value.refusals[0].code == "not_empty"
    assert everything() == before
    database.close()


def test_cut_off_it_was_never_there(tmp_path):
    """Or the next `make run` would serve an empty dealership with people in it, and say nothing."""
    opened_new(tmp_path, NOW)
    before = everything()
    database.execute_sql("CREATE TEMP TRIGGER cut_off BEFORE INSERT ON deal BEGIN SELECT RAISE(ABORT, 'cut off'); END")
    with pytest.raises(IntegrityError, match="cut off"):
        build(1, 1, NOW)
    assert everything() == before
    database.close()


def test_cut_off_a_large_one_is_not_opened_again(tmp_path):
    opened_new(tmp_path, NOW)
    with pytest.raises(KeyboardInterrupt), at_once.made_anew_if_cut_short():
        raise KeyboardInterrupt
    database.close()
    with pytest.raises(Misconfigured, match="cut off while it was made"):
        open_database(settings_in(tmp_path))
