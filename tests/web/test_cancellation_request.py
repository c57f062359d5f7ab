"""The salesperson's request: from the deal, by a drop on Losing Order, whole or not at all (SOP 0, steps 1 to 4)."""

import io
from datetime import timedelta

import pytest

from carmanana.cancellations.lifecycle import review
from carmanana.core import clock
from carmanana.customers import contact
from carmanana.deals.deal_facts import take
from carmanana.records.attachments import Attachment
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.deals import Deal
from tests.cast import everything

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
TOLD = {
    "came_by": "phone",
    "reason": "The delivery slipped twice",
    "issues": "none",
    "phrases": "I can't trust the date",
    "tone": "calm",
    "order_details": "2022 Lexus RX 350",
    "explained": "y",
}


@pytest.fixture
def deal(cast):
    return cast.deal(cast.agent, value_cents=4690000, vehicle_year=2022, vehicle_make="Lexus", vehicle_model="RX 350")


def form(cast, deal, **changes) -> dict:
    return TOLD | {"version": deal.version, "reviewer": cast.manager.id} | changes


def test_the_dialog_fills_in_what_is_known_and_says_what_to_say(visit, cast, deal):
    page = visit("agent").get(f"/deals/{deal.id}/cancellation").text
    assert "2022 Lexus RX 350" in page and "$46,900" in page
    assert f'<option selected value="{cast.manager.id}">Ingrid Dahl' in page
    assert "Cancellation Request – María Fernanda Gutiérrez-Villaseñor – 18 Nov 2026" in page
    assert "We do have a formal process" in page and "Your deposit is guaranteed refundable." in page


def test_a_whole_form_sends_it_to_the_manager(visit, cast, deal):
    data = form(cast, deal) | {"files": (io.BytesIO(b"ID3 a recording"), "call.mp3")}
    answer = visit("agent").post(f"/deals/{deal.id}/cancellation", data=data, content_type="multipart/form-data")
    assert answer.status_code == 303
    request = CancellationRequest.open_for(deal)
    assert Deal.get_by_id(deal.id).state == "cancellation_requested"
    assert request.activity.kind == "call" and request.activity.direction == "in"
    assert Attachment.get(Attachment.activity == request.activity).name == "call.mp3"
    assert request.task.assignee == cast.manager


ASKED = ["came_by", "reason", "issues", "phrases", "tone", "order_details", "explained", "reviewer"]


@pytest.mark.parametrize("missing", ASKED)
def test_nothing_is_left_out(visit, cast, deal, missing):
    browser, before = visit("agent"), everything("deal", "activity", "cancellation_request", "event")
    answer = browser.post(f"/deals/{deal.id}/cancellation", data=form(cast, deal, **{missing: ""}), headers=HTMX)
    assert answer.status_code == 422
    assert f'id="{missing}-error"' in answer.text
    assert "The delivery slipped twice" in answer.text or missing == "reason"
    assert everything("deal", "activity", "cancellation_request", "event") == before


def test_a_drop_on_losing_order_asks_for_the_form(visit, cast, deal):
    answer = visit("agent").post(
        f"/deals/{deal.id}/column", data={"column": "losing", "version": deal.version}, headers=HTMX
    )
    assert answer.status_code == 200 and "Request a cancellation" in answer.text and "Never say" in answer.text


def test_the_reviewer_is_a_manager_who_did_not_sell_it(visit, cast, deal):
    for chosen in (cast.agent2, cast.retention, cast.admin):
        answer = visit("agent").post(
            f"/deals/{deal.id}/cancellation", data=form(cast, deal, reviewer=chosen.id), headers=HTMX
        )
        assert answer.status_code == 422, chosen
    own = cast.deal(cast.manager)
    answer = visit("manager").post(f"/deals/{own.id}/cancellation", data=form(cast, own), headers=HTMX)
    assert answer.status_code == 422 and "has sold this order" in answer.text


def test_an_old_form_is_answered_with_what_stands_now(visit, cast, deal):
    answer = visit("agent").post(
        f"/deals/{deal.id}/cancellation", data=form(cast, deal, version=deal.version + 7), headers=HTMX
    )
    assert answer.status_code == 409 and "The delivery slipped twice" in answer.text


def test_afterwards_the_page_shows_the_lock_and_the_scripts(visit, cast, deal):
    cast.losing(deal, cast.agent)
    page = visit("agent").get(f"/deals/{deal.id}").text
    assert "The next contact must be the manager." in page
    assert "When the customer calls" in page and "I’ll document your request" in page
    assert "tel:" not in page.split('class="deal-reach"')[1].split("</div>")[0]
    assert "Ingrid Dahl" in page and "Request a cancellation…" not in page
    assert "The next contact must be the manager." not in visit("manager").get(f"/deals/{deal.id}").text


def test_the_reviews_own_task_is_done_by_its_steps_alone(visit, cast, deal):
    request = cast.losing(deal, cast.agent)
    page = visit("manager").get(f"/deals/{deal.id}").text
    assert "Review the cancellation and call the customer" in page
    assert f"/steps/{request.task_id}/done" not in page


