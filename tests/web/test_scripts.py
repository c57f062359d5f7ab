"""The pages on which the wording is written and approved, the guard is tried, and its findings are reviewed."""

import re

import pytest

from carmanana.contacting.phrase_check import findings
from carmanana.contacting.phrase_check.judging import judge
from carmanana.contacting.phrase_check.reading import LONGEST
from carmanana.records.activities import Activity
from carmanana.records.compliance import Finding
from carmanana.records.phrases import Phrase, WordList
from carmanana.records.scripts import Script

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
FACTS = {
    "title": "While noting",
    "who": "agent",
    "words": "Hi {first_name}, I’m noting it for my manager.",
    "sop": "Cancellation SOP, step 3",
}
PHRASE = {
    "sort": "refund_promise",
    "pattern": "raining .. money",
    "catches": "It’s raining your money.",
    "passes": "It’s raining.",
    "active": "y",
}
PROMISE = "Don’t worry, you’ll have your money back by Friday."


@pytest.fixture
def manager(visit):
    return visit("manager")


@pytest.fixture
def script(cast):
    return Script.current("request_noting")


# wording


def test_the_page_shows_what_is_said_by_situation(manager):
    page = manager.get("/scripts/").text
    assert page.count('class="row wording-row"') == Script.select().count()
    assert "I can’t confirm any refund or timeline right now" in page and "script never" in page
    assert 'aria-current="page">Scripts' in page


def test_a_new_version_is_written_compared_approved_and_kept(manager, visit, script):
    page = visit("admin").post(f"/scripts/{script.id}/edit", data=FACTS | {"version": "1"})
    draft = Script.get(Script.standing == "draft")
    assert page.location == f"/scripts/{draft.id}"
    shown = manager.get(f"/scripts/{draft.id}").text
    assert (
        "Draft of version 2" in shown
        and "<del>" in shown
        and "<ins>" in shown
        and "A draft waits" in manager.get("/scripts/").text
    )
    assert manager.post(f"/scripts/{draft.id}/approve", data={"version": "1"}).status_code == 303
    assert (
        "In use" in (page := manager.get(f"/scripts/{script.id}").text)
        and "Retired" in page
        and "I’m noting it for my manager" in page
    )


def test_a_wording_that_promises_is_not_approved(manager, visit, script):
    visit("admin").post(f"/scripts/{script.id}/edit", data=FACTS | {"version": "1", "words": PROMISE})
    draft = Script.get(Script.standing == "draft")
    answer = manager.post(f"/scripts/{draft.id}/approve", data={"version": "1"})
    assert (
        answer.status_code == 422
        and "you’ll have your money back" in answer.text
        and "would be stopped by the guard" in answer.text
    )


def test_new_wording_is_added_once_and_thrown_away(manager):
    data = FACTS | {"situation": "inbound_closing", "kind": "say", "once": "k"}
    locations = {manager.post("/scripts/new", data=data).location for _ in range(2)}
    draft = Script.get(Script.standing == "draft")
    assert locations == {f"/scripts/{draft.id}"}
    assert manager.post(f"/scripts/{draft.id}/discard", data={"version": "1"}).location == "/scripts/"
    assert Script.get_or_none(Script.id == draft.id) is None


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Give it a title"),
        ({"words": "Hi {name}"}, "Nobody fills in {name}"),
        ({"who": "x"}, "Choose who says it"),
        ({"situation": ""}, "Choose the situation"),
    ],
)
def test_what_is_wrong_with_wording_comes_back_with_what_was_typed(manager, wrong, sentence):
    for headers in ({}, HTMX):
        answer = manager.post(
            "/scripts/new", data=FACTS | {"situation": "inbound_closing", "kind": "say"} | wrong, headers=headers
        )
        assert answer.status_code == 422 and sentence in answer.text and FACTS["sop"] in answer.text


