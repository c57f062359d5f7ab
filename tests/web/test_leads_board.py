"""The board of leads: its columns and filter, the drop of a card, and what others change meanwhile."""

import re
from datetime import timedelta
from itertools import product

import pytest

from carmanana.core import clock
from carmanana.core.cache import clear_all
from carmanana.leads.lifecycle import inquiry
from carmanana.records.calling import CallingRule
from carmanana.records.customers import Customer
from carmanana.records.lead_codes import STATES
from carmanana.records.leads import Lead
from carmanana.records.saved_views import SavedView
from tests.counting import queries

ON_BOARD = {"HX-Request": "true", "HX-Current-URL": "http://localhost/leads/board"}


def column(page: str, key: str) -> str:
    return page.split(f'id="cards-{key}"')[1].split("</section>")[0]


def dropped(browser, lead, state: str, **form):
    sent = {"column": state, "version": str(lead.version)} | form
    return browser.post(f"/leads/{lead.id}/column", data=sent, headers=ON_BOARD)


def test_each_state_has_its_column_with_what_one_may_see(visit, cast):
    leads = {state: cast.lead_in(state) for state in STATES}
    theirs, nobodys = cast.lead(cast.agent2), cast.lead(vehicle="Kia Niro", kind="price_shopper")
    page = visit("agent").get("/leads/board").text
    missing = [state for state, lead in leads.items() if f'id="lead-{lead.id}"' not in column(page, state)]
    assert missing == []
    assert f'id="lead-{theirs.id}"' not in page and f'id="lead-{nobodys.id}"' in column(page, "new")
    assert "Kia Niro" in page and "Price shopper" in page and "Claim" in column(page, "new")
    assert f'id="lead-{leads["new"].id}"' not in visit("agent").get("/leads/board?shoppers=1").text
    assert f'id="lead-{theirs.id}"' in visit("manager").get("/leads/board").text
    assert visit("retention").get("/leads/board").text.count("data-card=") == 0


def test_a_column_goes_on_below_its_last_card_whatever_their_number(visit, cast):
    made = [cast.lead(cast.agent) for _ in range(23)]
    browser = visit("agent")
    browser.get("/leads/board")
    with queries() as many:
        page = browser.get("/leads/board").text
    assert column(page, "new").count("data-card=") == 12
    more = re.search(r'hx-get="([^"]*/board/columns/new[^"]*)"', page)[1].replace("&amp;", "&")
    rest = browser.get(more).text
    assert rest.count("data-card=") == 11 and f'id="lead-{made[0].id}"' in rest
    Lead.update(state="working").where(Lead.id > made[2].id).execute()
    with queries() as few:
        browser.get("/leads/board?kind=inquiry")
    assert len(many) == len(few) <= 24
    assert browser.get("/leads/board/columns/nothing").status_code == 404


def test_a_view_of_the_list_opens_on_the_board(visit, cast):
    browser = visit("agent")
    browser.post("/list-views/leads", data={"name": "Shoppers", "query": "shoppers=1"})
    assert SavedView.select().count() == 1
    menu = browser.get("/list-views/leads?look=board&shoppers=1", headers={"HX-Request": "true"}).text
    assert "/leads/board?shoppers=1" in menu
    assert "/leads/?shoppers=1" in browser.get("/list-views/leads", headers={"HX-Request": "true"}).text


def test_what_is_selected_of_a_column_is_what_its_filter_finds(visit, cast):
    leads = [cast.lead(kind="price_shopper"), cast.lead(kind="price_shopper"), cast.lead()]
    cast.lead_in("connected")
    browser = visit("agent")
    page = browser.get("/leads/board?shoppers=1").text
    assert 'data-pick-column="new"' in page and 'name="filter" value="shoppers=1"' in page
    sent = {"scope": "new", "listed": "leads", "filter": "shoppers=1"}
    assert "2 leads selected" in browser.post("/bulk/lead-claim", data=sent, headers=ON_BOARD).text
    assert 'data-pick-all="open"' in page and 'data-within="new working connected assessed"' in page
    every = sent | {"scope": "open", "filter": ""}
    assert "4 leads selected" in browser.post("/bulk/lead-claim", data=every, headers=ON_BOARD).text
    assert browser.post("/bulk/lead-claim", data=sent | {"scope": "x"}, headers=ON_BOARD).status_code == 400
    called = browser.get("/leads/sequences/new", query_string=sent, headers=ON_BOARD).text
    assert all((f'value="{lead.id}"' in called) == (lead.kind == "price_shopper") for lead in leads)
    assert "bulk-form" not in visit("retention").get("/leads/board").text


