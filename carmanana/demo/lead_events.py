"""How an inquiry goes: it comes in, is answered, understood, and becomes a deal or is closed (SOP 1, sections F and
G)."""

from carmanana.demo import working
from carmanana.demo.lead_history import MATTERS, LeadHistory
from carmanana.demo.opening import attempt, claim, retry, speak  # noqa: F401
from carmanana.demo.waiting import hold  # noqa: F401
from carmanana.demo.wording import Talk
from carmanana.records.activities import FOLLOW_UP, NEEDS_DONE, SENT, VM_LEFT, WRONG
from carmanana.records.lead_codes import (
    DO_NOT_CONTACT,
    DUPLICATE,
    NO_DETAILS,
    NO_RESPONSE,
    NOT_INTERESTED,
    PRICE_SHOPPER,
)

ASKED_BY = {"email": "email", "text": "text", "phone": "call", "walk_in": "in_person", "referral": "call"}
AGREES = 0.6  # of those who ask in a form


def inquire(history: LeadHistory, kind):
    """By itself, from a form, a marketplace or a mail; nobody's until somebody claims it."""
    history.do(
        "inquire",
        source=kind,
        asked_by=ASKED_BY.get(kind, "form"),
        message=history.message(),
        priced=history.shops_prices,
        agrees=kind in ("website", "marketplace") and history.rng.random() < AGREES,
    )


def inquire_price(history: LeadHistory, kind):
    history.kind = PRICE_SHOPPER
    inquire(history, kind)


def enter(history: LeadHistory, kind):
    """Somebody here writes it down, and it is theirs."""
    asked_by = ASKED_BY.get(kind, "other")
    history.do("enter", source=kind, asked_by=asked_by, message=history.teller.word("lead", "entered"))
    history.waiting = True
    history.do("add_step", after=2, subject="First contact", due_at=history.due(2))


def quick(history: LeadHistory, kind):
    """The first answer: a call that nobody takes, or an email where there is no number."""
    if history.can_call:
        history.contact("call", "unanswered", VM_LEFT)
    else:
        history.contact("email", "email_after", SENT)


soon = late = quick
take_up = claim


def reach(history: LeadHistory, kind):
    if not history.shops_prices:
        return speak(history, "reached", FOLLOW_UP)
    words = {"said": history.teller.word("lead", "price_asked"), "next": history.teller.word("lead", "price_next")}
    speak(history, None, FOLLOW_UP, talk=Talk(**words))


def reply(history: LeadHistory, kind):
    """They write in their own words."""
    said = history.teller.own_words(history.person.language)
    history.contact("text" if history.can_text else "email", None, talk=Talk(said=said), step=False)


def assess(history: LeadHistory, kind):
    """Of a price shopper one vehicle is too few: the lead stays as it is."""
    speak(history, "assessed", FOLLOW_UP if kind == "one" else NEEDS_DONE)
    options, circumstances = working._options(history), working._circumstances(history)
    if history.shops_prices:
        circumstances["matters_most"] = history.rng.choice(MATTERS)
    history.do("write_needs", after=6, options=options[:1] if kind == "one" else options, **circumstances)
    if kind != "one":
        history.do("assess", after=8)


def consent(history: LeadHistory, kind):
    channels = {"call", "text"} if history.person.phones else {"email"}
    words = history.teller.word("lead", f"agreed_{kind}")
    history.do("agree", after=3, purpose=kind, channels=channels, words=words, how="phone")


def withdraw(history: LeadHistory, kind):
    history.do("withdraw", words=history.teller.word("lead", "withdrawn"))


def stop(history: LeadHistory, kind):
    history.do("stop", after=3, wish=kind)
    history.refuses = history.refuses | {kind}


def flag(history: LeadHistory, kind):
    history.do("flag", reason=history.teller.word("manager", "flagged"))


def answer(history: LeadHistory, kind):
    history.do("clear_flag", history.manager, reason=history.teller.word("manager", "answered"))


def reassign(history: LeadHistory, kind):
    giver, receiver = history.owner, history.dealership.colleague_of(history.owner, history.rng)
    names = {"from": giver.first_name, "staff": receiver.first_name}
    reason = history.teller.word("manager", "reassigned", **names)
    history.do("reassign", history.manager, owner=receiver, reason=reason)
    history.belongs_to(receiver)


def reopen(history: LeadHistory, kind):
    history.do("reopen", history.manager, reason=history.teller.word("manager", "reopened"))


def resume(history: LeadHistory, kind):
    history.finish()
    history.waiting = True
    history.do("go_on", next_step=history.teller.word("manager", "back_from_hold"), due_at=history.due())


def close(history: LeadHistory, kind):
    WAYS_OUT.get(kind, _say_so)(history, kind)
    history.do("close", after=8, close_reason=kind, reason="")
    history.waiting = False


def _say_so(history: LeadHistory, kind):
    """What a customer tells us is heard from them."""
    talk = Talk(said=history.teller.word("lead", kind))
    history.contact("call" if history.person.phones else "email", None, talk=talk, step=False)


def _give_up(history: LeadHistory, kind):
    history.do("note", summary=history.teller.word("lead", kind))


def _find_all_wrong(history: LeadHistory, kind):
    """Each number and address turns out to be wrong."""
    talk = Talk(said=history.teller.said("loss", kind), next="Find another way to reach them")
    for way, several in (("call", history.person.phones), ("email", history.person.emails)):
        for _ in several:
            history.contact(way, None, WRONG, talk=talk, due=history.hours.half_hour(history.minute + 90))


WAYS_OUT = {
    NOT_INTERESTED: _say_so,
    DO_NOT_CONTACT: _say_so,
    NO_RESPONSE: _give_up,
    DUPLICATE: _give_up,
    NO_DETAILS: _find_all_wrong,
}


def convert(history: LeadHistory, kind):
    step = {"next_step": f"Send {history.person.given} the options", "due_at": history.due()}
    history.do("convert", stage=3, order_type=history.order_type, readiness="live", **step)
    history.becomes_deal()
