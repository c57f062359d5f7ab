"""One cancellation request on a page: its rows, who works on it, and what each of its steps leaves behind."""

from carmanana.cancellations.models import CancellationRequest


class Case:
    def __init__(self, page, step, reviewer, **facts):
        self.page = page
        self.requested_by, self.reviewer, self.assignee = step.by, reviewer, None
        self.row = page.ledger.add(CancellationRequest, deal_id=page.deal["id"], reviewer_id=reviewer.id, **facts)
        self.task = None
        self.plan, self.offers, self.shown, self.counter = None, [], [], None

    @property
    def name(self):
        return self.page.customer["name"]

    def turn(self, step, became=None, data=None, **fields):
        """A step of the cancellation machine, told in the trail by its own name."""
        was = self.row["state"]
        became = became or was
        if became != was:
            fields = {"state_since": step.moment} | fields
        self.row |= fields | {"state": became, "version": self.row["version"] + 1}
        self.record(step.verb, step, was, became, data)

    def record(self, verb, step, was=None, became=None, data=None):
        self.page.ledger.tell(verb, "cancellation_request", self.row["id"], step, was, became, data)

    def next_task(self, step, subject, due_at, assignee, words=""):
        """The one open task of the case; the one before is done."""
        self.close_task(step)
        self.task = self.page.add_task(step, subject, due_at, assignee.id, summary=words)
        self.page.bound.add(self.task["id"])
        self.row["task_id"] = self.task["id"]

    def close_task(self, step):
        if self.task and self.task["done_at"] is None:
            self.page.close_step(self.task, step)

    def give_task(self, to, due_at=None):
        changed = {"assignee_id": to.id} | ({"due_at": due_at} if due_at else {})
        if self.task["done_at"] is None:
            self.task.update(changed, version=self.task["version"] + 1)

    def end_plan(self, because, step, response=""):
        ended = {"ended_at": step.moment, "ended_because": because, "response": response}
        self.plan.update(ended, version=self.plan["version"] + 1)
        self.plan = None

    def end(self, because, step):
        self.close_task(step)
        if self.plan:
            self.end_plan(because, step)

    def ended(self, step):
        return {"ended_at": step.moment, "ended_by_id": step.by.id}

    def tell(self, user, text, step):
        if user and not user.house:
            self.page.notify(user, f"{self.name}{text}", step)

    def tell_all(self, text, step):
        """The owner, who asked for it, the reviewer, and whoever tried to save it."""
        people = {self.page.owner, self.requested_by, self.reviewer, self.assignee} - {None}
        for person in sorted(people, key=lambda person: person.id):
            self.tell(person, text, step)
