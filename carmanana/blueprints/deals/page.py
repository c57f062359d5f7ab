"""What the page of a deal shows."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import chain

from flask import render_template
from markupsafe import Markup

from carmanana.blueprints.deals.beside import asked_beside, beside, emails_of, payments_of, phones_of
from carmanana.blueprints.deals.review_panel import requests_of, review_context
from carmanana.blueprints.deals.steps import steps
from carmanana.cancellations.verbs import VERBS
from carmanana.contacting.business_hours import days_closed, hours_open
from carmanana.contacting.lock import losing_of
from carmanana.contacting.log import may_log
from carmanana.contacting.mail import drafts
from carmanana.contacting.next_steps import free_steps, open_steps
from carmanana.contacting.rules import local_time
from carmanana.core import clock
from carmanana.core.audit import history_of
from carmanana.core.together import ask_together
from carmanana.core.undo import UndoStep, step_to
from carmanana.core.verbs import Action
from carmanana.core.workflow import Refusal, Remedy
from carmanana.deals import deal_facts
from carmanana.deals.lifecycle import order
from carmanana.deals.owner_steps import may_flag
from carmanana.deals.stage_times import StageTime, stage_times, stays_of
from carmanana.deals.undoing import undoing
from carmanana.records.activities import Activity
from carmanana.records.deal_codes import ACTIVE, ON_HOLD
from carmanana.records.deals import Deal, standing_hold, standing_payments
from carmanana.records.mail import Letter, every_letter
from carmanana.records.people import User, away_on
from carmanana.records.pipelines import Stage
from carmanana.records.sellers import SOLD_WITHIN, owner_changes, requests_by, sold_it
from carmanana.web.addresses import address
from carmanana.web.current_user import me
from carmanana.web.filters import overdue_minutes
from carmanana.web.fragment_cache import LOCAL_TIME, for_this_browser, kept
from carmanana.web.panels.composer import empty_composer, first_kind, of_the_deal
from carmanana.web.timeline.history import LOGS, open_stages
from carmanana.web.timeline.story import asked_for, shown_filter, story


@dataclass(frozen=True)
class Ahead:
    """The next column, with why the deal may not go there yet."""

    name: str
    label: str
    refusal: Refusal | None = None

    @property
    def remedy(self) -> Remedy | None:
        """The first way to mend it; a contact is logged in the composer of the same page."""
        return next((remedy for remedy in self.refusal.remedies if remedy.endpoint != "activities.new"), None)


def body_of(deal: Deal) -> Markup:
    """The page below the way back. It is kept by all that it was read from and all that the hour tells; what a look of
    its own tells, a review, a letter or a step to undo, is drawn for that look."""
    by, at = me(), clock.now()
    read = ask_together(**_asked(deal, by, at))
    seen = Seen.of(deal, by, at)
    draw = lambda: render_template("deals/_body.html", **deal_context(deal, by, seen, read))  # noqa: E731
    places = {"local time": local_time(deal.customer, by)}
    if not read or seen.own:
        return for_this_browser(draw(), places)
    return kept("deal", read.values(), seen.key, draw, places)


@dataclass
class Seen:
    """What is found out about a deal at each look: what this person may do, and what the hour tells."""

    review: dict
    undo: UndoStep | None
    letters: list[Letter]
    steps: list[Activity]
    stages: list[Stage]
    times: list[StageTime]
    actions: list[Action]
    next_stage: Ahead | None
    composer: Markup
    rights: dict[str, bool]
    key: tuple

    @classmethod
    def of(cls, deal: Deal, by: User, at: datetime) -> "Seen":
        review, stages, steps = review_context(deal, by), open_stages(deal.pipeline_id), open_steps(deal.id)
        found = cls(
            review,
            undoing.taken_by(deal, by),
            every_letter(deal.id),
            steps,
            stages,
            stage_times(stages, stays_of(deal, history_of(deal))),
            VERBS.actions(deal, by),
            next_stage(deal, stages, by),
            empty_composer(review["closed_to_me"], deal.customer),
            _rights(deal, by, at),
            (),
        )
        found.key = (*found._by_the_hour(deal, at), *_of_records(deal), found._offered(), by.roles, shown_filter())
        return found

    @property
    def own(self) -> bool:
        return bool(self.undo or self.letters or self.review["under_review"] or self.review["case"])

    def _by_the_hour(self, deal: Deal, at: datetime) -> tuple:
        late = (step.due_at and overdue_minutes(step.due_at, at) for step in self.steps)
        return deal.days_in_stage, deal.aged, *(one.days for one in self.times), self.composer, *late

    def _offered(self) -> tuple:
        offered = ((action.verb.trigger, action.label, action.refusal) for action in self.actions)
        return self.next_stage, *offered, *self.rights.values()


def _of_records(deal: Deal) -> tuple:
    told = chain.from_iterable(one.__data__.values() for one in (deal, deal.customer, deal.pipeline, deal.stage))
    owner = deal.owner
    return (*told, *((owner.name, owner.email, owner.house) if owner else ()))


def _rights(deal: Deal, by: User, at: datetime) -> dict[str, bool]:
    return {
        "may_log": may_log(deal, by),
        "may_work": deal_facts.may_work(deal, by),
        "may_flag": may_flag(deal, by),
        "mends_payments": by.is_manager and bool(payments_of(deal.id)) and not sold_it(deal, by, at),
    }


def deal_context(deal: Deal, by: User, seen: Seen, read: dict[str, str]) -> dict:
    phones, emails = phones_of(deal.customer_id), emails_of(deal.customer_id)
    return {
        "deal": deal,
        "stages": seen.stages,
        "stage_times": seen.times,
        "passed": [stage.id for stage in seen.stages if stage.position < deal.stage.position],
        "actions": seen.actions,
        "verb_url": steps.url,
        "next_stage": seen.next_stage,
        "steps": seen.steps,
        "composer": seen.composer,
        **seen.rights,
        **seen.review,
        **_told(deal, by, seen, read),
        **of_the_deal(deal, [*phones, *emails], first_kind(seen.review["closed_to_me"], deal.customer)),
        **beside(deal, by),
        "phones": phones,
        "emails": emails,
        "local_time": deal.customer.timezone and LOCAL_TIME,
        "hold": deal.hold if deal.state == ON_HOLD else None,
        "person_of": {person.id: person for person in LOGS[Deal].people(deal.id)}.get,
    }


def _asked(deal: Deal, by: User, at: datetime) -> dict[str, tuple]:
    """What the page is going to ask, all in one statement."""
    id, owner = deal.id, deal.owner
    return {
        **asked_for(deal),
        **asked_beside(deal, by),
        "stages": (open_stages, deal.pipeline_id),
        "steps": (open_steps, id),
        "answerable": (free_steps, id),
        "letters": (every_letter, id),
        "losing": (losing_of, deal.customer_id),
        "requests": (requests_of, id),
        "hold": (standing_hold, id),
        "undo": (step_to, "deal", id, deal.version),
        "balance": (standing_payments, id),
        "owners": (owner_changes, id, at - SOLD_WITHIN),
        "requested": (requests_by, id, by.id, at - SOLD_WITHIN),
        "hours": (hours_open,),
        "closed": (days_closed,),
        **({"away": (away_on, owner.id, clock.today(owner.timezone))} if owner else {}),
    }


def _told(deal: Deal, by: User, seen: Seen, read: dict[str, str]) -> dict:
    """The timeline with its letters."""
    logged = {letter.activity_id: letter for letter in seen.letters if not letter.draft}
    may_handle = partial(drafts.may_handle, by=by)
    return {
        "story": story(deal, address("deals.show", deal_id=deal.id), read, seen.undo, logged, may_handle),
        "drafts": drafts.theirs(seen.letters, by),
    }


def next_stage(deal: Deal, stages: list[Stage], by: User) -> Ahead | None:
    """The one step ahead: the next column, or winning after the last."""
    if deal.state != ACTIVE or not order.permits(deal, "move", by):
        return None
    ahead = [stage for stage in stages if stage.position > deal.stage.position]
    if not ahead:
        return None
    refusals = order.refusals(deal, "move", by, stage=ahead[0])
    return Ahead(f"s{ahead[0].id}", f"Move to {ahead[0].name}", next(iter(refusals), None))
