"""Approved wording: the SOP's to the letter, in versions, with the names filled in."""

import pytest

from carmanana.contacting.scripts import spoken, writing
from carmanana.core import clock
from carmanana.core.audit import Event
from carmanana.core.db import Stale
from carmanana.records.scripts import APPROVED, DRAFT, RETIRED, SITUATIONS, Script

from ..cast import forbidden, refused

SOP = {
    "request_acknowledge": (
        "I understand you’d like to cancel your order. We do have a formal process for that so a manager can review "
        "everything and make sure it’s handled properly."
    ),
    "request_process": (
        "I’ll note your cancellation request and submit it to my manager. They’ll review your file and contact you to "
        "go over next steps and options. I can’t confirm any refund or timeline right now — that’s handled by "
        "management according to our policies and your agreement."
    ),
    "request_noting": (
        "I’m just noting the reason for my manager so they understand exactly what’s going on and can help "
        "you properly."
    ),
    "inbound_cancel_my_order": (
        "I understand you’d like to cancel. We have a formal process so a manager can review your order and make sure "
        "everything is handled properly. I’ll document your request and the reason, and my manager will contact you "
        "directly to go over next steps."
    ),
    "inbound_deposit": (
        "I can’t confirm any refund details on this call. Refunds and cancellations are reviewed by management "
        "according to our policies and the agreement you signed. The manager will go over that with you."
    ),
    "inbound_closing": (
        "Thanks for explaining everything. I’ve added your cancellation request and the details for my manager. "
        "They’ll review your file and reach out to you directly with options and next steps."
    ),
    "manager_first_contact": (
        "Hi [Name], I’m [Manager Name] from CarManana. I saw your request to cancel your order and I want to "
        "personally review everything with you and see what’s possible before we finalize anything."
    ),
}
FORBIDDEN = [
    "Your deposit is guaranteed refundable.",
    "We’ll definitely refund everything.",
    "We’ll cancel it right away and send the refund today.",
]
FACTS = {"title": "Hello", "who": "agent", "words": "Hi {first_name}, a manager will call you.", "sop": ""}


@pytest.fixture
def script(cast):
    return Script.current("request_noting")


def words(situations, **names) -> list[str]:
    return [line.words for line in spoken.lines(situations, **names)]


# what is said


@pytest.mark.parametrize("situation", SOP)
def test_the_sops_wording_stands_as_the_sop_has_it(cast, situation):
    assert words(situation) == [SOP[situation]]


def test_what_is_never_said(cast):
    lines = spoken.lines("never_say")
    assert [line.words for line in lines] == FORBIDDEN and all(line.never for line in lines)


@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_situation_has_its_wording(cast, situation):
    assert spoken.lines(situation)


def test_names_are_filled_in(cast):
    (line,) = words("manager_first_contact", client="María Fernanda Gutiérrez", manager="Ingrid Dahl")
    assert line.startswith("Hi María, I’m Ingrid Dahl from CarManana.")
    assert words("playbook_mission", first_name="Ana", agent=None, mission="the kids", vehicle="2024 Tucson")[
        0
    ].startswith("When you ordered, you told [Agent] why")


def test_several_situations_come_in_the_order_they_are_named(cast):
    assert words(["request_noting", "request_acknowledge", "nowhere"]) == [
        SOP["request_noting"],
        SOP["request_acknowledge"],
    ]
    assert words([]) == words("nowhere") == []


def test_a_name_with_braces_stays_a_name(cast):
    for name in ("{me}", "{", "}{", "{0}", "%s", "{first_name}"):
        assert spoken.filled("Hi {first_name}!", first_name=name) == f"Hi {name}!"


def test_what_is_not_known_gets_a_neutral_word(cast):
    assert (
        spoken.filled("{vehicle} {offer} {nothing_such} {first_name} { x } {}", first_name="")
        == "[Vehicle] [Offer] [Nothing such] [Name] { x } {}"
    )


# writing and approving


def test_a_change_is_a_draft_until_it_is_approved(cast, script):
    draft = writing.rewrite(script, cast.admin, 1, **FACTS)
    assert (draft.standing, draft.number, draft.author, draft.key, draft.situation) == (
        DRAFT,
        2,
        cast.admin,
        script.key,
        script.situation,
    )
    assert words("request_noting") == [SOP["request_noting"]]
    approved = writing.approve(draft, cast.manager, 1)
    assert (approved.standing, approved.approved_by, approved.approved_at) == (APPROVED, cast.manager, clock.now())
    assert words("request_noting", client="Ana Ruiz") == ["Hi Ana, a manager will call you."]
    assert [(version.number, version.standing) for version in Script.versions(script.key)] == [
        (2, APPROVED),
        (1, RETIRED),
    ]
    assert Event.get(Event.verb == "approve_script").data == {"number": 2}


