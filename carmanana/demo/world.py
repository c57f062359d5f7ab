"""A whole dealership with its history, drawn from one seed and ending at one moment."""

import gc
import random
from contextlib import contextmanager, nullcontext

from peewee import chunked

from carmanana.db import transaction
from carmanana.demo import fates, plots
from carmanana.demo.ahead import ahead
from carmanana.demo.chapter import write_down
from carmanana.demo.hours import DAY, Hours
from carmanana.demo.ledger import Ledger
from carmanana.demo.life import Life
from carmanana.demo.names import people
from carmanana.demo.papers import attach_papers
from carmanana.demo.staff import PASSWORD, House, hire
from carmanana.demo.telling import tell
from carmanana.people.signin import hasher

AT_ONCE = 2_000  # deals in one transaction; another number makes another world
BOARDS = ("used_vehicle", "used_vehicle", "new_vehicle", "special_sourcing")
LEFT = -2 * DAY  # when the one who left has left, in working minutes
LEAVERS_SHARE = 0.06
PRESSING = ("late", "today", "none")


@contextmanager
def uncollected():
    """Millions of small rows and no cycles among them: the collector would only look for nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Deck:
    """Cards in a mixed order, and again when they are dealt: chance that keeps the shares in a small world too."""

    def __init__(self, cards, rng):
        self.cards = list(cards)
        self.rng = rng
        self.left = []

    def draw(self):
        if not self.left:
            self.left = self.rng.sample(self.cards, len(self.cards))
        return self.left.pop()


def grow(deals, seed, as_of) -> None:
    """A world that fits into one transaction is there whole or not at all; the files follow it."""
    rng = random.Random(seed)
    password_hash = hasher.hash(PASSWORD)
    with transaction() if deals <= AT_ONCE else nullcontext():
        world = World(deals, rng, as_of, password_hash)
        world.fill()
    attach_papers(world.house, world.recorded, rng)


class World:
    def __init__(self, deals, rng, as_of, password_hash):
        self.rng = rng
        self.as_of = as_of
        self.deals = deals
        self.house: House = hire(deals, as_of, rng, password_hash)
        self.folk = people(self.rng)
        self.hours = {}
        self.met = set()
        self.recorded = []
        self.boards = {}
        for group in fates.GROUPS:
            self.boards |= dict.fromkeys(group, Deck(BOARDS, self.rng))
        self.owners = {still_open: Deck(self.house.desk, self.rng) for still_open in (True, False)}

    def fill(self):
        """A large world is told by one process and written by another."""
        with uncollected():
            for chapter, chance in self.chapters() if self.deals <= AT_ONCE else ahead(self.chapters):
                self.recorded += chapter.recorded
                self.rng.setstate(chance)
                write_down(chapter, self.as_of)
        self.house.settle(self.as_of, self.hours_of(self.house.leaver).at(LEFT))

    def chapters(self):
        """What many deals leave behind, the oldest first, and where chance stands after them."""
        ledger = Ledger(self.house, self.as_of)
        for plotted in chunked(self.plots(), AT_ONCE):
            yield ledger.play(step for plot in plotted for step in tell(self.life(plot))), self.rng.getstate()

    def plots(self):
        """Every deal's plot, the oldest first."""
        history = plots.history_of(self.deals)
        drawn = [plots.plot(fate, history, self.rng) for fate in fates.draw(self.deals, self.rng)]
        return sorted(drawn, key=lambda plot: plot.starts)

    def life(self, plot) -> Life:
        owner = self._owner(plot)
        order_type = self.boards[plot.fate].draw()
        return Life(plot, next(self.folk), order_type, owner, self.hours_of(owner), self.house, self.rng)

    def _owner(self, plot):
        """Who left handed over what was open, and had ended the rest; the first deal of some kinds is somebody's by name."""
        if "inherit" in plot.fate.beats:
            return self.house.leaver
        whose = plot.fate.whose or ("agent" if plot.fate.due in PRESSING else "")
        if whose and plot.fate not in self.met:
            self.met.add(plot.fate)
            return self.house.accounts[whose]
        ended = not plot.fate.still_open and plot.ends < LEFT - DAY
        if ended and self.rng.random() < LEAVERS_SHARE:
            return self.house.leaver
        return self.owners[plot.fate.still_open].draw()

    def hours_of(self, user) -> Hours:
        if user.timezone not in self.hours:
            self.hours[user.timezone] = Hours(user.timezone, self.as_of)
        return self.hours[user.timezone]
