"""Lives as rows, many deals at once, exactly as the verbs of the domain would have written them.

tests/domain/test_demo_lawful.py plays the same steps through the verbs and compares the two databases.
"""

from datetime import timedelta
from operator import attrgetter

from carmanana import clock
from carmanana.activities.models import Activity
from carmanana.cancellations.hours import days_off, due_after, open_hours
from carmanana.cancellations.models import CancellationRequest, Direction, EvidenceGap, ReviewTerms
from carmanana.db import next_id
from carmanana.deals.models import GAP, Deal, Hold, NeedsAssessment, Payment, VehicleOption
from carmanana.demo import entries, rescues, reviews, rows, turns
from carmanana.demo.chapter import CLIENTS, Chapter, write_down
from carmanana.demo.page import Page
from carmanana.notifications.models import Notification
from carmanana.playbook.models import PlaybookAnswer, Story
from carmanana.retention.models import Commitment, CounterOffer, Offer, Presentation, RetentionPlan

CASES = (
    CancellationRequest, Direction, EvidenceGap, RetentionPlan, Offer, Presentation, CounterOffer, Commitment, Story, PlaybookAnswer,
)  # fmt: skip
NUMBERED = (*CLIENTS, Deal, Hold, Payment, NeedsAssessment, VehicleOption, Activity, Notification, *CASES)
VERBS = vars(entries) | vars(turns) | vars(reviews) | vars(rescues)
BLANK = {model: rows.blank(model) for model in NUMBERED}
UNREAD = timedelta(days=2)


def in_order(steps):
    return sorted(steps, key=attrgetter("at", "number"))


class Ledger:
    def __init__(self, house, as_of):
        self.house = house
        self.as_of = as_of
        self.tops = {}  # where the uppermost card of each column stands
        self.stories = []  # when each was first told, and its number
        self.numbers = {model: next_id(model) for model in NUMBERED}
        self.first_contact_minutes = ReviewTerms.now().first_contact_minutes
        self.opened = open_hours(), days_off()

    def write(self, steps) -> None:
        write_down(self.play(steps), self.as_of)

    def play(self, steps) -> Chapter:
        """Play these steps, in the order of time; the chapter holds what they leave behind."""
        with clock.set_to(self.as_of):
            self._open()
            for step in in_order(steps):
                VERBS[step.verb](self._page(step), step)
        return self._chapter()

    def _open(self):
        self.rows = {model: [] for model in NUMBERED}
        self.events = []
        self.pages = {}
        self.besides = {}
        self.recorded = []

    def _page(self, step):
        if step.life not in self.pages:
            self.pages[step.life] = Page(self, step.life)
        return self.pages[step.life]

    def _chapter(self):
        deals = self.rows.pop(Deal)
        beside = [self.besides.get(deal["id"], {}) for deal in deals]
        return Chapter({model: rows.stored(model, made) for model, made in self.rows.items()}, self.events, deals, beside, self.recorded)

    # what pages write with

    def add(self, model, /, **facts):
        """A new row with the next id of its table."""
        row = BLANK[model] | facts
        row["id"] = self.numbers[model]
        self.numbers[model] += 1
        self.rows[model].append(row)
        return row

    def tell(self, verb, subject, subject_id, step, was=None, became=None, data=None):
        self.events.append((step.moment, step.by.id, subject, subject_id, verb, was, became, data or {}))

    def notify(self, user, text, step, **about):
        """As Notification.tell; older ones have been read since."""
        if user.id == step.by.id:
            return
        read = step.at + timedelta(hours=2) if step.at < self.as_of - UNREAD else None
        self.add(Notification, user_id=user.id, text=text, actor_id=step.by.id, created_at=step.moment, read_at=read, **about)

    def story_before(self, step):
        """The newest of the true stories that could be told at that moment."""
        return max((number for moment, number in self.stories if moment < step.moment), default=None)

    def managers_of(self, user):
        return [user.manager] if user.manager else sorted(self.house.managers, key=lambda boss: boss.name)

    def first_contact_due(self, at, reviewer):
        return due_after(at, self.first_contact_minutes, reviewer.timezone, self.opened)

    def top_of(self, stage_id):
        self.tops[stage_id] = top = self.tops.get(stage_id, 2 * GAP) - GAP
        return top
