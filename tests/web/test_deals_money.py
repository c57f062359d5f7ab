"""Money on the pages of a deal: its currency, its corrections, and what is owed."""

import re
from datetime import timedelta
from html import unescape

import pytest

from carmanana.cancellations import evidence
from carmanana.cancellations.lifecycle import review
from carmanana.core import clock
from carmanana.deals.deal_facts import take
from carmanana.deals.payments import record_payment, void
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.deals import Deal, Payment
from carmanana.records.house import House

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


def words(answer) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def send(browser, deal, where, **fields):
    fresh = Deal.get_by_id(deal.id)
    return browser.post(f"/deals/{deal.id}/{where}", headers=HTMX, data={"version": fresh.version} | fields)


def edit(browser, deal, **fields):
    fresh = Deal.get_by_id(deal.id)
    known = {
        name: getattr(fresh, name) or ""
        for name in ("agreement_on", "agreed_how", "eta_on", "delivered_on", "no_deposit_reason", "currency")
    }
    return send(
        browser,
        deal,
        "edit",
        **known | {"value_cents": "" if fresh.value_cents is None else fresh.value_cents / 100} | fields,
    )


# currency


def test_a_typed_sign_decides_the_currency(cast, visit):
    deal, agent = cast.deal(cast.agent), visit("agent")
    assert edit(agent, deal, value_cents="£25,000").status_code == 200
    assert (Deal.get_by_id(deal.id).value, Deal.get_by_id(deal.id).currency) == ("£25,000", "GBP")
    assert "£25,000" in agent.get(f"/deals/{deal.id}").text
    assert edit(agent, deal, value_cents="450,000", currency="ZAR").status_code == 200
    assert Deal.get_by_id(deal.id).value == "R450,000"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"value_cents": "£25,000", "currency": "CAD"}, "“£” is not CAD. One of the two is wrong."),
        ({"value_cents": "25.000,00"}, "write 25,000.00, not 25.000,00"),
        ({"value_cents": "12,50"}, "write 12.50, not 12,50"),
        ({"value_cents": "kr 25,000"}, "“kr” is the money of several countries. Choose which."),
        ({"value_cents": "9" * 400}, "Too many digits."),
        ({"value_cents": "99,999,999"}, "That is more than $10,000,000, the most that an amount may be."),
        ({"value_cents": "Z$ 5"}, "“Z$” is no currency that we know."),
        ({"value_cents": "5", "currency": "XXX"}, "Choose a currency of the list."),
        ({"vehicle_year": "9" * 400}, ""),
    ],
)
def test_what_can_not_be_read_is_refused_and_told_why(cast, visit, fields, sentence):
    deal = cast.deal(cast.agent, value_cents=100)
    answer = edit(visit("agent"), deal, **fields)
    assert answer.status_code == 422 and sentence in words(answer)
    assert Deal.get_by_id(deal.id).version == deal.version


def test_a_payment_is_in_the_currency_of_its_order(cast, visit):
    deal, agent = cast.deal(cast.agent, value_cents=25_000_00, currency="GBP"), visit("agent")
    page = agent.get(f"/deals/{deal.id}/payments", headers=HTMX).text
    assert "GBP" in page and 'name="currency"' not in page
    wrong = send(agent, deal, "payments", kind="received", amount_cents="€1,000", paid_on=clock.today())
    assert wrong.status_code == 422 and "This deal is in GBP" in words(wrong)
    assert (
        send(agent, deal, "payments", kind="received", amount_cents="£1,000", paid_on=clock.today()).status_code == 200
    )
    moved = edit(agent, deal, currency="USD")
    assert Deal.get_by_id(deal.id).currency == "GBP" and 'name="currency"' not in moved.text


def test_a_new_deal_begins_with_the_currency_of_the_house(cast, visit):
    admin = visit("admin")
    form = {"currency": "EUR", "version": House.now().version, "distance_unit": "mi"}
    assert admin.post("/house", data=form).status_code in (302, 303)
    assert 'value="EUR"' in re.search(r"<option selected[^>]*>", visit("agent").get("/deals/new", headers=HTMX).text)[0]
    assert take(cast.client(), cast.stage(), cast.agent, cast.agent).currency == "EUR"
    assert admin.post("/house", data=form | {"currency": "XXX"}).status_code == 409


def test_a_board_adds_up_its_own_currency_alone(cast, visit):
    cast.deal(cast.agent, value_cents=40_000_00)
    cast.deal(cast.agent, value_cents=5_000_000_00, currency="JPY")
    cast.deal(cast.agent, value_cents=25_000_00, currency="GBP")
    page = words(visit("manager").get(f"/board/{cast.stage().pipeline.slug}"))
    assert "$40k" in page and "+ 2 in other currencies" in page and "$65k" not in page


# winning and after


def test_a_deposit_beyond_the_value_is_asked_for_once_more(cast, visit):
    deal, agent = cast.assessed(cast.deal(cast.agent)), visit("agent")
    form = {"value_cents": "27,000", "agreement_on": clock.today(), "deposit_cents": "99,000", "agreed_how": "distance"}
    assert "At a distance" in agent.get(f"/deals/{deal.id}/win", headers=HTMX).text
    asked = send(agent, deal, "win", **form)
    assert (
        asked.status_code == 422 and "the order is worth $27,000" in words(asked) and 'name="confirmed"' in asked.text
    )
    assert send(agent, deal, "win", **form, confirmed="y").status_code == 200
    assert "At a distance" in words(agent.get(f"/deals/{deal.id}"))