def test_a_draft_that_somebody_else_changed_is_kept_in_the_form(manager, visit, script):
    manager.post(f"/scripts/{script.id}/edit", data=FACTS | {"version": "1"})
    answer = visit("admin").post(f"/scripts/{script.id}/edit", data=FACTS | {"version": "1", "title": "Typed here"})
    assert answer.status_code == 409 and 'value="Typed here"' in answer.text


# the guard


def test_a_sentence_is_tried(manager):
    for headers in ({}, HTMX):
        page = manager.post("/phrases/trial", data={"text": PROMISE}, headers=headers)
        assert page.status_code == 200
        assert (
            "Refused, when an agent" in page.text
            and '<mark class="refused">' in page.text
            and "Promises a refund" in page.text
        )
        assert (
            "It passes."
            in manager.post("/phrases/trial", data={"text": "Three options by Friday."}, headers=headers).text
            and "To a lead it is refused"
            in manager.post("/phrases/trial", data={"text": "I can do it for 25."}, headers=headers).text
        )
        assert (
            "passes once somebody confirms"
            in manager.post("/phrases/trial", data={"text": "This is your own fault."}, headers=headers).text
        )
        assert manager.post("/phrases/trial", data={"text": "x" * (LONGEST + 1)}, headers=headers).status_code == 422
    assert Finding.select().count() == 0


def test_a_sentence_is_tried_with_an_offer(manager):
    data = {"text": "We will refund $500 of the deposit.", "terms": "A refund of $500 of the deposit goes out"}
    assert "It passes." in manager.post("/phrases/trial", data=data).text
    assert (
        "It passes."
        not in manager.post("/phrases/trial", data=data | {"text": "We will refund $600 of the deposit."}).text
    )


def test_what_is_tried_stays_text(manager):
    page = manager.post("/phrases/trial", data={"text": "<b>You will be refunded</b>"}).text
    assert "<b>You" not in page and "&lt;b&gt;" in page


def test_a_phrase_is_added_once_and_taken_out_of_use(manager):
    for _ in range(2):
        assert (
            manager.post("/phrases/new", data=PHRASE | {"once": "k"}).location
            == "/phrases/?sort=refund_promise#sort-refund_promise"
        )
    phrase = Phrase.get(Phrase.pattern == PHRASE["pattern"])
    assert manager.post(f"/phrases/{phrase.id}/edit", data={**PHRASE, "active": "", "version": "1"}).status_code == 303
    assert not Phrase.get_by_id(phrase.id).active
    assert manager.post(f"/phrases/{phrase.id}/edit", data=PHRASE | {"version": "1"}).status_code == 409
    assert "Not in use" not in manager.get("/phrases/").text
    assert manager.get("/phrases/?sort=refund_promise", headers=HTMX).text.lstrip().startswith('<ul class="list">')
    assert "Not in use" in manager.get("/phrases/?sort=refund_promise").text


def test_a_phrase_that_cannot_be_read_comes_back_with_the_reason(manager):
    for headers in ({}, HTMX):
        answer = manager.post("/phrases/new", data=PHRASE | {"pattern": "(raining"}, headers=headers)
        assert answer.status_code == 422 and "is missing" in answer.text and "(raining" in answer.text


def test_a_list_is_edited(manager):
    words = WordList.get(WordList.name == "refund")
    path = f"/phrases/lists/{words.id}/edit"
    assert "money back" in manager.get(path).text
    assert manager.post(path, data={"words": words.words + "\nmoolah", "version": "1"}).status_code == 303
    assert manager.post(path, data={"words": "moolah", "version": "2"}).status_code == 422
    assert manager.post(path, data={"words": words.words, "version": "1"}).status_code == 409


# in the composer


@pytest.fixture
def deal(cast):
    return cast.deal(cast.agent)


def entry(kind: str, summary: str, **given) -> dict:
    facts = (
        {"direction": "out", "outcome": "sent", "next_step": "Call", "due_at": "2026-11-30T10:00"}
        if kind != "note"
        else {}
    )
    return {"kind": kind, "summary": summary} | facts | given


