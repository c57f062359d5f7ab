"""Undo over HTTP: offered in the toast and by the timeline to who took the step, refused to all others and too late."""

from datetime import timedelta

import pytest

from carmanana.contacting.log import log
from carmanana.core import clock
from carmanana.deals.lifecycle import order
from carmanana.deals.ownership import claim
from carmanana.records.activities import Activity
from carmanana.records.deal_codes import ON_HOLD, ORGANIC
from carmanana.records.deals import Deal

from ..cast import NOON

BOARD = "/board/used-vehicle-orders"
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Current-URL": f"http://localhost{BOARD}"}


@pytest.fixture
def deal(cast):
    """Has just been dragged from Contacted to New Orders by its agent."""
    deal = cast.deal(cast.agent, ORGANIC, stage=2)
    cast.called(deal)
    return Deal.get_by_id(deal.id)


def dragged(browser, deal: Deal, column: str):
    return browser.post(
        f"/deals/{deal.id}/column", headers=HTMX, data={"column": column, "version": Deal.get_by_id(deal.id).version}
    )


def undo(browser, deal: Deal, version=None, headers=HTMX):
    return browser.post(
        f"/deals/{deal.id}/undo", headers=headers, data={"version": version or Deal.get_by_id(deal.id).version}
    )


def test_a_move_offers_its_undo_and_the_card_goes_back_to_its_place(cast, visit, deal):
    browser, above = visit("agent"), cast.put_in(cast.deal(cast.agent), 2)
    answer = dragged(browser, deal, f"s{cast.stage(1).id}")
    assert f'data-undo="{deal.id}"' in answer.text and f"/deals/{deal.id}/undo" in answer.text
    answer = undo(browser, deal)
    assert (
        answer.status_code == 200 and "Undone: María Fernanda Gutiérrez-Villaseñor is back in Contacted" in answer.text
    )
    for piece in (
        f'hx-target="#deal-{deal.id}" hx-swap="delete"',
        f'hx-target="#deal-{above.id}" hx-swap="afterend"',
        f'id="head-s{cast.stage(1).id}"',
        f'id="head-s{cast.stage(2).id}"',
    ):
        assert piece in answer.text
    assert "data-undo" not in answer.text
    assert Deal.get_by_id(deal.id).stage == cast.stage(2)


def test_the_undo_of_a_hold_redraws_the_rail(cast, visit, deal):
    order.fire(deal, "hold", cast.agent, **cast.hold_given())
    answer = undo(visit("agent"), deal)
    assert 'hx-target="#head-on_hold"' in answer.text and f'hx-target="#cards-s{cast.stage(2).id}"' in answer.text
    assert Deal.get_by_id(deal.id).hold is None


@pytest.mark.parametrize("kind", ["deal", "lead"])
def test_a_claim_that_is_sent_again_is_answered_as_it_was(cast, visit, kind):
    """A second press of the button, or of the key: until the first contact is made, then it is theirs already."""
    record = cast.deal(None) if kind == "deal" else cast.lead()
    page = f"/{kind}s/{record.id}"
    browser, sent = visit("agent"), {"version": record.version}
    here = HTMX | {"HX-Current-URL": f"http://localhost{page}"}
    said = [browser.post(f"{page}/claim", headers=here, data=sent) for _ in "twice"]
    assert [answer.status_code for answer in said] == [200] * 5
    assert all("is yours. First contact is due today by 18:00" in answer.text for answer in said)
    assert all("data-undo=" in answer.text for answer in said)
    first = Activity.select().where(Activity.subject == "First contact")
    assert first.count() == 1
    cast.called(type(record).get_by_id(record.id))
    late = browser.post(f"{page}/claim", headers=here, data=sent)
    assert late.status_code == 200 and "is yours already" in late.text and "data-undo" not in late.text
    assert visit("agent2").post(f"{page}/claim", headers=here, data=sent).status_code == 404


def test_a_claim_and_a_correction_offer_their_undo(cast, visit):
    deal, browser = cast.deal(), visit("agent")
    assert f'data-undo="{deal.id}"' in browser.post(f"/deals/{deal.id}/claim", headers=HTMX).text
    form = {"version": Deal.get_by_id(deal.id).version, "vehicle_make": "Kia"}
    assert f'data-undo="{deal.id}"' in browser.post(f"/deals/{deal.id}/edit", headers=HTMX, data=form).text
    form["version"] += 1
    nothing_changed = browser.post(f"/deals/{deal.id}/edit", headers=HTMX, data=form)
    assert nothing_changed.status_code == 200 and "data-undo" not in nothing_changed.text
    assert "as it was" in undo(browser, deal).text
    assert Deal.get_by_id(deal.id).vehicle_make == ""