def test_what_is_kept_of_rows_and_cards_is_what_is_drawn_anew_for_whoever_looks(visit, cast):
    lead, nobodys = cast.lead(cast.agent), cast.lead()
    cast.lead_in("on_hold"), cast.lead_in("closed")
    Lead.update(region="US-FL", timezone="America/New_York").execute()
    changes = (
        lambda: None,
        lambda: cast.called(lead, outcome="no_answer_vm"),
        lambda: cast.wants(lead),
        lambda: rename(lead),
        lambda: inquiry.fire(nobodys, "claim", cast.agent),
        lambda: inquiry.fire(Lead.get_by_id(lead.id), "flag", cast.agent, reason="Twice"),
        lambda: CallingRule.update(opens="23:58", closes="23:59").execute(),
    )
    browsers, wrong = {who: visit(who) for who in ("agent", "manager", "retention")}, []
    pages = [*product(browsers, ("/leads/", "/leads/?columns=lead,their_time", "/leads/board"))]
    for number, change in enumerate(changes):
        change()
        kept = {(who, address): drawn(browsers[who], address) for who, address in pages}
        clear_all()
        anew = {(who, address): drawn(browsers[who], address) for who, address in reversed(pages)}
        wrong += [(number, page) for page in pages if kept[page] != anew[page]]
    assert wrong == []


def drawn(browser, address: str) -> str:
    """Without what is another for each that asks."""
    return re.sub(r'name="(once|csrf.token)" (value|content)="[^"]+"', "", browser.get(address).text)


def rename(lead: Lead) -> None:
    Customer.update(name="Somebody <Else>").where(Customer.id == lead.customer_id).execute()


DIALOGS = [
    ("connected", "on_hold", "Put on hold"),
    ("new", "closed", "Close the lead"),
    ("on_hold", "connected", "Resume"),
    ("assessed", "converted", "Make it a deal"),
]


@pytest.mark.parametrize(("was", "to", "title"), DIALOGS)
def test_a_drop_asks_what_its_step_asks(visit, cast, was, to, title):
    lead = cast.lead_in(was)
    answer = dropped(visit("agent"), lead, to)
    assert answer.status_code == 200 and title in answer.text
    assert Lead.get_by_id(lead.id).state == was


REFUSED = [
    ("new", "working", "Log the contact", "agent"),
    ("working", "connected", "Nobody has spoken", "agent"),
    ("connected", "assessed", "Name", "agent"),
    ("working", "new", "new until it is contacted", "agent"),
    ("assessed", "connected", "it never goes back", "agent"),
    ("on_hold", "assessed", "goes back to where it came from: Connected", "agent"),
    ("new", "converted", "", "agent"),
    ("converted", "closed", "is a deal now", "agent"),
]


def test_a_drop_that_no_step_allows_is_refused_with_the_reason(visit, cast):
    wrong = []
    for was, to, why, who in REFUSED:
        lead = cast.lead_in(was)
        answer = dropped(visit(who), lead, to)
        if answer.status_code != 422 or why not in answer.text or Lead.get_by_id(lead.id).state != was:
            wrong.append((was, to, answer.status_code, answer.text[:400]))
    closed = cast.lead_in("closed")
    assert dropped(visit("agent"), closed, "working").status_code == 403
    assert "Reopen the lead" in dropped(visit("manager"), closed, "working").text
    assert dropped(visit("agent"), closed, "nothing").status_code == 400
    assert wrong == []


