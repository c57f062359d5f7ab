"""The board over HTTP: what it shows to whom, what a move answers, how much it asks of the database."""

from datetime import timedelta

import pytest

from carmanana.core import clock
from carmanana.core.cache import clear_all
from carmanana.deals.payments import record_payment
from carmanana.records.activities import Activity
from carmanana.records.deal_codes import ON_HOLD, ORGANIC, WON
from carmanana.records.deals import Deal
from tests.counting import queries

BOARD = "/board/used-vehicle-orders"
SESSION = 2
STAGES = 1  # where nobody has asked for them since they changed
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Current-URL": f"http://localhost{BOARD}"}


def test_an_agent_sees_their_own_and_the_unowned(cast, visit):
    mine, nobodys, others = cast.deal(cast.agent), cast.deal(), cast.deal(cast.agent2)
    page = visit("agent").get(BOARD).text
    assert f'id="deal-{mine.id}"' in page and f'id="deal-{nobodys.id}"' in page and f'id="deal-{others.id}"' not in page
    page = visit("compliance").get(BOARD).text
    assert all(f'id="deal-{deal.id}"' in page for deal in (mine, nobodys, others))
    assert f'id="deal-{others.id}"' not in visit("retention").get(BOARD).text


def test_compliance_looks_and_changes_nothing(cast, visit):
    deal = cast.deal()
    browser = visit("compliance")
    assert "/claim" not in browser.get(BOARD).text and "/claim" in visit("agent").get(BOARD).text
    assert browser.post(f"/deals/{deal.id}/claim").status_code == 403
    assert browser.post(f"/deals/{deal.id}/column", data={"column": f"s{cast.stage(2).id}"}).status_code == 403


def test_somebody_elses_deal_is_not_there(cast, visit):
    others = cast.deal(cast.agent2)
    browser = visit("agent")
    for path in (
        "",
        "/move",
        "/hold",
        "/win",
        "/loss",
        "/edit",
        "/needs",
        "/payments",
        "/activities/new",
        "/steps/new",
        "/flag",
    ):
        assert browser.get(f"/deals/{others.id}{path}").status_code == 404, path
    assert browser.post(f"/deals/{others.id}/claim").status_code == 404


@pytest.mark.parametrize("filtered", ["", "?mine=1", "?overdue=1&readiness=live", "?text=maria", "?open=on_hold"])
def test_a_board_takes_the_same_few_queries_however_full(cast, visit, filtered):
    browser = visit("manager")
    for state in (ON_HOLD, WON, "lost", "active"):
        cast.in_state(state)
    browser.get(BOARD)
    clear_all()
    with queries() as few:
        assert browser.get(BOARD + filtered).status_code == 200
    for _ in range(60):
        cast.called(cast.deal(cast.agent))
    clear_all()
    with queries() as many:
        assert browser.get(BOARD + filtered).status_code == 200
    assert len(few) == len(many) <= 6 + SESSION + STAGES, "\n".join(many)


def test_a_move_answers_with_the_card_and_the_heads(cast, visit):
    deal = cast.deal(cast.agent, value_cents=3_890_000)
    cast.called(deal)
    browser = visit("agent")
    target, version = cast.stage(2).id, Deal.get_by_id(deal.id).version
    with queries() as asked:
        answer = browser.post(
            f"/deals/{deal.id}/column", headers=HTMX, data={"column": f"s{target}", "version": version}
        )
    assert answer.status_code == 200
    for piece in (
        f'hx-target="#deal-{deal.id}" hx-swap="delete"',
        f'hx-target="#cards-s{target}"',
        f'id="head-s{target}"',
        f'id="head-s{deal.stage_id}"',
    ):
        assert piece in answer.text
    assert len(answer.text) < 12_000
    assert len(asked) <= 12 + SESSION, "\n".join(asked)


def test_a_new_place_in_its_column_answers_with_the_card_alone(cast, visit):
    deal, above = (cast.put_in(cast.deal(cast.agent), 2) for _ in range(2))
    form = {"column": f"s{deal.stage_id}", "after": above.id, "version": deal.version}
    answer = visit("agent").post(f"/deals/{deal.id}/column", headers=HTMX, data=form)
    assert f'hx-target="#deal-{above.id}" hx-swap="afterend"' in answer.text and "has a new place" in answer.text
    assert 'id="head-' not in answer.text and "#board-sum" not in answer.text


def test_a_refused_drop_says_why_and_moves_nothing(cast, visit):
    deal = cast.deal(cast.agent)
    answer = visit("agent").post(f"/deals/{deal.id}/column", headers=HTMX, data={"column": "on_hold"})
    assert answer.status_code == 422
    assert "never parked on hold" in answer.text and "Make it organic" in answer.text and "section D" in answer.text
    assert Deal.get_by_id(deal.id).version == deal.version


def test_a_stale_drop_is_409_and_shows_how_it_stands(cast, visit):
    deal = cast.deal(cast.agent)
    cast.called(deal)
    answer = visit("agent").post(
        f"/deals/{deal.id}/column", headers=HTMX, data={"column": f"s{cast.stage(2).id}", "version": deal.version}
    )
    assert answer.status_code == 409
    assert "Somebody was quicker" in answer.text and f'hx-target="#deal-{deal.id}"' in answer.text
    assert Deal.get_by_id(deal.id).stage == cast.stage(1)


@pytest.mark.parametrize("column", ["", "s0", "s999999", "sx", "nowhere", "s" + "9" * 40, "s-1", "s²"])
def test_a_column_that_is_none_is_a_bad_request(cast, visit, column):
    deal = cast.deal(cast.agent)
    assert visit("agent").post(f"/deals/{deal.id}/column", data={"column": column}).status_code == 400