def test_a_promise_is_refused_in_the_composer_and_kept_for_review(visit, deal):
    agent, path = visit("agent"), f"/deals/{deal.id}/activities/new"
    for number, headers in enumerate(({}, HTMX), 1):
        answer = agent.post(path, data=entry("email", PROMISE, once=f"k{number}"), headers=headers)
        assert answer.status_code == 422
        assert "Say instead" in answer.text and PROMISE in answer.text and 'name="quoting"' not in answer.text
        assert (
            Finding.select()
            .where(Finding.sort == "refund_promise", Finding.outcome == "refused", Finding.deal == deal)
            .count()
            == number
        )
    assert Activity.select().where(Activity.kind == "email").count() == 0


def test_a_quotation_is_confirmed_in_the_composer(visit, deal):
    agent, path = visit("agent"), f"/deals/{deal.id}/activities/new"
    assert 'name="quoting"' not in agent.get(path).text
    answer = agent.post(path, data=entry("note", PROMISE))
    assert (
        answer.status_code == 422
        and "I am quoting the customer" in answer.text
        and "tick that you are quoting" in answer.text
    )
    assert agent.post(path, data=entry("note", PROMISE, quoting="y")).status_code == 303
    assert Finding.select().where(Finding.outcome == "confirmed", Finding.where == "note").count() >= 1


def test_a_doubtful_text_is_confirmed_as_it_stands(visit, deal):
    agent, path = visit("agent"), f"/deals/{deal.id}/activities/new"
    answer = agent.post(path, data=entry("text", "This is your own fault."))
    assert answer.status_code == 422 and "I mean it as it stands" in answer.text
    assert agent.post(path, data=entry("text", "This is your own fault.", quoting="y")).status_code == 303


# findings


@pytest.fixture
def finding(cast, deal):
    return findings.keep(cast.agent, judge("You get every penny back."), "email", "refused", deal)[0]


def test_nothing_found_is_said_so(manager):
    assert "Nothing to review" in manager.get("/findings/").text
    assert "No finding matches" in manager.get("/findings/?sort=blame&standing=all").text


def test_a_finding_is_listed_and_reviewed(visit, finding, deal):
    compliance = visit("compliance")
    page = compliance.get("/findings/").text
    assert (
        "You get every penny back" in page
        and f"/deals/{deal.id}" in page
        and 'To review <b aria-hidden="true">1</b>' in page
    )
    assert 'aria-current="page">Findings' in page and "/phrases/" not in page
    path = f"/findings/{finding.id}/review"
    assert compliance.post(path, data={"note": "", "version": "1"}).status_code == 422
    assert compliance.post(path, data={"note": "Coached", "version": "1"}).status_code == 303
    assert compliance.post(path, data={"note": "Again", "version": "1"}).status_code == 409
    assert "Coached" in compliance.get("/findings/?standing=done").text
    assert "Coached" not in compliance.get("/findings/?standing=open").text


def test_an_admin_reads_findings_and_does_not_mark_them(visit, finding):
    page = visit("admin").get("/findings/")
    assert page.status_code == 200 and "Review…" not in page.text


def test_findings_come_a_page_at_a_time_without_more_queries(manager, cast, deal, finding):
    for _ in range(60):
        findings.keep(cast.agent, judge("You get every penny back."), "email", "refused", deal)
    page = manager.get("/findings/").text
    assert "61 findings" in page and page.count('class="row finding"') == 25
    more = re.search(r'hx-get="(/findings/\?after=[0-9]+)"', page)[1]
    assert manager.get(more).text.count('class="row finding"') == 25
    assert manager.get("/findings/?after=x&standing=x&sort=y").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/scripts/999",
        "/scripts/999/edit",
        "/phrases/999/edit",
        "/phrases/lists/999/edit",
        "/findings/999/review",
        "/findings/999",
    ],
)
def test_what_is_not_there(manager, path):
    assert manager.get(path).status_code == 404
