"""How an order is saved: the manager's plan, the offers put to the client, and the playbook beside (SOP 0, step 6; SOP 2)."""

from carmanana.activities.models import FOLLOW_UP, VM_LEFT
from carmanana.demo.hours import DAY
from carmanana.demo.life import Life

ENDINGS = ("stop", "run_out", "keep", "approve", "take_back")
SHOWING = ("show", "hear", "counter", "grant")
AMOUNTS = (300, 400, 500, 600, 750, 900, 1_200)


def plan(life: Life, kind):
    """`kind` is how the case stands now: due today, late, with an offer that has expired."""
    life.saver = life.house.saver_of(life.reviewer)
    life.shown, life.accepted = 0, ""
    offers = _offers(life)
    if kind == "expiring":
        offers[-1]["expires_at"] = life.hours.half_hour(-life.rng.randint(60, 200))
    life.terms = [offer["terms"] for offer in offers]
    told = {"instructions": _word(life, "instructions"), "limits": _word(life, "limits")}
    committed = life.rng.random() < 0.3
    life.do(
        "assign_retention", life.reviewer, committed=committed, saveable=True, offers=offers, assignee=life.saver, due_at=_due(life, kind), **told
    )


def _word(life, topic):
    return life.teller.word("retention", topic)


def _offers(life):
    """As many as are going to be shown, and perhaps more."""
    shown = sum(beat.name == "show" for beat in life.later)
    pool = life.case_book["offers"]
    count = max(shown, life.rng.choice((1, 2, 2, 3)), 2 if life.plot.fate.still_open else 1)
    return [_offer(life, offer) for offer in life.rng.sample(pool, min(count, len(pool)))]


def _offer(life, offer):
    amount = life.rng.choice(AMOUNTS)
    terms = life.teller.filled(offer["terms"], amount=f"${amount:,}")
    value = amount * 100 if "{amount}" in offer["terms"] else None
    return {"kind": offer["kind"], "terms": terms, "value_cents": value, "limits": offer["limits"], "expires_at": _expiry(life)}


def _expiry(life):
    """Offers outlive the talk about them, unless the story says that they run out first."""
    ends = next((beat for beat in life.later if beat.name in ENDINGS), None)
    if ends is None:
        return life.hours.on(life.hours.day(life.rng.randint(1, 6) * DAY), 18)
    if ends.name == "run_out":
        return life.hours.half_hour(ends.minute - 90)
    return life.hours.on(life.hours.day(ends.minute + life.rng.randint(1, 3) * DAY), 18)


def _due(life, kind):
    if kind == "today":
        at = life.hours.today_at(DAY - 30)
    elif kind == "late":
        at = life.hours.half_hour(-life.rng.randint(DAY, DAY * 4 // 3))
    else:
        ends = next((beat.minute for beat in life.later if beat.name in ENDINGS), life.rng.randint(1, 3) * DAY)
        at = life.hours.half_hour(ends + 60)
    return life.not_before(at)


def pass_on(life: Life, kind):
    """Another member of the team takes the case."""
    life.saver = life.house.other_saver(life.saver)
    life.do("hand_case_over", life.reviewer, assignee=life.saver)


def revise(life: Life, kind):
    offer = _offer(life, life.rng.choice(life.case_book["offers"]))
    life.terms.append(offer["terms"])
    life.do("revise_plan", life.reviewer, offers=[offer])


def show(life: Life, answer):
    """One approved offer, put to the client, in a call where they may be called."""
    number, life.shown = life.shown, life.shown + 1
    words = _word(life, answer)
    given = {"kind": "call", "minutes": life.rng.randint(4, 25)} if life.can_call else {"kind": "email"}
    given |= {"direction": "out", "outcome": FOLLOW_UP, "summary": _word(life, "shown")}
    life.do("present", life.saver, offer=number, answer=answer, words=words, **given)
    _settle(life, number, answer)
    _remind(life)


def hear(life: Life, answer):
    life.do("respond", life.saver, presentation=life.shown - 1, answer=answer, words=_word(life, answer))
    _settle(life, life.shown - 1, answer)


def _settle(life, number, answer):
    if answer == "accepted":
        life.accepted = life.terms[number]


def counter(life: Life, kind):
    """The client's own terms, for the manager to say."""
    life.do("counter", life.saver, terms=_word(life, "counter"))


def grant(life: Life, kind):
    if kind == "no":
        life.do("answer_counter", life.reviewer, approved=False, words=_word(life, "refused_terms"))
        return
    offer = {"kind": "price", "terms": "Half of what they asked for, off the price", "value_cents": 600_00, "limits": "Once", "expires_at": _expiry(life)}
    life.terms.append(offer["terms"])
    life.do("answer_counter", life.reviewer, approved=True, words=_word(life, "granted"), offers=[offer])


def call_case(life: Life, kind):
    """An attempt of the retention member's that nobody answered."""
    kind, outcome = ("call", VM_LEFT) if life.can_call else ("email", "sent")
    subject = "" if kind == "call" else f"Your {life.car.spoken}"
    life.do("log", life.saver, kind=kind, direction="out", outcome=outcome, subject=subject, objections="", summary=_word(life, "tried"), step=True)


call_case_again = call_case


def stop(life: Life, because):
    """The case goes back to the manager, who decides."""
    by = life.reviewer if because == "recalled" else life.saver
    response = _word(life, "ended" if because == "declined" else because)
    life.do("end_retention", by, because=because, response=response)


run_out = stop


# the playbook


def ask_why(life: Life, by):
    """Is it fear, or a legitimate reason?"""
    _answer(life, by, "empathise")
    _answer(life, by, "diagnose", life.diagnosis, diagnosis=life.diagnosis)
    if life.rng.random() < 0.4:
        _answer(life, by, "social_proof")


def _remind(life):
    if "diagnose" not in life.answered:
        _answer(life, life.saver, "diagnose", life.diagnosis, diagnosis=life.diagnosis)
    _answer(life, life.saver, "mission")
    if life.rng.random() < 0.7:
        _answer(life, life.saver, "future")
    if life.accepted:
        _answer(life, life.saver, "agreement")


def _answer(life, by, step, topic=None, **given):
    if step not in life.answered:
        life.answered.add(step)
        life.do("answer_playbook", by, after=6, step=step, words=life.teller.word("playbook", topic or step), **given)
