"""The leads of the demo world: lawful, of every state, kind and source, with call sequences as somebody left them."""

import pytest

from carmanana.contacting.phrase_check.rules import refusals_for
from carmanana.core import audit, clock
from carmanana.core.db import database
from carmanana.core.workflow import Attempt
from carmanana.leads import lifecycle, rules
from carmanana.records.activities import Activity
from carmanana.records.lead_codes import CLOSE_REASONS, KINDS, SOURCES, STATES
from carmanana.records.leads import Lead
from carmanana.records.people import User

from ..demo_world import NOW, found, opened, worlds


@pytest.fixture(scope="module")
def default(tmp_path_factory):
    return worlds(tmp_path_factory, "demo") / "demo"


@pytest.fixture
def world(default):
    opened(default)
    with clock.set_to(NOW):
        yield
    database.close()


STEPS = (
    "(SELECT COUNT(*) FROM activity WHERE lead_id = lead.id AND deal_id IS NULL AND kind = 'task' AND done_at IS NULL)"
)
UNLAWFUL = {
    "ended with a step to do": f"SELECT id FROM lead WHERE state IN ('closed', 'converted') AND {STEPS} > 0",
    "worked by nobody": "SELECT id FROM lead WHERE state NOT IN ('new', 'closed') AND owner_id IS NULL",
    "new and spoken with": (
        "SELECT l.id FROM lead l JOIN activity a ON a.lead_id = l.id WHERE l.state = 'new' AND a.direction = 'out'"
    ),
    "touched before it came in": (
        "SELECT id FROM lead WHERE touched_at < received_at OR first_answered_at < received_at"
    ),
    "a consent without its words": "SELECT id FROM consent WHERE words = '' OR channels = ''",
    "called though they asked not to be": """
        SELECT a.id FROM activity a JOIN person p ON p.id = a.person_id JOIN do_not_contact d ON d.channel = 'no_calls'
        JOIN customer_phone c ON c.e164 = d.value AND c.person_id = p.id
        WHERE a.kind = 'call' AND a.direction = 'out' AND a.at > d.since""",
    "two calls on the screen": (
        "SELECT sequence_id FROM sequence_call WHERE standing IN ('offered', 'dialed') GROUP BY 1 HAVING COUNT(*) > 1"
    ),
    "a call that was not logged": "SELECT id FROM sequence_call WHERE standing = 'done' AND activity_id IS NULL",
    "dialed and left": "SELECT id FROM sequence_call WHERE standing = 'dialed'",
}


def test_nothing_unlawful(world):
    assert {case: rows for case, sql in UNLAWFUL.items() if (rows := found(sql))} == {}


def test_each_stands_by_the_rules_of_its_state(world):
    for lead in Lead.select().where(Lead.state == "assessed"):
        assert [rule for rule in lifecycle.ASSESS if rule(Attempt(lead, lead.owner, "assess"))] == []
    for lead in Lead.select().where(Lead.close_reason == "no_response"):
        attempt = Attempt(lead, lead.owner, "close", {"close_reason": "no_response"}, at=lead.state_since)
        assert rules.attempts_were_reasonable(attempt) is None
    assert audit.broken_event() is None


def test_nobody_of_ours_names_a_price_to_a_lead(world):
    sent = Activity.select(Activity, User).join(User, on=Activity.author).where(Activity.direction == "out")
    for told in sent.where(Activity.lead.is_null(False), Activity.kind.in_(("email", "text"))):
        assert not refusals_for(f"{told.subject}\n{told.summary}", told.author)


@pytest.mark.parametrize(
    ("column", "values"),
    [("state", STATES), ("kind", KINDS), ("source", SOURCES), ("close_reason", CLOSE_REASONS)],
)
def test_every_one(world, column, values):
    assert {value for (value,) in found(f"SELECT DISTINCT {column} FROM lead WHERE {column} IS NOT NULL")} == {*values}


OPTIONS = (
    "(SELECT COUNT(*) FROM vehicle_option o JOIN needs_assessment n ON n.id = o.needs_id WHERE n.lead_id = lead.id)"
)
TODAY = f"DATE(due_at) = '{NOW:%Y-%m-%d}'"
EDGES = {
    "nobody's, untouched": "SELECT id FROM lead WHERE state = 'new' AND owner_id IS NULL AND touched_at IS NULL",
    "owned, untouched": "SELECT id FROM lead WHERE state = 'new' AND owner_id NOT NULL AND touched_at IS NULL",
    "overdue": (f"SELECT id FROM lead WHERE id IN (SELECT lead_id FROM activity WHERE kind = 'task' AND done_at IS NULL AND " f"due_at < '{NOW:%Y-%m-%d}')"),
    "a callback today": (f"SELECT id FROM activity WHERE lead_id NOT NULL AND deal_id IS NULL AND kind = 'task' AND done_at IS " f"NULL AND {TODAY}"),
    "a price shopper with one vehicle": (f"SELECT id FROM lead WHERE kind = 'price_shopper' AND state = 'connected' AND " f"{OPTIONS} = 1"),
    "a price shopper with several": (f"SELECT id FROM lead WHERE kind = 'price_shopper' AND state = 'assessed' AND " f"{OPTIONS} > 1"),
    "before the manager": "SELECT id FROM lead WHERE escalated_at NOT NULL",
    "flagged": "SELECT id FROM lead WHERE flagged_at NOT NULL",
    "a deal that went on": "SELECT l.id FROM lead l JOIN deal d ON d.id = l.deal_id WHERE d.version > l.deal_version",
    "a deal that was won": "SELECT l.id FROM lead l JOIN deal d ON d.id = l.deal_id WHERE d.state = 'won'",
    "answered within five minutes": "SELECT id FROM lead WHERE first_answer_minutes <= 5",
    "answered the day after": "SELECT id FROM lead WHERE first_answer_minutes > 540",
    "consent from a form": "SELECT id FROM consent WHERE how = 'form' AND purpose = 'inquiry'",
    "consent to offers": "SELECT id FROM consent WHERE purpose = 'offers' AND withdrawn_at IS NULL",
    "consent to voicemails": "SELECT id FROM consent WHERE purpose = 'recorded_voicemail'",
    "consent taken back": "SELECT id FROM consent WHERE withdrawn_at NOT NULL",
    "not to be texted": "SELECT id FROM do_not_contact WHERE channel = 'no_texts'",
    "several languages": ("SELECT COUNT(*) FROM (SELECT DISTINCT c.language FROM lead l JOIN customer c ON c.id = l.customer_id) HAVING " "COUNT(*) > 5"),
    "a sequence by the manager, two pinned": """
        SELECT s.id FROM call_sequence s JOIN sequence_call c ON c.sequence_id = s.id WHERE s.standing = 'ready'
        AND s.made_by_id <> s.user_id GROUP BY s.id HAVING SUM(c.pinned) = 2 AND COUNT(*) > 4""",
    "one paused in the middle": """
        SELECT s.id FROM call_sequence s JOIN sequence_call c ON c.sequence_id = s.id WHERE s.standing = 'paused'
        GROUP BY s.id HAVING SUM(c.standing = 'done') > 0 AND SUM(c.standing = 'offered' AND c.draft NOT NULL) = 1""",
    "one ended": ("SELECT s.id FROM call_sequence s JOIN sequence_call c ON c.sequence_id = s.id WHERE s.standing = 'ended' AND " "c.standing = 'done'"),
}  # fmt: skip


def test_every_edge(world):
    assert [edge for edge, sql in EDGES.items() if not found(sql)] == []
