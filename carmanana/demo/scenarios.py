"""What becomes of an order: the events of its story, and how they stand at the end of the demo's time.

A event is a word such as `assess`, with its kind after a colon: `hold:financing`. schedules.py says how long after the
one before it comes, telling.py what happens in it."""

from dataclasses import dataclass

REACHED = "arrive reach"
ASSESSED = f"{REACHED} assess"
OFFERED = f"{ASSESSED} offer"
DECIDING = f"{OFFERED} discuss decide"
AGREED = f"{DECIDING} agree"
WON = f"{AGREED} win"
DELIVERED = f"{WON} ship pay deliver"
SHIPPED = f"{WON} ship"
PAID = f"{AGREED} deposit"
REVIEWED = "begin meet"
A_YEAR = 235  # working days


@dataclass(frozen=True, slots=True)
class Scenario:
    name: str
    share: float  # of a hundred deals
    events: tuple
    quiet: tuple = (0.2, 3.5)  # working days since the last event; None: as far back as the world goes
    due: str = "mixed"  # how the open next step stands: today, late, ahead, mixed
    organic: bool = False
    still_open: bool = True
    whose: str = ""  # the account that gets the first one


def _scenario(name, share, events, **ways):
    return Scenario(name, share, tuple(events.split()), **ways)


def _ended(name, share, events, longest=None):
    return _scenario(name, share, events, quiet=(0.3, longest), still_open=False)


def _hold(name, share, events, due, quiet=(1, 12)):
    return _scenario(name, share, events, quiet=quiet, due=due, organic=True)


def _case(name, events, quiet, **ways):
    """A cancellation that is under review now."""
    return _scenario(name, 0.09, events, quiet=quiet, **ways)


def _closed(name, events, longest=A_YEAR, still_open=False, **ways):
    """One whose review ended within a year, however young the world is."""
    return _scenario(name, 0.07, events, quiet=(0.3, longest), still_open=still_open, **ways)


ACTIVE = [
    _scenario("nobody's", 2.4, "arrive:nobody", quiet=(0.02, 2)),
    _scenario("the house's", 1.6, "arrive:house", quiet=(0.1, 4)),
    _scenario("claimed today", 2, "arrive:nobody claim", quiet=(0.02, 0.2), due="as claimed"),
    _scenario("taken", 2, "arrive", quiet=(0.1, 1)),
    _scenario("not reached yet", 2.2, "arrive attempt retry"),
    _scenario("reached", 4, REACHED),
    _scenario("assessed", 3.6, ASSESSED),
    _scenario("offered", 3.2, OFFERED),
    _scenario("discussing", 1.5, f"{OFFERED} discuss"),
    _scenario("deciding", 2.6, DECIDING),
    _scenario("wavering", 1, f"{DECIDING} waver"),
    _scenario("agreed", 1.6, AGREED),
    _scenario("deposit in", 0.8, f"{AGREED} deposit"),
    _scenario("aged early", 0.6, REACHED, quiet=(9, 18), due="late"),
    _scenario("aged late", 0.6, DECIDING, quiet=(10, 20)),
    _scenario("without a next step", 0.05, f"{ASSESSED} call_in", due="none"),
    _scenario("flagged", 0.4, f"{ASSESSED} flag"),
    _scenario("flag answered", 0.3, f"{ASSESSED} flag answer"),
    _scenario("given to another", 0.6, f"{REACHED} reassign assess"),
    _scenario("from one who left", 0.4, f"{ASSESSED} inherit offer"),
    _scenario("on another board", 0.4, f"{ASSESSED} transfer offer"),
    _scenario("back from hold", 0.5, f"{ASSESSED} hold:financing resume offer", organic=True),
    _scenario("woken from hold", 0.3, f"{ASSESSED} hold:event enliven offer", organic=True),
    _scenario("cooled down", 0.4, f"{ASSESSED} cool"),
    _scenario("reopened", 0.4, f"{OFFERED} lose:bought_elsewhere reopen discuss"),
    _scenario("won by mistake", 0.3, f"{AGREED} win unwin"),
    _scenario("a second try", 0.4, f"{OFFERED} lose:price again reach"),
    _scenario("two orders", 0.6, f"{ASSESSED} second offer"),
]  # fmt: skip