def test_a_draft_is_written_on(cast, script):
    draft = writing.rewrite(script, cast.admin, 1, **FACTS)
    again = writing.rewrite(draft, cast.manager, 1, **FACTS | {"title": "Again"})
    assert (again.id, again.title, again.author, again.version) == (draft.id, "Again", cast.manager, 2)
    with pytest.raises(Stale):
        writing.rewrite(script, cast.manager2, 1, **FACTS)
    with pytest.raises(Stale):
        writing.approve(draft, cast.manager, 1)


def test_a_draft_is_thrown_away(cast, script):
    draft = writing.rewrite(script, cast.admin, 1, **FACTS)
    writing.discard(draft, cast.manager, 1)
    assert Script.versions(script.key).count() == 1
    with refused("no_draft"):
        writing.discard(script, cast.manager, 1)
    with refused("gone"):
        writing.approve(draft, cast.manager, 1)


def test_new_wording_is_said_once_it_is_approved(cast):
    draft = writing.add(cast.manager, situation="inbound_closing", kind="say", **FACTS)
    assert len(words("inbound_closing")) == 1
    writing.approve(draft, cast.manager, 1)
    assert words("inbound_closing")[1] == "Hi [Name], a manager will call you."


def test_an_admin_does_not_approve_their_own_draft_and_a_manager_does(cast, script):
    draft = writing.rewrite(script, cast.admin, 1, **FACTS)
    with refused("own_draft"):
        writing.approve(draft, cast.admin, 1)
    own = writing.add(cast.manager, situation="inbound_closing", kind="say", **FACTS)
    assert writing.approve(own, cast.manager, 1).standing == APPROVED
    with refused("no_draft"):
        writing.approve(own, cast.manager, 2)


@pytest.mark.parametrize("who", ["agent", "retention"])
def test_what_staff_are_given_to_say_promises_nothing(cast, script, who):
    draft = writing.rewrite(
        script, cast.admin, 1, **FACTS | {"who": who, "words": "Hi {first_name}, you’ll get your money back."}
    )
    with refused("overpromise") as caught:
        writing.approve(draft, cast.manager, 1)
    assert "“you’ll get your money back”" in caught.value.refusals[0].sentence


def test_a_manager_is_given_what_a_manager_may_say(cast):
    draft = writing.add(
        cast.admin,
        situation="manager_first_email",
        kind="say",
        **FACTS | {"who": "manager", "words": "We will refund $500."},
    )
    assert writing.approve(draft, cast.manager, 1).standing == APPROVED
    blame = writing.add(
        cast.admin,
        situation="manager_first_email",
        kind="say",
        **FACTS | {"who": "manager", "words": "The dealer messed up."},
    )
    with refused("overpromise"):
        writing.approve(blame, cast.manager, 1)


def test_an_example_of_what_never_to_say_is_one_that_is_stopped(cast):
    tame = writing.add(cast.admin, situation="never_say", kind="never", **FACTS)
    with refused("not_caught"):
        writing.approve(tame, cast.manager, 1)
    bad = writing.add(cast.admin, situation="never_say", kind="never", **FACTS | {"words": "You get every penny back."})
    assert writing.approve(bad, cast.manager, 1).standing == APPROVED


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 81}, "title"),
        ({"words": " "}, "words"),
        ({"words": "x" * 2001}, "words"),
        ({"words": "Hi {frist_name}"}, "words"),
        ({"who": "nobody"}, "who"),
        ({"situation": "nowhere"}, "situation"),
        ({"kind": "sing"}, "kind"),
        ({"sop": "x" * 81}, "sop"),
    ],
)
def test_wording_that_will_not_do_is_refused_with_the_reason(cast, wrong, field):
    with refused("script", field=field):
        writing.add(cast.manager, **{"situation": "inbound_closing", "kind": "say"} | FACTS | wrong)


def test_only_managers_and_admins_write(cast, script):
    for person in (cast.agent, cast.retention, cast.compliance):
        with forbidden():
            writing.add(person, situation="inbound_closing", kind="say", **FACTS)
        with forbidden():
            writing.rewrite(script, person, 1, **FACTS)
        with forbidden():
            writing.approve(script, person, 1)
        with forbidden():
            writing.discard(script, person, 1)


def test_a_sentence_that_is_filled_in_ends_once():
    said = spoken.filled("It mattered: {mission}. And now? {offer}", mission="Wants peace.", offer="A loan car.")
    assert said == "It mattered: Wants peace. And now? A loan car."
