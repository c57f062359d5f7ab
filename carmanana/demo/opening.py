"""How an order begins: it comes in, somebody takes it, and the customer is reached (SOP 1, sections E, F and G)."""

from carmanana.demo import wording
from carmanana.demo.deal_history import DealHistory
from carmanana.records.activities import FOLLOW_UP, NO_VM, SENT, VM_LEFT


def arrive(history: DealHistory, kind):
    owner = {"own": history.owner, "house": history.dealership.nobody}.get(kind)
    by = history.owner if kind == "own" else history.manager
    if history.rng.random() < (0.75 if kind == "own" else 0.4):
        history.value = history.car.price * 100
    history.do(
        "take",
        by,
        owner=owner,
        source=_source(kind, history.rng),
        value_cents=history.value,
        **_order(history, history.car),
    )
    if kind == "own":
        history.waiting = True
        history.do("add_step", subject="First contact", due_at=history.due())


def _source(kind, rng):
    return wording.wishes("source", rng) if kind == "own" else "Website form"


def _order(history, car):
    readiness = "organic" if history.organic else "live"
    return {"readiness": readiness, "vehicle_year": car.year, "vehicle_make": car.make, "vehicle_model": car.model}


def second(history: DealHistory, kind):
    """The same customer orders another car beside the first."""
    step = {"subject": "First talk about the second car", "due_at": history.due()}
    history.do("take_second", order=_order(history, history.rival) | {"source": "Returning customer"}, step=step)


def claim(history: DealHistory, kind):
    history.waiting = True
    history.do("claim")


def attempt(history: DealHistory, kind):
    """Nobody answers: a voicemail where there is a mailbox, sometimes an email after it."""
    if not history.can_call:
        return history.contact("email", "email_after", SENT)
    if history.rng.random() < 0.25:
        history.contact("call", "no_voicemail", NO_VM)
    else:
        history.contact("call", "unanswered", VM_LEFT)
    if history.can_email and history.rng.random() < 0.4:
        history.contact("email", "email_after", SENT, after=history.rng.randint(3, 25))


retry = attempt


def reach(history: DealHistory, kind):
    """The first real talk; it brings the card to Contacted."""
    speak(history, "reached", FOLLOW_UP)
    to_stage(history, 2, after=3)


def speak(history, scene, outcome, after=0, **given):
    """A connected call, or an email that was answered where the customer can't be called."""
    if history.can_call:
        history.contact("call", scene, outcome, after, minutes=history.rng.randint(3, 24), **given)
    else:
        history.contact("email", scene, outcome, after, **given)


def to_stage(history, number, after=0):
    if history.stage != number:
        history.stage = number
        history.do("move", after=after, stage=number)