ON_HOLD = [
    _hold("months out", 2, f"{ASSESSED} hold:months_out", "ahead"),
    _hold("months out, today", 0.6, f"{REACHED} hold:months_out", "today", quiet=(65, 100)),
    _hold("financing", 1.6, f"{OFFERED} hold:financing", "ahead"),
    _hold("financing, late", 0.7, f"{DECIDING} hold:financing", "late", quiet=(12, 30)),
    _hold("event", 1.4, f"{ASSESSED} hold:event", "ahead"),
    _hold("event, late", 0.6, f"{OFFERED} hold:event", "late", quiet=(15, 40)),
    _hold("later date", 1.2, f"{REACHED} hold:later_date", "ahead"),
    _hold("later date, today", 0.6, f"{ASSESSED} hold:later_date", "today", quiet=(20, 50)),
    _hold("extended", 0.6, f"{ASSESSED} hold:event extend:event", "ahead"),
    _hold("cooled, then held", 0.4, f"{OFFERED} cool hold:later_date", "ahead"),
]

LOSING = [
    _case("asks to cancel, just now", f"{DECIDING} ask:price", (0.015, 0.03), whose="agent"),
    _case("asks to cancel, due soon", f"{SHIPPED} ask:delivery", (0.085, 0.1), whose="agent"),
    _case("asks to cancel, late", f"{PAID} ask:remorse", (0.3, 0.8), whose="agent"),
    _case("asks to cancel, held", f"{ASSESSED} hold:event ask:life", (0.02, 0.05), whose="agent2", organic=True),
    _case("asks to cancel one of two", f"{WON} second ask:financing", (0.05, 0.6), whose="agent2"),
    _case("escalated", f"{SHIPPED} ask:service escalate", (0.15, 0.4), whose="agent2"),
    _case("review begun by another", f"{WON} ask:vehicle hand_review begin", (0.05, 0.3)),
    _case("not reached yet", f"{SHIPPED} ask:delivery begin ring", (0.05, 0.4)),
    _case("called and wrote", f"{PAID} ask:elsewhere begin ring write", (0.05, 0.8)),
    _case("spoken with", f"{SHIPPED} ask:remorse begin meet:saved", (0.1, 1), whose="agent"),
    _case("could not be reached", f"{WON} ask:other begin ring write ring_again ring_next_day give_up", (0.1, 1)),
    _case("directed", f"{PAID} ask:financing {REVIEWED} direct directed", (0.1, 0.5)),
    _case("to be saved today", f"{SHIPPED} ask:delivery {REVIEWED} plan:today", (0.1, 1), whose="agent"),
    _case("to be saved, late", f"{WON} ask:service {REVIEWED} plan:late call_case", (1.5, 3), whose="jana.weiss"),
    _case("thinking it over", f"{PAID} ask:price begin ring meet_later plan show:thinking", (0.1, 1),
        whose="camille.bertrand"),
    _case("said no to the first", f"{SHIPPED} ask:vehicle {REVIEWED} plan:expiring show:declined", (1.5, 2.5)),
    _case("accepted, to be kept", f"{WON} ask:elsewhere {REVIEWED} plan show:thinking hear:accepted", (0.05, 0.5)),
    _case("asks for more", f"{PAID} ask:price {REVIEWED} plan show:declined counter", (0.05, 0.8)),
    _case("given more", f"{SHIPPED} ask:life {REVIEWED} plan pass_on counter grant:yes", (0.05, 0.8)),
    _case("declined all", f"{WON} ask:remorse {REVIEWED} plan show:declined stop:declined", (0.05, 0.5)),
    _case("did not answer",
        f"{PAID} ask:other {REVIEWED} plan call_case call_case_again call_case_again stop:no_response", (0.05, 0.6)),
]  # fmt: skip

ENDED = [
    _ended("won", 4, f"{WON} ship", longest=25),
    _scenario("won, overdue", 0.5, f"{WON} ship:late", quiet=(6, 20), still_open=False, whose="agent"),
    _ended("won without deposit", 1, f"{AGREED} win:waived ship", longest=20),
    _ended("won after the deposit", 2, f"{AGREED} deposit win", longest=10),
    _ended("delivered", 20, DELIVERED),
    _ended("no response", 6, "arrive attempt retry retry lose:no_response"),
    _ended("out of reach", 2, "arrive lose:no_details"),
    _ended("bought elsewhere", 4, f"{OFFERED} lose:bought_elsewhere"),
    _ended("too dear", 3, f"{DECIDING} lose:price"),
    _ended("declined by the bank", 2, f"{DECIDING} lose:financing"),
    _ended("keeps the old car", 2.5, f"{ASSESSED} lose:changed_mind"),
    _ended("not to be found", 1.6, f"{OFFERED} lose:vehicle"),
    _ended("a duplicate", 1, "arrive lose:duplicate"),
    _ended("let me be", 1, f"{REACHED} lose:do_not_contact"),
    _scenario(
        "lost from hold",
        1.2,
        f"{OFFERED} hold:financing lose:financing",
        quiet=(0.3, None),
        organic=True,
        still_open=False,
    ),
]

