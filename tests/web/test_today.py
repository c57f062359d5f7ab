"""Today as each role sees it: its counts are those of its lists, rows act in place, and what is done leaves."""

import re

import pytest

from carmanana.contacting.log import add_step
from carmanana.core import clock
from carmanana.records.activities import Activity
from carmanana.records.bulk import BulkRun
from carmanana.records.checkins import CheckIn
from carmanana.records.deals import Deal, Hold
from carmanana.records.handovers import HandOverRequest
from carmanana.records.leads import Lead
from carmanana.records.open_steps import PROMISE, OpenStep
from carmanana.today import checkins, proof
from carmanana.today.checks import CHECKLIST, END_OF_DAY, answered

from ..cast import NOON, timedelta
from ..counting import queries

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Current-URL": "http://localhost/today"}
SECTION = re.compile(r'<section class="duties[^"]*" id="(\w+)"[^>]*data-count="(\d+)">(.*?)</section>', re.DOTALL)


@pytest.fixture
def day(cast):
    """One of each duty."""
    late, later = cast.deal(cast.agent), cast.deal(cast.agent)
    with clock.set_to(NOON - timedelta(days=2)):
        add_step(late, cast.agent, "Send 3 options", NOON - timedelta(hours=3))
    add_step(later, cast.agent, "Call about the trade-in", clock.now() + timedelta(hours=2))
    held = cast.in_state("on_hold", cast.agent)
    held.hold.update(follow_up_on=clock.today()).where(type(held.hold).deal == held).execute()
    cast.lead(cast.agent, message="Is it still there?")
    cast.deal(), cast.lead(), cast.losing(cast.in_state("won"), cast.agent, reviewer=cast.manager)
    flagged = cast.deal(cast.agent)
    Deal.update(flagged_at=clock.now(), flagged_by=cast.agent).where(Deal.id == flagged.id).execute()
    return late


def sections(page: str) -> dict[str, tuple[int, str]]:
    return {key: (int(count), body) for key, count, body in SECTION.findall(page)}


def test_every_count_is_that_of_its_whole_list(visit, cast, day):
    wrong, seen = [], {}
    for who in ("agent", "manager", "retention", "compliance"):
        browser = visit(who)
        for key, (count, body) in sections(browser.get("/today").text).items():
            whole, rows = sections(browser.get(f"/today/{key}").text)[key]
            number = rows.count('class="duty"')
            seen.setdefault(who, {})[key] = count
            if whole != count or (number != count and key != "stuck"):
                wrong.append((who, key, count, whole, number))
            if not count and "duties-none" not in body:
                wrong.append((who, key, "says nothing"))
    assert wrong == []
    assert seen["agent"] | {"stuck": 0} == {
        "held": 1, "overdue": 1, "today": 1, "to_call": 1, "unowned": 2, "stuck": 0,
    }  # fmt: skip
    assert seen["manager"]["reviews"] == 1 and seen["manager"]["asked"] == 1


def test_what_is_much_is_counted_to_99_at_a_glance_and_on_by_its_own_list(visit, cast):
    deal, now = cast.deal(cast.agent), clock.now()
    about = {"customer": deal.customer_id, "deal": deal, "kind": "task", "subject": "Call", "assignee": cast.agent}
    hours = [*range(-105, 0), *range(30, 33)]
    Activity.insert_many([about | {"due_at": now + timedelta(hours=hour), "at": now} for hour in hours]).execute()
    browser = visit("agent")
    page = browser.get("/today").text
    assert sections(page)["overdue"][1].count("duty-who") == 6
    assert "<small>99+</small>" in page and "99+ to do" in page and "99+ follow-ups are overdue" in page
    assert re.findall(r"<meter[^>]*>(\d+)</meter>", page) == ["3", *"000000"]
    assert sections(browser.get("/today/overdue").text)["overdue"][0] == 105
    checkins.sign(cast.agent, "end", "Tomorrow")
    assert CheckIn.get().failing["overdue"] == 105


