"""How an order is worked: what the customer wants, options, talks, and what happens meanwhile."""

from carmanana.demo import cars, wording
from carmanana.demo.deal_history import DealHistory
from carmanana.demo.opening import speak, to_stage
from carmanana.demo.working_hours import DAY
from carmanana.records.activities import FOLLOW_UP, NEEDS_DONE, SENT

DAYS = {
    "within 2 weeks": 14,
    "this month": 21,
    "before winter": 28,
    "within 6 weeks": 42,
    "in 2–3 months": 75,
    "by the end of the lease": 100,
    "in 4–6 months": 150,
}
SOME_DAY = 60


def assess(history: DealHistory, kind):
    speak(history, "assessed", NEEDS_DONE)
    history.do("assess", after=6, options=_options(history), **_circumstances(history))
    to_stage(history, 3, after=8)


def _options(history):
    """Several vehicles: the one they dream of, its rival, at times a third."""
    wanted = [history.car, history.rival]
    if history.rng.random() < 0.4:
        wanted.append(cars.like(history.rival, history.order_type, history.hours.today.year, history.rng))
    return [_option(history, car, first=car is history.car) for car in wanted]


def _option(history, car, first):
    return {
        "brand": car.make,
        "model": car.short,
        "year_from": car.year if not car.miles else car.year - history.rng.randint(0, 2),
        "year_to": car.year + (1 if car.miles else 0),
        "most_miles": car.miles * 13 // 100_000 * 10_000 + 10_000 if car.miles else None,
        "colours": history.colour if first else ", ".join(history.rng.sample(cars.COLOURS, 2)),
        "special": wording.wishes("special", history.rng),
    }


def _circumstances(history):
    low = int(history.car.price * 0.9) // 1000 * 1000_00
    shared = history.rng.random() < 0.7
    return {
        "timeline": history.timeline,
        "location": history.person.town,
        "budget_from_cents": low if shared else None,
        "budget_to_cents": low + 6_000_00 if shared else None,
        "matters_most": history.rng.choice(("price", "spec", "delivery", "condition", "condition", "")),
        "mission": wording.mission(history.person.gender, history.car.body, history.rng),
    }


def offer(history: DealHistory, kind):
    """Options go out by email, or by text where they asked for no emails."""
    history.contact("email" if history.can_email else "text", "options_sent", SENT)
    facts = {"expected_close_on": history.hours.day(history.minute + DAYS.get(history.timeline, SOME_DAY) * DAY)}
    if history.value is None:
        history.value = facts["value_cents"] = history.car.price * 100
    history.do("correct", after=2, **facts)
    to_stage(history, 4, after=4)


def discuss(history: DealHistory, kind):
    speak(history, "discussed", FOLLOW_UP)


def decide(history: DealHistory, kind):
    speak(history, "decision", FOLLOW_UP)
    to_stage(history, 5, after=5)


def waver(history: DealHistory, kind):
    speak(history, "decision", FOLLOW_UP)


# meanwhile


def call_in(history: DealHistory, kind):
    if not history.person.phones:
        return email_in(history, kind)
    history.contact("call", "call_in", minutes=history.rng.randint(1, 9), step=not history.forgotten)


def email_in(history: DealHistory, kind):
    history.contact("email" if history.person.emails else "text", "email_in", step=False)
    if history.schedule.scenario.still_open and not history.forgotten:
        history.waiting = True
        history.do("add_step", after=2, subject="Answer the question", due_at=history.due(2))


def text_in(history: DealHistory, kind):
    """In the customer's own language, whatever its script."""
    if not history.person.phones:
        return email_in(history, kind)
    said = history.teller.own_words(history.person.language)
    history.contact("text", None, talk=wording.Talk(said=said, next="Answer the text"))


def text_out(history: DealHistory, kind):
    if history.can_text:
        history.contact("text", "text_out", SENT)


def note(history: DealHistory, kind):
    history.do("note", summary=history.teller.talk("note").said)
