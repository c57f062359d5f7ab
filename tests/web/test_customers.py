"""The pages of customers: finding, showing, correcting, giving to somebody."""

import html
import re
from datetime import timedelta

import pytest

from carmanana.cases import opening
from carmanana.cases.lifecycle import casework
from carmanana.contacting.log import add_step, log
from carmanana.core import clock
from carmanana.core.cache import clear_all
from carmanana.expiries import setting
from carmanana.records.activities import Activity
from carmanana.records.customers import Customer, CustomerPhone, Person
from carmanana.records.deal_codes import LOSING
from carmanana.records.deals import Deal
from carmanana.records.leads import Lead
from carmanana.records.people import User
from carmanana.staffing.leaving import deactivate

from ..counting import queries

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def customer(cast):
    """The agent's customer with one deal of theirs."""
    deal = cast.deal(cast.agent, value_cents=2600000, vehicle_make="Kia", vehicle_model="Niro")
    Customer.update(owner=cast.agent).where(Customer.id == deal.customer_id).execute()
    return Customer.get_by_id(deal.customer_id)


def form_of(customer, **other):
    phones = "\n".join(phone.typed for phone in customer.phones)
    emails = "\n".join(email.address for email in customer.emails)
    facts = {name: getattr(customer, name) for name in ("name", "region", "timezone", "language", "mood")}
    marks = {name: "y" for name in ("no_calls", "no_emails", "no_texts") if getattr(customer, name)}
    return facts | marks | {"phones": phones, "emails": emails, "version": str(customer.version)} | other


# the list


def test_the_list_shows_what_one_looks_for(visit, cast, customer):
    Customer.update(no_calls=True, region="Florida").where(Customer.id == customer.id).execute()
    page = visit("agent").get("/customers/").text
    for shown in (customer.name, "Florida", "No calls", "Marta", "(305) 555", "client1000@example.com", "1 customer<"):
        assert shown in page


@pytest.mark.parametrize(
    "text, found", [("gutierrez", True), ("305555", True), ("client1000@", True), ("nobody", False)]
)
def test_a_search_as_page_and_as_fragment(visit, customer, text, found):
    client = visit("agent")
    for headers in ({}, HTMX):
        page = client.get("/customers/", query_string={"text": text}, headers=headers).text
        assert (customer.name in page) is found
        assert ("No customer matches" in page) is not found
        assert ("<!doctype html>" in page) is (headers == {})


def test_a_search_may_be_anything(visit, customer):
    client = visit("agent")
    for text in ("%", "'", '"', "\x00", "*", "a" * 500, "((", "🚗", "<script>"):
        answer = client.get("/customers/", query_string={"text": text})
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text


def test_somebody_elses_client_is_not_listed(visit, customer):
    assert customer.name not in visit("agent2").get("/customers/").text
    assert customer.name in visit("manager2").get("/customers/").text


def test_the_list_comes_in_pages_with_the_search_kept(visit, cast):
    for number in range(26):
        cast.client(f"Ana {number:02}")
    client = visit("manager")
    first = client.get("/customers/?text=ana").text
    assert "Ana 24" in first and "Ana 25" not in first and "26 customers" in first
    below = re.search(r'hx-get="(/customers/\?[^"]*after=[^"]*)"', first).group(1).replace("&amp;", "&")
    assert "text=ana" in below
    assert "Ana 25" in client.get(below).text, "without scripts it is a page of its own"
    rows = client.get(below, headers={"HX-Request": "true"}).text
    assert "Ana 25" in rows and "<html" not in rows and "Ana 24" not in rows


def test_rows_that_are_kept_are_as_they_would_be_drawn_now(visit, cast, customer):
    clients = [visit(role) for role in ("manager", "agent", "cancellations")]
    phone, other = CustomerPhone.create(customer=customer, typed="305 555 0100"), cast.deal(cast.agent)
    CustomerPhone.delete().where(CustomerPhone.customer == customer, CustomerPhone.id != phone.id).execute()
    changes = [
        *((Customer, customer.id, {name: True}) for name in ("no_calls", "no_emails", "no_texts")),
        *((Customer, customer.id, {"status": status}) for status in ("pending_cancellation", "cancelled", "live")),
        *((Customer, customer.id, {name: value}) for name, value in {"name": "Zoe Kirk", "region": "US-NV"}.items()),
        (User, cast.agent.id, {"name": "Uma Vale"}),
        (Customer, customer.id, {"owner": cast.agent2}),
        (Customer, customer.id, {"owner": None}),
        (CustomerPhone, phone.id, {"typed": "303 555 0100"}),
        (Deal, other.id, {"customer": customer}),
    ]
    for model, number, facts in changes:
        model.update(**facts).where(model.id == number).execute()
        found = [rows_of(client) for client in clients]
        clear_all()
        assert found == [rows_of(client) for client in clients], facts