def test_what_is_below_two_screens_comes_when_it_is_looked_for(visit, cast, day):
    """At once, with a link and without a script, and all of it behind a step; nothing twice and nothing left out."""
    with clock.set_to(NOON):
        for _ in range(50):
            cast.lead(cast.agent, message="Is it still there?"), cast.lead()
            held = cast.in_state("on_hold", cast.agent)
            Hold.update(follow_up_on=clock.today()).where(Hold.deal == held).execute()
            add_step(cast.deal(cast.agent), cast.agent, "Call", clock.now() + timedelta(hours=2))
    browser = visit("agent")
    page = browser.get("/today").text
    first, rest = sections(page), re.search(r'class="duties-below" hx-get="([^"]+)"', page)[1]
    assert "99+ to do" in page and f'href="{rest}"' in page
    later = sections(browser.get(rest, headers=HTMX | {"HX-Request-Type": "partial"}).text)
    whole = sections(browser.get(rest).text)
    assert [*first, *later] == [*whole] and {"held", "to_call"} <= first.keys() and "stuck" in later
    step = Activity.next_step(day)
    assert [*sections(browser.post(f"/steps/{step.id}/done", headers=HTMX).text)] == [*whole]
    assert browser.get("/today?below=nonsense", headers=HTMX).status_code == 200


def test_rows_act_in_place_and_what_is_done_leaves_the_list(visit, cast, day):
    browser, step = visit("agent"), Activity.next_step(day)
    browser.get("/today")
    answer = browser.post(f"/steps/{step.id}/done", data={"once": "k1"}, headers=HTMX)
    assert answer.status_code == 200 and 'hx-target="#today-page"' in answer.text
    assert sections(answer.text)["overdue"][0] == 0
    assert browser.post(f"/steps/{step.id}/done", data={"once": "k1"}, headers=HTMX).status_code == 200, "sent twice"
    assert "Send 3 options" in browser.get("/today/done").text
    free = cast.lead()
    answer = browser.post(f"/leads/{free.id}/claim", headers=HTMX)
    assert 'hx-target="#today-page"' in answer.text and Lead.get_by_id(free.id).owner_id == cast.agent.id
    due = Activity.get(Activity.subject == "Call about the trade-in")
    path = f"/today/steps/{due.id}/snooze"
    assert "Say why it waits." in browser.post(path, data={"on": "2026-11-20"}, headers=HTMX).text
    answer = browser.post(path, data={"on": "2026-11-20", "reason": "Asked for Friday"}, headers=HTMX)
    left = sections(answer.text)
    assert left["today"][0] == 0 and left["to_call"][0] == 2, "the first contact of a lead is a call to make"
    assert visit("agent2").get(path).status_code == 404


def test_a_page_asks_as_much_for_many_rows_as_for_few(visit, cast, day):
    browser, asked = visit("manager"), {}
    for _ in ("few", "many"):
        for path in ("/today", "/today/unowned", "/unowned/deals", "/stuck/deals", "/check-in", "/team/check-ins"):
            browser.get(path)
            with queries() as told:
                browser.get(path)
            asked.setdefault(path, []).append(len(told))
        for _row in range(6):
            deal = cast.deal(cast.manager)
            Activity.create(
                customer=deal.customer_id,
                deal=deal,
                kind="task",
                subject="Call",
                due_at=clock.now(),
                assignee=cast.manager,
            )
            cast.deal(), cast.lead()
            Deal.update(flagged_at=clock.now()).where(Deal.id == deal.id).execute()
    assert all(few == many for few, many in asked.values()), asked


