"""How an organic order waits, and how it goes on (SOP 1, section D)."""

from carmanana.activities.models import FOLLOW_UP, SENT, VM_LEFT
from carmanana.demo.hours import DAY
from carmanana.demo.life import Life
from carmanana.demo.opening import speak
from carmanana.demo.stories import Talk

WAITS = {"months_out": (70, 130), "financing": (8, 35), "event": (15, 60), "later_date": (20, 70)}  # working days


def hold(life: Life, kind):
    follow_up = _follow_up(life, kind)
    _try_to_reach(life, kind, follow_up)
    life.do("hold", after=20, **_why(life, kind, follow_up))
    life.held = True


def extend(life: Life, kind):
    follow_up = _follow_up(life, kind)
    _try_to_reach(life, kind, follow_up)
    life.do("extend_hold", after=20, **_why(life, kind, follow_up))


def _why(life, kind, follow_up):
    reason = life.teller.said("hold", kind, "reason", until=_spoken(follow_up))
    return {"sub_status": kind, "reason": reason, "follow_up_on": follow_up}


def _follow_up(life, kind):
    """The day on which to go on: when the story does, or as the fate wants it to stand now."""
    following = next((beat for beat in life.later if beat.name in ("extend", "resume", "enliven")), None)
    if following:
        return max(life.hours.day(following.minute), life.day(DAY))
    if life.later or not life.plot.fate.still_open:
        return life.day(life.rng.randint(*WAITS[kind]) * DAY)
    return max(_as_fated(life, kind), life.day(DAY))


def _as_fated(life, kind):
    how = life.plot.fate.due
    if how == "today":
        return life.hours.today
    if how == "late":
        return life.hours.day(-life.rng.randint(DAY, -life.minute // 2))
    return life.hours.day(life.rng.randint(*WAITS[kind]) * DAY)


def _try_to_reach(life, kind, follow_up):
    """The contact that the rule asks for: a call, and an email after it where nobody answered."""
    due = life.hours.on(follow_up)
    told = Talk(said=life.teller.said("hold", kind), next=f"Call on {_spoken(follow_up)}")
    if life.can_call and life.can_email and life.rng.random() < 0.35:
        life.contact("call", "unanswered", VM_LEFT)
        life.contact("email", None, SENT, after=9, talk=_written(life, told), due=due)
    elif life.can_call and life.rng.random() < 0.25:
        life.contact("call", None, talk=told, due=due, minutes=life.rng.randint(2, 12))
    else:
        speak(life, None, FOLLOW_UP, talk=told, due=due)


def _written(life, told):
    said = "Wrote after the voicemail, with what we agreed when they last wrote: " + told.said
    return Talk(said=said, subject=f"Your {life.car.spoken}: when to talk again", next=told.next)


def _spoken(day):
    return f"{day:%-d %B}"


def resume(life: Life, kind):
    """Off hold and back to its stage, with a next step."""
    life.finish()
    life.waiting, life.held = True, False
    life.do("resume", stage=life.stage, next_step=life.teller.word("manager", "back_from_hold"), due_at=life.due())


def enliven(life: Life, kind):
    """The client is ready after all: a live order from now on."""
    speak(life, "discussed", FOLLOW_UP)
    life.organic = life.held = False
    life.do("mark_live", after=4)


def cool(life: Life, kind):
    """No hurry any more, said in words to the manager."""
    if life.organic:
        return
    life.organic = True
    life.do("mark_organic", reason=life.teller.word("manager", "organic"))
