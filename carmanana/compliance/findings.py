"""Raising a finding, by hand or by a rule, and reading the list of them."""

from peewee import JOIN

from carmanana.compliance import finding_rules as rules
from carmanana.compliance.judging import findings
from carmanana.core import audit
from carmanana.core.db import transaction
from carmanana.core.workflow import Attempt, Forbidden, Refused
from carmanana.records.activities import Activity
from carmanana.records.compliance import FOUND, JUDGES, REVIEWED, Finding
from carmanana.records.customers import Customer
from carmanana.records.notifications import Notification
from carmanana.records.people import User
from carmanana.records.phrases import BY_HAND, BY_RULE, LONGEST_EXCERPT, WHERE
from carmanana.schema.sqlite import of_ids

RAISE = (rules.person_chosen, rules.not_of_oneself, rules.sort_chosen, rules.words_given)


def may_review(by: User) -> bool:
    return by.has(*JUDGES)


def raise_by_hand(by: User, user: User | None, sort: str, words: str, **about) -> Finding:
    """Whoever raises one has looked: it stands, until it is disputed. `about` are the records that are its evidence,
    the words that were said (`excerpt`) and their place (`spot`)."""
    if not may_review(by):
        raise Forbidden("findings")
    attempt = Attempt(Finding(), by, "raise", {"user": user, "sort": sort, "words": words})
    if refusals := [refusal for rule in RAISE if (refusal := rule(attempt))]:
        raise Refused(refusals)
    with transaction():
        told = {"raised_by": by, "words": words.strip(), "outcome": BY_HAND, "state": REVIEWED}
        told |= {"reviewed_by": by, "reviewed_at": attempt.at, "note": words.strip()[: rules.LONGEST]}
        made = Finding.create(user=user, sort=sort, **_evidence(about), **told)
        audit.record("raise_finding", made, by, None, REVIEWED, sort=sort, user=user.id)
        Notification.tell(user, "finding", f"A finding about your work: {FOUND[sort]}", by, finding=made)
    return made


def raise_by_rule(source: str, user: User, sort: str, **about) -> Finding | None:
    """Once for each source, however often a sweep comes by."""
    if Finding.select().where(Finding.source == source).exists():
        return None
    with transaction():
        made = Finding.create(user=user, sort=sort, source=source, outcome=BY_RULE, **_evidence(about))
        audit.record("raise_finding", made, None, None, made.state, sort=sort, user=user.id)
        Notification.tell(user, "finding", f"A finding about your work: {FOUND[sort]}", finding=made)
    return made


def _evidence(about: dict) -> dict:
    """Of an activity, its deal, lead and customer too."""
    activity: Activity | None = about.get("activity")
    deal, lead = about.get("deal"), about.get("lead")
    if activity:
        about = {"deal": activity.deal_id, "lead": activity.lead_id, "customer": activity.customer_id} | about
        about.setdefault("where", activity.kind if activity.kind in WHERE else "note")
    about.setdefault("customer", getattr(deal or lead, "customer_id", None))
    about.setdefault("where", "review" if about.get("request") else "lead" if lead and not deal else "deal")
    return about | {"excerpt": (about.get("excerpt") or "")[:LONGEST_EXCERPT]}


def review(finding: Finding, by: User, version: int, note: str) -> Finding:
    """Somebody has looked at it: it stands."""
    return findings.fire(finding, "review", by, version, note=note)


@of_ids
def loaded(ids):
    """With the people and the customer that a row shows, the newest first."""
    reviewer = User.alias()
    found = Finding.select(Finding, User, Customer, reviewer).join(User, on=Finding.user).switch(Finding)
    found = found.join(Customer, JOIN.LEFT_OUTER).switch(Finding)
    found = found.join(reviewer, JOIN.LEFT_OUTER, on=(Finding.reviewed_by == reviewer.id), attr="reviewed_by")
    return found.where(Finding.id.in_(ids)).order_by(Finding.id.desc())
