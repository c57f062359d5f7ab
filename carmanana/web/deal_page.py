"""What the page of a deal shows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from carmanana import clock
from carmanana.activities import rules as contact_rules
from carmanana.activities.log import may_log
from carmanana.activities.models import OUTCOMES, OUTCOMES_OF, Activity
from carmanana.audit import Event, history
from carmanana.cancellations import lock
from carmanana.cancellations.requesting import not_delivered
from carmanana.customers.models import CustomerEmail, CustomerPhone
from carmanana.deals import rules, taking, undoing
from carmanana.deals.lifecycle import order
from carmanana.deals.models import ACTIVE, ON_HOLD, WON, Deal, Payment, Stage
from carmanana.deals.ownership import may_flag
from carmanana.deals.stage_times import stage_times
from carmanana.mail import drafts
from carmanana.mail.models import letters_of
from carmanana.people.models import User
from carmanana.retention import promises
from carmanana.workflow import Refusal

from .deal_forms import ContactForm
from .filters import zone
from .review_panel import review_context
from .signed import me
from .timeline import files_of, offer_undo, timeline
from .trail import trail_of


@dataclass(frozen=True)
class Action:
    """A button for a trigger; refused ones are shown with the reason and the way to mend it."""

    name: str
    label: str
    mark: str = ""
    look: str = ""
    refusal: Refusal | None = None


LABELS = {
    "win": ("win", "Win…", "won", ""),
    "lose": ("loss", "Lose…", "lost", ""),
    "hold": ("hold", "Put on hold…", "hold", ""),
    "extend_hold": ("hold", "Extend the hold…", "hold", ""),
    "resume": ("resumption", "Take it up again…", "play", "primary"),
    "reopen": ("reopening", "Reopen…", "undo", ""),
    "request_cancellation": ("cancellation", "Request a cancellation…", "losing", ""),
}
OFFERED = {
    ACTIVE: ("win", "lose", "hold", "request_cancellation"),
    ON_HOLD: ("resume", "extend_hold", "lose", "request_cancellation"),
    WON: ("reopen", "request_cancellation"),
    "lost": ("reopen",),
}
# what no form of the step itself can mend
UNMENDABLE = {rules.is_owned, rules.has_owner, rules.is_organic, rules.no_agreement_and_no_deposit, rules.not_delivered, not_delivered}


def deal_context(deal: Deal) -> dict:
    by = me()
    stages = list(deal.pipeline.open_stages())
    events = list(history(deal))
    files = files_of(deal)
    entries, counts = timeline(deal, events, files)
    offer_undo(entries, undoing.taken_by(deal, by))
    payments = list(deal.payments.order_by(Payment.paid_on, Payment.id))
    return {
        "deal": deal,
        "trail": trail_of(deal),
        "stages": stages,
        "stage_times": stage_times(deal, stages, events),
        "passed": [stage.id for stage in stages if stage.position < deal.stage.position],
        "actions": actions(deal, by),
        "next_stage": next_stage(deal, stages, by),
        "steps": list(Activity.open_steps(deal)),
        "entries": entries,
        "entry_counts": counts,
        "composer": composer(deal),
        "may_log": may_log(deal, by),
        "may_work": taking.may_work(deal, by),
        "may_flag": may_flag(deal, by),
        "letters": letters_of(deal),
        "drafts": drafts.drafts_on(deal, by),
        "may_handle": partial(drafts.may_handle, by=by),
        **review_context(deal, by),
        "promises": promises.of_deal(deal),
        "needs": deal.needs,
        "payments": payments,
        "deposit_cents": sum(payment.amount_cents for payment in payments if payment.kind == "received" and payment.is_deposit),
        "balance": taking.balance_of(payments),
        "phones": list(deal.customer.phones.order_by(CustomerPhone.position)),
        "emails": list(deal.customer.emails.order_by(CustomerEmail.position)),
        "files": files[::-1],
        "people": people_of(deal),
        "local_time": contact_rules.local_time(deal.customer),
        "hold": deal.hold if deal.state == ON_HOLD else None,
        "successors": list(Deal.select().where(Deal.previous_deal == deal, Deal.visible(by))),
        "others": list(Deal.select(Deal, Stage).join(Stage).where(Deal.customer == deal.customer_id, Deal.id != deal.id, Deal.visible(by)).limit(10)),
    }


def actions(deal: Deal, by: User) -> list[Action]:
    """The state's steps; who may not take them does not see them."""
    return [_action(deal, trigger, by) for trigger in OFFERED.get(deal.state, ()) if order.permits(deal, trigger, by)]


def _action(deal: Deal, trigger: str, by: User) -> Action:
    refusal = order.first_of(UNMENDABLE, deal, trigger, by)
    return Action(*LABELS[trigger], refusal if refusal and not refusal.field else None)


def next_stage(deal: Deal, stages: list[Stage], by: User) -> Action | None:
    """The one step ahead: the next column, or winning after the last."""
    if deal.state != ACTIVE or not order.permits(deal, "move", by):
        return None
    ahead = [stage for stage in stages if stage.position > deal.stage.position]
    if not ahead:
        return None
    refusals = order.refusals(deal, "move", by, stage=ahead[0])
    return Action(f"s{ahead[0].id}", f"Move to {ahead[0].name}", "arrow-right", "primary", refusals[0] if refusals else None)


def composer(deal: Deal) -> dict:
    """The composer's form with its chips for outcomes and due dates. Under the lock it begins with what the client says to us."""
    locked = lock.SENTENCE if lock.closed_to(deal.customer, me()) else ""
    form = ContactForm(deal, data={"direction": "in" if locked else "out"}, empty=True)
    return {"form": form, "outcomes": outcome_chips(), "locked": locked}


def outcome_chips() -> list[tuple[str, str, str]]:
    """Code, words, and the kinds of contact that may end so."""
    return [(code, words, " ".join(kind for kind, codes in OUTCOMES_OF.items() if code in codes)) for code, words in OUTCOMES.items()]


def due_chips() -> list[tuple[str, str]]:
    """Words and the value that goes into the field: today, tomorrow, Friday, in 2 weeks."""
    here = clock.local(clock.now(), zone())
    later = max(here + timedelta(hours=2), here.replace(hour=16, minute=0))
    friday = here + timedelta(days=(4 - here.weekday()) % 7 or 7)
    days = [("Tomorrow", here + timedelta(days=1)), ("Fri", friday), ("In 2 weeks", here + timedelta(days=14))]
    chips = [("Today", later)] if later.date() == here.date() and here.hour < 20 else []
    return [(name, _field(at)) for name, at in chips + [(name, at.replace(hour=10, minute=0)) for name, at in days]]


def _field(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M}"


def day_chips() -> list[tuple[str, str]]:
    """For a follow-up day."""
    today = clock.today(zone())
    return [(name, (today + timedelta(days=days)).isoformat()) for name, days in (("In 2 weeks", 14), ("In a month", 30), ("In 3 months", 91))]


def people_of(deal: Deal) -> list[User]:
    """Who has worked on it, the owner first."""
    writers = Activity.select(Activity.author).where(Activity.deal == deal)
    actors = history(deal).select(Event.actor_id)
    people = User.select().where(User.id.in_(writers) | User.id.in_(actors))
    return sorted(people, key=lambda person: (person.id != deal.owner_id, person.name))
