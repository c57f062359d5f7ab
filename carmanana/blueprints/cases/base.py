from functools import cache

from flask import Blueprint, abort
from peewee import JOIN

from carmanana.cases import finding
from carmanana.core.query import Numbered, numbered
from carmanana.records.customer_cases import CustomerCase
from carmanana.records.customers import Customer, Person
from carmanana.records.people import User
from carmanana.web.current_user import me

blueprint = Blueprint("cases", __name__)


def case_or_404(case_id: int) -> CustomerCase:
    """With its customer, person and assignee; one that they may not see is a 404."""
    return _cases_seen(me().roles).first(case_id, me().id) or abort(404)


@cache
def _cases_seen(roles: frozenset[str]) -> Numbered:
    @numbered
    def cases(case_id, by):
        found = CustomerCase.select(CustomerCase, Customer, Person, User).join(Customer)
        found = found.join_from(CustomerCase, Person, JOIN.LEFT_OUTER)
        found = found.join_from(CustomerCase, User, JOIN.LEFT_OUTER, on=CustomerCase.assignee)
        return found.where(CustomerCase.id == case_id, finding.visible(User(id=by, roles=roles)))

    return cases
