"""What the page of a deal shows."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, lru_cache, partial

from flask import g, render_template, request
from markupsafe import Markup

from carmanana import clock, locales
from carmanana.activities import rules as contact_rules
from carmanana.activities.log import may_log
from carmanana.activities.models import OUTCOMES, OUTCOMES_OF
from carmanana.cancellations import lock
from carmanana.cancellations.hours import business_day_from, days_off, open_hours
from carmanana.cancellations.requesting import not_delivered
from carmanana.customers.models import CustomerEmail, CustomerPhone
from carmanana.deals import rules, taking, undoing
from carmanana.deals.lifecycle import order
from carmanana.deals.models import ACTIVE, ON_HOLD, WON, Deal, Payment, Stage
from carmanana.deals.ownership import may_flag
from carmanana.deals.stage_times import stage_times
from carmanana.mail import drafts
from carmanana.mail.models import every_letter
from carmanana.people.models import User
from carmanana.prepared import Prepared, prepared
from carmanana.workflow import Refusal, Remedy

from .deal_forms import ContactForm
from .filters import locale, zone
from .lines import lines
from .past import Past
from .review_panel import review_context
from .signed import me
from .timeline import counts_of, offer_undo, timeline
from .trail import trail_of


@dataclass(frozen=True)
class Action:
    """A button for a trigger; refused ones are shown with the reason and the way to mend it."""

    name: str
    label: str
    mark: str = ""
    look: str = ""
    refusal: Refusal | None = None

    @property
    def remedy(self) -> Remedy | None:
        """The first way to mend it; a contact is logged in the composer of the same page."""
        return next((remedy for remedy in self.refusal.remedies if remedy.endpoint != "activities.new"), None)


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
    by, past, review = me(), Past.of(deal), review_context(deal, me())
    stages = past.stages
    return {
        "deal": deal,
        "trail": trail_of(deal),
        "stages": stages,
        "stage_times": stage_times(stages, past.stays),
        "passed": [stage.id for stage in stages if stage.position < deal.stage.position],
        "actions": actions(deal, by),
        "next_stage": next_stage(deal, stages, by),
        "steps": past.steps,
        "composer": empty_composer(review["closed_to_me"]),
        "may_log": may_log(deal, by),
        "may_work": taking.may_work(deal, by),
        "may_flag": may_flag(deal, by),
        **_told(deal, past, by),
        **_money(deal),
        **_client(deal, by),
        **review,
        "needs": deal.needs,
        "hold": deal.hold if deal.state == ON_HOLD else None,
        "people": past.involved,
        "person_of": past.people.get,
        "successors": _deals_after(by.sight)(deal.id, by.id),
    }


def _told(deal: Deal, past: Past, by: User) -> dict:
    """The timeline with its files and letters."""
    entries, letters = timeline(past), every_letter(deal.id)
    offer_undo(entries, undoing.taken_by(deal, by))
    return {
        "entries": entries,
        "lines": lines,
        "entry_counts": counts_of(entries),
        "letters": {letter.activity_id: letter for letter in letters if not letter.draft},
        "drafts": drafts.theirs(letters, by),
        "may_handle": partial(drafts.may_handle, by=by),
        "files": past.files[::-1],
    }


def _money(deal: Deal) -> dict:
    payments = _payments(deal.id)
    return {
        "payments": payments,
        "deposit_cents": sum(payment.amount_cents for payment in payments if payment.kind == "received" and payment.is_deposit),
        "balance": taking.balance_of(payments),
    }


def _client(deal: Deal, by: User) -> dict:
    return {
        "phones": _phones(deal.customer_id),
        "emails": _emails(deal.customer_id),
        "local_time": contact_rules.local_time(deal.customer),
        "others": _other_deals(by.sight)(deal.id, deal.customer_id, by.id),
    }


@prepared
def _payments(deal_id):
    return Payment.select().where(Payment.deal == deal_id).order_by(Payment.paid_on, Payment.id)


@prepared
def _phones(customer_id):
    return CustomerPhone.select().where(CustomerPhone.customer == customer_id).order_by(CustomerPhone.position)


@prepared
def _emails(customer_id):
    return CustomerEmail.select().where(CustomerEmail.customer == customer_id).order_by(CustomerEmail.position)


@cache
def _deals_after(sight: str) -> Prepared:
    return prepared(lambda deal_id, user: Deal.select(Deal.id).where(Deal.previous_deal == deal_id, Deal.within(sight, user)))


@cache
def _other_deals(sight: str) -> Prepared:
    @prepared
    def others(deal_id, customer_id, user):
        theirs = Deal.select(Deal, Stage).join(Stage).where(Deal.customer == customer_id, Deal.id != deal_id)
        return theirs.where(Deal.within(sight, user)).limit(10)

    return others


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
    """What the form of a contact offers. Under the lock that is what the client says to us."""
    return {"outcomes": outcome_chips(), "locked": lock.SENTENCE if lock.closed_to(deal.customer, me()) else ""}


def empty_composer(locked: bool) -> Markup:
    """The fields as every deal's page begins with them."""
    return _drawn_composer(request.script_root, lock.SENTENCE if locked else "", tuple(due_chips()))


@lru_cache(64)
def _drawn_composer(prefix: str, locked: str, due: tuple) -> Markup:
    form = ContactForm(None, data={"direction": "in" if locked else "out"}, empty=True)
    given = {"form": form, "outcomes": outcome_chips(), "locked": locked, "pre": "page-", "due_chips": lambda: due}
    return Markup(render_template("activities/_composer.html", **given))


def outcome_chips() -> list[tuple[str, str, str]]:
    """Code, words, and the kinds of contact that may end so."""
    return [(code, words, " ".join(kind for kind, codes in OUTCOMES_OF.items() if code in codes)) for code, words in OUTCOMES.items()]


def due_chips() -> list[tuple[str, str]]:
    """Words and the value that goes into the field: today, the next business day, Friday, in 2 weeks."""
    here = clock.local(clock.now(), zone())
    later = max(here + timedelta(hours=2), here.replace(hour=16, minute=0))
    friday = here + timedelta(days=(4 - here.weekday()) % 7 or 7)
    days = [open_day_from(at.date()) for at in (here + timedelta(days=1), friday, here + timedelta(days=14))]
    names = [day_word(days[0], here.date()), day_word(days[1], here.date()), "In 2 weeks"]
    open_today = later.date() == here.date() == open_day_from(here.date()) and here.hour < 20
    chips = {day: (name, f"{day}T10:00") for name, day in reversed(list(zip(names, days, strict=True)))}
    return ([("Today", _field(later))] if open_today else []) + [chips[day] for day in sorted(chips)]


def open_day_from(day: date) -> date:
    """The business day from that day on; what the calendar says is read once in a request."""
    if "opened" not in g:
        g.opened = open_hours(), days_off()
    return business_day_from(day, g.opened)


def day_word(day: date, today: date) -> str:
    """Tomorrow, Fri; further away the date, as another Friday than the next is meant."""
    ahead = (day - today).days
    return "Tomorrow" if ahead == 1 else f"{day:%a}" if ahead <= 7 else locales.short_day(day, locale())


def _field(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M}"


def day_chips() -> list[tuple[str, str]]:
    """For a follow-up day."""
    today = clock.today(zone())
    return [(name, open_day_from(today + timedelta(days=days)).isoformat()) for name, days in (("In 2 weeks", 14), ("In a month", 30), ("In 3 months", 91))]
