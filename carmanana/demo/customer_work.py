"""What there is with customers beside deals: cases in every state, expiries of both kinds, a household and a firm of
several people."""

import random
from datetime import timedelta

from carmanana.cases import checklist, escalating, opening, watching
from carmanana.cases.lifecycle import casework
from carmanana.contacting import log as logging
from carmanana.contacting.lock import under_review
from carmanana.core import clock
from carmanana.customers import contact, people
from carmanana.demo.names import people as drawn
from carmanana.demo.wording import BOOK
from carmanana.demo.working_hours import DAY
from carmanana.expiries import setting
from carmanana.expiries.becoming_due import make_leads
from carmanana.expiries.lifecycle import expiring
from carmanana.records.customer_cases import CustomerCase
from carmanana.records.customers import Customer, Person
from carmanana.records.people import User

LONG_AGO, OPENED, WORKED, JUST_NOW = -12 * DAY, -2 * DAY - 200, -DAY - 90, -150  # in working minutes
SMALLEST = 100  # deals of a world that has a household and a firm
STATES = (
    "accept",
    "start",
    "customer",
    "supplier",
    "us",
    "complete",
    "repeated",
    "mark_incomplete",
    "refuse",
    "reopen",
)
TELLS = BOOK["customer_work"]


def moments(world) -> list:
    hours = world.hours_of(_agent(world))
    duties = ((LONG_AGO, set_expiries), (OPENED, open_cases), (WORKED, work_on_cases), (JUST_NOW, open_the_newest))
    return [(hours.at(minute), duty) for minute, duty in duties]


def _agent(world) -> User:
    return world.dealership.accounts["agent"]


def _customers(world, most: int, behind: int = 0) -> list[Customer]:
    """Of agents who keep the same hours, the first one's before others', and none whose cancellation is under
    review."""
    agent = _agent(world)
    desk = [one for one in world.dealership.agents if one.timezone == agent.timezone]
    theirs = Customer.select().where(Customer.owner.in_(desk), Customer.status == "live")
    found = theirs.order_by(Customer.owner != agent, Customer.id.desc()).limit(2 * (most + behind))
    return [customer for customer in found if not under_review(customer)][behind : behind + most]


# expiries, and who belongs together


def set_expiries(world) -> None:
    """One is due today, others ahead; one is moved and one dropped."""
    today = clock.today(_agent(world).timezone)
    due = world.as_of.date()
    for customer, told in zip(_customers(world, len(TELLS["expiry"])), TELLS["expiry"], strict=False):
        days = told["days"]
        on = max(due if days == 0 else due + timedelta(days), today + timedelta(1))
        expiry = setting.enter(customer, customer.owner, on, told["kind"], told["supplier"], told["about"])
        if told.get("moved"):
            expiring.fire(expiry, "move", customer.owner, on=on + timedelta(told["moved"]))
        if told.get("dropped"):
            expiring.fire(expiry, "drop", customer.owner, reason=told["dropped"])


def _join(world) -> None:
    """A household of two, and a firm whose people have extensions of one number."""
    agent, rng = _agent(world), random.Random("households")
    folk = (one for one in drawn(rng, world.taken) if one.phones and one.emails and "&" not in one.name)
    for customer in _customers(world, 1, behind=2):
        partner = next(folk)
        people.add(customer, customer.owner, partner.name, [typed for _, typed in partner.phones[:1]], partner.emails)
    first, second = next(folk), next(folk)
    number = first.phones[0][1].split(" ext")[0].split("x")[0].strip()
    name = TELLS["firm"]["name"]
    firm = contact.enter(agent, name, [f"{number} ext. 11"], first.emails[:1], region=first.region, timezone=first.zone)
    one = Person.first_of(firm)
    people.correct(one, agent, one.version, first.name, [f"{number} ext. 11"], first.emails[:1])
    people.add(firm, agent, second.name, [f"{number} ext. 12"], second.emails[:1])
    opening.enter(firm, agent, **TELLS["firm"]["case"])


# cases


def open_cases(world) -> None:
    if world.deals >= SMALLEST:
        _join(world)
    for customer, told in zip(_customers(world, len(STATES), behind=3), TELLS["case"], strict=False):
        opening.enter(customer, customer.owner, **told)


def work_on_cases(world) -> None:
    """Each comes to a state of its own."""
    opened = CustomerCase.select().where(CustomerCase.opened_at < clock.now()).order_by(CustomerCase.id)
    for case, story in zip([case for case in opened if not under_review(case.customer)], STATES, strict=False):
        _work_on(case, story, case.assignee, world.dealership.managers[0])


def _work_on(case: CustomerCase, story: str, by: User, manager: User) -> None:
    if story == "accept":
        casework.fire(case, "accept", by)
        watching.watch(case, manager, manager)
        return
    if story == "repeated":
        again = opening.enter(case.customer, by, case.subject, priority="low")
        casework.fire(again, "mark_duplicate", by, duplicate_of=case)
        return
    casework.fire(case, "start", by)
    for words in TELLS["checklist"]["lines"]:
        line = checklist.add(case, words, by)
        checklist.tick(case, line, story != "start" or words == TELLS["checklist"]["lines"][0], by)
    logging.log(case, by, "note", TELLS["note"]["said"])
    if story in ("customer", "supplier", "us"):
        casework.fire(case, "wait", by, waiting_on=story, waiting_for=TELLS["waiting"][story])
    elif story != "start":
        ending = "complete" if story == "reopen" else story
        casework.fire(case, ending, by, resolution=TELLS["resolution"][ending])
    if story == "reopen":
        casework.fire(case, "reopen", by, reason=TELLS["resolution"]["reopen"])


def open_the_newest(world) -> None:
    """Nobody has looked at them yet; the urgent one is late by now. And what is due today has become a lead."""
    for customer, told in zip(_customers(world, 2), TELLS["newest"], strict=False):
        opening.enter(customer, customer.owner, **told)
    make_leads(clock.now())


def tell_of_late_ones(world) -> None:
    """As the sweep does."""
    escalating.escalate_late(clock.now())
