"""The screen of the power dialer: a sequence from a selection, one call after the other, as each role."""

import re

import pytest

from carmanana.blueprints.dialing import page
from carmanana.core import clock
from carmanana.leads.dialing import building, calling
from carmanana.records.activities import Activity
from carmanana.records.leads import Lead
from carmanana.records.sequences import CallSequence, SequenceCall
from tests.counting import queries

HTMX = {"HX-Request": "true"}
NEXT_LEAD = 61  # queries, the session’s among them, where nothing is known yet of words, hours and holidays


@pytest.fixture
def leads(cast):
    return [cast.lead(cast.agent, message="Looking for a car for two dogs", vehicle="CR-V") for _ in range(3)]


@pytest.fixture
def sequence(cast, leads):
    return calling.start(building.prepare(cast.agent, cast.agent, leads, "Wednesday"), cast.agent)


def on_screen(sequence) -> SequenceCall:
    return sequence.calls.where(SequenceCall.standing.in_(("offered", "dialed"))).get()


def due() -> str:
    return f"{clock.local(clock.now(), 'America/New_York').replace(hour=10, minute=0):%Y-%m-}" + "24T10:00"


def test_a_sequence_is_made_of_a_selection(visit, cast, leads):
    client = visit("agent")
    dialog = client.get(f"/leads/sequences/new?lead={leads[0].id}&lead={leads[1].id}", headers=HTMX).text
    assert "2 leads selected" in dialog
    answer = client.post(
        "/leads/sequences/new", data={"name": "Mine", "user": cast.agent.id, "lead": [lead.id for lead in leads[:2]]}
    )
    assert answer.status_code == 303
    made = CallSequence.get(CallSequence.name == "Mine")
    assert {call.lead_id for call in made.calls} == {lead.id for lead in leads[:2]}


def test_without_a_name_or_leads_it_is_refused_and_kept(visit, cast, leads):
    client = visit("agent")
    answer = client.post("/leads/sequences/new", data={"name": "", "user": cast.agent.id, "lead": leads[0].id})
    assert answer.status_code == 422 and "Give the sequence a name" in answer.text


def test_the_screen_has_the_call_the_script_and_what_is_missing(visit, sequence):
    page = visit("agent").get(f"/leads/sequences/{sequence.id}").text
    lead = on_screen(sequence).lead
    assert lead.customer.name.split()[0] in page and "Looking for a car for two dogs" in page
    assert "You asked us about CR-V" in page and "They ask for a price" in page
    assert "tel:+1305555" in page and "Needs assessment" in page and "0 of 2" in page
    assert page.partition("<ol>")[2].partition("</ol>")[0].count("<li") == 3


def test_what_they_want_is_written_down_once_somebody_asks_for_it_or_dials(visit, sequence):
    client, field = visit("agent"), 'name="timeline"'
    page = client.get(f"/leads/sequences/{sequence.id}").text
    call = on_screen(sequence)
    assert field not in page and f'hx-get="/leads/{call.lead_id}/needs?beside=1"' in page
    beside = client.get(f"/leads/{call.lead_id}/needs?beside=1", headers=HTMX).text
    assert field in beside and "<dialog" not in beside
    dialed = client.post(f"/leads/calls/{call.id}/dial", data={"version": call.version}, headers=HTMX).text
    assert field in dialed


def test_a_call_is_dialed_logged_and_the_next_comes(visit, cast, sequence):
    client = visit("agent")
    client.get(f"/leads/sequences/{sequence.id}")
    call = on_screen(sequence)
    for _ in range(2):  # tapped twice
        dialed = client.post(f"/leads/calls/{call.id}/dial", data={"version": call.version}, headers=HTMX)
        assert dialed.status_code == 200 and "On the phone" in dialed.text
    call = on_screen(sequence)
    typed = {
        "version": call.version,
        "outcome": "connected_follow_up",
        "summary": "Room for two crates",
        "next_step": "Send 3 options",
        "due_at": due(),
    }
    missing = client.post(f"/leads/calls/{call.id}/log", data=typed | {"next_step": ""}, headers=HTMX)
    assert (
        missing.status_code == 422
        and "Say what the next step is" in missing.text
        and "Room for two crates" in missing.text
    )
    answer = client.post(f"/leads/calls/{call.id}/log", data=typed, headers=HTMX)
    assert answer.status_code == 200, answer.text
    assert Lead.get_by_id(call.lead_id).state == "connected"
    again = client.post(f"/leads/calls/{call.id}/log", data=typed, headers=HTMX)
    assert (again.status_code, Activity.select().where(Activity.summary == "Room for two crates").count()) == (200, 1)
    late = client.post(f"/leads/calls/{call.id}/log", data=typed | {"outcome": "no_answer_vm"}, headers=HTMX)
    assert late.status_code == 409
    assert on_screen(sequence).lead_id != call.lead_id


def test_the_next_lead_comes_with_a_few_queries_and_the_calls_about_it(visit, cast, monkeypatch):
    monkeypatch.setattr(page, "LISTED", 2)
    leads = [cast.lead(cast.agent) for _ in range(6)]
    sequence = calling.start(building.prepare(cast.agent, cast.agent, leads, "Six"), cast.agent)
    client = visit("agent")
    client.get(f"/leads/sequences/{sequence.id}")
    call = calling.dial(on_screen(sequence), cast.agent)
    given = {"version": call.version, "outcome": "no_answer_vm", "next_step": "Call again", "due_at": due()}
    with queries() as asked:
        answer = client.post(f"/leads/calls/{call.id}/log", data=given, headers=HTMX)
    assert answer.status_code == 200 and len(asked) <= NEXT_LEAD, "\n".join(asked)
    listed = re.compile(r'<li>\s*<svg[^>]*><use href="[^"]*#phone"')
    assert len(listed.findall(answer.text)) == 2 and "All 6 calls" in answer.text
    assert len(listed.findall(client.get(f"/leads/sequences/{sequence.id}?whole=1").text)) == 4


