"""What has been said, done and changed on a record, read once for all of a page that tells of it."""

import json
from dataclasses import dataclass
from functools import cached_property

from peewee import ForeignKeyField

from carmanana.core.audit import Event, histories_of, history_of
from carmanana.core.db import Record
from carmanana.core.query import prepared
from carmanana.deals.stage_times import Stay, stays_of
from carmanana.records.activities import Activity
from carmanana.records.attachments import Attachment
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.pipelines import Pipeline, Stage
from carmanana.schema.sqlite import members


@dataclass(frozen=True)
class Past:
    """The oldest first. `people` are all that have written, done or been given something, by id."""

    subject: Record
    events: list[Event]
    activities: list[Activity]
    files: list[Attachment]
    people: dict[int, User]

    @classmethod
    def of(cls, subject: Record) -> "Past":
        if log := LOGS.get(type(subject)):
            people = {person.id: person for person in log.people(subject.id)}
            return cls(subject, history_of(subject), *_log_of(subject), people)
        return cls.together(subject)[0]

    @classmethod
    def together(cls, *subjects: Record) -> "list[Past]":
        """Of several that belong together; the people of all are asked for at once."""
        told = [(one, events, *_log_of(one)) for one, events in zip(subjects, histories_of(*subjects), strict=True)]
        named = set().union(*(named_in(events, activities) for _, events, activities, _ in told))
        people = {person.id: person for person in people_of(json.dumps(sorted(named)))}
        return [cls(*one, people) for one in told]

    @property
    def deal(self) -> Deal:
        return self.subject

    @property
    def steps(self) -> list[Activity]:
        """Next steps not yet done, soonest first."""
        steps = [activity for activity in self.activities if activity.kind == "task" and activity.done_at is None]
        return sorted(steps, key=lambda step: (step.due_at is not None, step.due_at, step.id))

    @property
    def involved(self) -> list[User]:
        """Who has worked on it, the owner first."""
        ids = {activity.author_id for activity in self.activities} | {event.actor_id for event in self.events}
        people = [self.people[id] for id in ids if id in self.people]
        return sorted(people, key=lambda person: (person.id != getattr(self.subject, "owner_id", None), person.name))

    def with_people(self, activities: list[Activity]) -> list[Activity]:
        """These of its activities, with who wrote them and who is to do them."""
        for activity in activities:
            activity.author = self.people.get(activity.author_id)
            activity.assignee = self.people.get(activity.assignee_id)
        return activities

    @cached_property
    def stays(self) -> list[Stay]:
        return stays_of(self.deal, self.events) if isinstance(self.subject, Deal) else []

    @cached_property
    def stages(self) -> list[Stage]:
        """Those that the deal goes through."""
        return open_stages(self.deal.pipeline_id)

    def stage_name(self, stage_id: int | None) -> str:
        return self._near.get(stage_id) or self._far.get(stage_id, "?")

    @cached_property
    def _near(self) -> dict[int, str]:
        return {stage.id: stage.name for stage in self.stages}

    @cached_property
    def _far(self) -> dict[int, str]:
        """Of other pipelines, and those that are no stage any more."""
        return dict(stage_names())

    @cached_property
    def pipelines(self) -> dict[int, str]:
        return dict(pipeline_names())

    def name_of(self, user_id: int | None, otherwise: str = "") -> str:
        person = self.people.get(user_id)
        return person.name if person else otherwise


def named_in(events: list[Event], activities: list[Activity]) -> set[int]:
    told = {event.actor_id for event in events} | {event.data.get("owner") for event in events}
    written = {activity.author_id for activity in activities} | {activity.assignee_id for activity in activities}
    return (told | written) - {None}


class Log:
    """What was said and sent about records of one kind, which `column` of the log names, and whom their timeline
    names."""

    def __init__(self, model: type[Record], column: ForeignKeyField):
        entries, events = Activity.select().where, Event.subject == model._meta.table_name
        files = Attachment.select().join(Activity).order_by(Attachment.id)
        self.activities = prepared(lambda id: entries(column == id).order_by(Activity.at, Activity.id))
        self.files = prepared(lambda id: files.where(column == id))

        @prepared
        def people(id):
            said = Activity.select(Activity.author).where(column == id)
            asked = Activity.select(Activity.assignee).where(column == id)
            done = Event.select(Event.actor_id).where(events, Event.subject_id == id)
            given = Event.select(Event.data.named("owner")).where(events, Event.subject_id == id)
            found = User.select(User.id, User.name, User.email, User.house)
            return found.where(User.id.in_(said | asked | done | given))

        self.people = people


LOGS: dict[type, Log] = {Deal: Log(Deal, Activity.deal)}


def _log_of(subject: Record) -> tuple[list[Activity], list[Attachment]]:
    log = LOGS.get(type(subject))
    return (log.activities(subject.id), log.files(subject.id)) if log else ([], [])


@prepared
def people_of(ids):
    return User.select().where(User.id.in_(members(ids)))


@prepared
def open_stages(pipeline_id):
    return Stage.select().where(Stage.pipeline == pipeline_id, ~Stage.archived).order_by(Stage.position)


@prepared
def stage_names():
    return Stage.select(Stage.id, Stage.name).tuples()


@prepared
def pipeline_names():
    return Pipeline.select(Pipeline.id, Pipeline.name).tuples()
