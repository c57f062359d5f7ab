"""What may be done to many records at once: every verb that says so. Each goes through the very door that a single one
goes through, and what refuses a single one refuses it here."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from carmanana.bulk.groups import ALIKE
from carmanana.core import fields
from carmanana.core.db import Record
from carmanana.core.fields import Field
from carmanana.core.verbs import CATALOGUES, Catalogue, Verb
from carmanana.core.workflow import Attempt, Refusal, Refused
from carmanana.deals import verbs as deals
from carmanana.leads import verbs as leads
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.sops import SOP_OWNER

NOT_YOURS = Refusal("not_yours", "Only its owner or a manager may do this.", SOP_OWNER)


@dataclass(frozen=True)
class Kind:
    """A verb for many. `lacks` is what the form still misses; `why_not` all that refuses one record; `do` takes the
    step, or is refused."""

    catalogue: Catalogue
    verb: Verb

    @property
    def name(self) -> str:
        return self.verb.bulk.name

    @property
    def model(self) -> type[Record]:
        return self.catalogue.model

    @property
    def subject(self) -> str:
        return self.model._meta.table_name

    @property
    def code(self) -> str:
        """Its name; of other records than deals with what they are before it."""
        return self.name if self.model is Deal else f"{self.subject}-{self.name}"

    @property
    def fields(self) -> tuple[Field, ...]:
        return self.verb.bulk.fields or self.verb.fields

    @property
    def icon(self) -> str:
        return self.verb.icon

    @property
    def title(self) -> str:
        return self.verb.bulk.title

    def done(self, given: dict) -> str:
        """What it does, in words: "moved to Contacted"."""
        return self.verb.bulk.done.format_map({name: getattr(value, "name", value) for name, value in given.items()})

    def may(self, by: User) -> bool:
        return self.verb.bulk.may(by)

    def lacks(self, by: User, given: dict) -> list[Refusal]:
        return _broken(self.verb.form_rules, Attempt(None, by, self.verb.trigger, given))

    def why_not(self, record: Record, by: User, given: dict) -> list[Refusal]:
        workflow, trigger = self.catalogue.workflow, self.verb.trigger
        if broken := self._here(record, by, given):
            return broken
        if workflow.leads(record, trigger) and not workflow.permits(record, trigger, by):
            return [NOT_YOURS]
        return workflow.refusals(record, trigger, by, **given)

    def do(self, record: Record, by: User, given: dict) -> None:
        if broken := self._here(record, by, given):
            raise Refused(broken, record, self.verb.trigger)
        self.catalogue.workflow.fire(record, self.verb.trigger, by, record.version, **given)

    def _here(self, record: Record, by: User, given: dict) -> list[Refusal]:
        """What refuses it among many alone."""
        return _broken(self.verb.bulk.rules, Attempt(record, by, self.verb.trigger, given))

    def alike(self, seen: list, given: dict) -> dict[int, Hashable]:
        """Records that are let through or refused together have the same mark, so that a preview asks once for all of
        them; where nobody says which, each is asked by itself."""
        marks: Callable | None = ALIKE.get((self.model, self.verb.trigger))
        return marks(seen, given) if marks else {one.id: one.id for one in seen}

    # what it is taken with, as it is kept for the worker

    def kept(self, given: dict) -> dict:
        return {name: _kept(value) for name, value in given.items()}

    def recalled(self, kept: dict) -> dict:
        asked = {field.name: field for field in self.fields}
        return {name: _recalled(asked.get(name), value) for name, value in kept.items()}


def _broken(rules: Iterable, attempt: Attempt) -> list[Refusal]:
    return [refusal for rule in rules if (refusal := rule(attempt))]


def _kept(value: Any):
    if isinstance(value, Record):
        return value.id
    return value.isoformat() if isinstance(value, date) else value


def _recalled(field: Field | None, value: Any):
    if field is None or value is None:
        return value
    match field.kind:
        case fields.PERSON:
            return User.get_by_id(value)
        case fields.RECORD:
            return field.model.get_by_id(value)
        case fields.MOMENT:
            return datetime.fromisoformat(value)
        case fields.DAY:
            return date.fromisoformat(value)
    return value


def kinds_of(model: type[Record]) -> dict[str, Kind]:
    """By name, what may be done to many records of this model, in the order of the bar."""
    catalogue = CATALOGUES[model]
    return {verb.bulk.name: Kind(catalogue, verb) for verb in catalogue if verb.bulk}


def kind_of(subject: str, name: str) -> Kind:
    """The kind of a run, by the table of its records."""
    model = next(model for model in CATALOGUES if model._meta.table_name == subject)
    return kinds_of(model)[name]


# by their codes, as addresses name them
KINDS = {kind.code: kind for verbs in (deals.VERBS, leads.VERBS) for kind in kinds_of(verbs.model).values()}
