"""What the steps of a deal ask for, show and say: fields, checks, words."""

from datetime import datetime

from carmanana.contacting import next_steps
from carmanana.core import clock, locales
from carmanana.core.fields import MOMENT, RECORD, WORDS, Field
from carmanana.core.verbs import Check
from carmanana.core.workflow import Attempt, Refusal
from carmanana.deals import rules
from carmanana.records.deal_codes import ACTIVE, ON_HOLD
from carmanana.records.deals import Deal
from carmanana.records.leads import Lead
from carmanana.records.people import User
from carmanana.records.pipelines import Stage, all_stages

# fields


def stages_here(deal: Deal, by: User) -> list[tuple[str, str]]:
    return [(str(stage.id), stage.name) for stage in all_stages() if stage.pipeline_id == deal.pipeline_id]


def stages_of_these(deals: list, by: User) -> list[tuple[str, str]]:
    """Of the pipelines that several deals are in; where these are several, with the pipeline's name."""
    pipelines = {deal.pipeline_id for deal in deals}
    stages = [stage for stage in all_stages() if stage.pipeline_id in pipelines]
    named = (f"{stage.pipeline.name} – {stage.name}" if len(pipelines) > 1 else stage.name for stage in stages)
    return [("", "Choose…"), *((str(stage.id), name) for stage, name in zip(stages, named, strict=True))]


def stages_of_others(deal: Deal, by: User) -> list[tuple[str, str]]:
    other = [stage for stage in all_stages() if stage.pipeline_id != deal.pipeline_id]
    return [("", "Choose…")] + [(str(stage.id), f"{stage.pipeline.name} – {stage.name}") for stage in other]


def reason(placeholder: str, label: str = "Reason, in words") -> Field:
    return Field("reason", label, WORDS, most=2000, placeholder=placeholder, required=True)


def next_step(placeholder: str) -> tuple[Field, Field]:
    return (
        Field("next_step", "Next step", placeholder=placeholder, required=True),
        Field("due_at", "Due", MOMENT, chips="due"),
    )


BACK_TO = Field("stage", "Back to", RECORD, choices=stages_here, model=Stage, start=lambda deal, by: str(deal.stage_id))


def elsewhere(deal: Deal, by: User) -> bool:
    """The page has a place of its own for it."""
    return False


# checks and what only many at once are refused for


def contact(attempt: Attempt) -> str:
    return rules.contact_evidence(attempt.record, attempt.at)


HOLDING = (
    Check("The order is organic", rules.is_organic, lambda attempt: "live orders are worked or closed"),
    Check("You reached out to the customer", rules.contact_attempted, contact, mends=("no_call", "no_email")),
)


def stage_chosen(attempt: Attempt):
    return None if attempt.given.get("stage") else Refusal("stage", "Choose a stage.", field="stage")


def elsewhere_now(attempt: Attempt):
    stage, deal = attempt.given.get("stage"), attempt.record
    if stage and deal.state == ACTIVE and deal.stage_id == stage.id:
        return Refusal("here", f"It is in {stage.name} already.")


# words


def claimed(record: Deal | Lead) -> str:
    """The same however often it is asked for, until the first contact is made."""
    if due := next_steps.first_contact_due(record):
        return f"{record.customer.name} is yours. First contact is due {_by_when(due, record.owner)}"
    return f"{record.customer.name} is yours already"


def is_theirs(record: Deal | Lead, by: User) -> bool:
    return record.owner_id == by.id


def _by_when(due: datetime, owner: User) -> str:
    """today by 18:00, or the weekday where that is the next business day."""
    there = clock.local(due, owner.timezone)
    day = "today" if there.date() == clock.today(owner.timezone) else f"{there:%A}"
    return f"{day} by {locales.hour(there, owner.locale)}"


def live_means(deal: Deal) -> str:
    back = f"; it goes back to {deal.stage.name}" if deal.state == ON_HOLD else ""
    return f"A live order means that the customer is ready to move. It is worked actively and never sits on hold{back}."


def signed_by_mistake(deal: Deal) -> str:
    signed = f"{deal.agreement_on:%-d %b %Y}" if deal.agreement_on else "this order"
    return f"The agreement of {signed} was entered by mistake. The owner hears of it."
