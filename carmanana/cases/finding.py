"""Which cases a person sees, and the conditions of their lists."""

from datetime import datetime

from peewee import SQL

from carmanana.customers import contact, finding
from carmanana.records.customer_cases import CLOSED, WAITING, CaseWatcher, CustomerCase
from carmanana.records.people import HOUSE_ID, User


def visible(by: User):
    """Those of the customers that they see, and those that they work on or watch."""
    if contact.sees_everybody(by):
        return SQL("1")
    watched = CaseWatcher.select(CaseWatcher.case).where(CaseWatcher.user == by)
    theirs = contact.of_visible(CustomerCase.customer, by)
    return (CustomerCase.assignee == by) | CustomerCase.id.in_(watched) | theirs


def visible_to(by: User):
    return CustomerCase.select().where(visible(by))


def unassigned():
    return CustomerCase.is_open() & (CustomerCase.assignee.is_null() | (CustomerCase.assignee == HOUSE_ID))


def overdue(now: datetime):
    return CustomerCase.due_at < now


CONDITIONS = {
    "open": lambda by, now: CustomerCase.is_open(),
    "mine": lambda by, now: CustomerCase.is_open() & (CustomerCase.assignee == by),
    "overdue": lambda by, now: overdue(now),
    "waiting": lambda by, now: CustomerCase.state == WAITING,
    "unassigned": lambda by, now: unassigned(),
    "closed": lambda by, now: CustomerCase.state.in_(CLOSED),
    "all": lambda by, now: SQL("1"),
}


def matches(text: str):
    """By its number, by words of its subject, or by the customer."""
    number = text.removeprefix("#").strip()
    if text.startswith("#") and number.isascii() and number.isdigit():
        return CustomerCase.id == int(number[:12])
    return CustomerCase.subject.contains(text) | CustomerCase.customer.in_(finding.ids(text))
