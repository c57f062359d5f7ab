"""What a form knows already it does not ask; what it asks it can take."""

import re

from carmanana.core import clock
from carmanana.records.cancellations import EvidenceGap
from carmanana.records.deal_codes import ACTIVE, WON
from carmanana.records.deals import Deal, Payment
from carmanana.records.retention import RetentionPlan

from .filled import filled_for

OFFER = {
    "offer-0-kind": "price",
    "offer-0-terms": "$600 off the delivery",
    "offer-0-value_cents": "600",
    "offer-0-limits": "Not on the options",
}


def test_trying_to_save_it_asks_neither_whether_it_can_be_saved_nor_for_limits_of_the_whole(cast, visit):
    case, manager = cast.request_in("contacted"), visit("manager")
    path = f"/cancellations/{case.id}/plan"
    page = manager.get(path).text
    form = page[page.index('id="plan-form"') : page.index("</form>", page.index('id="plan-form"'))]
    assert 'name="saveable"' not in form and 'name="limits"' not in form and 'name="offer-0-limits"' in form
    typed = filled_for(
        page,
        path,
        OFFER
        | {
            "committed": "no",
            "instructions": "Call today",
            "assignee": str(cast.retention.id),
            "due_at": "2026-11-20T10:00",
        },
    )
    missing = manager.post(path, data=typed | {"offer-0-limits": ""})
    assert missing.status_code == 422 and "Write the limits of each offer" in missing.text
    assert manager.post(path, data=typed).status_code in (200, 303)
    assert RetentionPlan.current(case).offers[0].limits == "Not on the options"


def test_amounts_of_a_cancellation_begin_with_nothing(cast, visit):
    case = cast.request_in("contacted")
    page = visit("manager").get(f"/cancellations/{case.id}?decide=cancel").text
    for name in ("refunded_cents", "kept_cents", "pending_cents"):
        assert re.search(rf'name="{name}"[^>]*value="0"', page), name


def test_no_gap_in_the_evidence_is_ticked_until_somebody_ticks_it(cast, visit):
    case, manager = cast.request_in("contacted"), visit("manager")
    page = manager.get(f"/cancellations/{case.id}?decide=cancel").text
    gaps = re.findall(r'<input type="checkbox" name="activities" value="(\d+)"[^>]*>', page)
    assert gaps and not re.search(r'name="activities"[^>]*checked', page)
    path = f"/cancellations/{case.id}/evidence"
    assert (
        manager.post(path, data={"gap_reason": "The line is not recorded"}).status_code == 422
        and not EvidenceGap.select().exists()
    )
    manager.post(path, data={"gap_reason": "The line is not recorded", "activities": gaps[0]})
    assert [gap.activity_id for gap in EvidenceGap.select()] == [int(gaps[0])]


def test_back_to_won_takes_the_deposit_that_it_asks_for(cast, visit):
    case, manager = cast.request_in("contacted", cast.deal(cast.agent)), visit("manager")
    page = manager.get(f"/cancellations/{case.id}/retain").text
    path = re.search(r'id="retain-form" method="post" action="([^"]+)"', page)[1]
    typed = filled_for(
        page,
        path,
        {
            "kept_by": "A firm date",
            "no_commitments": "y",
            "back_to": WON,
            "next_step": "Call",
            "due_at": "2026-11-20T10:00",
        },
    )
    refused = manager.post(path, data=typed)
    assert refused.status_code == 422 and 'name="deposit_cents"' in refused.text
    assert Deal.get_by_id(case.deal_id).state not in (ACTIVE, WON)
    told = {
        "value_cents": "38,900",
        "agreement_on": clock.today().isoformat(),
        "deposit_cents": "1,500",
        "agreed_how": "in_person",
    }
    assert manager.post(path, data=typed | told).status_code in (200, 303)
    won = Deal.get_by_id(case.deal_id)
    assert (won.state, won.value_cents, Payment.get(Payment.deal == won).amount_cents) == (WON, 3890000, 150000)
