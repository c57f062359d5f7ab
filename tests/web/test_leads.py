"""The pages of leads: the list, a lead's page, its steps, a new one, and what is asked in between."""

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest

from carmanana.contacting import log
from carmanana.core import clock
from carmanana.records.activities import Activity
from carmanana.records.consents import Consent
from carmanana.records.customers import Customer, Person
from carmanana.records.leads import Lead
from carmanana.records.notifications import Notification
from carmanana.records.saved_views import SavedView
from carmanana.web.lists import shown as list_shown

HTMX = {"HX-Request": "true"}


def due(days: int = 2) -> str:
    return f"{clock.now():%Y-%m-}{clock.now().day + days:02d}T10:00"


@pytest.fixture
def lead(cast):
    return cast.lead(cast.agent, message="What is your best price?", vehicle="BMW X5", kind="price_shopper")


def again(lead: Lead) -> Lead:
    return Lead.get_by_id(lead.id)


def test_the_list_shows_what_one_may_see(visit, cast, lead):
    theirs, nobodys = cast.lead(cast.agent2), cast.lead()
    page = visit("agent").get("/leads/").text
    assert f"/leads/{lead.id}" in page and f"/leads/{nobodys.id}" in page and f"/leads/{theirs.id}" not in page
    assert "BMW X5" in page and "price shopper" in page and "2 leads" in page
    assert f"/leads/{lead.id}" not in visit("agent").get("/leads/closed").text
    assert visit("agent").get(f"/leads/{theirs.id}").status_code == 404
    assert visit("retention").get(f"/leads/{lead.id}").status_code == 404


@pytest.mark.parametrize(
    ("query", "number"),
    [("mine=1", 1), ("unowned=1", 1), ("callable=1", 2), ("untouched=1", 2), ("shoppers=1", 1), ("overdue=1", 0)]
    + [
        ("state=new", 2),
        ("kind=inquiry", 1),
        ("source=website", 2),
        ("region=US-FL", 2),
        ("region=xx", 2),
        ("text=zzz", 0),
    ],
)
def test_filters(visit, cast, lead, query, number):
    cast.lead()
    page = visit("agent").get(f"/leads/?{query}").text
    assert page.count('class="lead-name"') == number


