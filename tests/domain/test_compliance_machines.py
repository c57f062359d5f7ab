"""Each machine of compliance in every state, by every trigger and role: taken, refused or not theirs, as the tables
here say."""

from datetime import timedelta

import pytest

from carmanana.compliance.consequences import impose
from carmanana.compliance.judging import findings
from carmanana.compliance.ledger import ledger
from carmanana.compliance.scorecards import versions
from carmanana.compliance.scoring import scoring
from carmanana.core import clock
from carmanana.core.db import database
from carmanana.core.workflow import Forbidden, Refused
from carmanana.records.compliance import CONSEQUENCE_STATES, FINDING_STATES, KINDS, Consequence, Finding
from carmanana.records.people import User
from carmanana.records.scorecards import SCORECARD_STATES, ReviewCase, Score, Scorecard

from ..cast import Cast, forbidden, refused

ROLES = (*Cast.ROLES, "house")


def outcome(machine, record, trigger: str, by: User, **given) -> str:
    """What comes of one try, with nothing left of it."""
    with database.atomic() as tried:
        try:
            became = machine.fire(record, trigger, by, **given).state
        except Forbidden:
            became = "forbidden"
        except Refused as refusal:
            became = refusal.refusals[0].code
        tried.rollback()
    return became


def wrong(cast, machine, of_state, states, expected, given) -> list:
    """Every (state, trigger, role) whose outcome is another than expected."""
    found = []
    for state in states:
        record = of_state(state)
        for trigger in machine.triggers:
            for role in ROLES:
                came = outcome(machine, record, trigger, getattr(cast, role), **given)
                if came != (should := expected(state, trigger, role)):
                    found.append((state, trigger, role, came, should))
    return found


GIVEN = {
    "note": "Looked at it",
    "answer": "So it was",
    "dispute": "It was not",
    "decision": "Because",
    "reason": "Because",
}


# a finding about the agent, raised by nobody and reviewed, where it is, by compliance

OF_FINDINGS = {
    ("open", "review"): "reviewed",
    ("open", "dismiss"): "dismissed",
    ("open", "answer"): "open",
    ("open", "dispute"): "disputed",
    ("reviewed", "answer"): "reviewed",
    ("reviewed", "dispute"): "disputed",
    ("reviewed", "take_back"): "dismissed",
    ("disputed", "answer"): "disputed",
    ("disputed", "uphold"): "upheld",
    ("disputed", "overturn"): "overturned",
    ("upheld", "answer"): "upheld",
    ("upheld", "take_back"): "dismissed",
}
OWN = ("answer", "dispute")


def test_findings_in_every_state_by_every_trigger_and_role(cast):
    def of_state(state):
        told = {} if state == "open" else {"reviewed_by": cast.compliance, "reviewed_at": clock.now()}
        return Finding.create(user=cast.agent, sort="other", where="deal", outcome="hand", state=state, **told)

    def expected(state, trigger, role):
        became = OF_FINDINGS.get((state, trigger))
        if became is None:
            return "reviewed" if trigger == "review" else "not_from_here"
        if trigger in OWN:
            return became if role == "agent" else "forbidden"
        if role not in ("manager", "manager2", "compliance"):
            return "forbidden"
        return "another" if trigger in ("uphold", "overturn") and role == "compliance" else became

    assert wrong(cast, findings, of_state, FINDING_STATES, expected, GIVEN) == []


def test_a_finding_is_answered_once_and_not_judged_by_whose_it_is(cast):
    own = Finding.create(user=cast.manager, sort="other", where="deal", outcome="rule")
    for trigger in ("review", "dismiss"):
        with refused("own"):
            findings.fire(own, trigger, cast.manager, note="Fine")
    answered = findings.fire(own, "answer", cast.manager, answer="I was alone")
    with refused("answered"):
        findings.fire(answered, "answer", cast.manager, answer="Again")
    with refused("dispute", field="dispute"):
        findings.fire(answered, "dispute", cast.manager, dispute=" ")
    disputed = findings.fire(answered, "dispute", cast.manager, dispute="I was alone")
    with refused("own"):
        findings.fire(disputed, "overturn", cast.manager, decision="Mine")
    assert findings.fire(disputed, "overturn", cast.manager2, decision="Nobody else was here").state == "overturned"


def test_what_followed_is_taken_back_with_the_finding(cast):
    finding = Finding.create(user=cast.agent, sort="other", where="deal", outcome="rule", state="disputed")
    lost = impose(cast.agent, cast.manager, "access", "Why", finding, stage=cast.stage(5), starts_on=clock.today())
    findings.fire(finding, "overturn", cast.manager, decision="It was logged")
    assert Consequence.get_by_id(lost.id).state == "taken_back"
    with refused("finding", field="finding"):
        impose(cast.agent, cast.manager, "coaching", "Why", finding, due_on=clock.today())


