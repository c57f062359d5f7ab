"""Writing wording and approving it: a change is a new draft beside the approved version, until somebody approves it."""

import secrets

from peewee import fn

from carmanana.contacting.phrase_check.judging import judge
from carmanana.contacting.phrase_check.rules import Wording, told
from carmanana.contacting.scripts.spoken import BLANKS, filled, unknown_blanks
from carmanana.core import audit, clock
from carmanana.core.db import Stale, change, transaction
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.records.people import CRM_ADMIN, MANAGER, User
from carmanana.records.scripts import APPROVED, DRAFT, KINDS, NEVER, RETIRED, SAY, SITUATIONS, WHO, Script
from carmanana.records.sops import SOP_PROMISES

LONGEST_TITLE, LONGEST_WORDS, LONGEST_SOP = 80, 2000, 80
GAP = 10


def may_write(by: User) -> bool:
    return by.has(MANAGER, CRM_ADMIN)


def add(by: User, **facts) -> Script:
    """A draft of a wording that there was none of."""
    _writers_only(by)
    facts = _lawful(facts)
    with transaction():
        script = Script.create(key=_new_key(facts["situation"]), position=_end(facts["situation"]), author=by, **facts)
        audit.record("draft_script", script, by, number=script.number)
    return script


def rewrite(script: Script, by: User, version: int, **facts) -> Script:
    """The draft of this wording, made from what was typed: a new version, or the draft that there is."""
    _writers_only(by)
    facts = _lawful(facts | {"situation": script.situation, "kind": script.kind})
    with transaction():
        fresh = _fresh(script, version)
        if not fresh.draft:
            return _new_version(fresh, by, facts)
        change(fresh, author=by, **facts)
        audit.record("redraft_script", fresh, by, number=fresh.number)
    return fresh


def _new_version(script: Script, by: User, facts: dict) -> Script:
    newest = Script.versions(script.key).get()
    if newest.draft:
        raise Stale(newest)
    same = {name: getattr(script, name) for name in ("language", "region")}
    draft = Script.create(key=script.key, position=script.position, number=newest.number + 1, author=by, **same | facts)
    audit.record("draft_script", draft, by, number=draft.number)
    return draft


def approve(script: Script, by: User, version: int) -> Script:
    """From now on this is what is said; the version before it is kept as retired."""
    _writers_only(by)
    with transaction():
        fresh = _fresh(script, version)
        rules = (_is_a_draft, _by_somebody_else, _says_what_may_be_said, _is_never_said)
        if refusals := [refusal for rule in rules if (refusal := rule(fresh, by))]:
            raise Refused(refusals, fresh)
        for earlier in Script.versions(fresh.key).where(Script.standing == APPROVED):
            change(earlier, standing=RETIRED)
        change(fresh, standing=APPROVED, approved_by=by, approved_at=clock.now())
        audit.record("approve_script", fresh, by, DRAFT, APPROVED, number=fresh.number)
    return fresh


def discard(script: Script, by: User, version: int) -> None:
    """Throw a draft away; what is approved stays as it is."""
    _writers_only(by)
    with transaction():
        fresh = _fresh(script, version)
        if refusal := _is_a_draft(fresh, by):
            raise Refused([refusal], fresh)
        audit.record("discard_script", fresh, by, DRAFT, number=fresh.number)
        fresh.delete_instance()


def by_situation() -> list[tuple[str, list[Script]]]:
    """Of every wording the version that counts, in the order in which a cancellation goes: the approved, or a first
    draft."""
    counting = Script.select().where((Script.standing == APPROVED) | (Script.number == 1) & (Script.standing == DRAFT))
    groups: dict[str, list[Script]] = {situation: [] for situation in SITUATIONS}
    for script in counting.order_by(Script.position, Script.id):
        groups.setdefault(script.situation, []).append(script)
    return list(groups.items())


def drafts() -> dict[str, Script]:
    """The draft of each wording that has one."""
    return {
        script.key: script
        for script in Script.select(Script, User)
        .left_outer_join(User, on=Script.author)
        .where(Script.standing == DRAFT)
    }


def _writers_only(by: User) -> None:
    if not may_write(by):
        raise Forbidden("scripts")


def fresh_for(script: Script, by: User, version: int) -> Script:
    """A wording as it stands, for somebody who may write it."""
    _writers_only(by)
    return _fresh(script, version)


def _fresh(script: Script, version: int) -> Script:
    fresh = Script.get_or_none(Script.id == script.id)
    if fresh is None:
        raise Refused([Refusal("gone", "This draft was thrown away.")])
    if fresh.version != version:
        raise Stale(fresh)
    return fresh


def _lawful(facts: dict) -> dict:
    facts = {name: (facts.get(name) or "").strip() for name in ("situation", "who", "kind", "title", "words", "sop")}
    unknown = unknown_blanks(facts["words"])
    known = ", ".join(f"{{{blank}}}" for blank in BLANKS)
    broken = [
        ("situation", "Choose the situation.", facts["situation"] not in SITUATIONS),
        ("who", "Choose who says it.", facts["who"] not in WHO),
        ("kind", "Choose whether it is to be said.", facts["kind"] not in KINDS),
        (
            "title",
            f"Give it a title of at most {LONGEST_TITLE} characters.",
            not 0 < len(facts["title"]) <= LONGEST_TITLE,
        ),
        (
            "words",
            f"Write the wording, at most {LONGEST_WORDS:,} characters.",
            not 0 < len(facts["words"]) <= LONGEST_WORDS,
        ),
        ("words", f"Nobody fills in {{{unknown[0] if unknown else ''}}}. The blanks are {known}.", bool(unknown)),
        ("sop", f"At most {LONGEST_SOP} characters.", len(facts["sop"]) > LONGEST_SOP),
    ]
    if refusals := [Refusal("script", sentence, field=field) for field, sentence, holds in broken if holds]:
        raise Refused(refusals)
    return facts


def _new_key(situation: str) -> str:
    return situation if not Script.versions(situation).exists() else f"{situation}_{secrets.token_hex(4)}"


def _end(situation: str) -> int:
    return (Script.select(fn.MAX(Script.position)).where(Script.situation == situation).scalar() or 0) + GAP


# what may be approved


def _is_a_draft(script: Script, by: User):
    if not script.draft:
        return Refusal("no_draft", f"This version is {script.standing_name.lower()} already.")


def _by_somebody_else(script: Script, by: User):
    if script.author_id == by.id and not by.is_manager:
        return Refusal("own_draft", "A manager approves what you wrote yourself.")


def _says_what_may_be_said(script: Script, by: User):
    """What salespeople and the retention team are given to say promises nothing; nobody's wording may need a
    warning."""
    if script.kind != SAY:
        return None
    found = [verdict for verdict in judge(filled(script.words)) if not (verdict.refuses and script.who == MANAGER)]
    if found:
        return Wording(
            "overpromise",
            f"{told(found[0])} {_why(found[0])} Write it in another way first.",
            SOP_PROMISES,
            verdicts=tuple(found),
        )


def _why(verdict) -> str:
    return f"would be stopped by the guard ({verdict.name.lower()})."


def _is_never_said(script: Script, by: User):
    """An example of what never to say is one that the guard stops."""
    if script.kind == NEVER and not any(verdict.refuses for verdict in judge(filled(script.words))):
        return Refusal(
            "not_caught",
            "The guard would let this sentence pass. Add a phrase for it first, or take it for what to say.",
        )
