"""What the page of a case shows."""

from carmanana.blueprints.cases.steps import steps
from carmanana.cases import sla
from carmanana.cases.verbs import CLOSING, VERBS
from carmanana.cases.watching import watchers_of
from carmanana.contacting.lock import closed_to
from carmanana.core import clock
from carmanana.customers import contact
from carmanana.customers.people import several
from carmanana.records.activities import Activity
from carmanana.records.customer_cases import CaseCheck, CustomerCase
from carmanana.records.customers import Customer
from carmanana.records.people import User
from carmanana.web.current_user import me
from carmanana.web.forms.choices import named
from carmanana.web.panels.composer import empty_composer, first_kind, of_the_deal, ways
from carmanana.web.timeline import counts_of, offer_undo, timeline
from carmanana.web.timeline.history import LOGS, Log, Past
from carmanana.web.timeline.lines import lines

LOGS[CustomerCase] = Log(CustomerCase, Activity.case)


def case_context(case: CustomerCase) -> dict:
    by, past = me(), Past.of(case)
    entries = timeline(past)
    offer_undo(entries, VERBS.workflow.undoing.taken_by(case, by))
    actions, works = VERBS.actions(case, by), case.worked_by(by)
    whom = case.person or case.customer
    watchers, locked = watchers_of(case), closed_to(case.customer, by)
    return {
        "case": case,
        "customer": case.customer,
        "sees_customer": contact.visible_to(by).where(Customer.id == case.customer_id).exists(),
        "actions": [action for action in actions if action.verb.trigger not in CLOSING],
        "closing": [action for action in actions if action.verb.trigger in CLOSING],
        "verb_url": steps.url,
        "steps": past.steps,
        "entries": entries,
        "entry_counts": counts_of(entries),
        "lines": lines,
        "checks": list(CaseCheck.select().where(CaseCheck.case == case).order_by(CaseCheck.position, CaseCheck.id)),
        "watchers": watchers,
        "watches": by in watchers,
        "to_watch": named([person for person in User.working() if person not in watchers]) if works else [],
        "works": works,
        "minutes_left": sla.minutes_left(case, clock.now()) if case.clock_stands else None,
        "several": several(case.customer_id),
        "composer": empty_composer(locked, whom),
        **_answers(case, first_kind(locked, whom)),
    }


def _answers(case: CustomerCase, kind: str) -> dict:
    """What the composer asks of this case alone: which steps it answers, and which number was wrong."""
    asked = of_the_deal(case, ways(case.customer), kind)
    return {"answer_ways": asked.pop("several")} | asked
