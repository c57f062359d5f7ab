"""One life's page in the ledger: its customer, its deal as it stands, and the open next step."""

from datetime import UTC, datetime, timedelta
from operator import itemgetter

from carmanana.activities.models import Activity
from carmanana.cancellations.evidence import EVIDENCED
from carmanana.customers.models import Customer, CustomerEmail, CustomerPhone, fold
from carmanana.deals.models import ACTIVE, ENDED, LOSING, ON_HOLD, Deal, Hold
from carmanana.demo.rows import text
from carmanana.people.models import HOUSE_ID


class Page:
    def __init__(self, ledger, life):
        self.ledger = ledger
        self.life = life
        self.customer = None
        self.deal = None
        self.needs = None
        self.hold = None
        self.open_steps = []
        self.case = None
        self.bound = set()  # tasks that end with their case or promise, not by the way
        self.promises = []
        self.evidence = []  # calls and emails
        self.filed = set()  # those with a file, or a reason why there is none

    # the customer

    def welcome(self, step):
        person = self.life.person
        facts = {"name": person.name, "folded": fold(person.name), "region": person.region, "timezone": person.zone, "language": person.language}
        closed = {channel: True for channel in self.life.refuses}
        self.customer = self.ledger.add(Customer, created_at=step.moment, **facts, **closed)
        number = self.customer["id"]
        for position, (e164, typed) in enumerate(person.phones):
            self.ledger.add(CustomerPhone, customer_id=number, typed=typed, e164=e164, position=position)
        for position, address in enumerate(person.emails):
            self.ledger.add(CustomerEmail, customer_id=number, address=address, position=position)
        self.ledger.tell("enter", "customer", number, step)

    # the deal

    def take(self, step, owner, stage, **facts):
        moments = {"in_stage_since": step.moment, "state_since": step.moment, "created_at": step.moment}
        place = {"pipeline_id": stage.pipeline_id, "stage_id": stage.id, "position": self.ledger.top_of(stage.id)}
        place |= {"customer_id": self.customer["id"], "order_type": stage.pipeline.order_type, "owner_id": owner and owner.id}
        self.deal = self.ledger.add(Deal, **place, **moments, **facts)
        self._owned_by(owner)
        self.tell("take", step, None, ACTIVE, {"stage": stage.id, "owner": owner and owner.id})

    def _owned_by(self, owner):
        """The first to own the deal looks after the customer."""
        if owner and owner.id != HOUSE_ID and not self.customer["owner_id"]:
            self.customer["owner_id"] = owner.id

    def give(self, owner):
        self.deal["owner_id"] = owner.id
        self._owned_by(owner)

    @property
    def owner(self):
        return self.ledger.house.people.get(self.deal["owner_id"])

    @property
    def unowned(self):
        return self.deal["owner_id"] in (None, HOUSE_ID)

    def change(self, **fields):
        self.deal.update(fields)
        self.deal["version"] += 1

    def turn(self, verb, step, state=None, data=None, **fields):
        """A step of the machine: to a state, with what it changes, told in the trail."""
        was = self.deal["state"]
        became = state or was
        if became != was:
            fields = {"state_since": step.moment} | self._waited(was, step) | fields
        self.change(state=became, **fields)
        self.tell(verb, step, was, became, data)

    def _waited(self, was, step):
        """As lifecycle.waited: the time in the stage goes on from where it stood."""
        if was not in (ON_HOLD, LOSING):
            return {}
        since, entered = (datetime.fromisoformat(self.deal[name]).replace(tzinfo=UTC) for name in ("state_since", "in_stage_since"))
        return {"in_stage_since": text(step.at - max(since - entered, timedelta()))}

    def stage(self, step):
        return self.stage_number(step.given["stage"])

    def stage_number(self, number):
        return self.ledger.house.stages[self.deal["order_type"], number]

    def enter_stage(self, stage, step):
        """The fields and the words of the trail for a card that enters a stage, on top."""
        fields = {"stage_id": stage.id, "position": self.ledger.top_of(stage.id)}
        if stage.id == self.deal["stage_id"]:
            return fields | ({"in_stage_since": step.moment} if self.deal["state"] in ENDED else {}), {}
        told = {"from_stage": self.deal["stage_id"], "to_stage": stage.id}
        return fields | {"in_stage_since": step.moment}, told

    def lift_hold(self, step):
        if self.hold:
            self.hold["lifted_at"] = step.moment
        self.hold = None

    def wait(self, step):
        self.lift_hold(step)
        facts = {name: step.given[name] for name in ("sub_status", "reason", "follow_up_on")}
        self.hold = self.ledger.add(Hold, deal_id=self.deal["id"], placed_by_id=step.by.id, placed_at=step.moment, **facts)
        self.beside["hold"] = True

    @property
    def beside(self):
        """What stands with the deal in other tables, for the rules."""
        return self.ledger.besides.setdefault(self.deal["id"], {})

    # activities

    def activity(self, kind, step, **facts):
        activity = self.ledger.add(
            Activity,
            customer_id=self.customer["id"],
            deal_id=self.deal["id"],
            kind=kind,
            at=step.moment,
            created_at=step.moment,
            author_id=step.by.id,
            **facts,
        )
        if kind in EVIDENCED:
            self.evidence.append(activity["id"])
        return activity

    def log(self, step, kind, **facts):
        """A contact in the log whose next step is set already."""
        activity = self.activity(kind, step, **facts)
        self.change()
        self.tell("log", step, data={"activity": activity["id"], "kind": kind, "outcome": facts.get("outcome")})
        return activity

    def add_task(self, step, subject, due_at, assignee_id, **facts):
        task = self.activity("task", step, subject=subject, due_at=due_at, assignee_id=assignee_id, **facts)
        self.open_steps.append(task)
        return task

    @property
    def next_step(self):
        """The soonest that is no case's and no promise."""
        free = [task for task in self.open_steps if task["id"] not in self.bound] if self.bound else self.open_steps
        return min(free, key=itemgetter("due_at", "id")) if len(free) > 1 else free[0]

    def finish(self, task, step):
        self.close_step(task, step)
        self.change()
        self.tell("step_done", step, data={"activity": task["id"]})

    def close_step(self, task, step):
        task.update(done_at=step.moment, done_by_id=step.by.id, version=task["version"] + 1)
        self.open_steps.remove(task)

    def note(self, step, subject, summary):
        self.activity("note", step, subject=subject, summary=summary)

    def note_for_manager(self, step, title):
        self.note(step, title, step.given["reason"])
        self.notify_managers_of(step.by, f"{self.customer['name']}: {title[0].lower()}{title[1:]}", step)

    def close_steps(self, step):
        for task in self.open_steps:
            task.update(done_at=step.moment, done_by_id=step.by.id, version=task["version"] + 1)
        self.open_steps = []

    def hand_over_steps(self, owner):
        """All but the task of a case, which is the reviewer's or the retention member's."""
        for task in self.open_steps:
            if self.case and task is self.case.task:
                continue
            task.update(assignee_id=owner.id, version=task["version"] + 1)

    # who hears of it

    def tell(self, verb, step, was=None, became=None, data=None):
        self.ledger.tell(verb, "deal", self.deal["id"], step, was, became, data)

    def notify(self, user, text, step):
        self.ledger.notify(user, text, step, deal_id=self.deal["id"])

    def notify_managers_of(self, user, text, step):
        for manager in self.ledger.managers_of(user):
            self.notify(manager, text, step)
