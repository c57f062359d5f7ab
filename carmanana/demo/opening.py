"""How an order begins: it comes in, somebody takes it, and the client is reached (SOP 1, sections E, F and G)."""

from carmanana.activities.models import FOLLOW_UP, NO_VM, SENT, VM_LEFT
from carmanana.demo import stories
from carmanana.demo.life import Life


def arrive(life: Life, kind):
    owner = {"own": life.owner, "house": life.house.nobody}.get(kind)
    by = life.owner if kind == "own" else life.manager
    if life.rng.random() < (0.75 if kind == "own" else 0.4):
        life.value = life.car.price * 100
    life.do("take", by, owner=owner, source=_source(kind, life.rng), value_cents=life.value, **_order(life, life.car))
    if kind == "own":
        life.waiting = True
        life.do("add_step", subject="First contact", due_at=life.due())


def _source(kind, rng):
    return stories.wishes("source", rng) if kind == "own" else "Website form"


def _order(life, car):
    readiness = "organic" if life.organic else "live"
    return {"readiness": readiness, "vehicle_year": car.year, "vehicle_make": car.make, "vehicle_model": car.model}


def second(life: Life, kind):
    """The same client orders another car beside the first."""
    step = {"subject": "First talk about the second car", "due_at": life.due()}
    life.do("take_second", order=_order(life, life.rival) | {"source": "Returning client"}, step=step)


def claim(life: Life, kind):
    life.waiting = True
    life.do("claim")


def attempt(life: Life, kind):
    """Nobody answers: a voicemail where there is a mailbox, sometimes an email after it."""
    if not life.can_call:
        return life.contact("email", "email_after", SENT)
    if life.rng.random() < 0.25:
        life.contact("call", "no_voicemail", NO_VM)
    else:
        life.contact("call", "unanswered", VM_LEFT)
    if life.can_email and life.rng.random() < 0.4:
        life.contact("email", "email_after", SENT, after=life.rng.randint(3, 25))


retry = attempt


def reach(life: Life, kind):
    """The first real talk; it brings the card to Contacted."""
    speak(life, "reached", FOLLOW_UP)
    to_stage(life, 2, after=3)


def speak(life, scene, outcome, after=0, **given):
    """A connected call, or an email that was answered where the client can't be called."""
    if life.can_call:
        life.contact("call", scene, outcome, after, minutes=life.rng.randint(3, 24), **given)
    else:
        life.contact("email", scene, outcome, after, **given)


def to_stage(life, number, after=0):
    if life.stage != number:
        life.stage = number
        life.do("move", after=after, stage=number)
