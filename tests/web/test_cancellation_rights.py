"""A right to cancel on the pages: where the request is entered, on the review, and the facts behind it."""

from datetime import date, timedelta

import pytest

from carmanana.core import clock
from carmanana.records.activities import Activity
from carmanana.records.cancellation_rights import CancellationRight
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.notifications import Notification

from ..cast import NOON
from ..domain.letters_world import with_server
from .test_once import RIGHT

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
DELIVERED = date(2026, 11, 10)


def in_a_line(answer) -> str:
    return " ".join(answer.text.split())


def german(request: CancellationRequest) -> CancellationRequest:
    Customer.update(region="DE", timezone="Europe/Berlin").where(Customer.id == request.deal.customer_id).execute()
    Deal.update(agreed_how="distance", delivered_on=DELIVERED).where(Deal.id == request.deal_id).execute()
    return CancellationRequest.get_by_id(request.id)


def test_the_review_tells_the_right_or_that_it_is_unknown(cast, visit):
    request = cast.request_in("requested")
    deal, boss = request.deal, visit("manager")
    told = {
        "": "Right to cancel: unknown.",
        "US-TX": "That does not mean there is none.",
        "DE": "14 days from delivery",
        "US-CA": "3 days from delivery or agreement, the later",
    }
    wrong = []
    for region, words in told.items():
        Customer.update(region=region).where(Customer.id == deal.customer_id).execute()
        page = boss.get(f"/cancellations/{request.id}")
        if page.status_code != 200 or words not in in_a_line(page):
            wrong.append(region)
    assert wrong == []
    deal.delivered_on, deal.agreement_on = date(2026, 11, 15), date(2026, 11, 2)
    deal.save()
    page = boss.get(f"/cancellations/{request.id}").text
    assert "Until 18 Nov" in page and "(second hand)" in page and "400 miles" in page and "in time" in page
    german(request)
    Deal.update(agreed_how="in_person").where(Deal.id == deal.id).execute()
    assert "agreed: in person" in boss.get(f"/cancellations/{request.id}").text


def test_whoever_enters_the_request_sees_the_deadline_and_says_when_it_was_sent(cast, visit):
    """The words to say are the law's, and not that nothing can be confirmed; a delivered order is no return."""
    won = cast.in_state("won")
    marta, path = visit("agent"), f"/deals/{won.id}/cancellation"
    before = marta.get(path).text
    assert (
        "Right to cancel: unknown" in before and "I can’t confirm any refund" in before and 'name="sent_on"' in before
    )
    Customer.update(region="DE", timezone="Europe/Berlin").where(Customer.id == won.customer_id).execute()
    Deal.update(agreed_how="distance", delivered_on=DELIVERED).where(Deal.id == won.id).execute()
    page = marta.get(path).text
    assert "The law may let" in page and "24 Nov" in page and "Europe/Berlin" in page
    assert "The law may let you cancel this order" in page and "I can’t confirm" not in page
    told = {"came_by": "email", "reason": "Changed her mind", "issues": "none", "phrases": "none", "tone": "calm"}
    told |= {"order_details": "The car", "explained": "y", "reviewer": cast.manager.id}
    late = marta.post(path, data=told | {"sent_on": "2026-11-19"})
    assert late.status_code == 422 and "today where they are" in late.text and "Changed her mind" in late.text
    assert marta.post(path, data=told | {"sent_on": "2026-11-12"}).status_code == 303
    request = CancellationRequest.get()
    assert (request.sent_on, request.reviewer) == (date(2026, 11, 12), cast.manager)
    assert "The law may let you cancel" in marta.get(f"/deals/{won.id}").text, "and when they call again"
    first = visit("manager").post(f"/cancellations/{request.id}/beginning", follow_redirects=True).text
    assert "will confirm it to you in writing" in first and "see what’s possible before we finalize" not in first


