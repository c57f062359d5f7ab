"""Days, hours, numbers and distances as each person's region and the house write them."""

from datetime import datetime, timedelta

import pytest

from carmanana.core import clock, locales
from carmanana.records.deals import Deal, VehicleOption
from carmanana.records.people import User
from carmanana.web import filters

from .filled import filled

US = {"Accept-Language": "en-US,en;q=0.9"}


@pytest.mark.parametrize(
    "asked, found",
    [
        ("en-US,en;q=0.9", "en-US"),
        ("de-CH", "en-CH"),
        ("fr", "en-FR"),
        ("xx-YY,es-ES;q=0.8", "en-ES"),
        ("zh-Hant-TW", ""),
        ("en", ""),
        ("*", ""),
        ("\ud7ff;;,-", ""),
        (None, ""),
    ],
)
def test_a_browsers_languages_name_a_region(asked, found):
    assert locales.best_of(asked) == found


@pytest.mark.parametrize(
    "locale, short, whole, at",
    [
        ("en-US", "Nov 18", "Wednesday, November 18, 2026", "2:30\u00a0PM"),
        ("en-GB", "18 Nov", "Wednesday 18 November 2026", "14:30"),
        ("", "18 Nov", "Wednesday 18 November 2026", "14:30"),
        ("en-CA", "Nov 18", "Wednesday, November 18, 2026", "2:30\u00a0p.m."),
    ],
)
def test_each_region_has_its_own_order_and_clock(locale, short, whole, at):
    moment = datetime(2026, 11, 18, 14, 30)
    assert (locales.short_day(moment, locale), locales.whole_day(moment, locale), locales.hour(moment, locale)) == (
        short,
        whole,
        at,
    )


def test_every_region_that_is_offered_can_write():
    for code, name in locales.offered().items():
        assert locales.exact(datetime(2026, 9, 1, 0, 5), code) and locales.number(1234567, code) and name


def test_two_people_read_the_same_deal_each_in_their_own_way(cast, visit):
    deal = cast.deal(cast.agent, value_cents=3890000, eta_on=clock.today() + timedelta(days=400))
    cast.called(deal, cast.agent, due_at=clock.now() + timedelta(hours=3))
    User.update(locale="en-US").where(User.id == cast.agent.id).execute()
    ours, theirs = visit("agent"), visit("manager")
    for path in (f"/deals/{deal.id}", "/board/used-vehicle-orders", "/board/used-vehicle-orders/list"):
        american, british = ours.get(path).text, theirs.get(path).text
        assert '<html lang="en-US"' in american and '<html lang="en-GB"' in british
        assert "3:00\u00a0PM" in american and "3:00\u00a0PM" not in british and ">15:00<" in british
    assert (
        "Dec 23, 2027" in ours.get(f"/deals/{deal.id}").text and "23 Dec 2027" in theirs.get(f"/deals/{deal.id}").text
    )
    assert "November 18, 2026" in ours.get("/board/used-vehicle-orders/calendar?span=day").text


def test_a_sentence_tells_when_something_is_due_in_the_words_of_its_reader(cast, app, visit):
    """Of each moment: in a sentence, with its hour, and after a word of its own. It is 17:00 in UTC."""
    told = [
        (timedelta(hours=3), "due today 20:00", "due today 20:00", "20:00"),
        (timedelta(hours=25), "due tomorrow", "due tomorrow 18:00", "tomorrow"),
        (timedelta(days=3), "due Sat", "due Sat 17:00", "Sat"),
        (timedelta(days=-2), "2 d overdue", "2 d overdue", "2 d overdue"),
        (timedelta(hours=-2), "2 h overdue", "2 h overdue", "2 h overdue"),
    ]
    with app.test_request_context():
        said = [
            (gap, filters.due_said(at), filters.due_hour_said(at), filters.due_within(at))
            for gap, at in ((gap, clock.now() + gap) for gap, *_ in told)
        ]
    assert said == told
    User.update(locale="en-US").where(User.id == cast.retention.id).execute()
    request = cast.request_in("retention")
    page = " ".join(visit("retention").get(f"/retention/{request.id}").text.split())
    assert "expires" in page and "Nov 19 12:00 PM" in page and "due tomorrow" in page


