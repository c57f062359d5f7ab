"""What the review page says of a right to cancel."""

from datetime import date

from carmanana.records.customers import Customer


def test_the_review_tells_the_right_or_that_it_is_unknown(cast, visit):
    request = cast.request_in("requested")
    deal, boss = request.deal, visit("manager")
    told = {
        "": "Right to cancel: unknown.",
        "US-TX": "That does not mean there is none.",
        "DE": "14 days from delivery.",
        "US-CA": "3 days from delivery or agreement, the later.",
    }
    wrong = []
    for region, words in told.items():
        Customer.update(region=region).where(Customer.id == deal.customer_id).execute()
        page = boss.get(f"/cancellations/{request.id}")
        if page.status_code != 200 or words not in page.text:
            wrong.append(region)
    assert wrong == []
    deal.delivered_on, deal.agreement_on = date(2026, 11, 2), date(2026, 11, 2)
    deal.save()
    page = boss.get(f"/cancellations/{request.id}").text
    assert "Last day" in page and "(second hand)" in page and "400 miles" in page


def test_an_order_agreed_in_another_way_shows_why(cast, visit):
    request = cast.request_in("requested")
    Customer.update(region="DE").where(Customer.id == request.deal.customer_id).execute()
    request.deal.agreed_how = "in_person"
    request.deal.save()
    page = visit("manager").get(f"/cancellations/{request.id}").text
    assert "does not look like one it covers" in page and "agreed: in person" in page