def test_a_day_is_signed_on_the_page_that_lists_what_is_open(visit, cast, day):
    browser = visit("agent")
    page = browser.get("/check-in?kind=end").text
    assert "follow-up is overdue" in page and "Send 3 options" in page
    opened = re.search(r'hx-get="(/check-in[^"]+)" hx-trigger="intersect once"', page)[1]
    for whole, headers in ((True, {}), (False, HTMX)):
        answer = browser.get(opened, headers=headers).text
        assert "I log every outbound activity" in answer and ("<html" in answer) == whole
    kept = browser.post("/check-in", data={"kind": "end", "words": "Ask me about the X5"})
    assert kept.status_code == 422 and "Ask me about the X5" in kept.text and "say why" in kept.text
    assert browser.post("/check-in", data={"kind": "noon"}).status_code in (303, 422)
    sent = {"kind": "end", "reason": "The bank calls tomorrow", "once": "e1"}
    assert browser.post("/check-in", data=sent).status_code == 303
    assert browser.post("/check-in", data=sent).status_code == 303, "sent twice is signed once"
    again = browser.post("/check-in", data=sent | {"once": "", "words": "The X5 is back"})
    assert again.status_code == 422 and "You signed this" in again.text and "The X5 is back" in again.text
    assert CheckIn.select().where(CheckIn.kind == "end").count() == 1
    week = visit("manager").get("/team/check-ins").text
    assert "Marta Sandoval" in week and "The bank calls tomorrow" in week and "not in yet" in week
    assert visit("manager").get("/team/check-ins?until=nonsense").status_code == 200


def test_nobody_is_missed_on_a_day_on_which_we_are_closed(visit, cast):
    boss = visit("manager")
    assert "not in yet" in boss.get("/today").text and "0 of 2 in" in boss.get("/today").text
    boss.post("/cancellations/hours/holidays", data={"day": "2026-11-18", "name": "Foundation day"})
    page, week = boss.get("/today").text, boss.get("/team/check-ins").text
    assert "closed today" in page and "not in yet" not in page and "0 of 0 in" in page
    assert "not in yet" not in week and week.count(">closed<") == 2 * 5, "it and Sunday, of five people"
    visit("agent").post("/check-in", data={"kind": "start"})
    assert "1 of 1 in" in boss.get("/today").text, "who comes all the same is seen"


def test_whose_manager_has_left_is_seen_by_the_others(visit, cast):
    boss = visit("manager")
    panel = lambda: boss.get("/today").text.partition('id="team-in"')[2].partition("</section>")[0]  # noqa: E731
    assert "Thabo Okafor" not in panel()
    visit("admin").post(f"/people/{cast.manager2.id}/deactivation")
    assert "Thabo Okafor" in panel() and "Marta Sandoval" in panel()


def test_every_open_check_has_a_list_of_as_many_rows_as_it_counts(visit, cast, day):
    promised = cast.deal(cast.agent, state_since=NOON - timedelta(days=9))
    step = add_step(promised, cast.agent, "Send the papers", NOON + timedelta(hours=1))
    OpenStep.update(asks=PROMISE).where(OpenStep.id == step.id).execute()
    shopper = cast.lead(cast.agent, kind="price_shopper", state="connected")
    claiming = visit("agent")
    claiming.post(f"/deals/{cast.deal().id}/claim"), claiming.post(f"/leads/{cast.lead().id}/claim")
    seen = {}
    with clock.set_to(NOON + timedelta(hours=5)):
        browser = visit("agent")
        page = browser.get("/check-in?kind=end&checklist=1").text
        numbers = {one.check.code: one.number for one in answered((*END_OF_DAY, *CHECKLIST), cast.agent)}
        for code, number in numbers.items():
            assert (f'href="/check-in/{code}"' in page) == bool(number), code
            listed = browser.get(f"/check-in/{code}")
            if listed.status_code == 200:
                [(key, (count, rows))] = sections(listed.text).items()
                seen[key] = number, count, rows.count('class="duty"')
        assert f"/leads/{shopper.id}" in browser.get("/check-in/k_shoppers").text
        assert browser.get("/check-in/nonsense").status_code == 404
    assert all(number == count == rows for number, count, rows in seen.values()), seen
    assert (seen["overdue"][0], seen["contacted"][0], seen["k_shoppers"][0]) == (3, 2, 1), seen


