"""The people of the demo dealership, and how the work is shared among them."""

import re
from datetime import timedelta

from carmanana.core import clock
from carmanana.demo.names import people
from carmanana.records.people import HOUSE_ID, User
from carmanana.records.pipelines import Stage
from carmanana.staffing import joining
from carmanana.staffing.signin import hasher

PASSWORD = "carmanana-demo"
DOMAIN = "carmanana.example"
NEW_YORK, CHICAGO, PACIFIC = "America/New_York", "America/Chicago", "America/Los_Angeles"

# account, name, roles, manager's account, zone, share of the deals
PEOPLE = [
    ("manager", "Ingrid Dahl", "manager", None, NEW_YORK, 0),
    ("manager2", "Oskar Lind", "manager", None, CHICAGO, 0),
    ("agent", "Marta Sandoval", "agent", "manager", NEW_YORK, 12),
    ("agent2", "Thabo Okafor", "agent", "manager2", NEW_YORK, 6),
    ("jana.weiss", "Jana Weiss", "agent", "manager", NEW_YORK, 4),
    ("camille.bertrand", "Camille Bertrand", "agent", "manager", NEW_YORK, 4),
    ("priya.raman", "Priya Raman", "agent", "manager2", CHICAGO, 4),
    ("luca.paoli", "Luca Paoli", "agent", "manager2", CHICAGO, 4),
    ("declan.murphy", "Declan Ó Murchú", "agent", "manager", PACIFIC, 4),
    ("yuki.tanaka", "Yuki Tanaka", "agent", "manager2", PACIFIC, 4),
    ("grace.adeyemi", "Grace Adéyẹmí-Whitlock", "agent", "manager", CHICAGO, 2),
    ("owen.haverford", "Owen Haverford", "agent", "manager2", NEW_YORK, 0),
    ("retention", "Samira Mendes", "retention", "manager", NEW_YORK, 0),
    ("mateo.ruiz", "Mateo Ruiz", "retention", "manager2", CHICAGO, 0),
    ("cancellations", "Noor Haddad", "customer_cancellation", "manager", NEW_YORK, 0),
    ("compliance", "Piet de Vries", "compliance", "manager", NEW_YORK, 0),
    ("admin", "Ada Brandt", "crm_admin", None, NEW_YORK, 0),
]
LEAVER, AWAY, BARRED = "owen.haverford", "luca.paoli", "jana.weiss"
DEALS_AN_AGENT = 2_500  # a larger world has more agents
MOST_AGENTS = 60
COUPLE = re.compile("[&+]")


def hire(deals: int, as_of, rng) -> dict:
    """Everybody joins years before the first deal; all have the demo's password."""
    everybody = [*PEOPLE, *_further(deals, rng)]
    with clock.set_to(as_of - timedelta(days=6 * 365)):
        accounts = {}
        for account, name, roles, boss, zone, _ in everybody:
            manager = boss and accounts[boss]
            accounts[account] = joining.join(None, f"{account}@{DOMAIN}", name, set(roles.split()), manager, zone)
    User.update(password_hash=hasher.hash(PASSWORD)).where(User.id != HOUSE_ID).execute()
    return {account: (accounts[account], share) for account, *_, share in everybody}


def _further(deals, rng):
    folk = (person for person in people(rng) if not COUPLE.search(person.name))
    for number in range(min(MOST_AGENTS, deals // DEALS_AN_AGENT)):
        person = next(folk)
        zone = (NEW_YORK, CHICAGO, PACIFIC)[number % 3]
        yield f"agent{number + 3}", person.name, "agent", ("manager", "manager2")[number % 2], zone, 4


class Dealership:
    """Who works deals, and the stages they work them through."""

    def __init__(self, hired: dict):
        """`hired` has each user with their share of the deals, by account."""
        self.accounts = accounts = {account: user for account, (user, _) in hired.items()}
        self.nobody = User.get_by_id(HOUSE_ID)
        self.managers = [accounts["manager"], accounts["manager2"]]
        self.savers = [accounts["retention"], accounts["mateo.ruiz"]]
        self.leaver = accounts[LEAVER]
        self.agents = [user for user, share in hired.values() if share]
        self.desk = [user for user, share in hired.values() for _ in range(share)]
        self.stages = {
            (stage.pipeline.order_type, stage.position // 1024): stage for stage in Stage.select().order_by(Stage.id)
        }

    def colleague_of(self, owner, rng):
        """Another agent who keeps the same hours."""
        return rng.choice([agent for agent in self.agents if agent.timezone == owner.timezone and agent != owner])

    def other_manager(self, manager):
        return self.managers[manager == self.managers[0]]

    def saver_of(self, manager):
        """The member of the Retention Team who reports to this manager."""
        return self.savers[self.managers.index(manager)]

    def other_saver(self, saver):
        return self.savers[saver == self.savers[0]]