def test_what_is_undone_already_or_has_changed_since_is_refused_with_a_sentence(cast, visit, deal):
    browser = visit("agent")
    dragged(browser, deal, f"s{cast.stage(1).id}")
    version = Deal.get_by_id(deal.id).version
    assert undo(browser, deal, version).status_code == 200
    again = undo(browser, deal, version)
    assert again.status_code == 422 and "This is undone already." in again.text
    dragged(browser, deal, f"s{cast.stage(1).id}")
    version = Deal.get_by_id(deal.id).version
    log(deal, cast.agent, "note", "Prefers mornings")
    late = undo(browser, deal, version)
    assert late.status_code == 422 and "Something has changed since" in late.text
    assert undo(browser, deal).status_code == 422
    assert Deal.get_by_id(deal.id).stage == cast.stage(1)


@pytest.mark.parametrize(
    ("who", "status"), [("agent2", 404), ("manager", 403), ("compliance", 403), ("retention", 403), ("admin", 403)]
)
def test_nobody_else_takes_it_back(cast, visit, deal, who, status):
    fresh = order.fire(deal, "move", cast.agent, stage=cast.stage(1))
    browser = visit(who)
    assert undo(browser, deal).status_code == status
    assert f"/deals/{deal.id}/undo" not in browser.get(f"/deals/{deal.id}").text
    assert Deal.get_by_id(deal.id).version == fresh.version


@pytest.mark.parametrize("state", ["won", "lost", "cancellation_requested"])
def test_an_ended_order_says_who_mends_it(cast, visit, state):
    answer = undo(visit("agent"), cast.in_state(state))
    assert answer.status_code == 422 and "A manager" in answer.text


@pytest.mark.parametrize("version", ["", "x", "9" * 30, "-1", "0"])
def test_an_odd_version_breaks_nothing(cast, visit, deal, version):
    order.fire(deal, "move", cast.agent, stage=cast.stage(1))
    answer = visit("agent").post(f"/deals/{deal.id}/undo", headers=HTMX, data={"version": version})
    assert answer.status_code in (200, 422)


@pytest.mark.parametrize(
    ("verb", "line"),
    [
        ("move", "Contacted → New Orders"),
        ("hold", "On hold until"),
        ("claim", "Claimed by"),
        ("transfer", "New vehicle"),
    ],
)
def test_the_timeline_undoes_the_last_step_without_javascript(cast, visit, deal, verb, line):
    browser, deal = visit("agent"), cast.deal() if verb == "claim" else deal
    given = {
        "move": {"stage": cast.stage(1)},
        "hold": cast.hold_given(),
        "transfer": {"stage": cast.stage(1, pipeline=1)},
    }
    with clock.set_to(NOON + timedelta(minutes=1)):
        claim(deal, cast.agent) if verb == "claim" else order.fire(deal, verb, cast.agent, **given[verb])
    page = browser.get(f"/deals/{deal.id}").text
    assert page.count(f'action="/deals/{deal.id}/undo"') == 1
    entry = page[page.index('<li class="entry">') : page.index("entry-undo")]
    assert line in entry and entry.count("<li") == 1
    answer = undo(browser, deal, headers={})
    assert answer.status_code == 303
    page = browser.get(f"/deals/{deal.id}").text
    assert "Undone: " in page and f'action="/deals/{deal.id}/undo"' not in page


def test_nothing_is_offered_where_nothing_can_be_undone(cast, visit, deal):
    browser = visit("agent")
    assert "entry-undo" not in browser.get(f"/deals/{deal.id}").text
    answer = browser.post(
        f"/deals/{cast.deal(cast.agent).id}/loss", headers=HTMX, data={"loss_reason": "vehicle", "version": "1"}
    )
    assert answer.status_code == 200 and "data-undo" not in answer.text


def test_an_undo_of_a_step_into_another_pipeline_brings_the_card_back(cast, visit, deal):
    order.fire(deal, "transfer", cast.agent, stage=cast.stage(1, pipeline=1))
    answer = undo(visit("agent"), deal)
    assert f'hx-target="#cards-s{cast.stage(2).id}"' in answer.text
    assert Deal.get_by_id(deal.id).pipeline_id == 2


def test_what_waits_again_is_drawn_in_the_rail(cast, visit):
    held = cast.in_state(ON_HOLD)
    order.fire(held, "mark_live", cast.agent)
    answer = undo(visit("agent"), held)
    assert answer.status_code == 200 and "is back in On Hold" in answer.text and Deal.get_by_id(held.id).hold