def test_the_first_sign_in_takes_the_browsers_region_and_a_chosen_one_stays(cast, app):
    typed = {"email": cast.agent.email, "password": cast.PASSWORD}
    app.test_client().post("/sign-in", data=typed, headers=US)
    assert cast.agent.locale == "en-US"
    client = app.test_client()
    client.post("/sign-in", data=typed, headers={"Accept-Language": "de-DE"})
    assert cast.agent.locale == "en-US"
    page = client.get("/me").text
    assert client.post("/me", data=filled(page, locale="en-ZA")).status_code == 303 and cast.agent.locale == "en-ZA"
    assert client.post("/me", data=filled(client.get("/me").text, locale="tlh")).status_code == 422
    app.test_client().post("/sign-in", data=typed, headers=US)
    assert cast.agent.locale == "en-ZA"


def test_single_letters_can_be_switched_off(cast, visit):
    client = visit("agent")
    page = client.get("/me").text
    assert "data-letter-keys" not in page
    typed = filled(page)
    typed.pop("letter_keys")
    client.post("/me", data=typed)
    assert 'data-letter-keys="off"' in client.get("/me").text


def test_distances_are_in_the_units_of_the_house(cast, visit):
    deal = cast.assessed(cast.deal(cast.agent))
    VehicleOption.update(most_miles=50000).where(VehicleOption.needs == deal.needs).execute()
    agent, admin = visit("agent"), visit("admin")
    assert "under 50,000 mi" in agent.get(f"/deals/{deal.id}").text
    assert admin.post("/house", data=filled(admin.get("/house").text, distance_unit="furlong")).status_code == 422
    assert agent.post("/house", data={"distance_unit": "km"}).status_code == 403
    assert admin.post("/house", data=filled(admin.get("/house").text, distance_unit="km")).status_code == 303
    assert "under 80,500 km" in agent.get(f"/deals/{deal.id}").text
    form = agent.get(f"/deals/{deal.id}/needs").text
    assert 'value="80500"' in form and "in kilometres" in form
    agent.post(f"/deals/{deal.id}/needs", data=filled(form) | {"option-0-most_miles": "60000"})
    assert "under 60,000 km" in agent.get(f"/deals/{deal.id}").text
    assert Deal.get_by_id(deal.id).needs.wanted[0].distance_unit == "km"


def test_what_they_want_begins_with_the_vehicle_of_the_deal(cast, visit):
    deal = cast.deal(cast.agent, vehicle_year=2022, vehicle_make="Lexus", vehicle_model="RX 350")
    form = visit("agent").get(f"/deals/{deal.id}/needs").text
    assert 'value="Lexus"' in form and 'value="RX 350"' in form and form.count('value="2022"') == 2


def test_a_german_types_and_reads_amounts_as_at_home(cast, visit):
    User.update(locale="en-DE").where(User.id == cast.agent.id).execute()
    deal, browser = cast.deal(cast.agent, value_cents=2_345_650), visit("agent")
    page = browser.get(f"/deals/{deal.id}").text
    assert "$23.456,50" in page and "$23,456.50" not in page
    assert "$23.456,50" in browser.get("/board/used-vehicle-orders").text
    form = browser.get(f"/deals/{deal.id}/edit").text
    assert 'value="23.456,50"' in form
    cell = {"version": str(deal.version), "value_cents": "25.000,00"}
    assert browser.post(f"/deals/{deal.id}/cells/value", data=cell, headers={"HX-Request": "true"}).status_code == 200
    assert Deal.get_by_id(deal.id).value_cents == 2_500_000
    wrong = browser.post(f"/deals/{deal.id}/edit", data={"version": "9", "value_cents": "25,000.00"})
    assert wrong.status_code == 422 and "write 25.000,00, not 25,000.00" in wrong.text


def test_another_sign_in_a_cell_is_refused_with_the_way_to_the_whole_order(cast, visit):
    deal, browser = cast.deal(cast.agent, value_cents=100_00), visit("agent")
    cell = {"version": str(deal.version), "value_cents": "£25,000"}
    answer = browser.post(f"/deals/{deal.id}/cells/value", data=cell, headers={"HX-Request": "true"})
    assert answer.status_code == 422 and "This deal is in USD" in answer.text and "Open the whole order" in answer.text
    assert "£25,000" in answer.text and Deal.get_by_id(deal.id).value_cents == 100_00
