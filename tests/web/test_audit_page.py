"""The audit trail as a page: found by person, record, verb and days; checked from end to end by the worker."""

import csv
import io

from carmanana.compliance.findings import raise_by_hand
from carmanana.core import audit
from carmanana.core.db import database
from carmanana.deals.lifecycle import order
from carmanana.records.audit_checks import AuditCheck
from carmanana.records.notifications import Notification
from carmanana.reports.audit_checking import AUDIT_CHECKS


def test_who_did_what_from_what_to_what_is_found_by_each_of_them(visit, cast):
    deal, other = cast.deal(cast.agent), cast.deal(cast.agent2)
    cast.called(deal, cast.agent)
    order.fire(deal, "move", cast.agent, stage=cast.stage(2))
    order.fire(other, "lose", cast.manager2, loss_reason="vehicle")
    browser = visit("compliance")
    everything = browser.get("/audit/").text
    assert "Oskar Lind" in everything and "<b>Lose</b>" in everything and "Active → Lost" in everything
    assert "New Orders → Contacted" in everything
    found = {
        f"text=deal+{deal.id}": ("Move", "Lose"),
        f"who={cast.manager2.id}": ("Lose", "Move"),
        "verb=lose": ("Lose", "Move"),
        "from=2026-11-18&to=2026-11-18&verb=move": ("Move", "Lose"),
    }
    for query, (there, gone) in found.items():
        text = browser.get(f"/audit/?{query}").text
        assert f"<b>{there}</b>" in text and f"<b>{gone}</b>" not in text, query
    empty = browser.get(f"/audit/?text={deal.customer.first_name}").text
    assert "No event matches" in empty and "such as deal 123" in empty, "it is told what to type"
    assert "<b>Move</b>" not in browser.get("/audit/?to=2026-11-17").text
    wrong = browser.get("/audit/?from=soon")
    assert wrong.status_code == 422 and "Enter a day such as" in wrong.text and 'value="soon"' in wrong.text
    for odd in ("text=%00%27", "text=deal+99999999999999999999", "who=0", "after=9x"):
        assert browser.get(f"/audit/?{odd}").status_code == 200
    for who in ("agent", "retention", "cancellations"):
        assert visit(who).get("/audit/").status_code == 403


def test_each_record_is_named_and_leads_to_its_page_where_the_reader_may_see_it(visit, cast):
    finding = raise_by_hand(cast.compliance, cast.agent, "not_logged", "No entry")
    audit.record("password_link", cast.agent, cast.admin)
    pages = {who: visit(who).get("/audit/").text for who in ("manager", "compliance")}
    for who, page in pages.items():
        assert f'href="/findings/{finding.id}">Finding {finding.id}</a>' in page
        assert "Marta Sandoval" in page and (f'href="/people/{cast.agent.id}"' in page) == (who == "manager"), who


def test_its_file_names_people_and_holds_each_event_once(visit, cast):
    for _ in range(20):
        cast.deal(cast.agent)
    table = list(csv.DictReader(io.StringIO(visit("admin").get("/audit/?format=csv").text.removeprefix("\ufeff"))))
    numbers = [int(row["Event"]) for row in table]
    assert sorted(numbers, reverse=True) == numbers and len(set(numbers)) == audit.Event.select().count() > 30
    assert {"Ingrid Dahl"} <= {row["Who"] for row in table}


def test_the_check_is_taken_by_the_worker_and_its_result_kept(visit, cast):
    deal = cast.deal(cast.agent)
    browser = visit("manager")
    at = browser.post("/audit/check").location
    assert browser.post("/audit/check").location == at  # one at a time
    assert "Checking the audit trail" in browser.get(at).text
    assert AUDIT_CHECKS.run_waiting() == 1
    whole = browser.get(at).text
    assert "Unbroken" in whole and "none was changed, added or taken away" in whole
    assert "Unbroken" in browser.get("/audit/").text
    event = audit.history_of(deal)[0]
    database.execute_sql("DROP TRIGGER event_no_update")
    database.execute_sql("UPDATE event SET actor_id = 99 WHERE id = ?", (event.id,))
    at = browser.post("/audit/check").location
    AUDIT_CHECKS.run_waiting()
    assert f"Event {event.id} does not follow" in browser.get(at).text
    check = AuditCheck.newest()[0]
    assert (check.state, check.broken_id) == ("broken", event.id)
    assert Notification.select().where(Notification.text.contains(f"event {event.id}")).count() == 1
