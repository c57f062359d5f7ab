"""What the page of a case shows."""

from carmanana.blueprints.cases.steps import steps
from carmanana.cases import sla
from carmanana.cases.verbs import CLOSING, VERBS
from carmanana.cases.watching import watchers_of
from carmanana.contacting.business_hours import days_closed, hours_open
from carmanana.contacting.lock import closed_to, losing_of
from carmanana.contacting.next_steps import open_steps_of_case
from carmanana.contacting.reached import emails_of, phones_of, ways
from carmanana.core import clock
from carmanana.core.query import prepared
from carmanana.core.together import ask_together
from carmanana.core.undo import step_to
from carmanana.customers import contact
from carmanana.customers.people import everybody, several
from carmanana.records.activities import Activity
from carmanana.records.customer_cases import CaseCheck, CustomerCase
from carmanana.web.addresses import address
from carmanana.web.current_user import me
from carmanana.web.forms.choices import named, working
from carmanana.web.panels.composer import empty_composer, first_kind, of_the_deal
from carmanana.web.timeline.history import LOGS, Log
from carmanana.web.timeline.story import asked_for, story

LOGS[CustomerCase] = Log(CustomerCase, Activity.case)


def case_context(case: CustomerCase) -> dict:
    by = me()
    read = ask_together(**_asked(case))
    whom, locked = case.person or case.customer, closed_to(case.customer, by)
    actions, works, watchers = VERBS.actions(case, by), case.worked_by(by), watchers_of(case)
    undo = VERBS.workflow.undoing.taken_by(case, by)
    return {
        "case": case,
        "customer": case.customer,
        "sees_customer": contact.seen_by(by, case.customer_id) is not None,
        "actions": [action for action in actions if action.verb.trigger not in CLOSING],
        "closing": [action for action in actions if action.verb.trigger in CLOSING],
        "verb_url": steps.url,
        "steps": open_steps_of_case(case.id),
        "story": story(case, address("cases.show", case_id=case.id), read, undo),
        "checks": _checks(case.id),
        "watchers": watchers,
        "watches": by in watchers,
        "to_watch": named([person for person in working(())() if person not in watchers]) if works else [],
        "works": works,
        "minutes_left": sla.minutes_left(case, clock.now()) if case.clock_stands else None,
        "several": several(case.customer_id),
        "composer": empty_composer(locked, whom),
        **_answers(case, first_kind(locked, whom)),
    }


def _asked(case: CustomerCase) -> dict[str, tuple]:
    """What the page is going to ask, all in one statement."""
    customer = case.customer_id
    return {
        **asked_for(case),
        "steps": (open_steps_of_case, case.id),
        "checks": (_checks, case.id),
        "watchers": (watchers_of, case.id),
        "people": (everybody, customer),
        "phones": (phones_of, customer),
        "emails": (emails_of, customer),
        "losing": (losing_of, customer),
        "undo": (step_to, "customer_case", case.id, case.version),
        "hours": (hours_open,),
        "closed": (days_closed,),
    }


@prepared
def _checks(case_id):
    return CaseCheck.select().where(CaseCheck.case == case_id).order_by(CaseCheck.position, CaseCheck.id)


def _answers(case: CustomerCase, kind: str) -> dict:
    """What the composer asks of this case alone: which steps it answers, and which number was wrong."""
    asked = of_the_deal(case, ways(case.customer), kind)
    return {"answer_ways": asked.pop("several")} | asked
