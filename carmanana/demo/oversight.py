"""What managers do: give, reopen, answer flags, and review cancellations (SOP 0; SOP 1, section E)."""

from datetime import timedelta

from carmanana import money
from carmanana.activities.models import FOLLOW_UP, SENT, VM_LEFT
from carmanana.demo.life import Life
from carmanana.demo.opening import speak
from carmanana.demo.stories import Talk

REVIEW_WITHIN = timedelta(hours=1)
OTHER_BOARD = {"used_vehicle": "special_sourcing", "new_vehicle": "used_vehicle", "special_sourcing": "used_vehicle"}


def reassign(life: Life, kind):
    """The deal goes to a colleague, who works it from now on."""
    _hand_over(life, "reassigned")


def inherit(life: Life, kind):
    """It was the work of somebody who is leaving."""
    _hand_over(life, "left")


def _hand_over(life, why):
    giver, receiver = life.owner, life.house.colleague_of(life.owner, life.rng)
    names = {"from": giver.first_name, "staff": receiver.first_name}
    life.do("reassign", life.manager, owner=receiver, reason=life.teller.word("manager", why, **names))
    life.belongs_to(receiver)


def flag(life: Life, kind):
    life.do("flag", words=life.teller.word("manager", "flagged"))


def answer(life: Life, kind):
    life.do("clear_flag", life.manager, words=life.teller.word("manager", "answered"))


def transfer(life: Life, kind):
    """To another board, where the needs are confirmed already."""
    life.order_type = OTHER_BOARD[life.order_type]
    life.stage = 3
    life.do("transfer", stage=3, order_type=life.order_type)


def reopen(life: Life, kind):
    life.do("reopen", life.manager, stage=life.stage, reason=life.teller.word("manager", "reopened"))


def unwin(life: Life, kind):
    life.do("reopen", life.manager, stage=life.stage, reason=life.teller.word("manager", "won_by_mistake"))
    life.waiting = True
    life.do("add_step", after=2, subject="Settle the delivery terms", due_at=life.due(2))


# cancellation


def cancel(life: Life, kind):
    """The client asks to cancel; the order goes to the manager and the owner stops negotiating (SOP 0, steps 1 to 4)."""
    said = life.teller.word("cancellation", "told")
    life.contact("call" if life.person.phones else "email", None, talk=Talk(said=said), step=False)
    life.waiting = True
    life.do("request_cancellation", after=12, **_request(life))


def _request(life):
    tell = life.teller.word
    life.why = tell("cancellation", "reason_won" if life.won else "reason")
    parts = [
        f"Reason: {life.why}",
        f"Order: {life.car.year} {life.car.make} {life.car.model}",
        f"Earlier issues: {tell('cancellation', 'issues')}",
        f"Tone: {tell('cancellation', 'tone')}",
        f"Key phrases: {tell('cancellation', 'phrases')}",
    ]
    return {
        "subject": f"Cancellation Request – {life.person.name} – {life.day(12):%-d %b %Y}",
        "summary": "\n".join(parts),
        "task": tell("cancellation", "task"),
        "manager": life.manager,
        "due_at": life.at(12) + REVIEW_WITHIN,
    }


def review_attempt(life: Life, kind):
    if life.can_call:
        life.contact("call", "unanswered", VM_LEFT, by=life.manager)
    else:
        life.contact("email", "email_after", SENT, by=life.manager)


def review(life: Life, kind):
    """The manager's first contact with the client."""
    talk = Talk(said=life.teller.word("cancellation", "review", reason=life.why), next="Decide and document the outcome")
    speak(life, None, FOLLOW_UP, by=life.manager, talk=talk)


def finish_cancel(life: Life, kind):
    """The client is committed to cancelling; what happens to the money is documented."""
    boss = life.manager
    kept = life.deposit // 2 if kind == "kept" else 0
    for what, cents in (("refunded", life.deposit - kept), ("kept", kept)):
        if cents:
            life.do("pay", boss, kind=what, amount_cents=cents, is_deposit=True, note="As the agreement says")
    words = life.teller.word("cancellation", "outcome", money=_settled(life.deposit, kept))
    life.do("cancel_order", boss, after=5, summary=words)
    life.waiting = False


def _settled(paid, kept):
    if not paid:
        return "nothing had been paid"
    if not kept:
        return f"the deposit of {money.shown(paid)} was returned"
    return f"{money.shown(kept)} of the deposit kept, {money.shown(paid - kept)} returned"