def test_what_is_stuck_has_its_list_its_button_and_its_night(visit, cast):
    deal, nobodys, asked = cast.deal(cast.agent), cast.deal(), cast.lead()
    with clock.set_to(NOON + timedelta(days=4)):
        night = proof.prove()
        manager = visit("manager")
        page = manager.get("/stuck/deals?standing=no_step").text
        assert f'href="/deals/{deal.id}/steps/new"' in page and "Marta" in page
        assert f"/deals/{deal.id}" in manager.get(f"/team/nothing-stuck/{night.id}").text
        for stuck in (nobodys, asked):
            kind = stuck._meta.table_name
            page = manager.get(f"/stuck/{kind}s?standing=unowned")
            assert page.status_code == 200 and f'action="/{kind}s/{stuck.id}/claim"' in page.text
        assert ">None<" not in visit("admin").get("/today").text.replace(" ", "").replace("\n", "")
        assert 'role="img"' in manager.get("/team/nothing-stuck").text
        assert f"/deals/{deal.id}/" in visit("agent").get("/stuck/deals?standing=no_step").text
        assert f"/deals/{deal.id}/" not in visit("agent2").get("/stuck/deals?standing=no_step").text


def test_what_is_stuck_offers_each_only_what_they_may_do(visit, cast):
    order = cast.losing(cast.in_state("won"), cast.agent, reviewer=cast.manager).deal
    nobodys = cast.deal()
    with clock.set_to(NOON + timedelta(days=9)):
        late = {who: visit(who).get("/stuck/deals?standing=review_late").text for who in ("agent", "manager", "admin")}
        review, ask = (f'href="/deals/{order.id}/{step}"' for step in ("cancellation/review", "flag"))
        assert ask in late["agent"] and "/cancellations" not in late["agent"]
        assert review in late["manager"] and review in late["admin"] and ask not in late["manager"]
        for who, claims in (("manager", True), ("compliance", False), ("admin", False)):
            page = visit(who).get("/stuck/deals?standing=unowned").text
            assert str(nobodys.id) in page and (f'action="/deals/{nobodys.id}/claim"' in page) == claims, who


def test_what_is_nobodys_is_swept_many_at_once(visit, cast):
    free, taken = [cast.deal(), cast.deal()], cast.deal(cast.agent2)
    ids = [deal.id for deal in (*free, taken)]
    browser = visit("agent")
    page = browser.get("/unowned/deals?pipeline=2&text=mar&no_step=1")
    assert page.status_code == 200 and 'formaction="/bulk/claim"' in browser.get("/unowned/deals").text
    keys = [
        key for _ in range(2) for key in re.findall(r'name="once" value="([^"]+)', browser.get("/unowned/deals").text)
    ]
    assert len(keys) == len(set(keys)) == 4, "a row that is kept is sent under a key of its own each time"
    assert browser.post("/bulk/claim/run", data={"ids": ids[:1]}).status_code == 303
    assert Deal.get_by_id(ids[0]).owner_id == cast.agent.id and Activity.next_step(free[0]).subject == "First contact"
    manager = visit("manager")
    dialog = manager.post("/bulk/assign", data={"ids": ids[1]}).text
    assert re.search(r"Marta Sandoval · 1 deal, 0 leads", dialog), "with what each has already"
    given = {"ids": ids[1], "owner": cast.agent2.id, "reason": "Speaks Polish"}
    assert manager.post("/bulk/assign/run", data=given).status_code == 303
    assert Deal.get_by_id(ids[1]).owner_id == cast.agent2.id
    manager.post("/bulk/claim/run", data={"ids": ids})
    assert {line.code for line in BulkRun.select().order_by(BulkRun.id.desc()).first().lines} == {"taken"}


def test_a_hand_over_is_asked_for_seen_and_answered(visit, cast):
    cast.deal(cast.agent)
    agent, manager = visit("agent"), visit("manager")
    assert agent.post("/me/hand-over", data={"reason": ""}).status_code == 422
    assert agent.post("/me/hand-over", data={"reason": "On leave", "starts_on": "2026-12-01"}).status_code == 303
    assert (
        "asks to hand over" in manager.get("/today").text and "On leave" in manager.get(f"/people/{cast.agent.id}").text
    )
    asked = HandOverRequest.get()
    assert manager.post(f"/people/hand-overs/{asked.id}/answer", data={"answer": "Thabo takes them"}).status_code == 303
    assert "hand_overs" not in sections(manager.get("/today").text)
    assert checkins.of_today(cast.agent) == {}
