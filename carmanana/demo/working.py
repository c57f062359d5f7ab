"""How an order is worked: what the client wants, options, talks, and what happens meanwhile."""

from carmanana.activities.models import FOLLOW_UP, NEEDS_DONE, SENT
from carmanana.demo import cars, stories
from carmanana.demo.life import Life
from carmanana.demo.opening import speak, to_stage


def assess(life: Life, kind):
    speak(life, "assessed", NEEDS_DONE)
    life.do("assess", after=6, options=_options(life), **_circumstances(life))
    to_stage(life, 3, after=8)


def _options(life):
    """Several vehicles: the one they dream of, its rival, at times a third."""
    wanted = [life.car, life.rival]
    if life.rng.random() < 0.4:
        wanted.append(cars.like(life.rival, life.order_type, life.hours.today.year, life.rng))
    return [_option(life, car, first=car is life.car) for car in wanted]


def _option(life, car, first):
    return {
        "brand": car.make,
        "model": car.short,
        "year_from": car.year if not car.miles else car.year - life.rng.randint(0, 2),
        "year_to": car.year + (1 if car.miles else 0),
        "most_miles": car.miles * 13 // 100_000 * 10_000 + 10_000 if car.miles else None,
        "colours": life.colour if first else ", ".join(life.rng.sample(cars.COLOURS, 2)),
        "special": stories.wishes("special", life.rng),
    }


def _circumstances(life):
    low = int(life.car.price * 0.9) // 1000 * 1000_00
    shared = life.rng.random() < 0.7
    return {
        "timeline": life.timeline,
        "location": life.person.town,
        "budget_from_cents": low if shared else None,
        "budget_to_cents": low + 6_000_00 if shared else None,
        "matters_most": life.rng.choice(("price", "spec", "delivery", "condition", "condition", "")),
        "mission": stories.wishes("mission", life.rng),
    }


def offer(life: Life, kind):
    """Options go out by email, or by text where they asked for no emails."""
    life.contact("email" if life.can_email else "text", "options_sent", SENT)
    if life.value is None:
        life.value = life.car.price * 100
        life.do("correct", after=2, value_cents=life.value)
    to_stage(life, 4, after=4)


def discuss(life: Life, kind):
    speak(life, "discussed", FOLLOW_UP)


def decide(life: Life, kind):
    speak(life, "decision", FOLLOW_UP)
    to_stage(life, 5, after=5)


def waver(life: Life, kind):
    speak(life, "decision", FOLLOW_UP)


# meanwhile


def call_in(life: Life, kind):
    if not life.person.phones:
        return email_in(life, kind)
    life.contact("call", "call_in", minutes=life.rng.randint(1, 9), step=not life.forgotten)


def email_in(life: Life, kind):
    life.contact("email" if life.person.emails else "text", "email_in", step=False)
    if life.plot.fate.still_open and not life.forgotten:
        life.waiting = True
        life.do("add_step", after=2, subject="Answer the question", due_at=life.due(2))


def text_in(life: Life, kind):
    """In the client's own language, whatever its script."""
    if not life.person.phones:
        return email_in(life, kind)
    said = life.teller.own_words(life.person.language)
    life.contact("text", None, talk=stories.Talk(said=said, next="Answer the text"))


def text_out(life: Life, kind):
    if life.can_text:
        life.contact("text", "text_out", SENT)


def note(life: Life, kind):
    life.do("note", summary=life.teller.talk("note").said)
