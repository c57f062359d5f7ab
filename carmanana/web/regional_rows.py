"""What a law says by region, in rows that count from one day to another (core/dated_rows.py): the dialogs that add,
change and end one, and what the lists of such rows share."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from types import ModuleType

from flask import Blueprint, abort, request, url_for
from peewee import Expression, fn

from carmanana.contacting.calling.places import name_of, named_like
from carmanana.core import clock, dated_rows
from carmanana.core.db import Record
from carmanana.core.idempotency import once
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.forms import DateField, DealershipForm, Optional
from carmanana.web.fragments import go
from carmanana.web.lists import Column
from carmanana.web.loading import sent_version
from carmanana.web.steps import ask


class EndForm(DealershipForm):
    last_day = DateField("Its last day", [Optional()])


@dataclass(frozen=True)
class RegionalRows:
    """`editing` adds, replaces and ends a row of the `model`. Its `form` gives the `facts()` of a row, and of a new one
    its `place()`; `known` is what the form begins with, `blank` that of a new one. `a_new` and `of_one` begin the
    titles ("A new calling rule", "the rule of"), `added`, `changed` and `ended` are told, and `without` what is so
    where none is left."""

    blueprint: Blueprint
    address: str
    argument: str
    model: type[Record]
    editing: ModuleType
    form: type[DealershipForm]
    known: Callable[[Record], dict]
    blank: dict
    template: str
    icon: str
    a_new: str
    of_one: str
    added: str
    changed: str
    ended: str
    without: str

    def register(self, *roles: str) -> None:
        one = f"<id:{self.argument}>"
        for name, path in (("new", "new"), ("edit", f"{one}/edit"), ("end", f"{one}/end")):
            view = allow(*roles)(self._view(getattr(self, name)))
            self.blueprint.add_url_rule(f"{self.address}/{path}", name, view, methods=["GET", "POST"])

    @staticmethod
    def _view(answer: Callable):
        return lambda **number: answer(*number.values())

    def load(self, number: int) -> Record:
        return self.model.get_or_none(self.model.id == number) or abort(404)

    def url(self, name: str, row: Record) -> str:
        return url_for(f"{self.blueprint.name}.{name}", **{self.argument: row.id})

    def new(self):
        start = {"effective_from": clock.today(me().timezone), "region": request.args.get("region", "")[:10]}
        form = self.form(data=self.blank | start)

        def add():
            return self.editing.add(me(), *form.place(), form.effective_from.data, **form.facts())

        def save():
            return go(self.url("show", once(request.form.get("once", ""), me(), add)), self.added)

        return ask(form, save, lambda status, fresh=None: self._dialog(form, None, status), lambda: None)

    def edit(self, number: int):
        row = self.load(number)
        form = self.form(data=self.known(row) | {"effective_from": clock.today(me().timezone)})

        def replace():
            return self.editing.replace(row, me(), sent_version() or 0, form.effective_from.data, **form.facts())

        def save():
            return go(self.url("show", once(request.form.get("once", ""), me(), replace)), self.changed)

        def again(status: int, fresh=row):
            return self._dialog(form, fresh, status)

        return ask(form, save, again, lambda: self.load(number), self.known)

    def end(self, number: int):
        row = self.load(number)
        form = EndForm(data={"last_day": clock.today(me().timezone) - timedelta(days=1)})

        def save():
            self.editing.end(row, me(), sent_version() or 0, form.last_day.data)
            return go(self.url("show", row), self.ended)

        def again(status: int, fresh=row):
            return self._show("shared/end_row.html", f"End {self._named(row)}", "end", form, fresh, status)

        return ask(form, save, again, lambda: self.load(number))

    def _dialog(self, form: DealershipForm, row: Record | None, status: int):
        title = f"Change {self._named(row)}" if row else f"A new {self.a_new}"
        return self._show(self.template, title, "edit", form, row, status)

    def _named(self, row: Record) -> str:
        return f"the {self.of_one} of {name_of(row.region)}"

    def _show(self, template: str, title: str, name: str, form: DealershipForm, row: Record | None, status: int):
        back = self.url("show", row) if row else url_for(f"{self.blueprint.name}.index")
        action = self.url(name, row) if row else url_for(f"{self.blueprint.name}.new")
        told = {"form": form, "record": row, "form_action": action, "described": self}
        return show_dialog(template, title, back, status, **told)


def named_in(model: type[Record], text: str) -> Expression:
    """Rows of the regions that are called like it."""
    regions = [region for (region,) in model.select(model.region).distinct().tuples()]
    return model.region.in_(named_like(text, regions))


def standing_in(model: type[Record], *countries: str) -> Callable[..., Expression]:
    return lambda by: dated_rows.standing(model) & fn.SUBSTR(model.region, 1, 2).in_(countries)


def region_column(model: type[Record]) -> Column:
    return Column("region", "Region", lambda row: name_of(row.region), model.region, always=True)


def columns_of_law(model: type[Record]) -> tuple[Column, ...]:
    """Where it stands, since when, and how it was found."""
    since = fn.COALESCE(model.effective_from, "")
    return (
        Column("source", "Source", lambda row: row.source, wide=True),
        Column("since", "Since", lambda row: row.effective_from or "", since, wide=True),
        Column("found", "Confidence", lambda row: row.confidence, model.confidence),
    )