# a consequence for the agent

OF_KINDS = {
    "acknowledge": ("acknowledged", ("coaching", "disciplinary")),
    "finish": ("done", ("retraining",)),
    "restore": ("ended", ("access",)),
    "expire": ("ended", ("access",)),
}


@pytest.mark.parametrize("kind", KINDS)
def test_consequences_in_every_state_by_every_trigger_and_role(cast, kind):
    stage = cast.stage(5) if kind == "access" else None
    yesterday = clock.today() - timedelta(days=1)

    def of_state(state):
        facts = {"starts_on": yesterday, "ends_on": yesterday, "reason": "Why", "created_by": cast.manager2}
        return Consequence.create(user=cast.agent, kind=kind, state=state, stage=stage, **facts)

    def expected(state, trigger, role):
        if trigger == "take_back":
            leads = role in ("manager", "manager2", "compliance", "admin")
            return "not_from_here" if state == "taken_back" else "taken_back" if leads else "forbidden"
        if state != "standing":
            return "not_from_here"
        who = {"acknowledge": ("agent",), "expire": ("house",)}.get(
            trigger, ("manager", "manager2", "compliance", "admin")
        )
        became, kinds = OF_KINDS[trigger]
        return "forbidden" if role not in who else became if kind in kinds else "not_this_kind"

    assert wrong(cast, ledger, of_state, CONSEQUENCE_STATES, expected, GIVEN) == []


def test_nobody_decides_what_follows_for_themselves(cast):
    own = Consequence.create(
        user=cast.manager, kind="retraining", starts_on=clock.today(), reason="Why", created_by=cast.manager2
    )
    for trigger in ("finish", "take_back"):
        with forbidden():
            ledger.fire(own, trigger, cast.manager, reason="Done")
    with refused("own", field="user"):
        impose(cast.manager, cast.manager, "coaching", "Why", due_on=clock.today())


def test_disciplinary_action_is_seen_by_managers_the_person_and_who_set_it_down(cast):
    impose(cast.agent, cast.compliance, "disciplinary", "Why")
    sight = {role for role in Cast.ROLES if Consequence.visible_to(getattr(cast, role)).exists()}
    assert sight == {"agent", "manager", "manager2", "compliance"}
    impose(cast.agent, cast.compliance, "coaching", "Why", due_on=clock.today())
    assert {role for role in Cast.ROLES if Consequence.visible_to(getattr(cast, role)).count() > 1} == sight
    assert Consequence.visible_to(cast.admin).count() == 1


# a card of compliance on a call of the agent's


def test_cards_in_every_state_by_every_trigger_and_role(cast):
    contact = cast.called(cast.deal(cast.agent), cast.agent)
    case = ReviewCase.create(activity=contact, user=cast.agent, why="sampled")
    sheet = Scorecard.in_use()
    answers = {question.id: {"answer": "yes"} for question in sheet.questions}

    def of_state(state):
        Score.delete().execute()
        moment = clock.now() if state == "submitted" else None
        return Score.create(case=case, scorecard=sheet, reviewer=cast.compliance, state=state, submitted_at=moment)

    def expected(state, trigger, role):
        became = {("begun", "save"): "begun", ("begun", "submit"): "submitted", ("submitted", "reopen"): "begun"}
        if (state, trigger) not in became:
            return state
        return became[state, trigger] if role == "compliance" else "forbidden"

    assert wrong(cast, scoring, of_state, ("begun", "submitted"), expected, {"answers": answers}) == []


def test_versions_in_every_state_by_every_trigger_and_role(cast):
    Scorecard.get_by_id(1)

    def of_state(state):
        Scorecard.delete().where(Scorecard.id > 1).execute()
        if state == "approved":
            return Scorecard.get_by_id(1)
        return Scorecard.create(number=2, state=state, made_by=cast.admin)

    def expected(state, trigger, role):
        if (state, trigger) == ("approved", "retire"):
            return "retired"
        if state != "proposed" or trigger == "retire":
            return "not_proposed"
        if role not in ("manager", "manager2", "compliance", "admin"):
            return "forbidden"
        return (
            "own"
            if (trigger, role) == ("approve", "admin")
            else {"approve": "approved", "decline": "declined"}[trigger]
        )

    assert wrong(cast, versions, of_state, SCORECARD_STATES, expected, GIVEN) == []
