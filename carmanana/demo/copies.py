"""Who the copied customers are: another person, another car, other sums and days for each, but the same story."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import count
from operator import itemgetter

from carmanana.contacting.calling.regions import region_of_words
from carmanana.core import money
from carmanana.core.db import database
from carmanana.core.text import fold
from carmanana.demo import cars, schedules
from carmanana.demo.lead_history import LeadHistory
from carmanana.demo.lead_scenarios import LEAD_SCENARIOS
from carmanana.demo.names import like
from carmanana.demo.scenarios import SCENARIOS
from carmanana.demo.staff import AWAY, BARRED, LEAVER
from carmanana.demo.wording import plural, with_article

TURNS = 60  # ways in which the agents of a team stand in for each other
SCALE = 20  # sums are multiplied by so many twentieths
SCALES = range(15, 28)
MOST_SECONDS = 5_400  # that what still goes on happened earlier
COLUMNS = ("root", "n", "turn", "seconds", "days", "scale", "region", "timezone", "called")
SETTLED = """SELECT customer_id FROM (
  SELECT customer_id, state IN ('lost', 'cancelled_by_client') OR delivered_on IS NOT NULL AS settled FROM deal
  UNION ALL SELECT customer_id, state IN ('closed', 'converted') FROM lead
) GROUP BY customer_id HAVING MIN(settled)"""

# whose second person a copy could not tell from the first's own words
SEVERAL = "SELECT customer_id FROM person GROUP BY 1 HAVING COUNT(*) > 1"


@dataclass
class Root:
    """A customer who was played by the verbs, and the words by which one knows them."""

    id: int
    history: object
    settled: bool

    def words(self) -> list[str]:
        return words_of(
            self.history.person,
            self.history,
            self.history.car,
            self.history.rival,
            self.history.colour,
            self.history.value,
        )


def words_of(person, history, car, rival, colour, value) -> list[str]:
    """In the same order for the original and for each copy; the emails and numbers come last."""
    year = history.car.year
    words = [f"{year} {car.make} {car.model}"]
    for each in (car, rival):
        words += [with_article(each.spoken), plural(each.spoken), each.model, each.spoken, each.short, each.make]
    words += [person.name, fold(person.name), person.given, colour, person.town, money.shown(value) if value else ""]
    return [*words, *person.emails, *(written for phone in person.phones for written in phone)]


class Copies:
    """One row for each copy, `n` being the how-manieth of its root it is: the first ones lie furthest back."""

    def __init__(self, world, deals: int):
        self.rng = world.rng
        self.weeks = (schedules.days_of_history(deals) - schedules.SHORTEST_DAYS) // 5
        settled = {row[0] for row in database.execute_sql(SETTLED).fetchall()}
        several = {row[0] for row in database.execute_sql(SEVERAL).fetchall()}
        played = [(history, customer) for history, customer in _played(world.player) if customer not in several]
        self.roots = [Root(customer, history, customer in settled) for history, customer in played]
        self.taken = {address for (address,) in database.execute_sql("SELECT address FROM customer_email").fetchall()}
        self.numbers = count(1)
        self.plan = self._plan(SCENARIOS, deals - self._became(deals)) + self._plan(LEAD_SCENARIOS, deals)
        self.most = Counter(root.id for root in self.plan)

    @staticmethod
    def _became(leads) -> int:
        """How many of so many leads are deals."""
        whole = sum(scenario.share for scenario in LEAD_SCENARIOS)
        return round(leads * sum(scenario.share for scenario in LEAD_SCENARIOS if "convert" in scenario.events) / whole)

    def _plan(self, scenarios, number) -> list[Root]:
        """Which roots are copied, so that the scenarios come to their shares of so many."""
        of_scenario = {scenario: [] for scenario in scenarios}
        for root in self.roots:
            if root.history.schedule.scenario in of_scenario:
                of_scenario[root.history.schedule.scenario].append(root)
        whole = sum(scenario.share for scenario in scenarios)
        missing = [
            max(0, scenario.share * number / whole - len(of_scenario[scenario])) * bool(of_scenario[scenario])
            for scenario in scenarios
        ]
        played = sum(map(len, of_scenario.values()))
        drawn = Counter(self.rng.choices(scenarios, missing, k=number - played))
        return [
            of_scenario[scenario][n % len(of_scenario[scenario])]
            for scenario, times in drawn.items()
            for n in range(times)
        ]

    def rows(self) -> Iterator[tuple]:
        made, numbered = Counter(), []
        for root in self.plan:
            made[root.id] += 1
            numbered.append((made[root.id], root))
        numbered.sort(key=itemgetter(0))
        return (self._row(root, n) for n, root in numbered)

    def _row(self, root: Root, n: int) -> tuple:
        rng, history = self.rng, root.history
        seconds, days = self._earlier(root, n)
        earlier = -seconds, -days
        scale = rng.choice(SCALES)
        person = like(history.person, next(self.numbers), rng, self.taken)
        called = _called(person.region)
        car = self._car(history)
        rival = cars.like(car, history.taken_as, history.car.year, rng)
        value = history.value and history.value * scale // SCALE
        words = words_of(person, history, car, rival, rng.choice(cars.COLOURS), value)
        return root.id, n, rng.randrange(TURNS), *earlier, scale, person.region, person.zone, called, *words

    def _car(self, history):
        """Of the same kind, so that it suits what they want it for."""
        return cars.of_kind(history.car.body, history.taken_as, history.car.year, self.rng) or history.car

    def _earlier(self, root: Root, n: int) -> tuple[int, int]:
        """What has ended happened weeks earlier, what goes on an hour or so."""
        seconds, days = self.rng.randrange(MOST_SECONDS), 0
        if root.settled:
            days = 7 * int(self.weeks * self.rng.random() * (1 - n / (self.most[root.id] + 1)))
        return seconds + days * 86_400, days


@cache
def _called(region: str) -> str:
    """As calling rules name it."""
    return region_of_words(region)


def _played(player):
    """Each history with its customer's id."""
    for model, ids in (("deal", player.deals), ("lead", player.leads)):
        customer_of = dict(database.execute_sql(f"SELECT id, customer_id FROM {model}").fetchall())
        for history, id in ids.items():
            if isinstance(history, LeadHistory) == (model == "lead"):
                yield history, customer_of[id]


def pattern(root: Root):
    """Finds the words of a root in a text, and the place of each in the row of a copy."""
    places = {}
    for place, word in enumerate(root.words()):
        if len(word) > 1:
            places.setdefault(word, place)
    longest_first = sorted(places, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)"), places


def stand_ins(dealership) -> list[tuple[int, int, int]]:
    """For each turn, who does what somebody did: agents of the same manager and zone change places, others stay."""
    teams = defaultdict(list)
    fixed = {dealership.accounts[account].id for account in (LEAVER, AWAY, BARRED)}
    for agent in dealership.agents:
        if agent.id not in fixed:
            teams[agent.manager_id, agent.timezone].append(agent.id)
    place = {user: (team, number) for team in teams.values() for number, user in enumerate(team)}
    everybody = [user for (user,) in database.execute_sql("SELECT id FROM user").fetchall()]
    return [(turn, user, _stand_in(place.get(user), turn) or user) for turn in range(TURNS) for user in everybody]


def _stand_in(placed, turn):
    return placed and placed[0][(placed[1] + turn) % len(placed[0])]
