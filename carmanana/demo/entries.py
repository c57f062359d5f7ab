"""Entries in the ledger that leave the deal's state alone: taking, claiming, logging, assessing, paying."""

from carmanana import clock
from carmanana.deals.models import NeedsAssessment, Payment, VehicleOption
from carmanana.deals.taking import NEEDS_FACTS
from carmanana.demo.page import Page


def take(page, step):
    page.welcome(step)
    facts = dict(step.given)
    stage = page.ledger.house.stages[page.life.taken_as, 1]
    page.take(step, facts.pop("owner"), stage, **facts)


def take_second(page, step):
    """Another order of the same client, on a page of its own that this life does not go on to tell."""
    other = Page(page.ledger, page.life)
    other.customer = page.customer
    other.take(step, step.by, page.ledger.house.stages[page.deal["order_type"], 1], **step.given["order"])
    other.add_task(step, step.given["step"]["subject"], step.given["step"]["due_at"], step.by.id)
    other.change()


AGAIN = ("currency", "value_cents", "vehicle_year", "vehicle_make", "vehicle_model", "source")


def start_again(page, step):
    old, needs = page.deal, page.needs
    page.open_steps, page.hold = [], None
    stage = page.ledger.house.stages[old["order_type"], 1]
    page.take(step, step.by, stage, previous_deal_id=old["id"], **{name: old[name] for name in AGAIN})
    if needs:
        _write_needs(page, *needs, version=1)


def claim(page, step):
    was = page.deal["owner_id"]
    page.give(step.by)
    page.change()
    due = clock.end_of_business_day(step.at, step.by.timezone)
    page.add_task(step, "First contact", due, step.by.id)
    page.tell("claim", step, data={"was_owner": was, "owner": step.by.id})


def log(page, step):
    given = step.given
    facts = {name: given[name] for name in ("direction", "outcome", "subject", "summary", "objections")}
    activity = page.activity(given["kind"], step, minutes=given.get("minutes"), **facts)
    page.change()
    if given.get("next_step"):
        assignee = step.by.id if page.unowned else page.deal["owner_id"]
        page.add_task(step, given["next_step"], given["due_at"], assignee, follows_id=activity["id"])
    page.tell("log", step, data={"activity": activity["id"], "kind": given["kind"], "outcome": given["outcome"]})


def note(page, step):
    activity = page.activity("note", step, summary=step.given["summary"])
    page.change()
    page.tell("log", step, data={"activity": activity["id"], "kind": "note", "outcome": None})


def add_step(page, step):
    page.add_task(step, step.given["subject"], step.given["due_at"], step.by.id if page.unowned else page.deal["owner_id"])
    page.change()


def finish(page, step):
    page.finish(page.next_step, step)


def assess(page, step):
    given = step.given
    page.needs = {name: given[name] for name in NEEDS_FACTS}, given["options"]
    _write_needs(page, *page.needs, version=2)
    page.change()
    page.tell("assess", step, data={"options": len(given["options"])})


def _write_needs(page, facts, options, version):
    needs = page.ledger.add(NeedsAssessment, deal_id=page.deal["id"], version=version, **facts)
    for position, option in enumerate(options):
        page.ledger.add(VehicleOption, needs_id=needs["id"], position=position, **option)


def correct(page, step):
    changed = {name: value for name, value in step.given.items() if page.deal[name] != value}
    if changed:
        page.change(**changed)
        page.tell("correct", step, data={"fields": sorted(changed)})


def shun(page, step):
    """The client is not to be contacted any more, on any channel."""
    changed = [channel for channel in ("no_calls", "no_emails", "no_texts") if not page.customer[channel]]
    page.customer.update({channel: True for channel in changed}, version=page.customer["version"] + 1)
    page.ledger.tell("correct", "customer", page.customer["id"], step, data={"fields": changed})


def reassign(page, step):
    owner, was = step.given["owner"], page.deal["owner_id"]
    page.give(owner)
    page.change()
    page.hand_over_steps(owner)
    page.note(step, f"Reassigned to {owner.name}", step.given["reason"])
    page.notify(owner, f"{page.customer['name']} is yours now", step)
    page.tell("reassign", step, data={"was_owner": was, "owner": owner.id})


def flag(page, step):
    page.change(flagged_at=step.moment, flagged_by_id=step.by.id)
    page.note(step, "Flagged for the manager", step.given["words"])
    page.notify_managers_of(step.by, f"{page.customer['name']} is flagged for you", step)
    page.tell("flag", step)
    page.flagged_by = step.by


def clear_flag(page, step):
    page.change(flagged_at=None, flagged_by_id=None)
    page.note(step, "Flag answered", step.given["words"])
    page.notify(page.flagged_by, f"{page.customer['name']}: your flag is answered", step)
    page.tell("clear_flag", step)


def pay(page, step):
    given = step.given
    take_payment(page, step, given["kind"], given["amount_cents"], given["is_deposit"], given["note"])
    page.change()
    told = {"kind": given["kind"], "cents": given["amount_cents"], "deposit": given["is_deposit"]}
    page.tell("payment", step, data=told)


def take_payment(page, step, kind, cents, is_deposit, note=""):
    day = clock.local(step.at, step.by.timezone).date()
    facts = {"kind": kind, "amount_cents": cents, "is_deposit": is_deposit, "note": note, "paid_on": day}
    page.ledger.add(Payment, deal_id=page.deal["id"], recorded_by_id=step.by.id, created_at=step.moment, **facts)
    if kind == "received" and is_deposit:
        page.beside["deposit_cents"] = cents
