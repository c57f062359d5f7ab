"""The list of cases, for everybody's customers and as a tab of one."""

import json

from peewee import JOIN, SQL, fn

from carmanana.cases import finding
from carmanana.core import clock
from carmanana.core.query import prepared
from carmanana.customers import contact
from carmanana.records.customer_cases import OPEN, PRIORITIES, RESULTS, STATES, WAITING_ON, CustomerCase
from carmanana.records.customers import Customer
from carmanana.records.people import User
from carmanana.schema.sqlite import members
from carmanana.web.customers.page import Tab, register
from carmanana.web.customers.reach import REACH, with_reach
from carmanana.web.filters import overdue_minutes
from carmanana.web.lists import Chip, Choice, Column, Kept, List, Shown
from carmanana.web.lists.counting import all_up_to
from carmanana.web.lists.kept_rows import every_field

NEVER = SQL("'9999'")  # as the index of the order has it


def _load(ids: list[int]) -> list[CustomerCase]:
    return with_reach(list(_cases(json.dumps(ids))))


@prepared
def _cases(ids):
    original = CustomerCase.alias()
    told = Customer.id, Customer.name, User.id, User.name, User.email, User.house, original.id, original.external_id
    found = CustomerCase.select(CustomerCase, *told).join(Customer)
    found = found.join_from(CustomerCase, User, JOIN.LEFT_OUTER, on=CustomerCase.assignee)
    found = found.join_from(CustomerCase, original, JOIN.LEFT_OUTER, on=CustomerCase.duplicate_of)
    return found.where(CustomerCase.id.in_(members(ids)))


@prepared
def _of_all(by, now):
    every = CustomerCase.select()
    return all_up_to([every.where(where(by, now)) for where in finding.CONDITIONS.values()], CustomerCase.id)


def _counts(shown: Shown) -> dict[str, int]:
    if shown.chosen or not contact.sees_everybody(shown.by):
        return {}
    return dict(zip(finding.CONDITIONS, _of_all.first(shown.by, clock.now()), strict=True))


def _which(key: str):
    return lambda by: finding.CONDITIONS[key](by, clock.now())


def _repeats(case: CustomerCase) -> str:
    return case.duplicate_of.reference if case.duplicate_of_id else ""


def _shows(case: CustomerCase, seen) -> tuple:
    whose = () if case.unowned else (case.assignee.name, case.assignee.email)
    told = case.late, case.due_at and overdue_minutes(case.due_at, clock.now())
    return *every_field(case), case.customer.name, *whose, *told, _repeats(case)


CASES = List(
    name="cases",
    title="Cases",
    endpoint="cases.index",
    one="case",
    many="cases",
    columns=(
        Column("case", "Case", lambda case: case.subject, always=True),
        Column("customer", "Customer", lambda case: case.customer.name),
        Column("state", "State", lambda case: case.standing),
        Column("priority", "Priority", lambda case: case.priority_name),
        Column("assignee", "Assigned to", lambda case: case.assignee.name if case.assignee_id else ""),
        Column("due", "Due", lambda case: case.due_at, fn.COALESCE(CustomerCase.due_at, NEVER), number=True),
        Column("opened", "Opened", lambda case: case.opened_at, CustomerCase.opened_at, number=True),
        Column("details", "Details", lambda case: case.details, wide=True),
        Column("resolution", "How it ended", lambda case: case.resolution, wide=True),
        Column("number", "Case number", lambda case: case.reference, wide=True),
        Column("came_by", "Received by", lambda case: case.came_by_name, wide=True),
        Column("waiting_for", "Waiting for", lambda case: case.waiting_for, wide=True),
        Column("closed", "Closed", lambda case: case.closed_at, number=True, wide=True),
        Column("repeats", "Repeats", _repeats, wide=True),
        *REACH,
    ),
    usual=("case", "customer", "state", "priority", "assignee", "due", "opened", "details"),
    scope=finding.visible_to,
    load=_load,
    cells="cases/_cells.html",
    id=CustomerCase.id,
    sort="due",
    one_chip=True,
    chips=(
        Chip("open", "Open", _which("open")),
        Chip("mine", "Mine", _which("mine")),
        Chip("overdue", "Overdue", _which("overdue"), "alert"),
        Chip("waiting", "Waiting", _which("waiting"), "hourglass"),
        Chip("unassigned", "Unassigned", _which("unassigned"), "unowned"),
        Chip("closed", "Closed", _which("closed"), sort="opened", descending=True),
        Chip("all", "All", sort="opened", descending=True),
    ),
    known_counts=_counts,
    counted_in_one_pass=lambda by: not contact.sees_everybody(by),
    choices=(
        Choice("priority", "Priority", lambda by: PRIORITIES, lambda code, by: CustomerCase.priority == code),
        Choice("on", "Waiting on", lambda by: WAITING_ON, lambda code, by: CustomerCase.waiting_on == code),
        Choice(
            "state",
            "State",
            lambda by: {code: STATES[code] for code in (*OPEN, *RESULTS)},
            lambda code, by: CustomerCase.state == code,
        ),
    ),
    template="cases/index.html",
    text=finding.matches,
    placeholder="Subject, #number or customer",
    empty=("circle-check", "No cases here", "What a customer asks us to set right is a case, on the customer’s page."),
    views=True,
    kept=Kept(_shows),
)

register(Tab("cases", "Cases", 70, CASES, CustomerCase.customer, template="cases/tab.html"))
