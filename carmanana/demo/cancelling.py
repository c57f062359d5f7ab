"""How a customer asks to cancel, and how a manager reviews it (SOP 0)."""

from carmanana.cancellations.rules import NEXT_ATTEMPT_WITHIN
from carmanana.core import money
from carmanana.demo.deal_history import DealHistory
from carmanana.demo.retaining import ask_why
from carmanana.demo.wording import Talk
from carmanana.demo.working_hours import DAY
from carmanana.records.activities import NO_VM, SENT, VM_LEFT
from carmanana.records.cancellations import COMMITTED, FILES, NOT_REACHED
from carmanana.records.deal_codes import WON


def ask(history: DealHistory, theme):
    """The customer asks to cancel; the order goes to the manager and the owner stops negotiating (SOP 0, steps 1 to
    4)."""
    history.begin_case(theme)
    history.finish()
    history.do("request_cancellation", after=1, **_form(history))


def bring_back(history: DealHistory, theme):
    """After delivery it is a return, which a manager enters."""
    history.begin_case(theme)
    history.do(
        "request_cancellation",
        history.dealership.other_manager(history.reviewer),
        return_reason=history.teller.word("review", "returned"),
        **_form(history),
    )


def _form(history):
    parts = ("reason", "issues", "tone", "phrases")
    told = {"reason": history.told("stated")} | {part: history.told(part) for part in parts[1:]}
    return told | {
        "explained": True,
        "came_by": _way(history),
        "order_details": _order(history),
        "reviewer": history.reviewer,
    }


def _way(history):
    ways = ["phone"] * 5 + ["text", "in_person"] if history.person.phones else []
    return history.rng.choice(ways + ["email"] * 3 if history.person.emails else ways)


def _order(history):
    parts = [f"{history.car.year} {history.car.make} {history.car.model}"]
    parts += [money.shown(history.value)] if history.value else []
    parts += [f"agreed {history.agreement_on:%-d %b %Y}"] if history.agreement_on else []
    return " · ".join(parts)


def hand_review(history: DealHistory, kind):
    """Another manager takes the review."""
    other = history.dealership.other_manager(history.reviewer)
    history.do("assign_reviewer", history.reviewer, reviewer=other, reason=history.teller.word("review", "handed"))
    history.reviewer = other


def escalate(history: DealHistory, kind):
    """Nobody called in time; the sweep gives it to the next manager."""
    history.reviewer = history.dealership.other_manager(history.reviewer)
    history.do("escalate", history.dealership.nobody, reviewer=history.reviewer)


def begin(history: DealHistory, kind):
    history.do("begin_review", history.reviewer)


def ring(history: DealHistory, kind):
    _try(history, "call" if history.can_call else "email")


def write(history: DealHistory, kind):
    _try(history, "email" if history.can_email else "call")


ring_again = ring_next_day = ring


def _try(history, kind):
    written = kind == "email"
    history.written |= written
    history.do(
        "log_attempt",
        history.reviewer,
        kind=kind,
        outcome=SENT if written else history.rng.choice((VM_LEFT, VM_LEFT, NO_VM)),
        subject=history.teller.word("review", "subject") if written else "",
        summary=history.teller.word("review", "email" if written else "attempt"),
        next_attempt_at=history.due(within=NEXT_ATTEMPT_WITHIN),
    )


def give_up(history: DealHistory, kind):
    """Three attempts on two days, and nobody answered."""
    history.unreached = True
    history.do(
        "conclude_unreachable",
        history.reviewer,
        files_read=frozenset(FILES),
        reason=history.teller.word("review", "unreachable"),
    )


def meet(history: DealHistory, kind):
    """The manager's first contact: a call, or the customer's answer to the email where they may not be called."""
    how = "call" if history.can_call else "reply"
    if how == "reply" and not history.written:
        write(history, kind)
    elif how == "call" and history.rng.random() < 0.2:
        how = "call_in"
    minutes = None if how == "reply" else history.rng.randint(6, 35)
    history.do(
        "log_first_contact",
        history.reviewer,
        after=4,
        how=how,
        minutes=minutes,
        files_read=frozenset(FILES),
        **_learned(history),
    )
    if kind == "recorded":
        history.do("record", history.reviewer, after=5)
    if kind == "saved" or history.rng.random() < 0.5:
        ask_why(history, history.reviewer)