def test_a_statement_of_the_last_day_is_entered_on_the_morning_after(cast, visit):
    """Delivered or not: what counts is the day it was sent, which only the form can ask for."""
    won = cast.in_state("won")
    Customer.update(region="DE", timezone="Europe/Berlin").where(Customer.id == won.customer_id).execute()
    Deal.update(agreed_how="distance", delivered_on=date(2026, 11, 3)).where(Deal.id == won.id).execute()
    marta, path = visit("agent"), f"/deals/{won.id}/cancellation"
    page = marta.get(path)
    assert page.status_code == 200 and "ended" in page.text and 'name="return_reason"' not in page.text
    told = {"came_by": "email", "reason": "Changed her mind", "issues": "none", "phrases": "none", "tone": "calm"}
    told |= {"order_details": "The car", "explained": "y", "reviewer": cast.manager.id}
    late = marta.post(path, data=told | {"sent_on": "2026-11-18"})
    assert late.status_code == 422 and "If they sent it by then, enter that day" in in_a_line(late)
    assert marta.post(path, data=told | {"sent_on": "2026-11-17"}).status_code == 303
    assert CancellationRequest.get().sent_on == date(2026, 11, 17)
    with clock.set_to(NOON + timedelta(days=400)):
        other = cast.in_state("won")
        Deal.update(customer=won.customer_id, delivered_on=date(2026, 11, 3)).where(Deal.id == other.id).execute()
        assert "Ask the manager" in visit("agent").get(f"/deals/{other.id}/cancellation").text, "nobody means that day"


def test_a_manager_acknowledges_it_with_the_letter_before_their_eyes(cast, visit):
    request, oskar = german(cast.request_in("retention")), visit("manager2")
    path = f"/cancellations/{request.id}"
    page = oskar.get(path).text
    desk = visit("retention").get(f"/retention/{request.id}")
    assert "Offer nothing until Ingrid Dahl has decided" in in_a_line(desk)
    assert "Acknowledge…" in page and "Does not apply…" not in page, "it may not wait for the reviewer"
    dialog = oskar.get(f"{path}/acknowledgement", headers=HTMX).text
    assert "We return [Owed] to you by [Return by]" in dialog and "$1,500 is with us and goes back by" in dialog
    told = {
        "sent_on": "2026-11-12",
        "came_by": "email",
        "letter": "You cancelled on [Statement day].\nWe return [Owed].",
    }
    again = oskar.post(f"{path}/acknowledgement", data=told, headers=HTMX)
    assert (
        again.status_code == 422
        and "Check first: agreed at a distance" in again.text
        and "We return [Owed]." in again.text
    )
    done = oskar.post(f"{path}/acknowledgement", data=told | {"conditions": "y"}, follow_redirects=True)
    assert done.status_code == 200 and "Cancelled by right" in done.text and "to be sent by hand" in done.text
    ended = CancellationRequest.get_by_id(request.id)
    assert ended.letter.body == "You cancelled on 12 November 2026.\nWe return $1,500."
    assert "$1,500" in visit("manager").get("/promises/owed").text, "money owed"
    assert Activity.select().where(Activity.subject.startswith("Send the letter"), Activity.done_at.is_null()).exists()


@pytest.mark.parametrize(
    ("mailed", "addressed", "submit", "before", "after"),
    [
        (True, True, "Acknowledge and send", "the letter goes out", "the letter is on its way"),
        (False, True, "Acknowledge", "waits on the order for you", "send the letter by hand today"),
        (True, False, "Acknowledge", "yours to post today", "post the letter today"),
    ],
)
def test_it_is_told_how_the_letter_reaches_them(cast, visit, settings, mailed, addressed, submit, before, after):
    if mailed:
        with_server(settings, port=1)
    request, boss = german(cast.request_in("requested")), visit("manager")
    if not addressed:
        Customer.update(no_emails=True).where(Customer.id == request.deal.customer_id).execute()
    path = f"/cancellations/{request.id}/acknowledgement"
    dialog = in_a_line(boss.get(path, headers=HTMX))
    assert before in dialog and f"{submit}</button>" in dialog
    told = {"sent_on": "2026-11-12", "came_by": "email", "letter": "", "conditions": "y"}
    assert after in boss.post(path, data=told, follow_redirects=True).text


def test_that_it_does_not_apply_stands_on_the_case_and_is_taken_back(cast, visit):
    request, boss = german(cast.request_in("contacted")), visit("manager")
    path = f"/cancellations/{request.id}"
    assert "First the right to cancel, above" in boss.get(path).text and "Try to save it" not in boss.get(path).text
    empty = boss.post(f"{path}/right-dismissal", data={"reason": " "}, headers=HTMX)
    assert empty.status_code == 422 and "Say why it does not apply." in empty.text
    boss.post(f"{path}/right-dismissal", data={"reason": "Built to her own specification"})
    page = visit("compliance").get(path).text
    assert "The right to cancel does not apply" in page and "Built to her own specification" in page
    assert "Ingrid Dahl" in page and "Take this back" not in page
    assert "Try to save it" in boss.get(path).text
    assert boss.post(f"{path}/right-consideration").status_code == 303
    assert "A right to cancel may apply" in boss.get(path).text