def test_a_stage_of_another_board_is_refused(cast, visit):
    deal = cast.deal(cast.agent)
    answer = visit("agent").post(f"/deals/{deal.id}/column", data={"column": f"s{cast.stage(1, pipeline=1).id}"})
    assert answer.status_code == 422 and "stage of this pipeline" in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "owner=x",
        "owner=" + "9" * 30,
        "readiness=hot",
        "text=" + "a" * 5000,
        "text=%00",
        "open=nowhere",
        "mine=2",
        "text=%25_'\"",
    ],
)
def test_odd_filters_are_left_out(cast, visit, query):
    cast.deal(cast.agent)
    assert visit("manager").get(f"{BOARD}?{query}").status_code == 200


def test_a_column_goes_on_below_a_card(cast, visit):
    deals = [cast.deal(cast.agent) for _ in range(25)]
    browser, key = visit("agent"), f"s{cast.stage(1).id}"
    first = browser.get(BOARD).text
    last = deals[5]
    assert f'id="deal-{last.id}"' in first and f'id="deal-{deals[4].id}"' not in first
    rest = browser.get(f"{BOARD}/columns/{key}?after={last.id}").text
    assert rest.count("data-card=") == 5 and f'id="deal-{deals[0].id}"' in rest
    assert browser.get(f"{BOARD}/columns/{key}?after=x").status_code == 404
    assert browser.get(f"{BOARD}/columns/nowhere?after={last.id}").status_code == 404


def test_texts_find_without_accents_and_by_year(cast, visit):
    deal = cast.deal(cast.agent, vehicle_year=2023, vehicle_make="Škoda", vehicle_model="Kodiaq")
    browser = visit("agent")
    for text in ("maria gutierrez", "skoda", "2023 KODIAQ"):
        assert f'id="deal-{deal.id}"' in browser.get(BOARD, query_string={"text": text}).text, text
    assert f'id="deal-{deal.id}"' not in browser.get(f"{BOARD}?text=audi").text


def test_words_of_a_client_stay_words(cast, visit):
    deal = cast.deal(cast.agent)
    deal.customer.name = '<script>alert(1)</script><b hx-get="/x">'
    deal.customer.save()
    browser = visit("agent")
    for path in (BOARD, f"/deals/{deal.id}", f"/deals/{deal.id}/move"):
        page = browser.get(path).text
        assert "<script>alert" not in page and "<b hx-get" not in page and "&lt;script&gt;" in page


def test_the_same_form_twice_makes_one_deal(cast, visit):
    form = {"name": "Zoë Lefèvre", "stage": str(cast.stage(1).id), "readiness": "live", "once": "the-same-key"}
    browser = visit("agent")
    answers = [browser.post("/deals/new", data=form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location and Deal.select().count() == 1


@pytest.mark.parametrize(
    "wrong, sentence",
    [
        ({"name": ""}, "Enter the customer"),
        ({"name": "Zoë", "emails": "no address"}, "is not an email address"),
        ({"name": "Zoë", "value_cents": "a lot"}, "Enter an amount"),
        ({"name": "Zoë", "vehicle_year": "next"}, ""),
        ({"name": "Zoë", "stage": "999"}, "Choose a stage"),
        ({"name": "Zoë", "next_step": "Call"}, "Choose when it is due"),
        ({"name": "Zoë", "due_at": "2030-01-01T10:00"}, "Say what is due then"),
        ({"name": "Zoë", "due_at": "tomorrow"}, "Enter a date and time"),
        ({"name": "Z" * 200}, "At most 160"),
        ({"name": "Zoë", "readiness": "boiling"}, ""),
    ],
)
def test_a_new_deal_that_is_not_complete_comes_back_as_typed(cast, visit, wrong, sentence):
    form = {"stage": str(cast.stage(1).id), "readiness": "live", "vehicle_make": "Mazda"} | wrong
    answer = visit("agent").post("/deals/new", data=form)
    assert answer.status_code == 422 and sentence in answer.text and 'value="Mazda"' in answer.text
    assert Deal.select().count() == 0 and Activity.select().count() == 0


def test_a_drop_on_hold_opens_the_dialog_with_its_checks(cast, visit):
    deal = cast.deal(cast.agent, ORGANIC)
    answer = visit("agent").post(f"/deals/{deal.id}/column", headers=HTMX, data={"column": "on_hold"})
    assert answer.status_code == 200 and 'hx-target="#dialog"' in answer.text
    assert "The order is organic" in answer.text and "No call to the customer" in answer.text


def test_a_deals_page_takes_the_same_few_queries_however_much_is_on_it(cast, visit):
    deal, browser = cast.assessed(cast.deal(cast.agent, value_cents=3_890_000)), visit("manager")
    cast.called(deal)
    browser.get(f"/deals/{deal.id}")
    with queries() as few:
        assert browser.get(f"/deals/{deal.id}").status_code == 200
    for day in range(1, 6):
        cast.called(deal, ago=timedelta(days=day))
        record_payment(deal, cast.manager, "received", 100_00, clock.today(), True, "")
        deal = Deal.get_by_id(deal.id)
    with queries() as many:
        assert browser.get(f"/deals/{deal.id}").status_code == 200
    assert len(few) == len(many) <= 30 + SESSION, "\n".join(many)


def test_a_move_below_another_card_takes_as_few_queries(cast, visit):
    deal, above, browser = cast.deal(cast.agent), cast.put_in(cast.deal(cast.agent), 2), visit("agent")
    cast.called(deal)
    given = {"column": f"s{above.stage_id}", "version": Deal.get_by_id(deal.id).version, "after": above.id}
    with queries() as asked:
        assert browser.post(f"/deals/{deal.id}/column", headers=HTMX, data=given).status_code == 200
    assert len(asked) <= 12 + SESSION, "\n".join(asked)
