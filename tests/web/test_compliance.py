"""The pages of compliance: the queue, a card, what was said, findings, the ledger, the scorecard and one's own page;
and that lost access to a stage bites on every way there is."""

import re
from datetime import timedelta
from html import unescape
from io import BytesIO

import pytest

from carmanana.compliance.consequences import impose
from carmanana.compliance.findings import raise_by_hand
from carmanana.core import clock
from carmanana.records.compliance import Consequence, Finding
from carmanana.records.scorecards import ReviewCase, Score, Scorecard, Transcript

from ..counting import queries

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
DAY = timedelta(days=1)


@pytest.fixture
def case(cast) -> ReviewCase:
    call = cast.called(cast.deal(cast.agent), cast.agent)
    return ReviewCase.create(activity=call, user=cast.agent, why="flagged", flags={"refund_promise"})


def card(**other) -> dict:
    """Every question answered with yes, but for those named."""
    answers = {f"answer-{question.id}": "yes" for question in Scorecard.in_use().questions}
    return answers | {"takeaway": "", "follows": ""} | other


def test_a_card_is_kept_as_one_goes_submitted_and_opened_again(visit, cast, case):
    compliance, path = visit("compliance"), f"/compliance/reviews/{case.id}"
    first = Scorecard.in_use().questions[0]
    assert compliance.post(f"{path}/draft", data={f"answer-{first.id}": "no", "takeaway": "Half"}).status_code == 204
    page = compliance.get(path).text
    assert re.search(rf'name="answer-{first.id}" value="no"[^>]*checked', page) and "Half" in page
    short = compliance.post(f"{path}/card", data=card(**{f"answer-{first.id}": "no"}))
    assert short.status_code == 422 and "Say where: the minute or the sentence" in short.text
    done = compliance.post(f"{path}/card", data=card(**{f"answer-{first.id}": "partly"}))
    assert (done.status_code, done.location) == (303, "/compliance/")
    assert Score.get().points == 90 and "90 of 100" in compliance.get(path).text
    assert "90 of 100" in visit("agent").get("/compliance/mine").text
    assert compliance.post(f"{path}/card", data=card()).status_code == 422
    assert compliance.post(f"{path}/reopening").location == path and Score.get().state == "begun"


def test_what_follows_is_chosen_with_the_card(visit, cast, case):
    path = f"/compliance/reviews/{case.id}/card"
    nothing_told = visit("compliance").post(path, data=card(follows="coaching"))
    assert nothing_told.status_code == 422 and "Write what they should take from it." in nothing_told.text
    to_form = visit("compliance").post(path, data=card(follows="access"))
    assert to_form.location == f"/consequences/new?user={cast.agent.id}&kind=access"
    form = visit("compliance").get(to_form.location).text
    assert re.search(rf'<option selected value="{cast.agent.id}"', form)


def test_the_queue_and_its_pages_ask_the_same_for_one_as_for_many(visit, cast, case):
    compliance = visit("compliance")
    for path in ("/compliance/", f"/compliance/reviews/{case.id}", "/findings/", "/consequences/?show=all"):
        compliance.get(path)
        with queries() as one:
            assert compliance.get(path).status_code == 200
        for number in range(4):
            call = cast.called(cast.deal(cast.agent), cast.agent)
            ReviewCase.create(activity=call, user=cast.agent, why="sampled")
            raise_by_hand(cast.manager, cast.agent, "other", f"Rude {number}")
            impose(cast.agent, cast.manager, "coaching", "Read", due_on=clock.today())
        with queries() as many:
            assert compliance.get(path).status_code == 200
        assert len(many) <= len(one) + 1, path


def test_what_was_said_is_typed_or_uploaded_and_a_promise_is_marked(visit, cast, case):
    compliance, path = visit("compliance"), f"/compliance/reviews/{case.id}"
    empty = compliance.post(f"{path}/transcript", data={"text": " "})
    assert empty.status_code == 422 and "There is nothing to read in it." in empty.text
    told = b"1\n00:02:41,000 --> 00:02:44,000\nMarta: You'll get the whole deposit back by Friday.\n"
    sent = compliance.post(f"{path}/transcript", data={"text": "", "file": (BytesIO(told), "call.srt")})
    assert sent.location == path and Transcript.get().source == "srt"
    page = compliance.get(path).text
    assert "data-bad" in page and 'data-spot="2:41"' in page and Finding.select().where(Finding.spot == "2:41").exists()
    late = compliance.post(f"{path}/transcript", data={"text": "Marta: Hello", "version": "7"}, headers=HTMX)
    assert late.status_code == 409 and "Marta: Hello" in late.text