def test_a_won_order_is_rewritten_with_a_reason_and_seen(cast, visit):
    deal, agent = cast.in_state("won"), visit("agent")
    asked = edit(agent, deal, value_cents="30,000")
    assert asked.status_code == 422 and "only with a reason" in words(asked)
    assert edit(agent, deal, value_cents="30,000", why="Older car").status_code == 200
    page = words(agent.get(f"/deals/{deal.id}"))
    assert "value $38,900 → $30,000" in page and "Older car" in page
    assert "changed the order" in words(visit("manager").get("/notifications/"))
    cell = agent.post(
        f"/deals/{deal.id}/cells/value",
        headers=HTMX,
        data={"value_cents": "1", "version": Deal.get_by_id(deal.id).version},
    )
    assert cell.status_code == 422


def test_a_manager_takes_an_agreement_back(cast, visit):
    deal, manager = cast.deal(cast.agent, value_cents=100, agreement_on=clock.today()), visit("manager")
    assert "Take back the agreement" in manager.get(f"/deals/{deal.id}").text
    assert send(visit("agent"), deal, "unsigning", reason="x").status_code == 403
    assert send(manager, deal, "unsigning", reason=" ").status_code == 422
    assert send(manager, deal, "unsigning", reason="Wrong order").status_code == 200
    assert Deal.get_by_id(deal.id).agreement_on is None and "taken back" in manager.get(f"/deals/{deal.id}").text


# payments put right


def test_a_voided_payment_is_shown_struck_through_with_who_and_why(cast, visit):
    deal, manager = cast.deal(cast.agent), visit("manager")
    payment = record_payment(deal, cast.agent, "received", 150_00, clock.today(), True, "")
    where = f"payments/{payment.id}/voiding"
    assert visit("agent").get(f"/deals/{deal.id}/{where}").status_code == 403
    assert send(manager, deal, where, reason="").status_code == 422
    assert send(manager, deal, where, reason="Another <b>customer</b>’s").status_code == 200
    page = manager.get(f"/deals/{deal.id}").text
    assert (
        '<s class="struck">$150</s>' in page and "Voided by Ingrid Dahl: Another &lt;b&gt;customer&lt;/b&gt;’s" in page
    )
    assert "Voided: received $150" in page
    assert send(manager, deal, where, reason="Again").status_code == 409


def test_a_payment_is_corrected_in_place(cast, visit):
    deal, manager = cast.deal(cast.agent, value_cents=20_000_00), visit("manager")
    payment = record_payment(deal, cast.agent, "received", 15_000_00, clock.today(), True, "")
    where = f"payments/{payment.id}/correction"
    assert "15,000" in manager.get(f"/deals/{deal.id}/{where}", headers=HTMX).text
    form = {
        "kind": "received",
        "amount_cents": "1,500",
        "paid_on": clock.today(),
        "is_deposit": "y",
        "reason": "One zero too many",
    }
    assert send(manager, deal, where, **form).status_code == 200
    assert sorted(payment.amount_cents for payment in Payment.select().where(Payment.voided_at.is_null())) == [1_500_00]
    assert "Corrected: received $15,000 → received $1,500" in words(manager.get(f"/deals/{deal.id}"))
    other = cast.deal(cast.agent)
    assert manager.get(f"/deals/{other.id}/{where}").status_code == 404


# money owed


@pytest.fixture
def owed(cast) -> CancellationRequest:
    request = cast.walked(cast.losing(cast.in_state("won"), cast.agent), "contacted")
    evidence.explain(request, request.reviewer, evidence.missing(request.deal), "The line is not recorded")
    given = cast.review_given(
        "cancel", refunded_cents=0, pending_cents=1_500_00, return_by=clock.today() + timedelta(days=3)
    )
    return review.fire(request, "cancel", request.reviewer, **given)


def test_what_is_owed_stands_in_a_list_until_it_is_paid(cast, visit, owed):
    for who in ("manager", "compliance", "admin"):
        assert "$1,500" in words(visit(who).get("/promises/owed"))
    assert visit("agent").get("/promises/owed").status_code == 403
    manager = visit("manager")
    assert "Money owed" in manager.get("/cancellations").text
    assert "to be returned by" in words(manager.get(f"/cancellations/{owed.id}"))
    form = manager.get(f"/deals/{owed.deal_id}/payments?kind=refunded", headers=HTMX).text
    assert 'value="1,500"' in form
    answer = send(manager, owed.deal, "payments", kind="refunded", amount_cents="1,500", paid_on=clock.today())
    assert answer.status_code == 200
    assert "Nothing is owed" in manager.get("/promises/owed").text and "$1,500" in words(
        manager.get("/promises/owed?show=returned")
    )
    case = words(manager.get(f"/cancellations/{owed.id}"))
    assert "Returned $1,500" in case and "Pending" not in case
    void(Payment.get(Payment.kind == "refunded"), cast.manager, "The wire bounced")
    assert "$1,500" in words(manager.get("/promises/owed"))