CANCELLED = [
    _closed("cancelled, refunded", f"{SHIPPED} ask:delivery begin meet:recorded approve"),
    _closed("cancelled, partly kept", f"{PAID} ask:elsewhere begin ring meet_later approve:kept"),
    _closed("cancelled, nothing paid", f"{DECIDING} ask:remorse {REVIEWED} approve"),
    _closed("cancelled, kept whole", f"{SHIPPED} ask:life {REVIEWED} approve:all_kept"),
    _closed("cancelled, money pending", f"{WON} ask:financing hand_review {REVIEWED} approve:pending"),
    _closed("cancelled unreached", f"{PAID} ask:price begin ring write ring_again ring_next_day give_up approve:kept"),
    _closed("cancelled after two offers",
        f"{WON} ask:elsewhere {REVIEWED} plan show:declined show:declined stop:declined approve:kept"),
    _closed("cancelled after silence",
        f"{SHIPPED} ask:price {REVIEWED} plan call_case call_case_again call_case_again stop:no_response approve"),
    _closed("cancelled after the offers ran out",
        f"{PAID} ask:vehicle {REVIEWED} plan show:thinking run_out:expired approve:pending"),
    _closed("cancelled, recalled", f"{WON} ask:service escalate {REVIEWED} plan call_case stop:recalled approve"),
    _closed("cancelled from hold", f"{ASSESSED} hold:financing ask:financing {REVIEWED} approve", organic=True),
    _closed("stayed once, then cancelled",
        f"{WON} ask:delivery {REVIEWED} plan show:accepted keep:kept fulfil ask:life {REVIEWED} approve"),
    _closed("cancelled, then back again",
        f"{PAID} ask:other {REVIEWED} plan show:declined stop:declined approve again reach", still_open=True),
]  # fmt: skip

KEPT = [
    _closed("kept with the first offer",
        f"{SHIPPED} ask:delivery begin meet:saved plan show:accepted keep:kept fulfil recount pay deliver"),
    _closed("kept with the second",
        f"{WON} ask:price {REVIEWED} plan show:declined show:accepted keep:kept fulfil ship"),
    _closed("kept after a night",
        f"{PAID} ask:remorse begin meet:saved plan show:thinking hear:accepted keep discuss win ship recount"),
    _closed("kept on their terms",
        f"{WON} ask:elsewhere {REVIEWED} plan show:declined counter grant:yes show:accepted keep ship"),
    _closed("kept in spite of a no",
        f"{WON} ask:price {REVIEWED} plan counter grant:no revise show:thinking hear:accepted keep ship"),
    _closed("kept by the manager", f"{SHIPPED} ask:remorse begin meet:saved keep recount"),
    _closed("kept after the offers were declined",
        f"{WON} ask:vehicle {REVIEWED} plan show:declined stop:declined keep"),
    _closed("kept after delivery", f"{DELIVERED} bring_back:vehicle {REVIEWED} keep:kept fulfil"),
    _closed("kept, a promise is open",
        f"{SHIPPED} ask:service begin ring write meet_later plan show:accepted keep:open", longest=8, still_open=True),
    _closed("kept, promises open", f"{WON} ask:vehicle {REVIEWED} plan pass_on show:accepted keep:open", longest=5,
        still_open=True, whose="agent"),
    _closed("kept, a promise is late", f"{SHIPPED} ask:delivery {REVIEWED} plan show:accepted keep:late", longest=9,
        still_open=True, whose="agent"),
    _closed("kept, worked on", f"{DECIDING} ask:price {REVIEWED} plan show:accepted keep:open", longest=3,
        still_open=True),
    _closed("kept from hold", f"{ASSESSED} hold:event ask:life {REVIEWED} keep", longest=4, still_open=True,
        organic=True),
    _closed("kept, then cooled", f"{OFFERED} ask:financing begin meet_later plan show:accepted keep cool", longest=4,
        still_open=True),
    _closed("taken back by the customer", f"{SHIPPED} ask:remorse {REVIEWED} take_back:client"),
    _closed("entered by mistake", f"{WON} ask:other take_back:mistake ship"),
    _closed("entered twice", f"{DECIDING} ask:other begin take_back:duplicate discuss", longest=3, still_open=True),
    _closed("taken back, on hold again", f"{ASSESSED} hold:months_out ask:life begin take_back:mistake", longest=20,
        still_open=True, organic=True),
]  # fmt: skip

GROUPS = (ACTIVE, ON_HOLD, LOSING, ENDED, CANCELLED, KEPT)
SCENARIOS = [scenario for group in GROUPS for scenario in group]


def draw(count, rng, of=None):
    """So many scenarios in a mixed order; each of them once before any is there twice."""
    of = of or SCENARIOS
    if count < len(of):
        return rng.sample(of, count)
    more = rng.choices(of, [scenario.share for scenario in of], k=count - len(of))
    return rng.sample(of + more, count)