def test_the_second_reviewer_sees_nothing_of_the_first_before_both_are_in(visit, cast, case):
    path = f"/compliance/reviews/{case.id}"
    assert visit("manager2").post(f"{path}/second").location == path
    first = Scorecard.in_use().questions[0].id
    visit("compliance").post(f"{path}/card", data=card(takeaway="Only mine"))
    assert (
        "Only mine" not in visit("manager").get(path).text
        and "Only mine" not in visit("agent").get("/compliance/mine").text
    )
    visit("manager").post(f"{path}/card", data=card(**{f"answer-{first}": "partly"}))
    both = visit("admin").get(path).text
    assert "Where the reviewers differ" in both and both.count('class="differs"') == 1 and "Only mine" in both


def test_a_person_answers_and_disputes_and_somebody_else_decides(visit, cast):
    finding = raise_by_hand(cast.compliance, cast.agent, "not_logged", "No entry of Tuesday")
    agent, path = visit("agent"), f"/findings/{finding.id}"
    own = agent.get("/compliance/mine").text
    assert "No entry of Tuesday" in agent.get(path).text and path in own
    assert own.count(finding.sort_name) == 1, "nothing is told twice"
    assert visit("agent2").get(path).status_code == 404
    assert agent.post(f"{path}/answer", data={"answer": ""}).status_code == 422
    assert agent.post(f"{path}/answer", data={"answer": "I forgot"}).location == path
    assert agent.post(f"{path}/dispute", data={"dispute": "It is logged"}).location == path
    assert agent.post(f"{path}/dispute", data={"dispute": "Again"}).status_code == 422
    own = visit("compliance").post(f"{path}/uphold", data={"decision": "It is not"})
    assert own.status_code == 422 and "somebody else decides the dispute" in own.text
    assert visit("manager").post(f"{path}/overturn", data={"decision": "So it is"}).location == path
    assert "So it is" in agent.get(path).text and Finding.get().state == "overturned"


def test_a_consequence_is_set_down_after_a_finding_and_acknowledged(visit, cast):
    finding = raise_by_hand(cast.compliance, cast.agent, "not_logged", "No entry")
    path = f"/consequences/new?finding={finding.id}"
    page = visit("manager").get(path).text
    assert "After: Did not log an activity" in page
    form = {"user": str(cast.agent.id), "kind": "coaching", "due_on": "", "reason": "Log at once"}
    assert "Choose by when, from today on." in visit("manager").post(path, data=form).text
    made = visit("manager").post(path, data=form | {"due_on": "2026-11-20"})
    assert visit("agent").post(f"{made.location}/acknowledge").location == made.location
    assert Consequence.get().finding == finding and Consequence.get().state == "acknowledged"
    assert "Did not log an activity" in visit("agent").get(made.location).text
    strange = visit("manager").post("/consequences/new", data={"user": "x", "kind": "firing", "reason": "x" * 3000})
    assert strange.status_code == 422


def test_a_finding_is_raised_from_the_deal_that_is_its_evidence(visit, cast):
    deal = cast.deal(cast.agent)
    path = f"/findings/new?deal={deal.id}&whose={cast.agent.id}"
    assert path.replace("&", "&amp;") in visit("compliance").get(f"/deals/{deal.id}").text
    typed = {"user": str(cast.agent.id), "sort": "not_logged", "words": "No entry"}
    made = visit("compliance").post(path, data=typed)
    assert f"/deals/{deal.id}" in visit("agent").get(made.location).text and Finding.get().deal == deal