def test_where_much_is_found_the_same_rows_come_in_the_same_order(visit, cast, monkeypatch):
    for number in range(7):
        lead = cast.lead(kind="price_shopper") if number % 2 else cast.lead()
        Lead.update(received_at=clock.now() - timedelta(hours=number // 3)).where(Lead.id == lead.id).execute()
    monkeypatch.setattr(list_shown, "PAGE", 2)

    def shown(query: str) -> list[str]:
        path, found = f"/leads/?{query}", []
        while path:
            page = visit("agent").get(path, headers=HTMX if found else {}).text
            found += re.findall(r'href="/leads/(\d+)', page)
            path = (re.findall(r'hx-get="(/leads/[^"]*after=[^"]*)"', page) or [""])[0].replace("&amp;", "&")
        return list(dict.fromkeys(found))

    everywhere = ("", "shoppers=1", "sort=waiting", "sort=waiting&down=1")
    few = {query: shown(query) for query in everywhere}
    monkeypatch.setattr(list_shown, "COUNTED", 1)
    assert {query: shown(query) for query in everywhere} == few
    assert [len(found) for found in few.values()] == [7, 3, 7, 7]


def test_the_file_of_what_is_shown(visit, lead):
    answer = visit("agent").get("/leads/?format=csv")
    assert answer.status_code == 200 and "BMW X5" in answer.text


def test_the_page_offers_the_steps_and_says_what_is_missing(visit, lead):
    page = visit("agent").get(f"/leads/{lead.id}").text
    for words in (
        "Put on hold…",
        "Close…",
        "BMW X5",
        "What is your best price?",
        "Needs assessment",
        "No consent on file",
        "Consent",
    ):
        assert words in page
    assert 'href="tel:' in page and 'href="sms:' not in page, "a text needs express words in the US"


def test_a_contact_is_logged_and_brings_it_on(visit, lead):
    browser = visit("agent")
    url = f"/leads/{lead.id}/contacts/new"
    empty = browser.post(url, data={"kind": "call", "direction": "out"}, headers=HTMX)
    assert empty.status_code == 422 and "Choose the outcome." in empty.text
    sent = {
        "kind": "call",
        "direction": "out",
        "outcome": "connected_follow_up",
        "summary": "Wants two",
        "next_step": "Call",
        "due_at": due(),
    }
    answer = browser.post(url, data=sent, headers=HTMX | {"HX-Current-URL": f"http://localhost/leads/{lead.id}"})
    assert '<nav class="crumb"' in answer.text and "&lt;nav" not in answer.text
    assert answer.status_code == 200 and "The call is logged" in answer.text and "Wants two" in answer.text
    assert again(lead).state == "connected"
    step = Activity.next_step(lead)
    assert (
        browser.post(f"/leads/{lead.id}/steps/{step.id}", data={"next_step": "Text", "due_at": due(3)}).status_code
        == 303
    )
    assert browser.post(f"/leads/{lead.id}/steps/{step.id}/done").status_code == 303
    assert Activity.next_step(lead) is None
    assert browser.post(f"/leads/{lead.id}/steps/{step.id}/done").status_code == 409
    assert browser.post(f"/leads/{lead.id}/steps/new", data={"next_step": "Call", "due_at": due()}).status_code == 303
    assert browser.post(f"/leads/{lead.id}/steps/new", data={"next_step": "Call", "due_at": "x"}).status_code == 422


def test_needs_assessed_converted_and_undone(visit, cast, lead):
    browser = visit("agent")
    cast.called(lead)
    unmet = browser.get(f"/leads/{lead.id}/assess", headers=HTMX).text
    assert "A price shopper names two vehicles" in unmet and "Write down what they want" in unmet
    assert browser.post(f"/leads/{lead.id}/assess", data={"version": again(lead).version}).status_code == 422
    wanted = {
        "option-0-brand": "bmw",
        "option-0-model": "X5",
        "option-1-brand": "Audi",
        "option-1-model": "Q7 45 TFSI",
        "timeline": "May",
        "matters_most": "price",
        "version": "",
        "budget_from_cents": "20000",
    }
    assert browser.post(f"/leads/{lead.id}/needs", data=wanted | {"budget_to_cents": "100"}).status_code == 422
    assert browser.post(f"/leads/{lead.id}/needs", data=wanted).status_code == 303
    assert [(option.brand, option.model) for option in again(lead).needs.wanted] == [
        ("BMW", "X5"),
        ("Audi", "Q7 45 TFSI"),
    ]
    assert browser.post(f"/leads/{lead.id}/needs", data=wanted | {"version": "99"}, headers=HTMX).status_code == 409
    typed_on = wanted | {"timeline": "May or June", "version": again(lead).needs.version}
    assert browser.post(f"/leads/{lead.id}/needs", data=typed_on).status_code == 303
    page = browser.get(f"/leads/{lead.id}").text
    assert page.count("What they want was written down") == 1 and "Needs assessment done" not in page
    assert browser.post(f"/leads/{lead.id}/assess", data={"version": again(lead).version}).status_code == 303
    assert browser.get(f"/leads/{lead.id}").text.count("Needs assessment done") == 1
    dialog = browser.get(f"/leads/{lead.id}/convert", headers=HTMX).text
    assert "New vehicle orders" in dialog and "Make the deal" in dialog
    sent = {"stage": cast.stage().id, "readiness": "live", "next_step": "Send 2 options", "due_at": due()}
    missing = browser.post(f"/leads/{lead.id}/convert", data=sent | {"stage": ""}, headers=HTMX)
    assert missing.status_code == 422 and "Choose a pipeline" in missing.text
    made = browser.post(f"/leads/{lead.id}/convert", data=sent)
    assert made.location == f"/deals/{again(lead).deal_id}"
    assert "Wants a hybrid" in browser.get(made.location).text
    assert "Undo: no deal after all…" in browser.get(f"/leads/{lead.id}").text
    assert browser.post(f"/leads/{lead.id}/undo-conversion").status_code == 303
    assert again(lead).state == "assessed"


def test_hold_resume_close_and_reopen(visit, cast, lead):
    browser = visit("agent")
    cast.called(lead)
    day = f"{clock.now().year + 1}-02-01"
    held = {"sub_status": "financing", "reason": "Bank decides", "follow_up_on": day}
    assert browser.post(f"/leads/{lead.id}/hold", data=held).status_code == 303
    assert "Waiting on financing" in browser.get(f"/leads/{lead.id}").text
    assert browser.get("/leads/on-hold").text.count('class="lead-name"') == 1
    assert browser.post(f"/leads/{lead.id}/resume", data={"next_step": "Call", "due_at": due()}).status_code == 303
    assert again(lead).state == "connected"
    refused = browser.post(f"/leads/{lead.id}/close", data={"close_reason": "no_details"}, headers=HTMX)
    assert refused.status_code == 422 and "nobody found to be wrong" in refused.text
    assert (
        browser.post(f"/leads/{lead.id}/close", data={"close_reason": "do_not_contact", "no_texts": "y"}).status_code
        == 303
    )
    assert Person.get_by_id(lead.person_id).no_texts and not Person.get_by_id(lead.person_id).no_calls
    assert browser.post(f"/leads/{lead.id}/reopen", data={"reason": "Called back"}).status_code == 403
    assert visit("manager").post(f"/leads/{lead.id}/reopen", data={"reason": "Called back"}).status_code == 303


def test_who_is_told_of_a_lead_is_led_to_it(visit, lead):
    assert visit("agent").post(f"/leads/{lead.id}/flag", data={"reason": "Sounds like a competitor"}).status_code == 303
    told = Notification.get(Notification.lead == lead)
    assert visit("manager").post(f"/notifications/{told.id}/read").location == f"/leads/{lead.id}"


def test_a_stale_form_gets_both_versions(visit, lead, cast):
    cast.called(lead)
    answer = visit("agent").post(
        f"/leads/{lead.id}/close", data={"close_reason": "duplicate", "version": "1"}, headers=HTMX
    )
    assert answer.status_code == 409 and "Duplicate of another lead" in answer.text


def test_an_unowned_lead_is_claimed_once(visit, cast):
    lead = cast.lead()
    assert visit("agent").post(f"/leads/{lead.id}/claim", data={"version": lead.version}).status_code == 303
    assert again(lead).owner == cast.agent and "First contact" in visit("agent").get(f"/leads/{lead.id}").text
    late = visit("agent2").post(f"/leads/{lead.id}/claim", headers=HTMX)
    assert late.status_code == 404 and "Somebody was quicker" in late.text and "agent" not in late.text.casefold()


def test_a_new_lead_with_somebody_who_is_here(visit, cast):
    customer, browser = cast.client(region="Florida"), visit("manager")
    assert "New lead" in browser.get("/leads/new", headers=HTMX).text
    empty = browser.post("/leads/new", data={"name": "Rosa", "source": "phone", "kind": "inquiry"}, headers=HTMX)
    assert empty.status_code == 422 and "Enter a phone number or an email address" in empty.text
    sent = {
        "name": "Rosa",
        "phones": customer.phone.typed,
        "source": "referral",
        "kind": "price_shopper",
        "answer_by": ["call"],
        "message": "Hola",
    }
    duplicate = browser.post("/leads/new", data=sent, headers=HTMX)
    assert duplicate.status_code == 422 and f"Use {customer.name}" in duplicate.text
    made = browser.post("/leads/new", data=sent | {"duplicate": str(customer.id), "owner": str(cast.agent.id)})
    lead = Lead.get()
    step = Activity.get(Activity.lead == lead)
    assert (step.subject, step.assignee, lead.owner) == ("First contact", cast.agent, cast.agent)
    assert Notification.select().where(Notification.user == cast.agent, Notification.lead == lead).count() == 1
    assert made.location == f"/leads/{lead.id}" and (lead.customer, lead.region, lead.answer_by) == (
        customer,
        "US-FL",
        {"call"},
    )
    future = browser.post(
        "/leads/new", data=sent | {"duplicate": str(customer.id), "received_at": "2099-01-01T10:00"}, headers=HTMX
    )
    assert future.status_code == 422 and Lead.select().count() == 1
    assert visit("compliance").get("/leads/new").status_code == 403


def test_several_at_once_each_by_its_own_rules(visit, cast):
    """As many deals are: a preview, a step for each that may go, and a report of what did not."""
    leads = [cast.lead(), cast.lead(), cast.lead(cast.agent2)]
    browser, ids = visit("agent"), {"chosen": " ".join(str(lead.id) for lead in leads)}
    page = browser.get("/leads/").text
    assert 'formaction="/bulk/lead-claim"' in page and "/bulk/lead-reassign" not in page
    asked = browser.post("/bulk/lead-claim", data=ids).text
    for words in (
        "3 leads selected",
        "2 can be changed",
        "1 lead is gone, or belong to someone else",
        "Claim 2 leads<",
    ):
        assert words in asked, words
    report = browser.post("/bulk/lead-claim/run", data=ids, follow_redirects=True).text
    assert "2 leads claimed" in report and f"/leads/{leads[0].id}" in report and f"/leads/{leads[2].id}" not in report
    assert [again(lead).owner_id for lead in leads] == [cast.agent.id, cast.agent.id, cast.agent2.id]
    listed = {"scope": "all", "listed": "leads", "filter": "kind=inquiry"}
    given = {"owner": str(cast.agent2.id), "reason": "Speaks Polish"}
    for path in ("/bulk/lead-reassign", "/bulk/lead-reassign/run"):
        assert browser.post(path, data=listed | given).status_code == 403
    manager = visit("manager")
    asked = manager.post("/bulk/lead-reassign", data=listed | given).text
    assert "2 can be changed" in asked and "owns it already" in asked and 'value="kind=inquiry"' in asked
    report = manager.post("/bulk/lead-reassign/run", data=listed | given, follow_redirects=True).text
    assert "2 leads reassigned to" in report and {again(lead).owner_id for lead in leads} == {cast.agent2.id}
    closing = manager.post("/bulk/lead-close", data=ids | {"close_reason": "no_response"}).text
    assert "3 cannot" in closing and "section F" in closing or "section I" in closing
    answer = manager.post("/bulk/lead-close/run", data=ids, headers=HTMX)
    assert answer.status_code == 422 and "Choose why it is closed." in answer.text
    for sent in ({"listed": "customers"}, {"listed": "nothing"}, {"pipeline": "used-vehicle-orders"}):
        assert manager.post("/bulk/lead-close", data={"scope": "all"} | sent).status_code == 400
    assert browser.get("/leads/sequences/new", query_string=listed).status_code == 200


def test_consent_and_wishes(visit, cast, lead):
    browser = visit("agent")
    words = {"text": "y", "words": "Yes, text me", "how": "phone", "purpose": "inquiry"}
    assert browser.post(f"/leads/{lead.id}/consents/new", data=words | {"words": ""}, headers=HTMX).status_code == 422
    assert browser.post(f"/leads/{lead.id}/consents/new", data=words).status_code == 303
    assert 'href="sms:' in browser.get(f"/leads/{lead.id}").text
    url = f"/leads/{lead.id}/consents/{Consent.get().id}/withdrawal"
    assert browser.post(url, data={"words": "Stop"}).status_code == 303
    wished = f"/customers/{lead.customer_id}"
    assert f"{wished}/do-not-contact?person={lead.person_id}" in browser.get(f"/leads/{lead.id}").text
    assert (
        browser.post(f"{wished}/do-not-contact?back=/leads/{lead.id}", data={"no_calls": "y"}).location
        == f"/leads/{lead.id}"
    )
    page = browser.get(f"/leads/{lead.id}").text
    assert 'href="tel:' not in page and "asked not to be called" in page
    assert Customer.get_by_id(lead.customer_id).no_calls
    for who, status in (("agent", 403), ("manager", 403), ("admin", 303)):
        sent = {"wish": "no_calls", "reason": "She rang and asked for it"}
        assert visit(who).post(f"{wished}/contact-again", data=sent).status_code == status
    assert 'href="tel:' in browser.get(f"/leads/{lead.id}").text


def test_what_is_refused_to_whom_it_does_not_belong_is_mended_by_claiming_it(visit, cast):
    lead = cast.lead()
    held = {"version": lead.version, "sub_status": "financing", "reason": "The bank", "follow_up_on": due()[:10]}
    refused = visit("agent").post(f"/leads/{lead.id}/hold", data=held)
    assert refused.status_code == 422
    for page in (visit("agent").get(f"/leads/{lead.id}").text, refused.text):
        assert f'hx-get="/leads/{lead.id}/claim' not in page
        assert f'hx-post="/leads/{lead.id}/claim' in page


@pytest.mark.parametrize("path", ["/leads/new", "/deals/new"])
def test_a_dialog_as_a_page_of_its_own_answers_there(visit, path):
    """Over itself, a second copy of it would open."""
    assert f'hx-post="{path}"' not in visit("agent").get(path).text
    assert f'hx-post="{path}"' in visit("agent").get(path, headers=HTMX).text


def test_whoever_claims_after_hours_hears_that_the_next_business_day_will_do(visit, cast):
    lead = cast.lead()
    with clock.set_to(clock.now().replace(day=21, hour=23)):  # on a Saturday, after closing
        agent = visit("agent")
        agent.post(f"/leads/{lead.id}/claim", data={"version": lead.version})
        said = agent.get(f"/leads/{lead.id}").text
    assert "First contact is due Monday by" in said


def test_a_view_is_kept_with_its_part_and_called_from(visit, cast, lead):
    held, browser = cast.lead_in("on_hold", cast.agent), visit("agent")
    saved = [
        browser.post("/list-views/leads", data={"name": name, "query": query}, headers=HTMX).text
        for name, query in (("Waiting", "standing=on-hold&mine=1&x=y"), ("Shoppers", "shoppers=1&standing=zzz"))
    ]
    assert 'href="/leads/on-hold?mine=1"' in saved[0] and 'href="/leads/?shoppers=1"' in saved[1]
    waiting, shoppers = SavedView.select().order_by(SavedView.id)
    dialog = browser.get(f"/leads/sequences/new?view={shoppers.id}", headers=HTMX).text
    assert 'value="Shoppers"' in dialog and f'name="lead" value="{lead.id}"' in dialog
    assert f'name="lead" value="{held.id}"' in browser.get(f"/leads/sequences/new?view={waiting.id}").text
    for wrong in ("0", "x", str(shoppers.id)):
        assert visit("agent2").get(f"/leads/sequences/new?view={wrong}").status_code == 404


def test_the_leads_beside_it_in_the_list_that_it_was_opened_from(visit, cast):
    first, middle, last = (cast.lead(cast.agent) for _ in range(3))
    browser, back = visit("agent"), "%2Fleads%2F%3Fmine%3D1"
    opened = re.findall(rf'href="(/leads/{middle.id}[?][^"]*)"', browser.get("/leads/?mine=1").text)
    assert [unquote(address) for address in opened] == [f"/leads/{middle.id}?from=/leads/?mine=1"]
    page = browser.get(f"/leads/{middle.id}?from={back}").text
    assert f'rel="prev" href="/leads/{last.id}?from=' in page and f'rel="next" href="/leads/{first.id}?from=' in page
    assert 'rel="prev"' not in browser.get(f"/leads/{last.id}?from={back}").text
    for wrong in ("//[", "/leads/zzz", "/board/x", "https://elsewhere/leads", "/leads/new"):
        page = browser.get(f"/leads/{middle.id}", query_string={"from": wrong})
        assert page.status_code == 200 and 'rel="next"' not in page.text


def test_tried_by_phone_and_email_a_lead_is_held_by_one_form_and_undone_whole(visit, cast):
    lead = cast.lead(cast.agent)
    step = log.add_step(lead, cast.agent, "Call about the trade-in", clock.now() + timedelta(days=1))
    browser, page = visit("agent"), f"/leads/{lead.id}"
    assert "Did you just try?" in browser.get(f"{page}/hold").text
    held = {
        "sub_status": "financing",
        "reason": "The bank decides",
        "follow_up_on": str(clock.today() + timedelta(days=9)),
    }
    refused = browser.post(f"{page}/hold", data=held | {"called": "y"})
    assert refused.status_code == 422 and refused.text.count("No email after the unanswered call") == 1
    assert 'aria-describedby="unmet-no_email"' in refused.text and 'id="unmet-no_email"' in refused.text
    assert browser.post(f"{page}/hold", data=held | {"called": "y", "emailed": "y"}).status_code == 303
    contacts = Activity.select().where(Activity.lead == lead, Activity.direction == "out").order_by(Activity.id)
    assert [(one.kind, one.outcome) for one in contacts] == [("call", "no_answer_no_vm"), ("email", "sent")]
    assert Lead.get_by_id(lead.id).state == "on_hold"
    browser.post(f"{page}/undo")
    assert Lead.get_by_id(lead.id).state == "working" and Activity.get_by_id(step.id).done_at is None
