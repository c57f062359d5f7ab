"""How an order is saved: the manager's plan, the offers put to the customer, and the playbook beside (SOP 0, step 6;
SOP 2)."""

from carmanana.demo.deal_history import DealHistory
from carmanana.demo.working_hours import DAY, HALF_HOUR
from carmanana.records.activities import FOLLOW_UP, VM_LEFT

ENDINGS = ("stop", "run_out", "keep", "approve", "take_back")
AMOUNTS = (300, 400, 500, 600, 750, 900, 1_200)


def plan(history: DealHistory, kind):
    """`kind` is how the case stands now: due today, late, with an offer that has expired."""
    history.saver = history.dealership.saver_of(history.reviewer)
    history.shown, history.accepted = 0, ""
    offers = _offers(history)
    if kind == "expiring":
        offers[-1]["expires_at"] = history.hours.half_hour(-history.rng.randint(60, 200))
    history.terms = [offer["terms"] for offer in offers]
    told = {"instructions": _word(history, "instructions"), "limits": _word(history, "limits")}
    due_at = _due(history, kind, offers)
    history.do("assign_retention", history.reviewer, offers=offers, assignee=history.saver, due_at=due_at, **told)


def _word(history, topic):
    return history.teller.word("retention", topic)


def _offers(history):
    """As many as are going to be shown, and perhaps more."""
    shown = sum(event.name == "show" for event in history.later)
    pool = history.case_book["offers"]
    count = max(shown, history.rng.choice((1, 2, 2, 3)), 2 if history.schedule.scenario.still_open else 1)
    return [_offer(history, offer) for offer in history.rng.sample(pool, min(count, len(pool)))]


def _offer(history, offer):
    amount = history.rng.choice(AMOUNTS)
    terms = history.teller.filled(offer["terms"], amount=f"${amount:,}")
    value = amount * 100 if "{amount}" in offer["terms"] else None
    return {
        "kind": offer["kind"],
        "terms": terms,
        "value_cents": value,
        "limits": offer["limits"],
        "expires_at": _expiry(history),
    }


def _expiry(history):
    """Offers outlive the talk about them, unless the story says that they run out first."""
    ends = next((event for event in history.later if event.name in ENDINGS), None)
    if ends is None:
        return history.hours.on(history.hours.day(history.rng.randint(1, 6) * DAY), 18)
    if ends.name == "run_out":
        return history.hours.half_hour(ends.minute - 90)
    return history.hours.on(history.hours.day(ends.minute + history.rng.randint(1, 3) * DAY), 18)


def _due(history, kind, offers):
    """Before the last of the offers has expired."""
    return min(_wanted(history, kind), max(offer["expires_at"] for offer in offers) - HALF_HOUR)


def _wanted(history, kind):
    if kind == "today":
        at = history.hours.today_at(DAY - 30)
    elif kind == "late":
        at = history.hours.half_hour(-history.rng.randint(DAY, DAY * 4 // 3))
    else:
        ends = next((event.minute for event in history.later if event.name in ENDINGS), history.rng.randint(1, 3) * DAY)
        at = history.hours.half_hour(ends + 60)
    return history.not_before(at)


def pass_on(history: DealHistory, kind):
    """Another member of the team takes the case."""
    history.saver = history.dealership.other_saver(history.saver)
    history.do("hand_case_over", history.reviewer, assignee=history.saver)


def revise(history: DealHistory, kind):
    offer = _offer(history, history.rng.choice(history.case_book["offers"]))
    history.terms.append(offer["terms"])
    history.do("revise_plan", history.reviewer, offers=[offer])


def show(history: DealHistory, answer):
    """One approved offer, put to the customer, in a call where they may be called."""
    number, history.shown = history.shown, history.shown + 1
    words = _word(history, answer)
    given = {"kind": "call", "minutes": history.rng.randint(4, 25)} if history.can_call else {"kind": "email"}
    given |= {"direction": "out", "outcome": FOLLOW_UP, "summary": _word(history, "shown")}
    history.do("present", history.saver, offer=number, answer=answer, words=words, **given)
    _settle(history, number, answer)
    _remind(history)


def hear(history: DealHistory, answer):
    history.do("respond", history.saver, presentation=history.shown - 1, answer=answer, words=_word(history, answer))
    _settle(history, history.shown - 1, answer)


def _settle(history, number, answer):
    if answer == "accepted":
        history.accepted = history.terms[number]


def counter(history: DealHistory, kind):
    """The customer's own terms, for the manager to say."""
    history.do("counter", history.saver, terms=_word(history, "counter"))


def grant(history: DealHistory, kind):
    if kind == "no":
        history.do("answer_counter", history.reviewer, approved=False, words=_word(history, "refused_terms"))
        return
    offer = {
        "kind": "price",
        "terms": "Half of what they asked for, off the price",
        "value_cents": 600_00,
        "limits": "Once",
        "expires_at": _expiry(history),
    }
    history.terms.append(offer["terms"])
    history.do("answer_counter", history.reviewer, approved=True, words=_word(history, "granted"), offers=[offer])


def call_case(history: DealHistory, kind):
    """An attempt of the retention member's that nobody answered."""
    kind, outcome = ("call", VM_LEFT) if history.can_call else ("email", "sent")
    subject = "" if kind == "call" else f"Your {history.car.spoken}"
    history.do(
        "log",
        history.saver,
        kind=kind,
        direction="out",
        outcome=outcome,
        subject=subject,
        objections="",
        summary=_word(history, "tried"),
        step=True,
    )


call_case_again = call_case


def stop(history: DealHistory, because):
    """The case goes back to the manager, who decides."""
    by = history.reviewer if because == "recalled" else history.saver
    response = _word(history, "ended" if because == "declined" else because)
    history.do("end_retention", by, because=because, response=response)


run_out = stop


# the playbook


def ask_why(history: DealHistory, by):
    """Is it fear, or a legitimate reason?"""
    _answer(history, by, "empathise")
    _answer(history, by, "diagnose", history.diagnosis, diagnosis=history.diagnosis)
    if history.rng.random() < 0.4:
        _answer(history, by, "social_proof")


def _remind(history):
    if "diagnose" not in history.answered:
        _answer(history, history.saver, "diagnose", history.diagnosis, diagnosis=history.diagnosis)
    _answer(history, history.saver, "mission")
    if history.rng.random() < 0.7:
        _answer(history, history.saver, "future")
    if history.accepted:
        _answer(history, history.saver, "agreement")


def _answer(history, by, step, topic=None, **given):
    if step not in history.answered:
        history.answered.add(step)
        history.do(
            "answer_playbook", by, after=6, step=step, words=history.teller.word("playbook", topic or step), **given
        )
