"""Who hears of a case: whoever works on it, and those who watch it."""

from carmanana.core import audit
from carmanana.core.db import transaction
from carmanana.core.query import again, prepared
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.records.customer_cases import CaseWatcher, CustomerCase
from carmanana.records.notifications import Notification
from carmanana.records.people import User


@prepared
def watchers_of(case):
    return User.select().join(CaseWatcher).where(CaseWatcher.case == case).order_by(User.name)


def tell(case: CustomerCase, words: str, by: User | None, *besides: User) -> None:
    """Everybody once, and nobody of what they did themselves."""
    text = f"{case.customer.name}: “{case.subject}” {words}"
    for person in dict.fromkeys([case.assignee, *besides, *watchers_of(case)]):
        Notification.tell(person, "case", text, by, case=case)


def watch(case: CustomerCase, person: User | None, by: User) -> None:
    """Oneself, where one sees the case; others are asked in by whoever works on it."""
    if person != by and not case.worked_by(by):
        raise Forbidden("watch")
    if person is None or not person.active:
        raise Refused([Refusal("person", "Choose somebody who works here.", field="person")], case)
    with transaction():
        if not CaseWatcher.get_or_none(case=case, user=person):
            CaseWatcher.create(case=case, user=person)
            audit.record("watch", case, by, owner=person.id)
            Notification.tell(person, "case", f"{case.customer.name}: you watch “{case.subject}”", by, case=case)


def stop_watching(case: CustomerCase, person: User | None, by: User) -> None:
    if person != by and not case.worked_by(by):
        raise Forbidden("watch")
    with transaction():
        if CaseWatcher.delete().where(CaseWatcher.case == case, CaseWatcher.user == person).execute():
            audit.record("unwatch", again(case), by, owner=person.id)
