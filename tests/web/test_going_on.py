"""A refusal's remedy leads all the way: what it interrupted goes on by itself."""

import html
import re

import pytest

from carmanana.contacting.mail import outbox_address
from carmanana.records.customers import CustomerEmail
from carmanana.records.deal_codes import ORGANIC, WON
from carmanana.records.deals import Deal
from carmanana.records.leads import Lead

from .filled import filled

BOARD = "/board/used-vehicle-orders"
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Current-URL": f"http://localhost{BOARD}"}
CALL = {
    "kind": "call",
    "direction": "out",
    "outcome": "connected_follow_up",
    "summary": "Wants a hybrid",
    "next_step": "Send 3 options",
    "due_at": "2026-11-20T10:00",
}


@pytest.fixture
def agent(visit):
    return visit("agent")


def test_after_the_call_the_hold_goes_on(cast, agent):
    deal = cast.deal(cast.agent, ORGANIC)
    refused = agent.post(f"/deals/{deal.id}/column", headers=HTMX, data={"column": "on_hold"}).text
    link = re.search(rf'href="(/deals/{deal.id}/activities/new[^"]*)"', refused)[1].replace("&amp;", "&")
    form = agent.get(link, headers=HTMX).text
    assert 'name="then" value="hold"' in form
    answer = agent.post(f"/deals/{deal.id}/activities/new", headers=HTMX, data=CALL | {"then": "hold"})
    assert f'hx-get="/deals/{deal.id}/hold"' in answer.text and 'hx-trigger="load"' in answer.text
    plain = agent.post(f"/deals/{cast.deal(cast.agent, ORGANIC).id}/activities/new", data=CALL | {"then": "hold"})
    assert plain.status_code == 303 and plain.location.endswith("/hold")


def test_after_the_needs_the_move_goes_on(cast, agent):
    deal = cast.deal(cast.agent)
    refusal, stage = None, None
    for number in range(2, 7):
        stage = cast.stage(number)
        answer = agent.post(
            f"/deals/{deal.id}/column",
            headers=HTMX,
            data={"column": f"s{stage.id}", "version": Deal.get_by_id(deal.id).version},
        )
        if answer.status_code == 422:
            refusal = answer.text
            break
    assert refusal and f"then=s{stage.id}" in refusal
    answer = agent.post(f"/deals/{deal.id}/activities/new", headers=HTMX, data=CALL | {"then": f"s{stage.id}"})
    assert (
        f'<form hx-post="/deals/{deal.id}/column"' in answer.text
        and f'name="column" value="s{stage.id}"' in answer.text
    )


@pytest.mark.parametrize("then", ["", "flag", "delete", "s", "sx", "s1;", "//evil.example", "s" + "9" * 40])
def test_only_steps_of_a_deal_go_on(cast, agent, then):
    deal = cast.deal(cast.agent, ORGANIC)
    answer = agent.post(f"/deals/{deal.id}/activities/new", headers=HTMX, data=CALL | {"then": then})
    assert answer.status_code == 200 and 'hx-target="#go-on"' not in answer.text


def test_the_email_is_written_where_there_is_mail_and_logged_where_there_is_none(cast, agent, monkeypatch):
    deal = cast.deal(cast.agent, ORGANIC)
    cast.called(deal, cast.agent, outcome="no_answer_no_vm")
    page = f"/deals/{deal.id}/hold"
    assert f"/deals/{deal.id}/activities/new?kind=email" in agent.get(page, headers=HTMX).text
    monkeypatch.setattr(outbox_address, "has_server", lambda: True)
    assert f"/deals/{deal.id}/emails/new?then=hold" in agent.get(page, headers=HTMX).text


def test_a_requirement_shows_every_way_to_mend_it(cast, agent):
    page = agent.get(f"/deals/{cast.deal(cast.agent).id}/hold", headers=HTMX).text
    requirements = page.partition('class="checks"')[2].partition("</ul>")[0]
    for way in ("Log a call", "Make it organic", "Mark as lost"):
        assert way in requirements


