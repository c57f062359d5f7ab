"""What a screen reader is told: links, counts, refused actions and titles say what they are about."""

import re

BOARD = "/board/used-vehicle-orders"


def test_a_cards_link_names_customer_vehicle_stage_and_next_step(cast, visit):
    deal = cast.deal(cast.agent, vehicle_year=2022, vehicle_make="Lexus", vehicle_model="RX 350")
    cast.called(deal, cast.agent)
    page = visit("agent").get(BOARD).text
    assert f'aria-label="{deal.customer.name}, 2022 Lexus RX 350, New Orders, Send 3 options"' in page
    assert 'aria-label="1 deal' in page


def test_a_refused_action_is_described_by_its_reason(cast, visit):
    deal = cast.deal(cast.agent)
    page = visit("agent").get(f"/deals/{deal.id}").text
    buttons = re.findall(r'aria-disabled="true" aria-describedby="([^"]+)"', page)
    assert buttons and all(f'<small id="{one}">' in page for one in buttons)


def test_titles_say_what_the_page_is(cast, visit):
    deal, agent = cast.deal(cast.agent, vehicle_make="Lexus"), visit("agent")
    assert f"<title>{deal.customer.name} · Lexus · Deal · CarManana</title>" in agent.get(f"/deals/{deal.id}").text
    assert (
        f"<title>{deal.customer.name} · Customer · CarManana</title>"
        in agent.get(f"/customers/{deal.customer_id}").text
    )


def test_headings_follow_each_other(cast, visit):
    deal, agent = cast.in_state("won"), visit("agent")
    for path in ("/search/keys", f"/deals/{deal.id}/cancellation", f"/deals/{deal.id}", BOARD):
        levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", agent.get(path).text)]
        assert levels[0] == 1 and all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False)), (
            path,
            levels,
        )


def test_a_poll_that_goes_out_before_the_scripts_carries_its_token(cast, visit):
    page = visit("manager").get(f"/cancellations/{cast.request_in('contacted').id}").text
    poll = re.search(r"<div [^>]*hx-trigger=\"load, every[^>]*>", page)[0]
    assert re.search(r'"X-CSRFToken": "[^"]+"', poll)
