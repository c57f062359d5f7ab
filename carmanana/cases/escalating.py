"""Cases whose time is over are told of, once: to whoever works on them, the watchers and the manager (the worker's
sweep)."""

from datetime import datetime

from carmanana.cases.watching import tell
from carmanana.core import audit
from carmanana.core.db import transaction
from carmanana.records.customer_cases import CustomerCase
from carmanana.records.notifications import Notification
from carmanana.records.people import HOUSE_ID, User

AT_ONCE = 200


def escalate_late(as_of: datetime) -> int:
    """How many became late since the last look. What was imported is history that nobody waits for."""
    late = (CustomerCase.due_at < as_of) & CustomerCase.told_late_at.is_null() & CustomerCase.import_id.is_null()
    found = list(CustomerCase.select().where(late).order_by(CustomerCase.due_at).limit(AT_ONCE))
    return sum(_tell(case, as_of) for case in found)


def _tell(case: CustomerCase, as_of: datetime) -> bool:
    with transaction():
        still = (CustomerCase.id == case.id) & CustomerCase.told_late_at.is_null() & (CustomerCase.due_at < as_of)
        if not CustomerCase.update(told_late_at=as_of).where(still).execute():
            return False  # it was closed or put to wait at this moment
        tell(case, "is overdue", None)
        text = f"{case.customer.name}: “{case.subject}” is overdue"
        if case.unowned:
            Notification.tell_managers("case_late", text, case=case)
        else:
            Notification.tell_manager_of(case.assignee, "case_late", text, case=case)
        audit.record("case_late", case, User.get_by_id(HOUSE_ID))
    return True
