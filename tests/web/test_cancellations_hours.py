"""Business hours and holidays, over HTTP."""

import pytest

from carmanana.records.business_hours import BusinessHours, Holiday, ReviewTerms


@pytest.fixture
def boss(visit):
    return visit("manager")


def hours(**given) -> dict:
    days = {f"{end}_{day}": time for day in range(5) for end, time in (("opens", "08:30"), ("closes", "17:00"))}
    return {"minutes": "30", **days} | given


def test_hours_are_set(visit):
    admin = visit("admin")
    assert admin.post("/cancellations/hours", data=hours()).status_code == 303
    assert ReviewTerms.now().first_contact_minutes == 30
    assert [(row.opens, row.closes) for row in BusinessHours.select().order_by(BusinessHours.weekday)] == [
        ("08:30", "17:00")
    ] * 5 + [(None, None)] * 2
    assert 'value="08:30"' in admin.get("/cancellations/hours").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"minutes": ""},
        {"minutes": "1"},
        {"minutes": "x"},
        {"opens_0": "25:99"},
        {"closes_0": ""},
        {"closes_0": "08:00"},
    ],
)
def test_hours_that_make_no_sense_come_back(boss, wrong):
    answer = boss.post("/cancellations/hours", data=hours(**wrong))
    assert (
        answer.status_code == 422
        and 'aria-invalid="true"' in answer.text
        and ReviewTerms.now().first_contact_minutes == 60
    )


def test_stale_hours_are_409_and_keep_what_was_typed(boss):
    boss.post("/cancellations/hours", data=hours())
    answer = boss.post("/cancellations/hours", data=hours(minutes="45", version="1"))
    assert answer.status_code == 409 and 'value="45"' in answer.text


def test_holidays_come_and_go(boss):
    assert (
        boss.post("/cancellations/hours/holidays", data={"day": "2026-11-26", "name": "Thanksgiving"}).status_code
        == 303
    )
    assert "Thanksgiving" in boss.get("/cancellations/hours").text
    assert boss.post("/cancellations/hours/holidays", data={"day": "2026-11-26", "name": "Again"}).status_code == 422
    assert boss.post("/cancellations/hours/holidays", data={"day": "", "name": ""}).status_code == 422
    boss.post(f"/cancellations/hours/holidays/{Holiday.get().id}/end")
    assert Holiday.select().count() == 0
