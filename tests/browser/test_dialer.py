"""The power dialer by keyboard, on a phone, and paused on one device to go on on another."""

import pytest
from playwright.sync_api import expect

from carmanana.leads.dialing import building
from carmanana.records.leads import Lead
from carmanana.records.sequences import SequenceCall

from .waiting import until

NO_TELEPHONE = "document.addEventListener('click', (e) => e.target.closest('a[href^=\"tel:\"]') && e.preventDefault())"


@pytest.fixture
def sequence(scene):
    leads = [scene.lead(scene.agent, vehicle="RAV4", answer_by={"call"}) for _ in range(10)]
    return building.prepare(scene.agent, scene.agent, leads, "Ten leads")


def begin(visitor, sequence):
    page = visitor.go(f"/leads/sequences/{sequence.id}").page
    page.evaluate(NO_TELEPHONE)
    page.get_by_role("button", name="Start", exact=True).press("Enter")
    on_screen(page)
    return page


def on_screen(page):
    expect(page.locator("[data-dial]")).to_be_visible()
    page.wait_for_load_state()  # the scripts that hear keys are there


def dialed(page):
    expect(page.locator("[data-timer]")).to_be_visible()


def done(sequence) -> int:
    return sequence.calls.where(SequenceCall.standing == "done").count()


def test_ten_leads_are_called_by_keyboard_in_under_sixty_presses(visitor, scene, sequence):
    page, presses = begin(visitor("agent"), sequence), 1

    def press(key):
        nonlocal presses
        presses += 1
        page.keyboard.press(key)

    on_screen(page)
    press("c")
    dialed(page)
    press("2")
    expect(page.get_by_label("Connected – follow-up required")).to_be_focused()
    for key in ("Tab", "W", "Tab", "Tab", "S", "Enter"):  # what they want, and what is next, by tomorrow
        press(key)
    until(page, lambda: done(sequence) == 1)
    for number in range(1, 10):
        on_screen(page)
        expect(page.locator("#call-form")).to_be_focused()  # nothing that is pressed is typed into the next call
        press("c")
        press("4" if number % 2 else "3")  # the answer to the call is still under way
        press("Enter")
        until(page, lambda number=number: done(sequence) == number + 1)
    expect(page.locator("#dialer")).to_contain_text("All called")
    assert presses < 60
    assert Lead.select().where(Lead.state == "working").count() == 9
    assert Lead.select().where(Lead.state == "connected").count() == 1


def test_what_is_pressed_while_an_answer_is_under_way_counts_for_its_own_call_alone(visitor, scene, sequence):
    agent, under_way = visitor("agent"), []
    for step in ("dial", "log"):  # before the page comes: what is asked just after a route is set may pass it by
        agent.page.route(f"**/{step}", lambda route: under_way.append(route))
    page = begin(agent, sequence)
    page.keyboard.press("c")
    until(page, lambda: under_way)
    page.get_by_label("What the customer wants").press_sequentially("Two crates")
    page.get_by_label("What the customer wants").blur()
    page.keyboard.press("2")
    under_way.pop().continue_()
    dialed(page)
    expect(page.get_by_label("What the customer wants")).to_have_value("Two crates")
    expect(page.get_by_label("Connected – follow-up required")).to_be_checked()
    page.get_by_label("Next step").fill("Send 3 options")
    page.locator("[data-fills=due_at]").first.click()
    page.get_by_label("Next step").press("Enter")
    until(page, lambda: under_way)
    page.get_by_label("Next step").blur()
    page.keyboard.press("4")
    page.keyboard.press("c")
    under_way.pop().continue_()
    on_screen(page)
    expect(page.locator("#call-form")).to_be_focused()  # the next call
    assert page.locator("[name=outcome]:checked").count() == 0
    assert (done(sequence), sequence.calls.where(SequenceCall.standing == "dialed").count()) == (1, 0)


def test_words_typed_in_a_call_move_nothing_on(visitor, scene, sequence):
    page = begin(visitor("agent"), sequence)
    page.keyboard.press("c")
    dialed(page)
    page.get_by_label("What the customer wants").fill("")
    page.get_by_label("What the customer wants").press_sequentially("3 seats, 4 doors c v")
    assert page.locator("[name=outcome]:checked").count() == 0
    page.get_by_label("What the customer wants").press("Enter")
    assert done(sequence) == 0


def test_paused_at_the_desk_it_goes_on_on_the_phone_as_it_was_left(visitor, scene, sequence):
    desk = begin(visitor("agent"), sequence)
    desk.keyboard.press("c")
    dialed(desk)
    desk.keyboard.press("2")
    desk.get_by_label("What the customer wants").fill("Room for two crates")
    until(
        desk,
        lambda: (
            (sequence.calls.where(SequenceCall.standing == "dialed").get().draft or {}).get("summary")
            == "Room for two crates"
        ),
    )
    desk.get_by_role("button", name="Pause").click()
    expect(desk.locator("#dialer")).to_contain_text("Paused")

    phone = visitor("agent", phone=True).go(f"/leads/sequences/{sequence.id}").page
    phone.get_by_role("button", name="Resume").click()
    expect(phone.get_by_role("button", name="Pause")).to_be_focused()
    expect(phone.get_by_label("What the customer wants")).to_have_value("Room for two crates")
    expect(phone.get_by_label("Connected – follow-up required")).to_be_checked()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    phone.get_by_label("Next step").fill("Send 3 options")
    phone.locator("[data-fills=due_at]").first.click()
    phone.get_by_role("button", name="Log and next").click()
    until(phone, lambda: done(sequence) == 1)