def test_who_has_the_case_hears_that_a_right_does_not_apply_and_that_it_may_after_all(cast, visit):
    request = german(cast.request_in("contacted"))
    path = f"/cancellations/{request.id}"
    visit("manager").post(f"{path}/right-dismissal", data={"reason": "Built to her own specification"})
    cast.walked(CancellationRequest.get_by_id(request.id), "retention", ("assign_retention",))
    visit("manager2").post(f"{path}/right-consideration")
    newest = {who: Notification.of(getattr(cast, who)).first().text for who in ("manager", "agent", "retention")}
    assert len(set(newest.values())) == 1 and "offer nothing until it is decided" in newest["retention"]
    assert "a right to cancel does not apply" in " ".join(one.text for one in Notification.of(cast.agent))


def test_the_queue_says_where_a_right_runs_that_nobody_has_decided_on(cast, visit):
    request, boss = german(cast.request_in("contacted")), visit("manager")
    cast.request_in("requested")
    page = boss.get("/cancellations").text
    assert page.count("Right to cancel") == 1 and "Right to cancel until 24 Nov" in " ".join(page.split())
    CancellationRequest.update(sent_on=date(2026, 11, 25)).where(CancellationRequest.id == request.id).execute()
    assert "Right to cancel" not in boss.get("/cancellations").text, "sent after the last day"
    CancellationRequest.update(sent_on=None).where(CancellationRequest.id == request.id).execute()
    boss.post(f"/cancellations/{request.id}/right-dismissal", data={"reason": "Built to her own specification"})
    assert "Right to cancel" not in boss.get("/cancellations").text


@pytest.fixture
def admin(visit):
    return visit("admin")


def test_the_facts_are_listed_with_how_sure_we_are_and_change_from_a_day_on(cast, visit, admin):
    page = in_a_line(visit("compliance").get("/cancellation-rights/"))
    assert "29 rows" in page and "Dir. 2011/83" in page and "unknown, never none" in page and "Add row" not in page
    gb = CancellationRight.get(CancellationRight.region == "GB")
    shown = visit("manager").get(f"/cancellation-rights/{gb.id}").text
    assert "Consumer Contracts Regulations 2013" in shown and "general knowledge" in shown and "Change…" not in shown
    wrong = admin.post(
        "/cancellation-rights/new", data=RIGHT | {"region": "XX", "days": "0", "restocking_percent_hundredths": "many"}
    )
    assert wrong.status_code == 422 and "Enter a share such as 1.5." in wrong.text and "Act 57" in wrong.text
    wrong = admin.post("/cancellation-rights/new", data=RIGHT | {"region": "XX", "days": "0"})
    assert "Enter a country or one of its parts" in wrong.text and "A whole number of days up to 365." in wrong.text
    told = {
        "applies_to": "orders by a consumer",
        "days": "15",
        "runs_from": "delivery",
        "money": "all",
        "source": "Act",
        "confidence": "seen",
    }
    told |= {"effective_from": "2026-12-01", "version": "1"}
    past = admin.post(f"/cancellation-rights/{gb.id}/edit", data=told | {"effective_from": "2026-11-01"})
    assert past.status_code == 422 and "today or later" in past.text
    assert admin.post(f"/cancellation-rights/{gb.id}/edit", data=told).status_code == 303
    stale = admin.post(f"/cancellation-rights/{gb.id}/edit", data=told)
    assert stale.status_code == 409
    rows = CancellationRight.select().where(CancellationRight.region == "GB").order_by(CancellationRight.id)
    assert [(row.days, row.effective_from, row.effective_until) for row in rows] == [
        (14, None, date(2026, 11, 30)), (15, date(2026, 12, 1), None),
    ]  # fmt: skip
    end = admin.post(f"/cancellation-rights/{rows[1].id}/end", data={"last_day": "2026-11-30", "version": "1"})
    assert end.status_code == 422 and "before it begins" in end.text


def test_what_counts_is_the_row_of_the_day_on_which_the_statement_was_sent(cast, visit, admin):
    request = german(cast.request_in("requested"))
    law = CancellationRight.get(CancellationRight.region == "DE")
    admin.post(f"/cancellation-rights/{law.id}/end", data={"last_day": "2026-11-17", "version": "1"})
    boss, path = visit("manager"), f"/cancellations/{request.id}"
    assert "Right to cancel: unknown." in boss.get(path).text
    CancellationRequest.update(sent_on=date(2026, 11, 17)).where(CancellationRequest.id == request.id).execute()
    assert "A right to cancel may apply" in boss.get(path).text
