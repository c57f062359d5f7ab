"""What a calendar program reads of a person's next steps, by an address that is theirs alone and can be ended."""

import logging
import re
from datetime import timedelta

import vobject
from icalendar import Calendar

from carmanana.core import clock
from carmanana.core.logs import Line
from carmanana.core.signed import sign
from carmanana.records.activities import Activity
from carmanana.records.people import User


def address(browser) -> str:
    found = re.search(r'readonly value="https?://[^/]+(/calendar/[^"]+)"', browser.get("/me").text)
    return found[1] if found else ""


def events(body: bytes) -> list[tuple]:
    """As one library reads them, where the other reads the same."""
    one = [(str(e["summary"]), e.decoded("dtstart"), str(e["uid"])) for e in Calendar.from_ical(body).walk("VEVENT")]
    other = vobject.readOne(body.decode()).contents.get("vevent", [])
    assert one == [(e.summary.value, e.dtstart.value, e.uid.value) for e in other]
    return one


def test_ones_next_steps_are_read_without_names_by_two_libraries(cast, visit):
    browser, program = visit("agent"), visit()
    due = clock.now() + timedelta(days=2)
    step = Activity.get(
        Activity.id == cast.called(cast.deal(cast.agent), cast.agent, next_step="Call María back").id + 1
    )
    Activity.update(due_at=due).where(Activity.id == step.id).execute()
    cast.called(cast.deal(cast.agent2), cast.agent2)
    assert not address(browser)
    assert browser.post("/me/calendar").status_code == 303

    read = program.get(address(browser))
    assert read.content_type == "text/calendar; charset=utf-8"
    assert events(read.data) == [("Call MV", due, f"step-{step.id}@carmanana")]
    assert b"Gut" not in read.data and "María" not in read.text
    assert f"DTSTART:{due:%Y%m%dT%H%M%SZ}" in read.text
    again = program.get(address(browser), headers={"If-None-Match": read.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")

    Activity.update(done_at=clock.now()).where(Activity.id == step.id).execute()
    done = program.get(address(browser), headers={"If-None-Match": read.headers["ETag"]})
    assert done.status_code == 200 and events(done.data) == []


def test_what_is_late_crowds_out_nothing_that_is_to_come(cast, visit):
    browser, program = visit("agent"), visit()
    browser.post("/me/calendar")
    deal, now = cast.deal(cast.agent), clock.now()
    hours = [*range(-120, 0), *range(1, 4)]
    about = {"customer": deal.customer_id, "deal": deal, "kind": "task", "subject": "Call", "assignee": cast.agent}
    Activity.insert_many([about | {"due_at": now + timedelta(hours=hour), "at": now} for hour in hours]).execute()
    read = events(program.get(address(browser)).data)
    assert [due for _, due, _ in read] == [now.replace(microsecond=0) + timedelta(hours=h) for h in hours[20:]]


def test_an_address_ends_when_it_is_renewed_or_ended_or_its_person_leaves(cast, visit):
    browser, program = visit("agent"), visit()
    browser.post("/me/calendar")
    first = address(browser)
    assert program.get(first).status_code == 200
    assert program.get(first.replace("/calendar/", "/calendar/x")).status_code == 404

    browser.post("/me/calendar")
    second = address(browser)
    assert [program.get(path).status_code for path in (first, second)] == [404, 200]
    User.update(deactivated_at=clock.now()).where(User.id == cast.agent.id).execute()
    assert program.get(second).status_code == 404
    User.update(deactivated_at=None).where(User.id == cast.agent.id).execute()
    visit("agent").post("/me/calendar/end")
    assert program.get(second).status_code == 404


def test_the_log_of_requests_has_no_secret_address(cast, visit, caplog):
    browser, program = visit("agent"), visit()
    browser.post("/me/calendar")
    secrets = address(browser), f"/emails/stop/{sign('s' * 64, 'stop', 'digest', cast.agent.id)}"
    caplog.clear()
    with caplog.at_level(logging.INFO, "carmanana"):
        for path in secrets:
            program.get(path)
            program.get(f"{path}x")
    told = [Line().format(record) for record in caplog.records]
    assert len(told) == 4 and '"endpoint": "people.calendar"' in told[0]
    assert not any(path.rpartition("/")[2] in line for path in secrets for line in told)


def test_a_next_step_is_added_to_a_calendar_by_those_who_see_it(cast, visit):
    step = Activity.get_by_id(cast.called(cast.deal(cast.agent), cast.agent).id + 1)
    path = f"/steps/{step.id}/next-step.ics"
    assert path in visit("agent").get(f"/deals/{step.deal_id}").text
    file = visit("agent").get(path)
    assert "attachment" in file.headers["Content-Disposition"]
    assert events(file.data) == [("Next step MV", step.due_at, f"step-{step.id}@carmanana")]
    assert visit("agent2").get(path).status_code == 404


def test_a_next_step_of_a_lead_as_well(cast, visit):
    lead = cast.lead_in("connected", cast.agent)
    step = Activity.next_step(lead)
    path = f"/leads/{lead.id}/steps/{step.id}/next-step.ics"
    assert path in visit("agent").get(f"/leads/{lead.id}").text
    assert [uid for *_, uid in events(visit("agent").get(path).data)] == [f"step-{step.id}@carmanana"]
    assert visit("agent2").get(path).status_code == 404
