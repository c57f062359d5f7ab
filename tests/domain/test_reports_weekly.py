"""The weekly report by email: once a week to whoever wants it, on Monday morning of their own zone, of what they may
see."""

from datetime import UTC, datetime, timedelta

import pytest

from carmanana.core.workflow import Forbidden
from carmanana.notifying.stopping import addresses
from carmanana.records.mail import OutgoingMail
from carmanana.records.people import User
from carmanana.records.weekly_reports import WeeklyReport
from carmanana.reports.weekly import letter, monday, settle, write_due

BEFORE = datetime(2026, 11, 23, 11, 59, tzinfo=UTC)  # Monday, a minute to seven in New York
STOP = addresses("s" * 64, "https://cars.example")
SEVEN = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_it_is_written_once_a_week_in_their_own_morning_until_they_want_it_no_more(cast):
    settle(cast.manager, True)
    settle(cast.manager, True)
    User.update(timezone="Asia/Kolkata").where(User.id == cast.agent.id).execute()
    settle(cast.agent, True)
    assert write_due(BEFORE, "https://cars.example", STOP) == 1  # India's morning has come
    assert write_due(SEVEN, "https://cars.example", STOP) == 1
    assert {mail.unsubscribe for mail in OutgoingMail.select()} == {
        STOP(user, "weekly") for user in (cast.manager, cast.agent)
    }
    assert write_due(SEVEN + timedelta(days=2), "https://cars.example", STOP) == 0
    assert (
        write_due(SEVEN + timedelta(days=23), "https://cars.example", STOP) == 2
    )  # the weeks without a worker are not made up
    settle(cast.manager, False)
    User.update(deactivated_at=SEVEN).where(User.id == cast.agent.id).execute()
    assert write_due(SEVEN + timedelta(days=40), "https://cars.example", STOP) == 0
    assert not WeeklyReport.wanted_by(cast.manager)
    with pytest.raises(Forbidden):
        settle(cast.retention, True)


def test_it_tells_of_what_its_reader_may_see(cast):
    cast.called(cast.deal(cast.agent), cast.agent)
    cast.called(cast.deal(cast.agent2), cast.agent2)
    day = monday(SEVEN, "America/New_York")
    subject, body = letter(cast.manager, day, "https://cars.example")
    assert subject == "The week of 16 – 22 November 2026"
    assert cast.agent.name in body and cast.agent2.name in body and "2 contacts" in body
    assert "https://cars.example/reports/pipeline?from=2026-11-16&to=2026-11-22" in body
    own = letter(cast.agent, day, "https://cars.example")[1]
    assert cast.agent.name in own and cast.agent2.name not in own and "https://cars.example/reports/weekly" in own
    assert "Activity · Contacts\n  Marta Sandoval: " in own and "nothing is stuck: " in own and ".:" not in own
    assert "Promises · Promises" not in own
    assert "1 contact," in own and "1 contacts" not in own and "1 deals" not in own