def rows_of(client) -> list[str]:
    return re.findall("<tbody>(.*)</tbody>", client.get("/customers/").text, re.DOTALL)


def test_the_list_takes_as_many_queries_for_many_as_for_few(visit, cast, customer):
    client = visit("manager")
    client.get("/customers/")
    with queries() as few:
        client.get("/customers/")
    for number in range(30):
        cast.client(f"Ana {number}")
    with queries() as many:
        client.get("/customers/")
    assert len(many) == len(few)


def test_an_empty_list_says_what_belongs_there(visit):
    page = visit("agent").get("/customers/").text
    assert "No customers yet" in page and "New deal" in page


# the page


def test_a_client_at_a_glance(visit, cast, customer):
    cast.called(Deal.get(Deal.customer == customer), cast.agent)
    page = visit("agent").get(f"/customers/{customer.id}").text
    for shown in (
        customer.name,
        "tel:+1305555",
        "sms:+1305555",
        "mailto:client1000@example.com",
        "12:00, America/New York",
        "Kia Niro",
        "$26,000",
        "Wants a hybrid",
        "Live",
    ):
        assert shown in page


def test_do_not_contact_closes_the_link_and_says_so(visit, cast, customer):
    Customer.update(no_calls=True, no_emails=True).where(Customer.id == customer.id).execute()
    page = visit("agent").get(f"/customers/{customer.id}").text
    assert "tel:" not in page and "mailto:" not in page and "sms:" in page
    assert "asked not to be called" in page and "asked not to be emailed" in page


def test_under_review_only_the_manager_has_links(visit, cast):
    deal = cast.in_state(LOSING)
    path = f"/customers/{deal.customer_id}"
    seen = visit("agent").get(path).text
    assert "tel:" not in seen and "the next contact must be the manager" in seen
    assert "tel:" in visit("manager").get(path).text


def test_who_does_not_contact_clients_has_no_links(visit, customer):
    assert "tel:" not in visit("compliance").get(f"/customers/{customer.id}").text


def test_deals_of_others_are_not_shown(visit, cast, customer):
    other = cast.deal(cast.agent2, vehicle_make="Tesla Motors")
    Deal.update(customer=customer).where(Deal.id == other.id).execute()
    path = f"/customers/{customer.id}"
    assert "Tesla Motors" not in visit("agent").get(path).text
    assert "Tesla Motors" in visit("manager").get(path).text


@pytest.mark.parametrize("path", ["", "/edit"])
def test_somebody_elses_client_is_nowhere(visit, cast, customer, path):
    assert visit("agent2").get(f"/customers/{customer.id}{path}").status_code == 404
    assert (
        visit("agent2").post(f"/customers/{customer.id}/edit", data=form_of(customer, name="Stolen")).status_code == 404
    )
    assert Customer.get_by_id(customer.id).name == customer.name


def test_names_are_shown_as_words(visit, cast, customer):
    Customer.update(name="<img src=x onerror=alert(1)>", details="{{ 7*7 }}").where(
        Customer.id == customer.id
    ).execute()
    page = visit("agent").get(f"/customers/{customer.id}").text
    assert "<img src=x" not in page and "&lt;img src=x" in page and "{{ 7*7 }}" in page


# correcting


def test_a_client_is_corrected(visit, customer):
    client = visit("agent")
    sent = form_of(
        customer,
        name="Émile Óscar",
        phones="305 555 2000\n\n  555-1234 ",
        emails="e@o.de",
        timezone="europe/berlin",
        mood="angry",
        no_texts="y",
    )
    answer = client.post(f"/customers/{customer.id}/edit", data=sent)
    assert answer.location == f"/customers/{customer.id}"
    fresh = Customer.get_by_id(customer.id)
    assert (fresh.name, fresh.timezone, fresh.mood, fresh.no_texts) == ("Émile Óscar", "Europe/Berlin", "angry", True)
    assert {phone.typed for phone in fresh.phones} == {"305 555 2000", "555-1234"}
    page = client.get(answer.location).text
    assert "Not a whole number" in page and "No texts" in page