meet_later = meet


def _learned(history):
    told = {"situation": history.told("situation"), "expectations": history.told("expectations")}
    return told | {"main_reason": history.theme, "real_reason": history.told(history.diagnosis)}


def direct(history: DealHistory, kind):
    """The owner may contact the customer again, for one thing."""
    until = history.hours.on(history.hours.day(history.rng.randint(1, 3) * DAY), 18)
    history.do(
        "direct", history.reviewer, user=history.owner, until=until, words=history.teller.word("review", "direct")
    )


def directed(history: DealHistory, kind):
    talk = Talk(
        said=history.teller.word("review", "directed"),
        subject=f"Papers for your {history.car.spoken}",
        next="Tell the manager what came",
    )
    if history.can_call:
        history.contact("call", None, "connected_follow_up", talk=talk, minutes=history.rng.randint(2, 6))
    else:
        history.contact("email", None, SENT, talk=talk)


# how it ends


def approve(history: DealHistory, kind):
    """The customer is committed to cancelling; what becomes of the money is documented, and every call and email."""
    history.do("explain", history.reviewer, reason=history.teller.word("review", "gap"))
    sums = dict(zip(("refunded_cents", "kept_cents", "pending_cents"), _settled(history.deposit, kind), strict=True))
    decision = history.told("decision")
    ground = NOT_REACHED if history.unreached else COMMITTED
    history.do("cancel", history.reviewer, after=3, ground=ground, decision=decision, **sums)
    history.waiting = False


def _settled(paid, kind):
    half = paid // 2
    return {
        "": (paid, 0, 0),
        "kept": (half, paid - half, 0),
        "all_kept": (0, paid, 0),
        "pending": (0, half, paid - half),
    }[kind]


def take_back(history: DealHistory, because):
    """A mistake, a duplicate, or the customer's own words: the order goes back to where it stood."""
    history.do("withdraw", history.reviewer, because=because, reason=history.teller.word("review", because))
    if not (history.won or history.held):
        history.waiting = True
        history.do("add_step", after=4, subject=history.teller.word("review", "restart"), due_at=history.due(4))


def keep(history: DealHistory, kind):
    """The customer stays. `kind` is how our promises stand: open, late, kept in time, or none."""
    by = history.saver if history.accepted and history.rng.random() < 0.7 else history.reviewer
    given = {"commitments": _promises(history, kind)} if kind else {"no_commitments": True}
    if not history.won:
        given |= {"next_step": history.teller.word("review", "follow_up"), "due_at": history.due()}
    history.kept = f"{history.accepted}." if history.accepted else history.told("kept")
    history.do("retain", by, kept_by=history.kept, back_to=WON if history.won else history.stage, **given)
    history.waiting, history.held = not history.won, False


def _promises(history, kind):
    pool = history.promises()
    count = 1 if kind == "late" else history.rng.randint(1, len(pool))
    history.promised = count
    chosen = history.rng.sample(pool, count)
    return [
        {"kind": what, "words": words, "due_on": _promised_day(history, kind), "owner": history.owner}
        for what, words in chosen
    ]


def _promised_day(history, kind):
    if kind == "late":
        return max(history.day(), history.hours.day(-history.rng.randint(DAY, 3 * DAY)))
    fulfilled = next((event.minute for event in history.later if event.name == "fulfil"), 0)
    return history.hours.day(fulfilled + history.rng.randint(1, 6) * DAY)


def fulfil(history: DealHistory, kind):
    """What was promised is kept."""
    for number in range(history.promised):
        history.do("keep_promise", after=number * 3)


def recount(history: DealHistory, kind):
    """A true story for the next customer, with consent."""
    word = history.teller.word
    facts = {"why_small": history.stated[0].lower() + history.stated[1:], "kept": history.kept}
    told = {
        "title": word("story", "title"),
        "words": word("story", "words", **facts),
        "consent": word("story", "consent"),
    }
    history.do("tell_story", history.reviewer, consented_on=history.hours.local_day(history.at()), **told)
