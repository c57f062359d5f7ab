"""What is saved on a phone without a signal is kept there and sent once, whatever comes between."""

import random
from datetime import timedelta

from playwright.sync_api import expect

from carmanana.contacting.log import add_step
from carmanana.core import clock
from carmanana.records.activities import Activity
from carmanana.records.attachments import Attachment
from carmanana.records.deals import Deal
from carmanana.records.people import Session
from tests.soaking import examples

from .waiting import until

KEEP = """([key, url, summary]) => { const { queue, me } = carmanana.kept
  return queue.keep({ key, person: me, url, page: url, label: summary, fields: [["kind", "note"], ["summary", summary], ["once", key]] }) }"""
WAITING = "async () => (await carmanana.kept.queue.of(carmanana.kept.me)).map(({ label, state }) => [label, state])"
REPLAY = "() => carmanana.kept.replay()"


class Phone:
    """Two tabs of one browser, a signal that comes and goes, and what its person has saved."""

    def __init__(self, agent, tabs: list, url: str, seed: int):
        self.agent, self.tabs, self.url, self.seed = agent, tabs, url, seed
        self.chance, self.signal, self.saved = random.Random(seed), "on", []
        self.does = [*[self.save] * 3, self.reload, self.double, self.expire, self.sign_in, *[self.turn] * 3]

    def answer(self, route) -> None:
        """Where it is lost the server has heard, and nobody hears the server."""
        if self.signal == "off":
            route.abort()
        elif self.signal == "busy":
            route.fulfill(status=503)
        else:
            answer = route.fetch()
            route.abort() if self.signal == "lost" and route.request.method == "POST" else route.fulfill(
                response=answer
            )

    def save(self) -> None:
        """Every fifth is one that the server refuses: it says nothing."""
        words = " " if self.chance.random() < 0.2 else f"{self.seed}-{len(self.saved)}"
        key = f"key-{self.seed}-{len(self.saved)}"
        self.saved.append(words)
        self.tab().evaluate(KEEP, [key, self.url, words])

    def turn(self) -> None:
        self.signal = self.chance.choice(["on", "off", "lost", "busy"])
        self.tab().evaluate(REPLAY)

    def reload(self) -> None:
        self.tab().reload()

    def double(self) -> None:
        self.tabs[0].evaluate("() => void carmanana.kept.replay()")
        self.tabs[1].evaluate(REPLAY)

    def expire(self) -> None:
        Session.delete().execute()

    def sign_in(self) -> None:
        self.agent.sign_in("agent")

    def tab(self):
        return self.chance.choice(self.tabs)

    def live(self) -> None:
        for _ in range(7):
            self.chance.choice(self.does)()
        self.signal = "on"
        self.sign_in()
        for tab in self.tabs:
            tab.evaluate(REPLAY)


def test_whatever_comes_between_nothing_is_lost_and_nothing_doubled(visitor, scene):
    deal = scene.deal(scene.agent)
    agent, phone = visitor("agent", phone=True), None
    for pattern in ("**/offline/token", "**/activities/new"):  # before the pages come, or what is asked may pass it by
        agent.page.context.route(pattern, lambda route: phone.answer(route) if phone else route.continue_())
    second = agent.go("/offline").page.context.new_page()
    second.goto(agent.page.url)
    wrong = {}
    for seed in range(examples(20, 200)):
        phone = Phone(agent, [agent.page, second], f"/deals/{deal.id}/activities/new", seed)
        phone.live()
        there = [one.summary for one in Activity.select().where(Activity.summary.startswith(f"{seed}-"))]
        waiting = agent.page.evaluate(WAITING)
        said = [words for words in phone.saved if words.strip()]
        if there != said or waiting != [[" ", "mend"]] * phone.saved.count(" "):
            wrong[seed] = (said, there, waiting)
        agent.page.evaluate("() => carmanana.kept.queue.discardAll(carmanana.kept.me)")
    assert wrong == {}