WRONG = {
    "no name": ({"name": " "}, "Enter the customer"),
    "a number that is none": ({"phones": "call me"}, "is not a phone number"),
    "too many numbers": ({"phones": "305 555 2000\n" * 11}, "At most 10, one a line."),
    "an address that is none": ({"emails": "a@b.de\nsomewhere"}, "“somewhere” is not an email address"),
    "no such zone": ({"timezone": "Atlantis"}, "Choose a time zone such as"),
    "no such mood": ({"mood": "hungry"}, "Choose from the list."),
    "a long name": ({"name": "x" * 161}, "At most 160 characters."),
}


@pytest.mark.parametrize("wrong, sentence", WRONG.values(), ids=WRONG)
def test_what_is_wrong_comes_back_with_what_was_typed(visit, customer, wrong, sentence):
    for headers in ({}, HTMX):
        answer = visit("agent").post(
            f"/customers/{customer.id}/edit", data=form_of(customer, region="typed here", **wrong), headers=headers
        )
        assert answer.status_code == 422
        assert sentence in answer.text
        assert 'value="typed here"' in answer.text
    assert Customer.get_by_id(customer.id).version == customer.version


def test_a_stale_form_keeps_what_was_typed(visit, customer):
    client, stale = visit("agent"), form_of(customer, region="typed here")
    client.post(f"/customers/{customer.id}/edit", data=form_of(customer, region="Florida"))
    answer = client.post(f"/customers/{customer.id}/edit", data=stale)
    assert answer.status_code == 409
    assert "while you were typing" in answer.text and 'value="typed here"' in answer.text
    assert Customer.get_by_id(customer.id).region == "Florida"
    mended = stale | {"version": str(Customer.get_by_id(customer.id).version)}
    assert client.post(f"/customers/{customer.id}/edit", data=mended).status_code == 303


def test_a_do_not_contact_mark_is_not_lifted_by_a_correction(visit, customer):
    Customer.update(no_calls=True).where(Customer.id == customer.id).execute()
    lifted = form_of(Customer.get_by_id(customer.id))
    del lifted["no_calls"]
    for who in ("agent", "manager"):
        answer = visit(who).post(f"/customers/{customer.id}/edit", data=lifted)
        assert answer.status_code == 422
        assert "Only an admin takes that back" in answer.text
    assert Customer.get_by_id(customer.id).no_calls


def test_who_may_look_but_not_correct(visit, customer):
    page = visit("compliance").get(f"/customers/{customer.id}")
    assert page.status_code == 200 and "/edit" not in page.text and "/owner" not in page.text


# giving to somebody


def test_a_manager_gives_a_client_to_somebody(visit, cast, customer):
    manager, path = visit("manager"), f"/customers/{customer.id}/owner"
    refused = manager.post(path, data={"owner": str(cast.agent2.id), "reason": "", "version": str(customer.version)})
    assert refused.status_code == 422 and "Say why, in words." in refused.text
    assert f'value="{cast.agent2.id}" selected' in refused.text or f'selected value="{cast.agent2.id}"' in refused.text
    given = manager.post(
        path, data={"owner": str(cast.agent2.id), "reason": "Speaks French", "version": str(customer.version)}
    )
    assert given.location == f"/customers/{customer.id}"
    assert Customer.get_by_id(customer.id).owner == cast.agent2
    page = manager.get(given.location).text
    assert "Customer given to Thabo Okafor" in page and "Speaks French" in page
    stale = manager.post(path, data={"owner": str(cast.agent.id), "reason": "Back", "version": str(customer.version)})
    assert stale.status_code == 409


@pytest.mark.parametrize("owner", ["", "1", "999", "x"])
def test_a_client_goes_to_somebody_who_is_here(visit, cast, customer, owner):
    deactivate(cast.agent2, cast.admin)
    for chosen in (owner, str(cast.agent2.id)):
        answer = visit("manager").post(
            f"/customers/{customer.id}/owner", data={"owner": chosen, "reason": "Why", "version": str(customer.version)}
        )
        assert answer.status_code == 422
    assert Customer.get_by_id(customer.id).owner == cast.agent


