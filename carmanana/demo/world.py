"""A whole dealership with its history, drawn from one seed and ending at one moment."""

import random
from datetime import timedelta
from operator import attrgetter

from carmanana.core.db import transaction
from carmanana.demo import calling, customer_work, days, duties, scenarios, schedules, selling
from carmanana.demo.attachments import attach_files
from carmanana.demo.deal_history import DealHistory
from carmanana.demo.events import actions_of
from carmanana.demo.lead_history import LeadHistory
from carmanana.demo.lead_scenarios import LEAD_SCENARIOS, leads_played
from carmanana.demo.names import people
from carmanana.demo.player import Player
from carmanana.demo.staff import Dealership, hire
from carmanana.demo.working_hours import DAY, WorkingHours

ORDER_TYPES = ("used_vehicle", "used_vehicle", "new_vehicle", "special_sourcing")
LEFT = -DAY // 8  # when the one who left has left, in working minutes
LEAVERS_SHARE = 0.06
PRESSING = ("late", "today", "none")
in_order = attrgetter("at", "number")


class Deck:
    """Draws without putting back until none is left: chance that keeps the shares in a small world too."""

    def __init__(self, cards, rng):
        self.cards = list(cards)
        self.rng = rng
        self.left = []

    def draw(self):
        if not self.left:
            self.left = self.rng.sample(self.cards, len(self.cards))
        return self.left.pop()


class World:
    def __init__(self, deals, seed, as_of, staff_for=0):
        """`staff_for` is how many deals the dealership has people for."""
        self.rng = random.Random(seed)
        self.deals = deals
        self.as_of = as_of
        self.dealership = Dealership(hire(max(deals, staff_for), as_of, self.rng))
        self.taken = taken = set()
        self.people = people(self.rng, taken)
        self.lead_rng = random.Random(f"leads {seed}")
        self.askers = people(self.lead_rng, taken)
        self.hours = {}
        self.met = set()
        self.order_types = {}
        for group in scenarios.GROUPS:
            self.order_types |= dict.fromkeys(group, Deck(ORDER_TYPES, self.rng))
        self.owners = {still_open: Deck(self.dealership.desk, self.rng) for still_open in (True, False)}
        self.player = Player(self.dealership, self.rng)

    def play(self) -> list:
        """There whole or not at all. Returns what a verb refused, with the refusal."""
        with transaction():
            actions = self.actions()
            for moment, duty in self._duties():
                self.player.play(action for action in actions if action.at < moment)
                actions = [action for action in actions if action.at >= moment]
                self.player.attempt(duty, moment, self)
            self.player.play(actions)
            for duty in duties.at_the_end(self):
                self.player.attempt(duty, self.as_of, self)
            attach_files(self.dealership, self.rng)
        return self.player.refused

    def actions(self) -> list:
        histories = [self.history(schedule) for schedule in self.schedules()]
        histories += [self.lead_history(schedule) for schedule in self.lead_schedules()]
        return sorted((action for history in histories for action in actions_of(history)), key=in_order)

    def schedules(self) -> list:
        """Every deal's schedule, the oldest first."""
        days = schedules.days_of_history(self.deals)
        drawn = [schedules.schedule(scenario, days, self.rng) for scenario in scenarios.draw(self.deals, self.rng)]
        return sorted(drawn, key=lambda schedule: schedule.starts)

    def lead_schedules(self) -> list:
        days, rng = schedules.days_of_history(self.deals), self.lead_rng
        drawn = scenarios.draw(leads_played(self.deals), rng, LEAD_SCENARIOS)
        return sorted((schedules.schedule(scenario, days, rng) for scenario in drawn), key=lambda each: each.starts)

    def lead_history(self, schedule) -> LeadHistory:
        rng, whose = self.lead_rng, schedule.scenario.whose
        owner = self.dealership.accounts[whose] if whose and rng.random() < 0.5 else rng.choice(self.dealership.desk)
        facts = next(self.askers), rng.choice(ORDER_TYPES), owner, self.hours_of(owner), self.dealership, rng
        return LeadHistory(schedule, *facts)

    def history(self, schedule) -> DealHistory:
        owner = self._owner(schedule)
        order_type = self.order_types[schedule.scenario].draw()
        hours = self.hours_of(owner)
        return DealHistory(schedule, next(self.people), order_type, owner, hours, self.dealership, self.rng)

    def _owner(self, schedule):
        """Who left handed over what was open and had ended the rest; the first of some scenarios has a named owner."""
        scenario, accounts = schedule.scenario, self.dealership.accounts
        if "inherit" in scenario.events:
            return self.dealership.leaver
        whose = scenario.whose or ("agent" if scenario.due in PRESSING else "")
        if whose and scenario not in self.met:
            self.met.add(scenario)
            return accounts[whose]
        ended = not scenario.still_open and schedule.ends < LEFT - DAY
        if ended and self.rng.random() < LEAVERS_SHARE:
            return self.dealership.leaver
        return self.owners[scenario.still_open].draw()

    def hours_of(self, user) -> WorkingHours:
        if user.timezone not in self.hours:
            self.hours[user.timezone] = WorkingHours(user.timezone, self.as_of)
        return self.hours[user.timezone]

    def _duties(self):
        left_at = self.hours_of(self.dealership.leaver).at(LEFT)
        return sorted(
            [
                (self.as_of - timedelta(days=4), duties.announce_absence),
                (left_at, duties.see_off),
                *calling.moments(self),
                *customer_work.moments(self),
                *selling.moments(self),
                *days.moments(self),
            ],
            key=lambda duty: duty[0],
        )
