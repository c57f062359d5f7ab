"""How an order ends: agreement, deposit, delivery; or lost, and why (SOP 1, section I)."""

from carmanana.activities.models import FOLLOW_UP, SENT
from carmanana.demo.hours import DAY
from carmanana.demo.life import Life
from carmanana.demo.opening import speak, to_stage
from carmanana.demo.stories import Talk

FROM_THE_CLIENT = ("bought_elsewhere", "price", "financing", "changed_mind", "do_not_contact")


def agree(life: Life, kind):
    life.contact("email" if life.can_email else "text", "agreed", SENT)
    life.agreement_on = life.hours.local_day(life.at(5))
    facts = {"agreement_on": life.agreement_on}
    if life.value is None:
        life.value = facts["value_cents"] = life.car.price * 100
    life.do("correct", after=5, **facts)
    to_stage(life, 6, after=7)


def deposit(life: Life, kind):
    life.deposit = _deposit(life)
    life.do("pay", kind="received", amount_cents=life.deposit, is_deposit=True, note="Deposit by bank transfer")


def _deposit(life):
    return max(500_00, life.value // 12 // 500_00 * 500_00)


def win(life: Life, kind):
    speak(life, "won", FOLLOW_UP, talk=_last_talk(life, "won"), due=life.hours.half_hour(life.minute + 120))
    life.do("win", after=4, agreement_on=life.agreement_on, **_terms(life, kind))
    life.waiting, life.won = False, True


def _terms(life, kind):
    if kind == "waived":
        return {"no_deposit_reason": life.teller.word("manager", "no_deposit")}
    if life.deposit:
        return {}
    life.deposit = _deposit(life)
    return {"deposit_cents": life.deposit}


def _last_talk(life, scene):
    """A talk on a deal that ends in a minute still names its next step."""
    return Talk(said=life.teller.talk(scene).said, next="Close the order")


def ship(life: Life, kind):
    if life.can_email:
        life.contact("email", "being_built" if life.order_type == "new_vehicle" else "on_its_way", SENT)
    life.finish()
    expected = next((beat.minute for beat in life.later if beat.name == "deliver"), life.minute + 25 * DAY)
    life.do("correct", after=3, eta_on=life.hours.day(expected - DAY // 2))


def pay(life: Life, kind):
    rest = life.value - life.deposit
    life.do("pay", kind="received", amount_cents=rest, is_deposit=False, note="Balance by bank transfer")


def deliver(life: Life, kind):
    if life.can_call:
        life.contact("call", "delivered", FOLLOW_UP, minutes=life.rng.randint(2, 9))
    life.finish()
    life.do("correct", after=6, delivered_on=life.hours.local_day(life.at(6)))


def lose(life: Life, kind):
    said = Talk(said=life.teller.said("loss", kind), next="Close the deal")
    if kind == "duplicate":
        life.do("note", summary=said.said)
    elif kind in FROM_THE_CLIENT:
        life.contact("call" if life.person.phones else "email", None, talk=said, step=False)
    else:
        _say_goodbye(life, said)
    if kind == "do_not_contact":
        life.do("shun", after=5)
    life.do("lose", after=8, loss_reason=kind, reason=life.teller.said("loss", kind, "words"))
    life.waiting = False


def _say_goodbye(life, said):
    due = life.hours.half_hour(life.minute + 90)
    if life.can_email:
        talk = Talk(said=said.said, subject=f"About your {life.car.spoken}", next=said.next)
        life.contact("email", None, SENT, talk=talk, due=due)
    else:
        life.contact("call", None, FOLLOW_UP, talk=said, due=due)


def again(life: Life, kind):
    """They come back months later: a new deal from the old one."""
    life.stage, life.organic = 1, False
    life.do("start_again")
    life.waiting = True
    life.do("add_step", subject="First contact", due_at=life.due())