def test_a_wrong_number_is_shown_and_can_be_put_right(cast, visit):
    customer, browser = cast.deal(cast.agent).customer, visit("agent")
    CustomerPhone.update(wrong_at=clock.now()).where(CustomerPhone.customer == customer).execute()
    page = browser.get(f"/customers/{customer.id}").text
    assert "Wrong number, since" in page and "It is theirs" in page
    assert "wrong number" in browser.get(f"/deals/{Deal.get().id}").text
    answer = browser.post(f"/customers/{customer.id}/reach", data={"way": f"phone-{customer.phone.id}"})
    assert answer.status_code == 303 and "Wrong number" not in browser.get(f"/customers/{customer.id}").text
    assert browser.post(f"/customers/{customer.id}/reach", data={"way": "phone-x"}).status_code == 422


def test_what_happened_with_a_customer_comes_as_one_scrolls(visit, cast):
    deal, browser = cast.deal(cast.agent), visit("agent")
    for number in range(28):
        log(deal, cast.agent, "note", f"Said number {number:02}.")
    page = browser.get(f"/customers/{deal.customer_id}").text
    more = html.unescape(re.search(r'data-more hx-get="([^"]+)"', page)[1])
    rest = browser.get(more, headers=HTMX).text
    assert "Said number 27." in page and "Said number 02." not in page and page.count("Said number") == 25
    assert re.findall(r"Said number (\d+)", rest) == ["02", "01", "00"] and "<html" not in rest
    assert "Said number 00." in browser.get(more).text


def test_a_step_that_was_dropped_is_not_told_as_done(visit, cast):
    deal = cast.deal(cast.agent)
    for way in ("Done", "Dropped", "Open, 3 d overdue"):
        step = add_step(deal, cast.agent, f"A step: {way}", clock.now() + timedelta(days=1))
        closed = {"closed_as": way.lower(), "done_at": clock.now()} if "Open" not in way else {}
        Activity.update(due_at=clock.now() - timedelta(days=3), **closed).where(Activity.id == step.id).execute()
    page = " ".join(re.sub("<[^>]+>", " ", visit("agent").get(f"/customers/{deal.customer_id}").text).split())
    for way in ("Done today", "Dropped today", "Open, 3 d overdue"):
        assert f"A step: {way.split(' today')[0]} Task · Marta Sandoval {way}" in page


def test_wishes_are_written_down_by_whoever_hears_them_and_taken_back_by_an_admin(visit, customer):
    stop, lift = (f"/customers/{customer.id}/{each}" for each in ("do-not-contact", "contact-again"))
    assert visit("retention").post(stop, data={"no_calls": "y"}).status_code in (303, 404)
    agent = visit("agent")
    assert "Do not contact…" in agent.get(f"/customers/{customer.id}").text
    assert "No calls" in agent.get(stop, headers=HTMX).text
    agent.post(stop, data={"no_calls": "y"})
    fresh = Customer.get_by_id(customer.id)
    assert (fresh.no_calls, fresh.no_emails, fresh.no_texts) == (True, False, False)
    assert agent.post(lift, data={"wish": "no_calls", "reason": "They rang"}).status_code == 403
    admin = visit("admin")
    assert "May be contacted again…" in admin.get(f"/customers/{customer.id}").text
    refused = admin.post(lift, data={"wish": "no_calls", "reason": ""})
    assert refused.status_code == 422 and Customer.get_by_id(customer.id).no_calls
    assert admin.post(lift, data={"wish": "no_calls", "reason": "They rang and asked for a call"}).status_code == 303
    assert not Customer.get_by_id(customer.id).no_calls
    assert "May be contacted again…" not in admin.get(f"/customers/{customer.id}").text


# tabs


