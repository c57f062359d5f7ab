"""Setting a consequence down, and which of them stand."""

from datetime import date

from peewee import JOIN

from carmanana.compliance.consequence_rules import IMPOSE
from carmanana.compliance.ledger import ledger
from carmanana.core import audit, clock, locales
from carmanana.core.db import transaction
from carmanana.core.query import again
from carmanana.core.workflow import Attempt, Forbidden, Refusal, Refused
from carmanana.records.compliance import ACCESS, IMPOSES, KINDS, STANDING, Consequence, Finding
from carmanana.records.notifications import Notification
from carmanana.records.people import User
from carmanana.records.pipelines import Pipeline, Stage
from carmanana.records.sops import SOP_NON_COMPLIANCE
from carmanana.schema.sqlite import of_ids


def impose(user: User | None, by: User, kind: str, reason: str, finding: Finding | None = None, **given) -> Consequence:
    """`given` are a stage with its first and last day, or by when something is to be done."""
    if not by.has(*IMPOSES):
        raise Forbidden("impose")
    if user is None:
        raise Refused([Refusal("user", "Choose who it is for.", SOP_NON_COMPLIANCE, field="user")])
    with transaction():
        made = _described(user, by, kind, reason, finding and again(finding), given)
        attempt = Attempt(made, by, "impose", given)
        if refusals := [refusal for rule in IMPOSE if (refusal := rule(attempt))]:
            raise Refused(refusals, user)
        made.save(force_insert=True)
        _tell(made, by)
    return made


def _described(user: User, by: User, kind: str, reason: str, finding: Finding | None, given: dict) -> Consequence:
    """Of what was filled in, only what belongs to its kind."""
    about = {name: given.get(name) for name in (("stage", "starts_on", "ends_on") if kind == ACCESS else ("due_on",))}
    if kind != ACCESS:
        about["starts_on"] = clock.today(user.timezone)
    facts = {"user": user, "kind": kind, "reason": (reason or "").strip(), "finding": finding, "created_by": by}
    return Consequence(**facts, **about)


def _tell(made: Consequence, by: User) -> None:
    ends = made.ends_on and made.ends_on.isoformat()
    days = {"stage": made.stage_id, "starts_on": made.starts_on.isoformat(), "ends_on": ends}
    facts = days if made.kind == ACCESS else {"due_on": made.due_on and made.due_on.isoformat()}
    verb = "restrict" if made.kind == ACCESS else "impose"
    audit.record(verb, made.user, by, consequence=made.id, kind=made.kind, finding=made.finding_id, **facts)
    Notification.tell(made.user, "consequence", _words(made), by, about=made.user, consequence=made)


def _words(made: Consequence) -> str:
    if made.kind == ACCESS:
        return f"You have no access to {made.stage.name} {_span(made)}"
    return f"{KINDS[made.kind]} by {_day(made.due_on, made)}" if made.due_on else f"{KINDS[made.kind]}: read it, please"


def _span(made: Consequence) -> str:
    begins = _day(made.starts_on, made)
    return f"from {begins} until {_day(made.ends_on, made)}" if made.ends_on else f"from {begins} on"


def _day(day: date, made: Consequence) -> str:
    return locales.short_day(day, made.user.locale)


def restrict(user: User, by: User, stage: Stage | None, starts_on, ends_on, reason: str, finding=None) -> Consequence:
    return impose(user, by, ACCESS, reason, finding, stage=stage, starts_on=starts_on, ends_on=ends_on)


def lift(lost: Consequence, by: User, reason: str = "Access is given back") -> Consequence:
    """One that had begun is ended; one that had not is taken back."""
    begun = lost.starts_on < clock.today(lost.user.timezone)
    return ledger.fire(lost, "restore" if begun else "take_back", by, reason=reason)


def restrictions(user: User) -> list[Consequence]:
    """Those that keep the person out of a stage, now or later, by their first day."""
    C = Consequence
    standing = (C.kind == ACCESS) & (C.state == STANDING)
    in_time = C.ends_on.is_null() | (C.ends_on >= clock.today(user.timezone))
    found = C.select(C, Stage, Pipeline, User).join(Stage).join(Pipeline).switch(C).join(User, on=C.created_by)
    return list(found.where(C.user == user, standing, in_time).order_by(C.starts_on, C.id))


@of_ids
def loaded(ids):
    """With all that a page draws."""
    C, author = Consequence, User.alias()
    found = C.select(C, User, Stage, Finding, author).join(User, on=C.user).switch(C).join(Stage, JOIN.LEFT_OUTER)
    found = found.switch(C).join(Finding, JOIN.LEFT_OUTER, on=C.finding)
    found = found.switch(C).join(author, on=(C.created_by == author.id), attr="created_by")
    return found.where(C.id.in_(ids))


def asked_of(user: User) -> list[Consequence]:
    """What is to be read or done by this person, the soonest first; for their first page."""
    C = Consequence
    found = C.select(C.id).where(C.user == user, C.state == STANDING, C.kind != ACCESS)
    ids = [number for (number,) in found.order_by(C.due_on, C.id).limit(50).tuples()]
    return sorted(loaded(ids), key=lambda one: ids.index(one.id))
