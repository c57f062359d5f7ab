"""A new case of a customer."""

from carmanana.cases import rules, sla
from carmanana.cases.watching import tell
from carmanana.core import audit
from carmanana.core.db import transaction
from carmanana.core.workflow import Attempt, Forbidden, Refused
from carmanana.customers import contact
from carmanana.records.customer_cases import CAME_BY, NEW, CustomerCase, works_for
from carmanana.records.customers import Customer, Person
from carmanana.records.people import User


def may_open(customer: Customer, by: User) -> bool:
    """Whoever works with the customer; an agent who sees them may take down what a colleague's customer says."""
    return by.works_deals or works_for(customer, by)


def enter(
    customer: Customer,
    by: User,
    subject: str,
    details: str = "",
    priority: str = "normal",
    came_by: str = "",
    assignee: User | None = None,
    person: Person | None = None,
) -> CustomerCase:
    """For the customer's owner, where nobody else is named; only who works with the customer names somebody."""
    if not may_open(customer, by) or not contact.visible_to(by).where(Customer.id == customer.id).exists():
        raise Forbidden("open_case")
    given = {"subject": subject, "priority": priority, "assignee": assignee}
    asked = (rules.subject_given, rules.priority_chosen, *((rules.assignee_is_here,) if assignee else ()))
    with transaction():
        case = CustomerCase(customer=customer, person=person, opened_by=by, priority=priority)
        attempt = Attempt(case, by, "open", given)
        if refused := [refusal for rule in asked if (refusal := rule(attempt))]:
            raise Refused(refused)
        return _made(case, subject.strip(), (details or "").strip(), came_by, assignee or _owner(customer), by)


def _made(
    case: CustomerCase, subject: str, details: str, came_by: str, assignee: User | None, by: User
) -> CustomerCase:
    case.subject, case.details, case.assignee = subject, details, assignee
    case.came_by = came_by if came_by in CAME_BY else ""
    made = CustomerCase.create(**case.__data__, **{"due_at": sla.begin(case, case.opened_at)["due_at"]})
    audit.record("open_case", made, by, None, NEW, owner=assignee and assignee.id, priority=made.priority)
    tell(made, "is a new case", by)
    return made


def _owner(customer: Customer) -> User | None:
    owner = customer.owner
    return owner if owner and owner.active else None
