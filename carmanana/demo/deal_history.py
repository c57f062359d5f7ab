"""One deal's history: who, which car, and the actions that are taken on it, each with its moment and by whom."""

from dataclasses import dataclass
from datetime import timedelta

from carmanana.contacting.business_hours import WEEKDAYS
from carmanana.demo import cars, wording
from carmanana.demo.working_hours import DAY

LONGEST_STEP = timedelta(days=13)
CONTACT_EVENTS = {
    "quick", "soon", "late", "attempt", "retry", "reach", "assess", "offer", "discuss", "decide", "waver", "agree",
    "hold", "extend", "enliven", "text_out", "ship",
    "ring", "ring_again", "ring_next_day", "write", "meet", "meet_later", "give_up",
}  # fmt: skip


@dataclass(slots=True)
class Action:
    at: object
    number: int  # keeps the order of actions at the same moment
    history: "DealHistory"
    verb: str
    by: object
    given: dict


class DealHistory:
    def __init__(self, schedule, person, order_type, owner, hours, dealership, rng):
        self.schedule = schedule
        self.events = schedule.events
        self.person = person
        self.order_type = self.taken_as = order_type
        self.owner = owner
        self.hours = hours
        self.dealership = dealership
        self.rng = rng
        self.organic = self._comes_slowly()
        self.stage = 1
        self.value = None
        self.agreement_on = None
        self.won = False
        self.held = False
        self.deposit = 0
        self.waiting = False  # an open next step
        self.asked_to_cancel = False
        self.actions = []
        self._wish()

    def _wish(self):
        rng, year = self.rng, self.hours.today.year
        self.car = cars.wanted(self.order_type, year, rng)
        self.rival = cars.like(self.car, self.order_type, year, rng)
        self.colour = rng.choice(cars.COLOURS)
        self.timeline = wording.wishes("timeline_slow" if self.organic else "timeline", rng)
        self.refuses = self._refusals()
        self.teller = wording.Teller(
            rng,
            self.car.spoken,
            self.rival.spoken,
            given=self.person.given,
            car=f"{self.car.year} {self.car.make} {self.car.model}",
            colour=self.colour,
            town=self.person.town,
            timeline=self.timeline,
            staff=self.owner.first_name,
        )

    def _comes_slowly(self):
        """An organic order from the start; one that cools down later comes in live."""
        if "cool" in self.schedule.scenario.events:
            return False
        return self.schedule.scenario.organic or self.rng.random() < 0.12

    def _refusals(self):
        """The channels that the customer closed from the start; one that can reach them stays open."""
        if self.person.phones and self.person.emails and self.rng.random() < 0.06:
            return {self.rng.choice(("no_calls", "no_calls", "no_emails", "no_texts"))}
        return set()

    @property
    def manager(self):
        return self.owner.manager or self.dealership.managers[0]

    def belongs_to(self, owner):
        self.owner = owner
        self.teller.facts["staff"] = owner.first_name

    @property
    def can_call(self):
        return bool(self.person.phones) and "no_calls" not in self.refuses

    @property
    def can_email(self):
        return bool(self.person.emails) and "no_emails" not in self.refuses

    @property
    def can_text(self):
        return bool(self.person.phones) and "no_texts" not in self.refuses

    # where in the story

    def enter(self, number):
        """The event of this number is now."""
        self.minute = self.events[number].minute
        self.later = self.events[number + 1 :]

    def at(self, after=0):
        return self.hours.at(self.minute + after)

    def day(self, after=0):
        return self.hours.day(self.minute + after)

    @property
    def forgotten(self):
        """The last thing that happened, and nobody set a next step."""
        return not self.later and self.schedule.scenario.due == "none"

    # what is done

    def do(self, verb, by=None, after=0, **given):
        self.actions.append(Action(self.at(after), len(self.actions), self, verb, by or self.owner, given))

    def finish(self, by=None, after=0):
        if self.waiting:
            self.do("finish", by, after)
        self.waiting = False

    def contact(self, kind, scene, outcome=None, after=0, by=None, step=True, talk=None, due=None, **given):
        """A contact, out where it has an outcome and else in, that ends the open step and names the next."""
        latest = self.hours.last_before(self.at(after) + LONGEST_STEP)
        due = (min(due, latest) if due else self.due(after)) if step else None
        talk = talk or self.teller.talk(scene, day=self.day_words(due))
        self.finish(by, after)
        if due and talk.next:
            given |= {"next_step": talk.next, "due_at": due}
            self.waiting = True
        given |= {"kind": kind, "direction": "out" if outcome else "in", "outcome": outcome}
        self.do("log", by, after, summary=talk.said, subject=talk.subject, objections=talk.objections, **given)

    # a cancellation

    def begin_case(self, theme):
        """Why they want to cancel, and who reviews it; what is done about it is still to come."""
        self.theme, self.asked_to_cancel, self.unreached = theme, True, False
        self.case_book = wording.BOOK["case"][theme]
        self.diagnosis = self.rng.choice(("fear", "fear", "legitimate"))
        self.reviewer, self.saver = self.manager, None
        self.written, self.shown, self.accepted, self.answered = False, 0, "", set()

    def told(self, part):
        """What was said of this case."""
        words = self.teller.said("case", self.theme, part)
        if part == "stated":
            self.stated = words
        return words

    def promises(self):
        return [(promise["kind"], self.teller.filled(promise["words"])) for promise in self.case_book["promises"]]

    # when the next step is due

    def due(self, after=0, within=LONGEST_STEP):
        """When the next step is due: about when it was really taken, or as the scenario wants it to stand now."""
        return min(self._wanted(after), self.hours.last_before(self.at(after) + within))

    def _wanted(self, after):
        following = next((event for event in self.later if event.name in CONTACT_EVENTS), None)
        if following:
            return self._about(following.minute, after)
        return (
            self._as_planned(after) if self.schedule.scenario.still_open else self._about(self.minute + 2 * DAY, after)
        )

    def _about(self, minute, after):
        planned = self.hours.half_hour(minute - self.rng.choice((0, 0, 0, 60, 300)))
        return max(planned, self._soonest(after))

    def _soonest(self, after):
        """The round half hour at least twenty minutes after now."""
        return self.hours.half_hour(self.minute + after + 50)

    def not_before(self, at):
        return max(at, self._soonest(0))

    def _as_planned(self, after):
        how = self.schedule.scenario.due
        if how == "mixed":
            how = self.rng.choices(("late", "today", "ahead"), (20, 22, 58))[0]
        return max(self._planned(how), self._soonest(after))

    def _planned(self, how):
        rng, hours = self.rng, self.hours
        if how == "late":
            return hours.half_hour(-int(rng.uniform(0.3, 1) * max(-self.minute - 60, 60)))
        if how == "today":
            return hours.today_at(rng.randrange(60, DAY, 30))
        return hours.half_hour(rng.randint(DAY, 8 * DAY))

    def day_words(self, at):
        return WEEKDAYS[at.astimezone(self.hours.zone).weekday()] if at else ""