def test_each_tab_is_a_page_of_its_own_and_a_fragment(visit, cast, customer):
    """With the same number of queries for few records as for many; a tab that is none is a 404."""
    client, failures = visit("agent"), []
    tabs = re.findall(
        rf'hx-get="/customers/{customer.id}/(\w+)" hx-target="#customer-tab"',
        client.get(f"/customers/{customer.id}").text,
    )
    assert {"deals", "leads", "activities", "cases", "expiries", "files", "history"} <= set(tabs)

    def address(tab):
        return f"/customers/{customer.id}/{tab}".rstrip("/")

    def asked(tab):
        with queries() as made:
            answer = client.get(address(tab))
        return len(made), answer

    few = {tab: asked(tab)[0] for tab in ["", *tabs]}
    for number in range(12):
        case = opening.enter(customer, cast.agent, f"Case {number}")
        setting.enter(customer, cast.agent, clock.today() + timedelta(days=30 + number), about=f"Lease {number}")
        cast.called(Deal.get(Deal.customer == customer), cast.agent, ago=timedelta(hours=number + 1))
        casework.fire(case, "start", cast.agent)
    for tab in ["", *tabs]:
        number, page = asked(tab)
        headers = HTMX | {"HX-Target": "div#customer-tab"}
        part = client.get(address(tab), headers=headers).text
        if page.status_code != 200 or "<!doctype html>" not in page.text or 'aria-current="page"' not in page.text:
            failures.append((tab, "page"))
        if "<!doctype html>" in part or "customer-tabs" not in part:
            failures.append((tab, "fragment"))
        if number > few[tab] + 4:
            failures.append((tab, few[tab], number))
    assert failures == []
    assert client.get(f"/customers/{customer.id}/whatever").status_code == 404
    history = client.get(f"/customers/{customer.id}/history").text
    assert "Cases: Case 3" in history and "Expiry set" in history and "Wants a hybrid" in history


def test_what_of_a_customer_is_not_seen_is_on_no_tab(visit, cast, customer):
    """The lead of a colleague, and what was said on it."""
    lead = cast.lead_in("connected", cast.agent2)
    Lead.update(customer=customer, vehicle="Tesla 3").where(Lead.id == lead.id).execute()
    Activity.update(customer=customer, summary="Keep it quiet").where(Activity.lead == lead).execute()
    for tab in ("", "leads", "activities", "history"):
        page = visit("agent").get(f"/customers/{customer.id}/{tab}".rstrip("/")).text
        assert "Tesla 3" not in page and "Keep it quiet" not in page, tab
    assert "Tesla 3" in visit("manager").get(f"/customers/{customer.id}/leads").text


def test_a_second_person_is_added_and_named_from_then_on(visit, cast, customer):
    client, path = visit("agent"), f"/customers/{customer.id}"
    assert "reach-who" not in client.get(path).text
    sent = {"name": "Eva Lima", "phones": "call me", "emails": "", "language": "pt", "once": "a"}
    wrong = client.post(f"{path}/people/new", data=sent)
    assert wrong.status_code == 422 and "Eva Lima" in wrong.text and "is not a phone number" in wrong.text
    for _ in range(2):
        assert client.post(f"{path}/people/new", data=sent | {"phones": "305 555 0199"}).status_code == 303
    page = client.get(path).text
    assert "Eva Lima" in page and "(305) 555-0199" in page and page.count("reach-who") == 2
    eva = Person.get(Person.name == "Eva Lima")
    client.post(f"{path}/do-not-contact", data={"person": str(eva.id), "no_calls": "y"})
    assert Person.get_by_id(eva.id).no_calls and not Person.first_of(customer).no_calls
    removed = client.post(f"{path}/people/{eva.id}/remove", data={"version": Person.get_by_id(eva.id).version})
    assert removed.status_code == 303 and "reach-who" not in client.get(path).text


def test_ways_of_looking_at_the_lists_are_kept_and_a_tab_of_one_customer_offers_none(visit, customer):
    manager = visit("manager")
    lists = {
        "customers": ("customers", "status=live&sort=-customer"),
        "cases": ("cases", "priority=high&show=all"),
        "expiries": ("expiries", "kind=theirs&show=all"),
        "quotations": ("quotations", "show=won"),
        "sales-orders": ("sales-orders", "show=all&sort=number"),
        "assets": ("assets", "kind=vehicle&show=all"),
        "customer-cancellations": ("customer-cancellations", "show=all&sort=begun"),
    }
    for name, (place, query) in lists.items():
        sent = {"name": f"My {name}", "query": f"{query}&junk=1"}
        assert manager.post(f"/list-views/{name}", data=sent).status_code == 303, name
        leads_to = f"/?{query}".replace("&", "&amp;")
        assert leads_to in manager.get(f"/list-views/{name}", headers={"HX-Request": "true"}).text, name
        assert f"/list-views/{name}" in manager.get(f"/{place}/?{query}").text, name
    assert "/list-views/" not in manager.get(f"/customers/{customer.id}/cases").text
