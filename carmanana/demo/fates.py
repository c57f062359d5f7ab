"""What becomes of an order: the beats of its story, and how they stand at the end of the demo's time.

A beat is a word such as `assess`, with its kind after a colon: `hold:financing`. plots.py says how long after the one
before it comes, telling.py what happens in it.
"""

from dataclasses import dataclass

REACHED = "arrive reach"
ASSESSED = f"{REACHED} assess"
OFFERED = f"{ASSESSED} offer"
DECIDING = f"{OFFERED} discuss decide"
AGREED = f"{DECIDING} agree"
WON = f"{AGREED} win"
DELIVERED = f"{WON} ship pay deliver"


@dataclass(frozen=True, slots=True)
class Fate:
    name: str
    share: float  # of a hundred deals
    beats: tuple
    quiet: tuple = (0.2, 3.5)  # working days since the last beat; None: as far back as the world goes
    due: str = "mixed"  # how the open next step stands: today, late, ahead, mixed
    organic: bool = False
    still_open: bool = True


def _fate(name, share, beats, **ways):
    return Fate(name, share, tuple(beats.split()), **ways)


def _ended(name, share, beats, longest=None):
    return _fate(name, share, beats, quiet=(0.3, longest), still_open=False)


def _hold(name, share, beats, due, quiet=(1, 12)):
    return _fate(name, share, beats, quiet=quiet, due=due, organic=True)


ACTIVE = [
    _fate("nobody's", 2.4, "arrive:nobody", quiet=(0.02, 2)),
    _fate("the house's", 1.6, "arrive:house", quiet=(0.1, 4)),
    _fate("claimed today", 2, "arrive:nobody claim", quiet=(0.02, 0.2), due="as claimed"),
    _fate("taken", 2, "arrive", quiet=(0.1, 1)),
    _fate("not reached yet", 2.2, "arrive attempt retry"),
    _fate("reached", 4, REACHED),
    _fate("assessed", 3.6, ASSESSED),
    _fate("offered", 3.2, OFFERED),
    _fate("discussing", 1.5, f"{OFFERED} discuss"),
    _fate("deciding", 2.6, DECIDING),
    _fate("wavering", 1, f"{DECIDING} waver"),
    _fate("agreed", 1.6, AGREED),
    _fate("deposit in", 0.8, f"{AGREED} deposit"),
    _fate("aged early", 0.6, REACHED, quiet=(9, 18), due="late"),
    _fate("aged late", 0.6, DECIDING, quiet=(10, 20)),
    _fate("without a next step", 0.05, f"{ASSESSED} call_in", due="none"),
    _fate("flagged", 0.4, f"{ASSESSED} flag"),
    _fate("flag answered", 0.3, f"{ASSESSED} flag answer"),
    _fate("given to another", 0.6, f"{REACHED} reassign assess"),
    _fate("from one who left", 0.4, f"{ASSESSED} inherit offer"),
    _fate("on another board", 0.4, f"{ASSESSED} transfer offer"),
    _fate("back from hold", 0.5, f"{ASSESSED} hold:financing resume offer", organic=True),
    _fate("woken from hold", 0.3, f"{ASSESSED} hold:event enliven offer", organic=True),
    _fate("cooled down", 0.4, f"{ASSESSED} cool"),
    _fate("reopened", 0.4, f"{OFFERED} lose:bought_elsewhere reopen discuss"),
    _fate("won by mistake", 0.3, f"{AGREED} win unwin"),
    _fate("a second try", 0.4, f"{OFFERED} lose:price again reach"),
    _fate("two orders", 0.6, f"{ASSESSED} second offer"),
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
    _fate("asks to cancel", 0.5, f"{DECIDING} cancel", quiet=(0.05, 1)),
    _fate("asks to cancel, agreed", 0.4, f"{AGREED} deposit cancel", quiet=(0.05, 1.5)),
    _fate("asks to cancel, won", 0.5, f"{WON} ship cancel", quiet=(0.05, 2)),
    _fate("asks to cancel, held", 0.2, f"{ASSESSED} hold:event cancel", quiet=(0.05, 1), organic=True),
    _fate("asks to cancel one of two", 0.2, f"{WON} second cancel", quiet=(0.05, 1)),
    _fate("manager could not reach them", 0.2, f"{WON} cancel review_attempt", quiet=(0.1, 1.5)),
]

ENDED = [
    _ended("won", 4, f"{WON} ship", longest=25),
    _ended("won without deposit", 1, f"{AGREED} win:waived ship", longest=20),
    _ended("won after the deposit", 2, f"{AGREED} deposit win", longest=10),
    _ended("delivered", 20, DELIVERED),
    _ended("no response", 6, "arrive attempt retry retry lose:no_response"),
    _ended("bought elsewhere", 4, f"{OFFERED} lose:bought_elsewhere"),
    _ended("too dear", 3, f"{DECIDING} lose:price"),
    _ended("declined by the bank", 2, f"{DECIDING} lose:financing"),
    _ended("keeps the old car", 2.5, f"{ASSESSED} lose:changed_mind"),
    _ended("not to be found", 1.6, f"{OFFERED} lose:vehicle"),
    _ended("a duplicate", 1, "arrive lose:duplicate"),
    _ended("let me be", 1, f"{REACHED} lose:do_not_contact"),
    _fate("lost from hold", 1.2, f"{OFFERED} hold:financing lose:financing", quiet=(0.3, None), organic=True, still_open=False),
]

CANCELLED = [
    _ended("cancelled, refunded", 1.6, f"{WON} ship cancel review finish_cancel:refunded"),
    _ended("cancelled, partly kept", 1, f"{AGREED} deposit cancel review finish_cancel:kept"),
    _ended("cancelled, nothing paid", 1, f"{DECIDING} cancel review finish_cancel:nothing"),
]

GROUPS = (ACTIVE, ON_HOLD, LOSING, ENDED, CANCELLED)
FATES = [fate for group in GROUPS for fate in group]


def draw(count, rng):
    """So many fates in a mixed order; each of them once before any is there twice."""
    if count < len(FATES):
        return rng.sample(FATES, count)
    more = rng.choices(FATES, [fate.share for fate in FATES], k=count - len(FATES))
    return rng.sample(FATES + more, count)