def test_without_an_outcome_it_says_so_at_the_outcomes(visit, cast, sequence):
    client = visit("agent")
    client.get(f"/leads/sequences/{sequence.id}")
    call = calling.dial(on_screen(sequence), cast.agent)
    answer = client.post(f"/leads/calls/{call.id}/log", data={"version": call.version, "summary": "Kept"}, headers=HTMX)
    assert answer.status_code == 422 and "Choose how it ended." in answer.text and "Kept" in answer.text


def test_what_is_typed_is_kept_and_comes_back_on_another_device(visit, cast, sequence):
    phone, desk = visit("agent"), visit("agent")
    desk.get(f"/leads/sequences/{sequence.id}")
    call = calling.dial(on_screen(sequence), cast.agent)
    assert (
        desk.post(
            f"/leads/calls/{call.id}/draft", data={"summary": "Half a sent", "outcome": "connected_follow_up"}
        ).status_code
        == 204
    )
    desk.post(f"/leads/sequences/{sequence.id}/pause")
    page = phone.get(f"/leads/sequences/{sequence.id}").text
    assert "Half a sent" in page and re.search(r'value="connected_follow_up"[^>]*checked', page)


def test_skipping_asks_why(visit, cast, sequence):
    client = visit("agent")
    client.get(f"/leads/sequences/{sequence.id}")
    call = on_screen(sequence)
    assert (
        client.post(
            f"/leads/calls/{call.id}/skip", data={"reason": "", "version": call.version}, headers=HTMX
        ).status_code
        == 422
    )
    client.post(f"/leads/calls/{call.id}/skip", data={"reason": "Speaks Polish", "version": call.version}, headers=HTMX)
    assert SequenceCall.get_by_id(call.id).why == "Speaks Polish"


@pytest.mark.parametrize(
    ("who", "status"),
    [("agent2", 404), ("manager", 200), ("compliance", 200), ("retention", 403), ("cancellations", 403)],
)
def test_who_sees_somebody_elses_sequence(visit, sequence, who, status):
    assert visit(who).get(f"/leads/sequences/{sequence.id}").status_code == status


def test_who_may_not_call_changes_nothing(visit, cast, sequence):
    visit("agent").get(f"/leads/sequences/{sequence.id}")
    call = on_screen(sequence)
    for who, status in (("agent2", 404), ("compliance", 403), ("retention", 403)):
        assert visit(who).post(f"/leads/calls/{call.id}/dial", data={"version": call.version}).status_code == status
    assert SequenceCall.get_by_id(call.id).standing == "offered"


def test_needs_are_saved_as_they_are_typed(visit, cast, leads):
    client = visit("agent")
    typed = {"option-0-brand": "toyta", "option-0-model": "rav4", "timeline": "by June", "version": "0"}
    answer = client.post(f"/leads/{leads[0].id}/needs", data=typed, headers=HTMX)
    assert answer.status_code == 200 and "2 of 2" in answer.text and "Toyota RAV4" in answer.text
    assert Lead.get_by_id(leads[0].id).needs.timeline == "by June"


@pytest.mark.parametrize(("typed", "sentence"), [
    ({"option-0-model": "rav4"}, "enter the make"), ({"option-0-brand": "Kia", "option-0-year_from": "20x"}, "Enter a whole number"),
    ({"budget_from_cents": "300", "budget_to_cents": "200"}, "ends below"), ({"option-0-brand": "Kia", "option-0-most_miles": "9" * 400}, "whole number"),
])  # fmt: skip
def test_bad_needs_are_told_at_their_field(visit, leads, typed, sentence):
    answer = visit("agent").post(
        f"/leads/{leads[0].id}/needs", data={"option-0-brand": "", "version": "0"} | typed, headers=HTMX
    )
    assert answer.status_code == 422 and sentence in answer.text
    assert Lead.get_by_id(leads[0].id).needs is None


def test_models_are_completed_by_make(visit):
    found = visit("agent").get("/leads/models?make=toyta").text
    assert 'value="RAV4"' in found and "Civic" not in found


def test_what_was_typed_a_moment_before_a_button_is_kept(visit, cast, sequence):
    client, call = visit("agent"), calling.current(sequence, cast.agent)
    for number, path in enumerate(
        (f"/leads/calls/{call.id}/dial", f"/leads/calls/{call.id}/hang-up", f"/leads/sequences/{sequence.id}/pause")
    ):
        words = f"Room for {number} crates"
        sent = {"summary": words, "outcome": "connected_follow_up", "version": SequenceCall.get_by_id(call.id).version}
        assert client.post(path, data=sent, headers=HTMX).status_code == 200, path
        assert SequenceCall.get_by_id(call.id).draft["summary"] == words, path
    client.post(f"/leads/sequences/{sequence.id}/start", headers=HTMX)
    assert SequenceCall.get_by_id(call.id).draft["summary"] == words
