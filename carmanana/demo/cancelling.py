"""How a client asks to cancel, and how a manager reviews it (SOP 0)."""

from carmanana import money
from carmanana.activities.models import NO_VM, SENT, VM_LEFT
from carmanana.cancellations.models import FILES
from carmanana.deals.models import WON
from carmanana.demo.hours import DAY
from carmanana.demo.life import Life
from carmanana.demo.saving import ask_why
from carmanana.demo.stories import Talk


def ask(life: Life, theme):
    """The client asks to cancel; the order goes to the manager and the owner stops negotiating (SOP 0, steps 1 to 4)."""
    life.begin_case(theme)
    life.finish()
    life.do("request_cancellation", after=1, **_form(life))


def bring_back(life: Life, theme):
    """After delivery it is a return, which a manager enters."""
    life.begin_case(theme)
    life.do("request_cancellation", life.reviewer, return_reason=life.teller.word("review", "returned"), **_form(life))


def _form(life):
    parts = ("reason", "issues", "tone", "phrases")
    told = {"reason": life.told("stated")} | {part: life.told(part) for part in parts[1:]}
    return told | {"came_by": _way(life), "order_details": _order(life), "reviewer": life.reviewer}


def _way(life):
    ways = ["phone"] * 5 + ["text", "in_person"] if life.person.phones else []
    return life.rng.choice(ways + ["email"] * 3 if life.person.emails else ways)


def _order(life):
    parts = [f"{life.car.year} {life.car.make} {life.car.model}"]
    parts += [money.shown(life.value)] if life.value else []
    parts += [f"agreed {life.agreement_on:%-d %b %Y}"] if life.agreement_on else []
    return " · ".join(parts)


def hand_review(life: Life, kind):
    """Another manager takes the review."""
    other = life.house.other_manager(life.reviewer)
    life.do("assign_reviewer", life.reviewer, reviewer=other, reason=life.teller.word("review", "handed"))
    life.reviewer = other


def escalate(life: Life, kind):
    """Nobody called in time; the sweep gives it to the next manager."""
    life.reviewer = life.house.other_manager(life.reviewer)
    life.do("escalate", life.house.nobody, reviewer=life.reviewer)


def begin(life: Life, kind):
    life.do("begin_review", life.reviewer)


def ring(life: Life, kind):
    _try(life, "call" if life.can_call else "email")


def write(life: Life, kind):
    _try(life, "email" if life.can_email else "call")


ring_again = ring_next_day = ring


def _try(life, kind):
    written = kind == "email"
    life.written |= written
    life.do(
        "log_attempt",
        life.reviewer,
        kind=kind,
        outcome=SENT if written else life.rng.choice((VM_LEFT, VM_LEFT, NO_VM)),
        subject=life.teller.word("review", "subject") if written else "",
        summary=life.teller.word("review", "email" if written else "attempt"),
        next_attempt_at=life.due(),
    )


def give_up(life: Life, kind):
    """Three attempts on two days, and nobody answered."""
    life.do("conclude_unreachable", life.reviewer, files_read=frozenset(FILES), reason=life.teller.word("review", "unreachable"))


def meet(life: Life, kind):
    """The manager's first contact: a call, or the client's answer to the email where they may not be called."""
    how = "call" if life.can_call else "reply"
    if how == "reply" and not life.written:
        write(life, kind)
    elif how == "call" and life.rng.random() < 0.2:
        how = "call_in"
    minutes = None if how == "reply" else life.rng.randint(6, 35)
    life.do("log_first_contact", life.reviewer, after=4, how=how, minutes=minutes, files_read=frozenset(FILES), **_learned(life))
    if kind == "recorded":
        life.do("record", life.reviewer, after=5)
    if kind == "saved" or life.rng.random() < 0.5:
        ask_why(life, life.reviewer)


meet_later = meet


def _learned(life):
    told = {"situation": life.told("situation"), "expectations": life.told("expectations")}
    return told | {"main_reason": life.theme, "real_reason": life.told(life.diagnosis)}


def direct(life: Life, kind):
    """The owner may contact the client again, for one thing."""
    until = life.hours.on(life.hours.day(life.rng.randint(1, 3) * DAY), 18)
    life.do("direct", life.reviewer, user=life.owner, until=until, words=life.teller.word("review", "direct"))


def directed(life: Life, kind):
    talk = Talk(said=life.teller.word("review", "directed"), subject=f"Papers for your {life.car.spoken}", next="Tell the manager what came")
    if life.can_call:
        life.contact("call", None, "connected_follow_up", talk=talk, minutes=life.rng.randint(2, 6))
    else:
        life.contact("email", None, SENT, talk=talk)


# how it ends


def approve(life: Life, kind):
    """The client is committed to cancelling; what becomes of the money is documented, and every call and email."""
    life.do("explain", life.reviewer, reason=life.teller.word("review", "gap"))
    sums = dict(zip(("refunded_cents", "kept_cents", "pending_cents"), _settled(life.deposit, kind), strict=True))
    decision = life.told("decision")
    life.do("cancel", life.reviewer, after=3, committed=True, saveable=False, decision=decision, **sums)
    life.waiting = False


def _settled(paid, kind):
    half = paid // 2
    return {"": (paid, 0, 0), "kept": (half, paid - half, 0), "all_kept": (0, paid, 0), "pending": (0, half, paid - half)}[kind]


def take_back(life: Life, because):
    """A mistake, a duplicate, or the client's own words: the order goes back to where it stood."""
    life.do("withdraw", life.reviewer, because=because, reason=life.teller.word("review", because))
    if not (life.won or life.held):
        life.waiting = True
        life.do("add_step", after=4, subject=life.teller.word("review", "restart"), due_at=life.due(4))


def keep(life: Life, kind):
    """The client stays. `kind` is how our promises stand: open, late, kept in time, or none."""
    by = life.saver if life.accepted and life.rng.random() < 0.7 else life.reviewer
    given = {"commitments": _promises(life, kind)} if kind else {"no_commitments": True}
    if not life.won:
        given |= {"next_step": life.teller.word("review", "follow_up"), "due_at": life.due()}
    life.kept = f"{life.accepted}." if life.accepted else life.told("kept")
    life.do("retain", by, kept_by=life.kept, back_to=WON if life.won else life.stage, **given)
    life.waiting, life.held = not life.won, False


def _promises(life, kind):
    pool = life.promises()
    count = 1 if kind == "late" else life.rng.randint(1, len(pool))
    life.promised = count
    chosen = life.rng.sample(pool, count)
    return [{"kind": what, "words": words, "due_on": _promised_day(life, kind), "owner": life.owner} for what, words in chosen]


def _promised_day(life, kind):
    if kind == "late":
        return max(life.day(), life.hours.day(-life.rng.randint(DAY, 3 * DAY)))
    fulfilled = next((beat.minute for beat in life.later if beat.name == "fulfil"), 0)
    return life.hours.day(fulfilled + life.rng.randint(1, 6) * DAY)


def fulfil(life: Life, kind):
    """What was promised is kept."""
    for number in range(life.promised):
        life.do("keep_promise", after=number * 3)


def recount(life: Life, kind):
    """A true story for the next client, with consent."""
    word = life.teller.word
    facts = {"why_small": life.stated[0].lower() + life.stated[1:], "kept": life.kept}
    told = {"title": word("story", "title"), "words": word("story", "words", **facts), "consent": word("story", "consent")}
    life.do("tell_story", life.reviewer, consented_on=life.hours.local_day(life.at()), **told)