def test_trends_count_by_rule_team_and_person(visit, cast):
    for user in (cast.agent, cast.agent, cast.agent2):
        raise_by_hand(cast.compliance, user, "not_logged", "No entry")
    raise_by_hand(cast.manager, cast.agent, "other", "Rude words")
    assert "November 2026" in visit("compliance").get("/compliance/trends").text, "of one month alone"
    long_ago = raise_by_hand(cast.compliance, cast.agent, "other", "Long ago")
    Finding.update(at=clock.now() - timedelta(days=200), state="dismissed").where(Finding.id == long_ago.id).execute()
    browser = visit("compliance")
    for query, fell in (("", 0), (f"?team={cast.manager2.id}&period=30", 0), ("?period=all", 4)):
        page = browser.get(f"/compliance/trends{query}").text
        told = re.findall(r'<a class="report-figure"\s+href="([^"]+)">(\d+)</a>', page)
        rows = {link: len(browser.get(f"{unescape(link)}&format=csv").text.splitlines()) - 1 for link, _ in told}
        assert rows == {link: int(number) for link, number in told} and told
        assert sum("became=fell" in link for link in rows) == fell, "by rule, by team, by person and by month"
    assert "November 2026" in page and "Since the beginning" in page
    listed = browser.get("/findings/?standing=all&became=fell&period=all").text
    assert "Long ago" in listed and "Rude words" not in listed
    assert visit("compliance").get("/compliance/trends?from=2026-13-01").status_code == 422
    assert "By person,Marta Sandoval,3" in visit("compliance").get("/compliance/trends.csv").text


def test_an_admin_proposes_a_version_and_somebody_else_approves_it(visit, cast):
    admin = visit("admin")
    twice = admin.post("/compliance/scorecard/new", data={"words-1": "Polite", "words-2": "polite"})
    assert twice.status_code == 422 and "Ask each question once." in twice.text and "Polite" in twice.text
    admin.post("/compliance/scorecard/new", data={"words-1": "Polite", "fatal-1": "1"})
    new = Scorecard.get(Scorecard.state == "proposed")
    assert admin.post(f"/compliance/scorecard/{new.id}/approval", data={"version": 1}).status_code == 422
    assert visit("compliance").post(f"/compliance/scorecard/{new.id}/approval", data={"version": 1}).status_code == 303
    assert Scorecard.in_use() == new
    wrong = admin.post(
        "/compliance/settings",
        data={"sample_percent": "101", "least_a_month": "1", "second_percent": "", "version": "1"},
    )
    assert wrong.status_code == 422 and "up to 100" in wrong.text


# lost access


def test_a_restricted_agent_is_refused_by_drag_and_by_every_form_with_the_reason(visit, cast):
    deal, held, browser = cast.deal(cast.agent, stage=2), cast.in_state("on_hold"), visit("agent")
    impose(
        cast.agent,
        cast.manager,
        "access",
        "Two agreements without a look.",
        stage=cast.stage(),
        starts_on=clock.today(),
    )
    stage = str(cast.stage().id)
    ways = {
        f"/deals/{deal.id}/column": {"column": f"s{stage}", "version": deal.version},
        f"/deals/{held.id}/resumption": {"stage": stage, "next_step": "Call", "due_at": "2026-11-20T10:00"},
        f"/deals/{held.id}/readiness": {},
        "/deals/new": {"name": "Ana Cruz", "phones": "+1 305 555 9876", "stage": stage},
    }
    sentence = "You have no access to New Orders: Two agreements without a look. Your manager can move it for you."
    answers = {path: browser.post(path, data=typed, headers=HTMX).text for path, typed in ways.items()}
    assert {path: text[-800:] for path, text in answers.items() if sentence not in text} == {}


def test_today_asks_for_what_is_to_be_read_and_scored(visit, cast, case):
    coaching = impose(cast.agent, cast.manager, "coaching", "Read step 2", due_on=clock.today())
    agent = visit("agent")
    assert "Read step 2" in agent.get("/today").text
    agent.post(f"/consequences/{coaching.id}/acknowledge")
    assert "Read step 2" not in agent.get("/today").text
    own = agent.get("/compliance/mine").text
    assert "Read step 2" in own and "To read and to do" not in own, "what is done stands there, and asks for nothing"
    assert f"/compliance/reviews/{case.id}" in visit("compliance").get("/today").text