def test_the_sheet_says_where_it_may_go_and_why_not(visit, cast):
    lead = cast.lead_in("connected")
    sheet = visit("agent").get(f"/leads/{lead.id}/move", headers=ON_BOARD).text
    assert 'class="sheet-row" name="column" value="on_hold"' in sheet and 'value="closed"' in sheet
    assert 'class="sheet-row refused" name="column" value="new"' in sheet, "it says why, and what mends it"
    assert "A lead is new until it is contacted." in sheet and f"/leads/{lead.id}/contacts/new" in sheet
    assert "A lead is new until it is contacted." in dropped(visit("agent"), lead, "new").text


def test_a_step_from_the_board_puts_the_card_in_its_new_place(visit, cast):
    upper, lead, lower = (cast.lead_in("connected") for _ in range(3))
    held, browser = cast.lead_in("on_hold"), visit("agent")
    given = {"close_reason": "not_interested", "version": str(lead.version)}
    answer = browser.post(f"/leads/{lead.id}/close", data=given, headers=ON_BOARD)
    assert f'hx-target="#lead-{lead.id}" hx-swap="delete"' in answer.text
    assert 'hx-target="#head-connected"' in answer.text and 'hx-target="#cards-closed"' in answer.text
    given = {
        "next_step": "Call",
        "due_at": f"{clock.now() + timedelta(days=2):%Y-%m-%dT10:00}",
        "version": str(held.version),
    }
    answer = browser.post(f"/leads/{held.id}/resume", data=given, headers=ON_BOARD)
    assert answer.status_code == 200 and re.search(
        r'hx-target="#(cards-connected|lead-\d+)" hx-swap="after', answer.text
    )
    assert f'data-undo="{held.id}"' in answer.text
    version = {"version": str(Lead.get_by_id(held.id).version)}
    undone = browser.post(f"/leads/{held.id}/undo", data=version, headers=ON_BOARD).text
    assert "is back in On Hold" in undone and 'hx-target="#cards-on_hold"' in undone and "data-undo" not in undone
    free = cast.lead()
    answer = browser.post(f"/leads/{free.id}/claim", data={"version": str(free.version)}, headers=ON_BOARD)
    assert f'hx-target="#lead-{free.id}" hx-swap="outerHTML"' in answer.text
    stale = dropped(browser, free, "on_hold")
    assert stale.status_code == 409 and f'hx-target="#lead-{free.id}" hx-swap="outerHTML"' in stale.text


def test_what_others_change_comes_and_what_one_may_not_see_does_not(visit, cast):
    mine, theirs = cast.lead(cast.agent), cast.lead_in("connected", cast.agent2)
    browser = visit("agent")
    since = re.search(r'data-version="(\d+)"\s*>', browser.get("/leads/board").text.split("data-live")[1])[1]
    assert browser.get(f"/leads/board/changes?since={since}").status_code == 204
    inquiry.fire(theirs, "close", cast.manager, close_reason="not_interested")
    quiet = browser.get(f"/leads/board/changes?since={since}")
    assert quiet.status_code == 204
    cast.called(mine, outcome="no_answer_vm")
    news = browser.get(f"/leads/board/changes?since={quiet.headers['X-Version']}&shown=new-40")
    assert (
        news.status_code == 200
        and f'id="lead-{mine.id}"' in news.text.split('"#cards-working"')[1].split("</hx-partial>")[0]
    )
    inquiry.fire(Lead.get_by_id(mine.id), "reassign", cast.manager, owner=cast.agent2, reason="Away")
    gone = browser.get(f"/leads/board/changes?since={news.headers['X-Version']}")
    assert gone.status_code == 200 and f'id="lead-{mine.id}"' not in gone.text


def test_what_they_want_is_told_by_the_newer_assessment_everywhere(visit, cast):
    lead = cast.lead(cast.agent, vehicle="Kia Niro")
    cast.wants(lead, 2)
    browser = visit("agent")
    told = [
        browser.get("/leads/?format=csv").text,
        browser.get(f"/leads/{lead.id}/move").text,
        browser.get(f"/leads/{lead.id}/close").text,
        browser.get(f"/leads/sequences/new?lead={lead.id}").text,
    ]
    assert [("RAV0" in page, "Kia Niro" in page) for page in told] == [(True, False)] * 4
