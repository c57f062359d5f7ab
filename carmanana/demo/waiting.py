"""How an organic order waits, and how it goes on (SOP 1, section D)."""

from carmanana.demo.deal_history import DealHistory
from carmanana.demo.opening import speak
from carmanana.demo.wording import Talk
from carmanana.demo.working_hours import DAY
from carmanana.records.activities import FOLLOW_UP, SENT, VM_LEFT

WAITS = {"months_out": (70, 130), "financing": (8, 35), "event": (15, 60), "later_date": (20, 70)}  # working days


def hold(history: DealHistory, kind):
    follow_up = _follow_up(history, kind)
    _try_to_reach(history, kind, follow_up)
    history.do("hold", after=20, **_why(history, kind, follow_up))
    history.held = True


def extend(history: DealHistory, kind):
    follow_up = _follow_up(history, kind)
    _try_to_reach(history, kind, follow_up)
    history.do("extend_hold", after=20, **_why(history, kind, follow_up))


def _why(history, kind, follow_up):
    reason = history.teller.said("hold", kind, "reason", until=_spoken(follow_up))
    return {"sub_status": kind, "reason": reason, "follow_up_on": follow_up}


def _follow_up(history, kind):
    """The day on which to go on: when the story does, or as the scenario wants it to stand now."""
    following = next((event for event in history.later if event.name in ("extend", "resume", "enliven")), None)
    if following:
        return max(history.hours.day(following.minute), history.day(DAY))
    if history.later or not history.schedule.scenario.still_open:
        return history.day(history.rng.randint(*WAITS[kind]) * DAY)
    return max(_as_planned(history, kind), history.day(DAY))


def _as_planned(history, kind):
    how = history.schedule.scenario.due
    if how == "today":
        return history.hours.today
    if how == "late":
        return history.hours.day(-history.rng.randint(DAY, -history.minute // 2))
    return history.hours.day(history.rng.randint(*WAITS[kind]) * DAY)


def _try_to_reach(history, kind, follow_up):
    """The contact that the rule asks for: a call, and an email after it where nobody answered."""
    due = history.hours.on(follow_up)
    told = Talk(said=history.teller.said("hold", kind), next=f"Call on {_spoken(follow_up)}")
    if history.can_call and history.can_email and history.rng.random() < 0.35:
        history.contact("call", "unanswered", VM_LEFT)
        history.contact("email", None, SENT, after=9, talk=_written(history, told), due=due)
    elif history.can_call and history.rng.random() < 0.25:
        history.contact("call", None, talk=told, due=due, minutes=history.rng.randint(2, 12))
    else:
        speak(history, None, FOLLOW_UP, talk=told, due=due)


def _written(history, told):
    said = "Wrote after the voicemail, with what we agreed when they last wrote: " + told.said
    return Talk(said=said, subject=f"Your {history.car.spoken}: when to talk again", next=told.next)


def _spoken(day):
    return f"{day:%-d %B}"


def resume(history: DealHistory, kind):
    """Off hold and back to its stage, with a next step."""
    history.finish()
    history.waiting, history.held = True, False
    history.do(
        "resume", stage=history.stage, next_step=history.teller.word("manager", "back_from_hold"), due_at=history.due()
    )


def enliven(history: DealHistory, kind):
    """The customer is ready after all: a live order from now on."""
    speak(history, "discussed", FOLLOW_UP)
    history.organic = history.held = False
    history.do("mark_live", after=4)


def cool(history: DealHistory, kind):
    """No hurry any more, said in words to the manager."""
    if history.organic:
        return
    history.organic = True
    history.do("mark_organic", reason=history.teller.word("manager", "organic"))