def test_an_agreed_order_offers_the_request_itself(cast, agent):
    deal = cast.deal(cast.agent, agreement_on=cast.in_state(WON).agreement_on)
    answer = agent.post(f"/deals/{deal.id}/column", headers=HTMX, data={"column": "lost"})
    assert (
        answer.status_code == 422
        and "Request a cancellation…" in answer.text
        and f"/deals/{deal.id}/cancellation" in answer.text
    )


def test_a_refusal_on_a_field_keeps_its_remedies(cast, agent):
    deal = cast.deal(cast.agent)
    answer = agent.post(
        f"/deals/{deal.id}/loss", headers=HTMX, data={"loss_reason": "no_response", "version": deal.version}
    )
    assert answer.status_code == 422 and "there are 0 on 0" in answer.text
    assert (
        f"/deals/{deal.id}/activities/new?kind=call&amp;then=loss" in answer.text
        and ">Write the email<" in answer.text.replace("</svg>", ">").replace(">>", ">")
    )


def test_after_the_customer_is_corrected_the_letter_goes_on(cast, agent):
    deal = cast.deal(cast.agent)
    CustomerEmail.delete().where(CustomerEmail.customer == deal.customer).execute()
    letter = agent.get(f"/deals/{deal.id}/emails/new", headers=HTMX).text
    link = html.unescape(re.search(r'href="(/customers/[^"]*edit[^"]*)"', letter)[1])
    page = agent.get(link, headers=HTMX).text
    assert 'name="then" value="email"' in page
    action = html.unescape(re.search(r'action="(/customers/[^"]*)"', page)[1])
    saved = agent.post(action, data=filled(page, emails="ana@example.com") | {"then": "email"})
    assert saved.status_code == 303 and saved.location == f"/deals/{deal.id}/emails/new"
    other = cast.deal(cast.agent2)
    elsewhere = agent.post(
        f"/customers/{deal.customer_id}/edit?deal_id={other.id}",
        data=filled(agent.get(f"/customers/{deal.customer_id}/edit", headers=HTMX).text) | {"then": "hold"},
    )
    assert elsewhere.location == f"/customers/{deal.customer_id}"


def test_the_count_of_a_filter_says_of_what(cast, agent):
    cast.deal(cast.agent)
    assert '<b aria-hidden="true">1</b><span class="sr-only">: 1 deal</span>' in agent.get(BOARD).text


def test_a_step_of_a_lead_goes_on_too(cast, agent):
    """*They answered* in the dialog of the hold comes back to it, and so does what the checklist asks for."""
    lead = cast.lead(cast.agent)
    behind = {"HX-Request": "true", "HX-Current-URL": f"http://localhost/leads/{lead.id}"}
    link = html.unescape(
        re.search(r'href="(/leads/[^"]*contacts/new[^"]*)"[^>]*>(?:(?!</a>).)*They', _hold(agent, lead))[1]
    )
    form = agent.get(link, headers=behind).text
    assert 'name="then" value="hold"' in form
    answer = agent.post(f"/leads/{lead.id}/contacts/new", headers=behind, data=CALL | {"then": "hold"})
    assert f'hx-get="/leads/{lead.id}/hold"' in answer.text and 'hx-trigger="load"' in answer.text
    checks = agent.get(f"/leads/{lead.id}/assess", headers=behind).text
    needs = html.unescape(re.search(r'href="(/leads/[^"]*needs[^"]*)"', checks)[1])
    page = agent.get(needs, headers=behind).text
    action = html.unescape(re.search(r'id="needs" method="post" action="([^"]*)"', page)[1])
    typed = filled(page) | {"timeline": "In May", "done": "1"}
    assert f'hx-get="/leads/{lead.id}/assess"' in agent.post(action, headers=behind, data=typed).text
    assert Lead.get_by_id(lead.id).needs.timeline == "In May"


def _hold(agent, lead) -> str:
    return agent.get(f"/leads/{lead.id}/hold", headers=HTMX).text.replace("\n", " ")
