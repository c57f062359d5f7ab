"""When each event of an order's story happens: counted back from now, so that it ends as its scenario says."""

from dataclasses import dataclass
from itertools import accumulate, islice, pairwise

from carmanana.demo.scenarios import Scenario
from carmanana.demo.working_hours import DAY

SHORTEST_DAYS, LONGEST_DAYS = 110, 1_000  # working days

# working minutes between a event and the one before it
GAPS = {
    "arrive": (0, 0),
    "inquire": (0, 0),
    "inquire_price": (0, 0),
    "enter": (0, 0),
    "take_up": (1, 4),
    "quick": (1, 12),
    "soon": (15, 55),
    "late": (200, 1_200),
    "claim": (8, 400),
    "attempt": (30, 500),
    "retry": (580, 1_300),
    "reach": (90, 1_000),
    "assess": (300, 1_500),
    "offer": (600, 2_000),
    "discuss": (500, 1_500),
    "decide": (400, 1_600),
    "waver": (500, 1_500),
    "agree": (300, 1_500),
    "deposit": (200, 900),
    "win": (200, 900),
    "ship": (1_500, 4_000),
    "pay": (1_000, 3_000),
    "deliver": (1_500, 4_500),
    "hold": (300, 1_600),
    "extend": (4_000, 9_000),
    "resume": (4_000, 9_000),
    "enliven": (2_000, 6_000),
    "lose": (600, 2_500),
    "reopen": (600, 4_000),
    "again": (5_000, 20_000),
    "ask": (600, 2_500),
    "bring_back": (600, 2_500),
    "hand_review": (15, 40),
    "escalate": (62, 120),
    "begin": (8, 60),
    "ring": (5, 25),
    "ring_again": (200, 500),
    "ring_next_day": (545, 800),
    "write": (8, 40),
    "give_up": (60, 200),
    "meet": (8, 25),
    "meet_later": (200, 600),
    "direct": (15, 60),
    "directed": (60, 200),
    "plan": (15, 200),
    "pass_on": (100, 400),
    "revise": (60, 300),
    "show": (100, 700),
    "hear": (400, 1_400),
    "counter": (15, 60),
    "grant": (60, 400),
    "call_case": (100, 400),
    "call_case_again": (545, 800),
    "stop": (60, 500),
    "run_out": (1_800, 2_600),
    "keep": (15, 300),
    "approve": (60, 1_200),
    "take_back": (60, 500),
    "fulfil": (1_000, 3_000),
    "recount": (2_500, 6_000),
}
USUALLY = (200, 900)
ANSWERS = ("take_up", "quick", "soon", "late")
MEANWHILE = ("call_in", "email_in", "text_in", "note", "text_out")


@dataclass(slots=True)
class Event:
    name: str
    kind: str
    minute: int  # of the owner's working hours, before now


@dataclass(frozen=True, slots=True)
class Schedule:
    scenario: Scenario
    words: tuple  # of its events
    minutes: tuple  # of working time before now, one for each event

    @property
    def starts(self):
        return self.minutes[0]

    @property
    def ends(self):
        return self.minutes[-1]

    @property
    def events(self):
        parts = (word.partition(":") for word in self.words)
        return [Event(name, kind, minute) for (name, _, kind), minute in zip(parts, self.minutes, strict=True)]


def schedule(scenario, history, rng):
    words = tuple(_with_detours(scenario, rng))
    pace = rng.uniform(0.7, 2.2)
    gaps = [_gap(word.partition(":")[0], before, pace, rng) for before, word in pairwise(["", *words])]
    starts = -_quiet(scenario, history, rng) - sum(gaps)
    return Schedule(scenario, words, tuple(islice(accumulate(gaps, initial=starts), 1, None)))


def days_of_history(deals):
    """How far back a world of this size goes, in working days."""
    return min(LONGEST_DAYS, SHORTEST_DAYS + deals // 50)


def _with_detours(scenario, rng):
    """The scenario's events, with what else happens on the way."""
    for word in scenario.events:
        if word == "arrive":
            yield from ("arrive:nobody", "claim") if rng.random() < 0.55 else ("arrive:own",)
        elif word == "reach":
            yield from rng.choice(((), (), ("attempt",), ("attempt",), ("attempt", "retry")))
            yield word
        elif word in ("discuss", "decide") and rng.random() < 0.35:
            yield rng.choice(MEANWHILE)
            yield word
        elif word == "ship" and rng.random() < 0.2:
            yield "note"
            yield word
        else:
            yield word


def _gap(name, before, pace, rng):
    """Whoever claims a deal begins the same day (SOP 1, section E); the rest takes the time it takes."""
    if before == "claim" and name not in ANSWERS:
        return rng.randint(25, 240)
    low, high = GAPS.get(name, USUALLY)
    return int(max(low, rng.uniform(low, high) * (1 if name in ("claim", *ANSWERS) else pace)))


def _quiet(scenario, history, rng):
    shortest, longest = scenario.quiet
    if longest is None:
        return int((shortest + history * rng.random() ** 1.5) * DAY)
    return int(rng.uniform(shortest, longest) * DAY)