def test_another_deal_of_the_client_shows_the_lock_on_its_card(visit, cast, deal):
    other = cast.deal(cast.agent)
    Deal.update(customer=deal.customer).where(Deal.id == other.id).execute()
    cast.losing(deal, cast.agent)
    board = visit("agent").get("/board/used-vehicle-orders").text
    card = board.split(f'id="deal-{other.id}"')[1].split("</article>")[0]
    assert "Locked: " in card and "tel:" not in card


def test_out_is_closed_in_the_composer_under_the_lock(visit, cast, deal):
    cast.losing(deal, cast.agent)
    for path in (f"/deals/{deal.id}", f"/deals/{deal.id}/activities/new"):
        out = visit("agent").get(path).text.split('name="direction" value="out"')[1]
        assert "disabled" in out.split(">")[0] and "next contact must be the manager" in out.split("</label>")[0]
        assert "checked" in out.split('name="direction" value="in"')[1].split(">")[0]
        assert "disabled" not in visit("manager").get(path).text.split('name="direction" value="out"')[1].split(">")[0]


def test_a_contact_that_the_lock_refuses_cites_its_step(visit, cast, deal):
    cast.losing(deal, cast.agent)
    called = {"kind": "call", "direction": "out", "outcome": "connected_follow_up", "summary": "He stays"}
    answer = visit("agent").post(f"/deals/{deal.id}/activities/new", data=called, headers=HTMX)
    banner = answer.text.split('role="alert">')[1].split("</p>")[0]
    assert answer.status_code == 422 and "/help/sop/cancellation#step-4" in banner


def test_a_second_record_of_the_client_has_no_links_and_no_name_of_the_first(visit, cast, deal):
    cast.losing(deal, cast.agent)
    again, first = visit("agent2"), deal.customer
    client = contact.enter(cast.agent2, "M. Gutiérrez", [first.phone.typed], [first.email.address])
    copy = take(client, cast.stage(), cast.agent2, cast.agent2)
    page, board = again.get(f"/deals/{copy.id}").text, again.get("/board/used-vehicle-orders").text
    assert (
        "The next contact must be the manager." in page
        and "tel:" not in page.split('class="deal-reach"')[1].split("</div>")[0]
    )
    card = board.split(f'id="deal-{copy.id}"')[1].split("</article>")[0]
    assert "Locked: " in card and "tel:" not in card
    assert first.name not in page + board + again.get(f"/customers/{copy.customer_id}").text


def test_who_is_directed_too_early_reads_when_it_opens(visit, cast, deal):
    request = cast.losing(deal, cast.agent)
    review.fire(
        request, "direct", cast.manager, user=cast.agent, until=clock.now() + timedelta(days=1), words="Only the date"
    )
    page = visit("agent").get(f"/deals/{deal.id}").text.split("losing-panel")[1].split("</section>")[0]
    assert (
        "once the manager has spoken with them" in page
        and "Only the date" in page
        and "The next contact must be the manager." in page
    )
    cast.walked(CancellationRequest.get_by_id(request.id), "contacted")
    page = visit("agent").get(f"/deals/{deal.id}").text.split("losing-panel")[1].split("</section>")[0]
    assert "lets you contact the customer until" in page and "once the manager" not in page


def test_a_delivered_order_is_a_return_that_the_manager_decides_on(visit, cast):
    won = cast.in_state("won")
    Deal.update(delivered_on="2026-11-17").where(Deal.id == won.id).execute()
    for answer in (
        visit("agent").get(f"/deals/{won.id}/cancellation"),
        visit("agent").post(f"/deals/{won.id}/cancellation", data=form(cast, won)),
    ):
        assert answer.status_code == 422
        assert "it is a return, which a manager decides on" in answer.text and 'name="reason"' not in answer.text
    assert (
        "It is delivered. Why does this return go through the review?"
        in visit("manager").get(f"/deals/{won.id}/cancellation").text
    )


@pytest.mark.parametrize("address", ["http://[::1", "//", "http://localhost:99999999/board/x", "\\\\"])
@pytest.mark.parametrize("path", ["/cancellations", "/retention"])
def test_an_address_that_is_none_does_no_harm(visit, cast, path, address):
    assert visit("manager").get(path, headers=HTMX | {"HX-Current-URL": address}).status_code == 200


def test_a_version_that_is_no_number_is_none_of_ours(visit, cast, deal):
    assert (
        visit("agent")
        .post(f"/deals/{deal.id}/cancellation", data=form(cast, deal, version="abc"), headers=HTMX)
        .status_code
        == 409
    )


def test_what_is_saved_for_later_has_its_length(visit, cast, deal):
    request = cast.walked(cast.losing(deal, cast.agent), "in_review")
    answer = visit("manager").post(f"/cancellations/{request.id}/progress", data={"situation": "x" * 300_000})
    assert answer.status_code == 422 and "At most" in answer.text
    assert CancellationRequest.get_by_id(request.id).situation == ""


@pytest.mark.parametrize("step", ["beginning", "progress", "evidence"])
def test_another_manager_is_told_who_reviews_it_now(visit, cast, deal, step):
    request = cast.losing(deal, cast.agent)
    answer = visit("manager2").post(f"/cancellations/{request.id}/{step}", data={"situation": "x"}, headers=HTMX)
    assert answer.status_code == 403 and "Ingrid Dahl reviews it now" in answer.text
