"""What may be done to many deals at once. Each goes through the very door that a single one goes through, and what
refuses a single one refuses it here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from carmanana.bulk.groups import Marks, alike_by_owner_and_flag, alike_for_a_move, alike_for_a_step, alike_for_an_owner
from carmanana.bulk.selection import Seen
from carmanana.contacting import log
from carmanana.core.workflow import Attempt, Refusal, Refused
from carmanana.deals import owner_steps, ownership, rules
from carmanana.deals.lifecycle import order
from carmanana.records.deal_codes import ACTIVE
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.pipelines import Stage

NOT_YOURS = Refusal("not_yours", "Only its owner or a manager may do this.", rules.SOP_OWNER)


@dataclass(frozen=True)
class Kind:
    """`lacks` is what the form still misses; `why_not` all that refuses one deal; `do` takes the step, or is refused. `alike`
    gives deals that are let through or refused together the same mark, so that a preview asks once for all of them."""

    name: str
    may: Callable[[User], bool]
    lacks: Callable[[User, dict], list[Refusal]]
    why_not: Callable[[Deal, User, dict], list[Refusal]]
    do: Callable[[Deal, User, dict], object]
    alike: Callable[[list[Seen], dict], Marks]


# another owner


def _no_owner(by: User, given: dict) -> list[Refusal]:
    attempt = Attempt(None, by, "reassign", given)
    return [refusal for rule in (rules.new_owner_works_deals, rules.reason_given) if (refusal := rule(attempt))]


def _not_assigned(deal: Deal, by: User, given: dict) -> list[Refusal]:
    if not by.is_manager:
        return [NOT_YOURS]
    return order.refusals(deal, "reassign", by, **given)


def _assign(deal: Deal, by: User, given: dict) -> None:
    ownership.reassign(deal, given["owner"], given["reason"], by, deal.version)


# another stage


def _no_stage(by: User, given: dict) -> list[Refusal]:
    return [] if given.get("stage") else [Refusal("stage", "Choose a stage.", field="stage")]


def _not_moved(deal: Deal, by: User, given: dict) -> list[Refusal]:
    if here := _there_already(deal, given):
        return here
    if order.leads(deal, "move") and not order.permits(deal, "move", by):
        return [NOT_YOURS]
    return order.refusals(deal, "move", by, stage=given.get("stage"))


def _there_already(deal: Deal, given: dict) -> list[Refusal]:
    stage: Stage | None = given.get("stage")
    there = stage and deal.state == ACTIVE and deal.stage_id == stage.id
    return [Refusal("here", f"It is in {stage.name} already.")] if there else []


def _move(deal: Deal, by: User, given: dict) -> None:
    _refuse(_there_already(deal, given), deal)
    order.fire(deal, "move", by, deal.version, stage=given["stage"])


# a next step


def _no_step(by: User, given: dict) -> list[Refusal]:
    return log.step_refusals(None, given.get("next_step") or "", given.get("due_at"), by)


def _no_step_for(deal: Deal, by: User, given: dict) -> list[Refusal]:
    if not log.may_log(deal, by):
        return [NOT_YOURS]
    return log.new_step_refusals(deal, given.get("next_step") or "", given.get("due_at"), by)


def _add_step(deal: Deal, by: User, given: dict) -> None:
    log.add_step(deal, by, given["next_step"], given["due_at"])


# a flag for the manager


def _no_words(by: User, given: dict) -> list[Refusal]:
    return (
        []
        if (given.get("reason") or "").strip()
        else [Refusal("reason", "Say what it is about, in words.", rules.SOP_OWNER, field="reason")]
    )


def _not_flagged(deal: Deal, by: User, given: dict) -> list[Refusal]:
    if not owner_steps.may_flag(deal, by):
        return [NOT_YOURS]
    return _flagged_already(deal)


def _flagged_already(deal: Deal) -> list[Refusal]:
    return (
        [Refusal("flagged", "It is flagged already, and waits for the manager.", rules.SOP_OWNER)]
        if deal.flagged_at
        else []
    )


def _flag(deal: Deal, by: User, given: dict) -> None:
    _refuse(_flagged_already(deal), deal)
    ownership.flag(deal, given["reason"], by)


def _refuse(refusals: list[Refusal], deal: Deal) -> None:
    if refusals:
        raise Refused(refusals, deal)


def works_deals(by: User) -> bool:
    return by.works_deals


KINDS = {
    kind.name: kind
    for kind in (
        Kind("assign", lambda by: by.is_manager, _no_owner, _not_assigned, _assign, alike_for_an_owner),
        Kind("move", works_deals, _no_stage, _not_moved, _move, alike_for_a_move),
        Kind("step", works_deals, _no_step, _no_step_for, _add_step, alike_for_a_step),
        Kind("flag", works_deals, _no_words, _not_flagged, _flag, alike_by_owner_and_flag),
    )
}


# what a step is taken with, as it is kept for the worker

RECORDS = {"stage": Stage, "owner": User}


def kept(given: dict) -> dict:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value.id if name in RECORDS else value
        for name, value in given.items()
    }


def recalled(kept: dict) -> dict:
    given = {name: RECORDS[name].get_by_id(value) if name in RECORDS else value for name, value in kept.items()}
    return given | ({"due_at": datetime.fromisoformat(given["due_at"])} if "due_at" in given else {})
