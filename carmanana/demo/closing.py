"""How an order ends: agreement, deposit, delivery; or lost, and why (SOP 1, section I)."""

from carmanana.demo.deal_history import DealHistory
from carmanana.demo.opening import speak, to_stage
from carmanana.demo.wording import Talk
from carmanana.demo.working_hours import DAY
from carmanana.records.activities import FOLLOW_UP, SENT, VM_LEFT, WRONG

FROM_THE_CLIENT = ("bought_elsewhere", "price", "financing", "changed_mind", "do_not_contact")


def agree(history: DealHistory, kind):
    history.contact("email" if history.can_email else "text", "agreed", SENT)
    history.agreement_on = history.hours.local_day(history.at(5))
    facts = {"agreement_on": history.agreement_on}
    if history.value is None:
        history.value = facts["value_cents"] = history.car.price * 100
    history.do("correct", after=5, **facts)
    to_stage(history, 6, after=7)


def deposit(history: DealHistory, kind):
    history.deposit = _deposit(history)
    history.do("pay", kind="received", amount_cents=history.deposit, is_deposit=True, note="Deposit by bank transfer")


def _deposit(history):
    return max(500_00, history.value // 12 // 500_00 * 500_00)


def win(history: DealHistory, kind):
    speak(history, "won", FOLLOW_UP, talk=_last_talk(history, "won"), due=history.hours.half_hour(history.minute + 120))
    history.do("win", after=4, agreement_on=history.agreement_on, **_terms(history, kind))
    history.waiting, history.won = False, True


def _terms(history, kind):
    if kind == "waived":
        return {"no_deposit_reason": history.teller.word("manager", "no_deposit")}
    if history.deposit:
        return {}
    history.deposit = _deposit(history)
    return {"deposit_cents": history.deposit}


def _last_talk(history, scene):
    """A talk on a deal that ends in a minute still names its next step."""
    return Talk(said=history.teller.talk(scene).said, next="Close the order")


def ship(history: DealHistory, kind):
    if history.can_email:
        history.contact("email", "being_built" if history.order_type == "new_vehicle" else "on_its_way", SENT)
    history.finish()
    expected = next((event.minute for event in history.later if event.name == "deliver"), history.minute + 25 * DAY)
    if kind == "late":
        expected = history.minute // 2
    history.do("correct", after=3, eta_on=history.hours.day(expected - DAY // 2))


def pay(history: DealHistory, kind):
    rest = history.value - history.deposit
    history.do("pay", kind="received", amount_cents=rest, is_deposit=False, note="Balance by bank transfer")


def deliver(history: DealHistory, kind):
    if history.can_call:
        history.contact("call", "delivered", FOLLOW_UP, minutes=history.rng.randint(2, 9))
    history.finish()
    history.do("correct", after=6, delivered_on=history.hours.local_day(history.at(6)))


def lose(history: DealHistory, kind):
    if kind == "no_details":
        return _lose_for_want_of_details(history)
    said = Talk(said=history.teller.said("loss", kind), next="Close the deal")
    if kind == "duplicate":
        history.do("note", summary=said.said)
    elif kind in FROM_THE_CLIENT:
        history.contact("call" if history.person.phones else "email", None, talk=said, step=False)
    else:
        _say_goodbye(history, said, reached=kind != "no_response")
    if kind == "do_not_contact":
        history.do("close_channels", after=5)
    history.do("lose", after=8, loss_reason=kind, reason=history.teller.said("loss", kind, "words"))
    history.waiting = False


def _lose_for_want_of_details(history: DealHistory):
    """Each number and address turns out to be wrong, where we may try them at all."""
    if not (history.can_call and history.can_email):
        return lose(history, "vehicle")
    talk = Talk(said=history.teller.said("loss", "no_details"), next="Find another way to reach them")
    for kind, ways in (("call", history.person.phones), ("email", history.person.emails)):
        for _ in ways:
            history.contact(kind, None, WRONG, talk=talk, due=history.hours.half_hour(history.minute + 90))
    history.do("lose", after=8, loss_reason="no_details", reason=history.teller.said("loss", "no_details", "words"))
    history.waiting = False


def _say_goodbye(history, said, reached):
    due = history.hours.half_hour(history.minute + 90)
    if history.can_email:
        talk = Talk(said=said.said, subject=f"About your {history.car.spoken}", next=said.next)
        history.contact("email", None, SENT, talk=talk, due=due)
    else:
        history.contact("call", None, FOLLOW_UP if reached else VM_LEFT, talk=said, due=due)


def again(history: DealHistory, kind):
    """They come back months later: a new deal from the old one."""
    history.stage, history.organic = 1, False
    history.do("start_again")
    history.waiting = True
    history.do("add_step", subject="First contact", due_at=history.due())
