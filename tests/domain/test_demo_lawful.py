"""The demo's ledger writes rows in bulk. Here the same steps are taken one by one through the domain's own verbs,
each at its moment, by its person: every one of them must be allowed, and both databases must come out alike."""

import random
import shutil
from datetime import UTC, datetime

import pytest

from carmanana import clock
from carmanana.activities import log as logging
from carmanana.activities.models import Activity
from carmanana.cancellations import evidence
from carmanana.cancellations.lifecycle import review
from carmanana.cancellations.models import STATES as REVIEW_STATES
from carmanana.cancellations.models import CancellationRequest
from carmanana.customers import contact
from carmanana.db import database, migrate, open_database, transaction
from carmanana.deals import ownership, taking
from carmanana.deals.lifecycle import order
from carmanana.deals.models import STATES, Deal
from carmanana.demo import fates
from carmanana.demo.ledger import CASES, Ledger, in_order
from carmanana.demo.papers import recording
from carmanana.demo.telling import tell
from carmanana.demo.world import World
from carmanana.files import keeping
from carmanana.playbook import answering, stories
from carmanana.playbook.models import Story
from carmanana.retention.models import Commitment, CounterOffer, RetentionPlan

from ..conftest import settings_in

NOW = datetime(2026, 11, 18, 17, 0, tzinfo=UTC)
DEALS = len(fates.FATES)

# what the bulk door does on purpose in its own way
APART = {
    "deal": {"position"},
    "customer": {"owner_id"},
    "notification": {"read_at"},
    "event": {"id", "hash", "previous_hash"},
    "customer_phone": {"id"},  # written anew when a customer is corrected
    "customer_email": {"id"},
}
# `undo_step` is left out: the ledger writes history, in which nobody takes a step back
TABLES = (
    "customer", "customer_phone", "customer_email", "deal", "hold", "payment", "needs_assessment", "vehicle_option",
    "activity", "notification", "event", *(model._meta.table_name for model in CASES), "finding",
)  # fmt: skip


class ByVerbs:
    """Takes a step as the person at the screen would."""

    def __init__(self, house):
        self.house = house
        self.deals = {}

    def play(self, step):
        self.step, self.by, self.given = step, step.by, step.given
        with clock.set_to(step.at):
            getattr(self, step.verb, self.review if step.verb in review.triggers else self.fire)()

    @property
    def deal(self):
        return Deal.get_by_id(self.deals[self.step.life])

    @property
    def request(self):
        return CancellationRequest.select().where(CancellationRequest.deal == self.deal).order_by(CancellationRequest.id.desc()).get()

    def fire(self):
        order.fire(self.deal, self.step.verb, self.by, **self._on_stages())

    def _on_stages(self):
        given = dict(self.given)
        if "stage" in given:
            given["stage"] = self.house.stages[given.pop("order_type", self.deal.order_type), given["stage"]]
        return given

    def take(self):
        life = self.step.life
        given = dict(self.given)
        stage = self.house.stages[life.taken_as, 1]
        deal = taking.take(self._customer(life.person), stage, self.by, given.pop("owner"), **given)
        self.deals[life] = deal.id

    def _customer(self, person):
        facts = {"region": person.region, "timezone": person.zone, "language": person.language}
        facts |= {channel: True for channel in self.step.life.refuses}
        return contact.enter(self.by, person.name, [typed for _, typed in person.phones], person.emails, **facts)

    def take_second(self):
        first, given = self.deal, self.given
        second = taking.take(first.customer, self.house.stages[first.order_type, 1], self.by, self.by, **given["order"])
        logging.add_step(second, self.by, **given["step"])

    def start_again(self):
        self.deals[self.step.life] = taking.start_again(self.deal, self.by).id

    def claim(self):
        ownership.claim(self.deal, self.by)

    def add_step(self):
        logging.add_step(self.deal, self.by, self.given["subject"], self.given["due_at"])

    def finish(self):
        """The next step that is no case's and no promise."""
        bound = [task for (task,) in (*CancellationRequest.select(CancellationRequest.task).tuples(), *Commitment.select(Commitment.task).tuples())]
        logging.finish_step(Activity.open_steps(self.deal).where(Activity.id.not_in(bound)).first(), self.by)

    def log(self):
        step = {"step": self.request.task} if self.given.get("step") else {}
        logging.log(self.deal, self.by, **self.given | step)

    def note(self):
        logging.log(self.deal, self.by, "note", self.given["summary"])

    def assess(self):
        taking.assess(self.deal, self.by, version=None, **self.given)

    def correct(self):
        taking.correct(self.deal, self.by, self.deal.version, **self.given)

    def pay(self):
        taking.record_payment(self.deal, self.by, paid_on=clock.today(self.by.timezone), **self.given)

    def shun(self):
        customer = self.deal.customer
        reach = [phone.typed for phone in customer.phones], [email.address for email in customer.emails]
        contact.correct(customer, self.by, customer.version, *reach, no_calls=True, no_emails=True, no_texts=True)

    def reassign(self):
        ownership.reassign(self.deal, self.given["owner"], self.given["reason"], self.by)

    def flag(self):
        ownership.flag(self.deal, self.given["words"], self.by)

    def clear_flag(self):
        ownership.clear_flag(self.deal, self.given["words"], self.by)


    # cancellations

    def review(self):
        review.fire(self.request, self.step.verb, self.by, **self._of_this_case(dict(self.given)))

    def _of_this_case(self, given):
        """Stages, offers and the rest, which a step names by their number."""
        offers = plan.offers.order_by("id") if (plan := RetentionPlan.current(self.request)) else ()
        if isinstance(given.get("offer"), int):
            given["offer"] = offers[given["offer"]]
        if "presentation" in given:
            given["presentation"] = offers[given["presentation"]].presentation
        if isinstance(given.get("back_to"), int):
            given["back_to"] = self.house.stages[self.deal.order_type, given["back_to"]]
        if self.step.verb == "answer_counter":
            given["counter"] = plan.counters.order_by(CounterOffer.id.desc()).get()
        return given

    def record(self):
        keeping.attach(self.request.contact, [keeping.keep("call.wav", recording(random.Random(1)))], self.by)

    def explain(self):
        evidence.explain(self.request, self.by, evidence.missing(self.deal), self.given["reason"])

    def keep_promise(self):
        promises = Commitment.select().join(CancellationRequest).where(CancellationRequest.deal == self.deal).order_by(Commitment.id)
        logging.finish_step(next(promise.task for promise in promises if promise.task.done_at is None), self.by)

    def answer_playbook(self):
        given = dict(self.given)
        if given["step"] == "social_proof":
            given["story"] = Story.told().first()
        answering.answer(self.request, given.pop("step"), self.by, **given)

    def tell_story(self):
        stories.make(self.request, self.by, **self.given)


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    settings = settings_in(tmp_path_factory.mktemp("empty"))
    open_database(settings)
    migrate(settings)
    database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return settings.database


