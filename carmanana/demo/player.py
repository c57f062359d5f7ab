"""Takes each action of the demo as its person would at the screen: through the verbs of the domain, at its moment."""

import random

from carmanana.cancellations import evidence
from carmanana.cancellations.lifecycle import review
from carmanana.cancellations.playbook import answering, stories
from carmanana.contacting import log as logging
from carmanana.core import clock
from carmanana.core.db import transaction
from carmanana.core.query import by_id
from carmanana.core.workflow import Forbidden, Refused
from carmanana.customers import contact
from carmanana.deals import deal_facts, ownership
from carmanana.deals.lifecycle import order
from carmanana.demo import rights
from carmanana.demo.attachments import attach, recording
from carmanana.demo.lead_verbs import LeadVerbs
from carmanana.records.activities import Activity
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.deals import Deal
from carmanana.records.playbook import Story
from carmanana.records.retention import Commitment, CounterOffer, RetentionPlan


class Player(LeadVerbs):
    """What a verb refuses ends that deal's history there, where it stands lawfully, and is kept in `refused`."""

    def __init__(self, dealership, rng: random.Random):
        self.dealership = dealership
        self.rng = rng
        self.deals, self.leads = {}, {}
        self.ended = set()
        self.refused = []

    def play(self, actions) -> None:
        for action in actions:
            if action.history in self.ended:
                continue
            try:
                self._take(action)
            except (Refused, Forbidden) as refusal:
                self.ended.add(action.history)
                self.refused.append((f"{action.history.schedule.scenario.name}: {action.verb}", refusal))

    def attempt(self, duty, moment, world) -> None:
        """What belongs to no deal's history."""
        try:
            with clock.set_to(moment), transaction():
                duty(world)
        except (Refused, Forbidden) as refusal:
            self.refused.append((duty.__name__, refusal))

    def _take(self, action) -> None:
        self.action, self.by, self.given = action, action.by, action.given
        name = "review" if action.verb in review.triggers else action.verb
        with clock.set_to(action.at), transaction():
            fire = self.fire_lead if name.startswith("lead_") else self.fire
            getattr(self, name, fire)()

    @property
    def deal(self) -> Deal:
        return by_id(Deal, self.deals[self.action.history])

    @property
    def request(self) -> CancellationRequest:
        newest = CancellationRequest.select().where(CancellationRequest.deal == self.deal)
        return newest.order_by(CancellationRequest.id.desc()).get()

    # deals

    def fire(self):
        order.fire(self.deal, self.action.verb, self.by, **self._on_stages(self.given))

    def _on_stages(self, given: dict) -> dict:
        given = dict(given)
        if "stage" in given:
            order_type = given.pop("order_type", None) or self.deal.order_type
            given["stage"] = self.dealership.stages[order_type, given["stage"]]
        return given

    def take(self):
        history, given = self.action.history, dict(self.given)
        stage = self.dealership.stages[history.taken_as, 1]
        deal = deal_facts.take(self._customer(history), stage, self.by, given.pop("owner"), **given)
        self.deals[history] = deal.id

    def _customer(self, history):
        person = history.person
        facts = {"region": person.region, "timezone": person.zone, "language": person.language}
        facts |= {channel: True for channel in history.refuses}
        return contact.enter(self.by, person.name, [typed for _, typed in person.phones], person.emails, **facts)

    def take_second(self):
        first, given = self.deal, self.given
        stage = self.dealership.stages[first.order_type, 1]
        second = deal_facts.take(first.customer, stage, self.by, self.by, **given["order"])
        logging.add_step(second, self.by, **given["step"])

    def start_again(self):
        self.deals[self.action.history] = deal_facts.start_again(self.deal, self.by).id

    def claim(self):
        ownership.claim(self.deal, self.by)

    def reassign(self):
        ownership.reassign(self.deal, self.given["owner"], self.given["reason"], self.by)

    def flag(self):
        ownership.flag(self.deal, self.given["words"], self.by)

    def clear_flag(self):
        ownership.clear_flag(self.deal, self.given["words"], self.by)

    def assess(self):
        deal_facts.assess(self.deal, self.by, version=None, **self.given)

    def correct(self):
        deal_facts.correct(self.deal, self.by, self.deal.version, **self.given)

    def pay(self):
        deal_facts.record_payment(self.deal, self.by, paid_on=clock.today(self.by.timezone), **self.given)

    def close_channels(self):
        customer = self.deal.customer
        reach = [phone.typed for phone in customer.phones], [email.address for email in customer.emails]
        contact.correct(customer, self.by, customer.version, *reach, no_calls=True, no_emails=True, no_texts=True)

    # contacts and next steps

    def add_step(self):
        logging.add_step(self.deal, self.by, self.given["subject"], self.given["due_at"])

    def finish(self):
        """The next step that is no review's and no promise, where one is open."""
        deal = self.deal
        if step := Activity.open_steps(deal).where(Activity.id.not_in(self._bound(deal))).first():
            logging.finish_step(step, self.by)

    def _bound(self, deal) -> list[int]:
        if not self.action.history.asked_to_cancel:
            return []
        tasks = CancellationRequest.select(CancellationRequest.task).where(CancellationRequest.deal == deal)
        promises = Commitment.select(Commitment.task).join(CancellationRequest).where(CancellationRequest.deal == deal)
        return [task for (task,) in (*tasks.tuples(), *promises.tuples()) if task]

    def log(self):
        step = {"step": self.request.task} if self.given.get("step") else {}
        logging.log(self.deal, self.by, **self.given | step)

    def note(self):
        logging.log(self.deal, self.by, "note", self.given["summary"])

    # cancellations

    def review(self):
        rights.decide_first(self.request, self.action.verb)
        review.fire(self.request, self.action.verb, self.by, **self._of_this_case())

    def _of_this_case(self) -> dict:
        """Stages, offers and the rest, which an action names by their number."""
        given = dict(self.given)
        plan = RetentionPlan.current(self.request)
        offers = plan.offers.order_by("id") if plan else ()
        if isinstance(given.get("offer"), int):
            given["offer"] = offers[given["offer"]]
        if "presentation" in given:
            given["presentation"] = offers[given["presentation"]].presentation
        if isinstance(given.get("back_to"), int):
            given["back_to"] = self.dealership.stages[self.deal.order_type, given["back_to"]]
        if self.action.verb == "answer_counter":
            given["counter"] = plan.counters.order_by(CounterOffer.id.desc()).get()
        return given

    def record(self):
        if contact := self.request.contact:
            attach(contact, "call.wav", recording(self.rng), self.by)

    def explain(self):
        evidence.explain(self.request, self.by, evidence.missing(self.deal), self.given["reason"])

    def keep_promise(self):
        promises = Commitment.select().join(CancellationRequest).where(CancellationRequest.deal == self.deal)
        tasks = [promise.task for promise in promises.order_by(Commitment.id) if promise.task.done_at is None]
        logging.finish_step(tasks[0], self.by)

    def answer_playbook(self):
        given = dict(self.given)
        if given["step"] == "social_proof":
            given["story"] = Story.told().first()
        answering.answer(self.request, given.pop("step"), self.by, **given)

    def tell_story(self):
        stories.make(self.request, self.by, **self.given)