def test_a_day_that_goes_offline_in_the_middle(visitor, scene):
    deal = scene.deal(scene.agent)
    step = add_step(deal, scene.agent, "Send 3 options", clock.now() + timedelta(hours=2))
    agent = visitor("agent", phone=True, service_workers="allow").go("/today")
    page, context = agent.page, agent.page.context
    page.evaluate("() => navigator.serviceWorker.ready.then(() => undefined)")
    until(page, lambda: page.evaluate("() => Boolean(navigator.serviceWorker.controller)"))
    until(page, lambda: page.evaluate("() => caches.keys()") != [])
    context.set_offline(True)

    row = page.locator(".page-today .duty", has_text="Send 3 options")
    row.get_by_role("button", name="Done").tap()
    expect(row.get_by_role("button", name="Waiting")).to_be_disabled()
    row.get_by_role("link", name="Log").tap()
    dialog = page.locator("#dialog")
    dialog.get_by_text("Call", exact=True).tap()
    dialog.get_by_label("What the customer wants").fill("A hybrid, seven seats")
    dialog.get_by_role("button", name="Save call").tap()
    badge = page.locator("[data-kept-badge]")
    expect(badge).to_have_text("2 waiting")
    assert agent.faults() == []

    page.close()
    page = context.new_page()
    page.goto(f"{agent.site}/deals/{deal.id}")
    rows = page.locator(".kept-row")
    expect(rows).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert Activity.select().where(Activity.kind == "call").count() == 0

    context.set_offline(False)
    expect(page.get_by_role("heading", name=deal.customer.name)).to_be_visible()
    expect(page.locator("[data-kept-badge]")).to_have_text("1 waiting")
    assert Activity.get_by_id(step.id).done_at
    page.locator("[data-kept-badge]").tap()
    expect(rows).to_contain_text("Choose the outcome.")
    rows.get_by_role("link", name="Edit").tap()
    expect(page.get_by_label("What the customer wants")).to_have_value("A hybrid, seven seats")
    page.get_by_text("Connected – follow-up required").tap()
    page.get_by_label("Next", exact=True).fill("Call about the trade-in")
    page.locator("[data-fills=due_at]").first.tap()
    page.get_by_role("button", name="Save call").tap()
    page.wait_for_url(f"{agent.site}/deals/{deal.id}")
    expect(page.locator("[data-kept-badge]")).to_be_hidden()
    assert [one.summary for one in Activity.select().where(Activity.kind == "call")] == ["A hybrid, seven seats"]


def test_what_waits_is_its_persons_and_signing_out_asks(visitor, scene):
    deal = scene.deal(scene.agent)
    agent = visitor("agent")
    page = agent.page
    url = f"/deals/{deal.id}/activities/new"
    page.route("**/activities/new", lambda route: route.abort())
    agent.go("/offline")
    page.evaluate(KEEP, ["mine", url, "Of the agent"])

    agent.sign_in("agent2").go("/offline")
    expect(page.get_by_text("Nothing waits")).to_be_visible()
    page.get_by_role("button", name="settings and sign out").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url("**/sign-in")

    agent.sign_in("agent").go("/offline")
    expect(page.locator(".kept-row")).to_contain_text("Of the agent")
    page.get_by_role("button", name="settings and sign out").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    dialog = page.get_by_role("dialog", name="Sign out with something waiting?")
    dialog.get_by_role("button", name="Stay signed in").click()
    expect(page.locator(".kept-row")).to_have_count(1)
    page.get_by_role("button", name="Discard").click()
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("button", name="settings and sign out").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.unroute("**/activities/new")
    dialog.get_by_role("button", name="Send now").click()
    page.wait_for_url("**/sign-in")
    assert [one.summary for one in Activity.select()] == ["Of the agent"]
    assert Deal.get_by_id(deal.id).owner == scene.agent


TWICE = """async () => { const { queue, me, replay } = carmanana.kept
  for (const key of ["one", "two"]) await queue.keep({ key, person: me, url: "/check-in", page: "/check-in", label: "Start",
    fields: [["kind", "start"], ["once", key]] })
  await replay() }"""


def test_what_is_refused_is_told_in_the_words_that_one_sees(visitor, scene):
    page = visitor("agent", phone=True).go("/offline").page
    page.evaluate(TWICE)
    told = page.locator(".kept-row [data-state]")
    expect(told).to_have_text("You signed the start of day already. Lead & deal SOP, section I")


SHARE = """() => { const form = document.createElement("form")
  Object.assign(form, { method: "post", action: "/shared", enctype: "multipart/form-data" })
  const field = Object.assign(document.createElement("input"), { type: "file", name: "files", multiple: true })
  const told = new DataTransfer()
  told.items.add(new File([Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 1])], "dent.png", { type: "image/png" }))
  field.files = told.files
  form.append(field)
  document.body.append(form)
  form.submit() }"""


def test_a_picture_that_is_shared_with_us_goes_to_the_deal_that_is_chosen(visitor, scene):
    deal = scene.deal(scene.agent)
    agent = visitor("agent", phone=True, service_workers="allow").go("/notifications")
    page = agent.page
    until(page, lambda: page.evaluate("() => Boolean(navigator.serviceWorker.controller)"))
    page.evaluate(SHARE)
    page.wait_for_url("**/shared")
    expect(page.locator("[data-shared-files]")).to_contain_text("dent.png")
    assert agent.faults() == []
    page.get_by_role("searchbox", name="Customer, phone number or vehicle").fill(deal.customer.name.split()[0])
    page.get_by_role("button", name="Find").tap()
    page.get_by_role("button", name="Attach").tap()
    page.wait_for_url(f"**/deals/{deal.id}")
    assert [one.name for one in Attachment.select()] == ["dent.png"]
    agent.go("/shared")
    expect(page.get_by_text("Nothing waits here.")).to_be_visible()