def in_a_world_of_its_own(empty, folder, write):
    """What `write` leaves in an empty database, given the house and the steps of one and the same seed."""
    folder.mkdir()
    settings = settings_in(folder)
    shutil.copy(empty, settings.database)
    open_database(settings)
    keeping.keep_in(settings.uploads)
    database.connect(reuse_if_open=True)
    try:
        world = World(DEALS, random.Random(7), NOW, "")
        write(world, in_order(step for plot in world.plots() for step in tell(world.life(plot))))
        return {table: rows_of(table) for table in TABLES} | {"columns": columns()}
    finally:
        database.close()


def rows_of(table):
    cursor = database.execute_sql(f'SELECT * FROM "{table}" ORDER BY 1')
    names = [column[0] for column in cursor.description]
    kept = [name for name in names if name not in APART.get(table, ())]
    rows = (dict(zip(names, row, strict=True)) for row in cursor.fetchall())
    told = [{name: row[name] for name in kept} for row in rows if row.get("verb") not in ("loaded", "join")]
    return sorted(told, key=lambda row: (row["customer_id"], row["position"])) if table.startswith("customer_") else told


def columns():
    """The cards of each column in their order."""
    cards = Deal.select(Deal.stage, Deal.id).where(Deal.state == "active").order_by(Deal.stage, Deal.position)
    return list(cards.tuples())


def by_ledger(world, steps):
    Ledger(world.house, NOW).write(steps)


def by_verbs(world, steps):
    hands = ByVerbs(world.house)
    with transaction():
        for step in steps:
            hands.play(step)


@pytest.fixture(scope="module")
def both(empty, tmp_path_factory):
    folder = tmp_path_factory.mktemp("worlds")
    return tuple(in_a_world_of_its_own(empty, folder / write.__name__, write) for write in (by_ledger, by_verbs))


@pytest.mark.parametrize("table", [*TABLES, "columns"])
def test_bulk_rows_are_what_the_verbs_write(both, table):
    ledger, verbs = both
    assert ledger[table] == verbs[table]


def test_every_lawful_fate_was_played(both):
    assert len(both[0]["deal"]) > DEALS
    assert {row["state"] for row in both[0]["deal"]} == {*STATES}
    assert {row["state"] for row in both[0]["cancellation_request"]} == {*REVIEW_STATES}
    assert all(both[0][model._meta.table_name] for model in CASES)


def test_every_step_of_a_review_was_taken(both):
    told = {row["verb"] for row in both[0]["event"] if row["subject"] == "cancellation_request"}
    assert {*review.triggers} <= told
