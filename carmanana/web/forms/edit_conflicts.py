"""A form that was sent over a newer version. What was typed stays, with what stands now beside it; what was not
touched is shown as it stands now. The form then carries the new version: to send it again is to choose."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date, datetime

from flask import request
from markupsafe import Markup
from wtforms import BooleanField, Field

from carmanana.core.audit import Event, history
from carmanana.core.db import Record
from carmanana.core.text import listed
from carmanana.records.people import User
from carmanana.web.current_user import me
from carmanana.web.filters import day, exact, hour, money_here, when
from carmanana.web.forms import AmountField, DealershipForm
from carmanana.web.forms.rows import RowsField

HIDDEN = Markup('<input type="hidden" name="version" value="{}"><input type="hidden" name="drawn" value="{}">')


@dataclass
class Theirs:
    """What a field holds now; `values` as a browser would send them, none where it is shown as it stands."""

    shown: str
    by_line: str
    values: str = ""


@dataclass
class EditConflict:
    """Who was quicker and when, as far as the audit trail tells, and which fields they changed; `asks`: was there
    anything to type?"""

    who: str
    at: datetime | None
    changed: list[str] = field(default_factory=list)
    kept: bool = False
    asks: bool = True

    @property
    def by_line(self) -> str:
        return f"{self.who}, {hour(self.at)}" if self.at else self.who

    @property
    def sentence(self) -> str:
        what = listed(self.changed) or "this"
        elsewhere = " in another window" if self.who == "You" else ""
        how = "while you were typing" if self.asks else "meanwhile"
        return f"{self.who} changed {what}{elsewhere} {how}{f' ({when(self.at)})' if self.at else ''}."


def show_conflict(form: DealershipForm, record: Record, obj=None, data: dict | None = None) -> None:
    """Compare what was sent with what `record` holds now; `obj` or `data` is what the form is drawn from.
    A form that asks only for what no record holds has neither."""
    if obj is not None or data is not None:
        form.process(request.form, obj, data=data)
    form.conflict = _last_change(record)
    before, asked = _sent_marks(form), list(_fields(form))
    form.conflict.asks = bool(asked)
    for each in asked:
        now, typed = values(_as_it_stands(each)), values(_as_typed(each))
        if not _same(each, now, typed, before):
            form.conflict.changed.append(each.label.text.split(",")[0])
            _put_beside(
                each, form.conflict, now, untouched=not each.process_errors and before.get(each.name) == _mark(typed)
            )


def _put_beside(each: Field, conflict: EditConflict, now: list[str], untouched: bool) -> None:
    """What was typed stays; a field that was not touched holds theirs."""
    each.theirs = Theirs(shown(_as_it_stands(each)) or "empty", conflict.by_line, "" if untouched else json.dumps(now))
    conflict.kept |= not untouched
    if untouched:
        each.raw_data = None
        each.process(None, each.object_data)


def _same(each: Field, now: list[str], typed: list[str], before: dict[str, str]) -> bool:
    """Nobody changed it, or both to the same. A form without marks is compared as far as there is something."""
    untouched_by_them = before[each.name] == _mark(now) if each.name in before else not any(now)
    return untouched_by_them or (now == typed and not each.process_errors)


def _last_change(record: Record) -> EditConflict:
    event = history(record).order_by(Event.id.desc()).first()
    actor = event and event.actor_id and User.get_or_none(User.id == event.actor_id)
    if not actor:
        return EditConflict("Somebody", event and event.at)
    return EditConflict("You" if actor == me() else actor.first_name, event.at)


# which version a form carries


def version_of(form: DealershipForm, version) -> Markup:
    """The version that the form was drawn from, with a mark of each value. One that comes back for another reason
    carries what it came with, so that nothing newer is overwritten unseen."""
    refused = request.method == "POST" and (form.errors or form.refused) and not form.conflict
    if refused and "version" in request.form:
        return HIDDEN.format(request.form["version"], request.form.get("drawn", ""))
    return HIDDEN.format(version, json.dumps({each.name: _mark(values(_as_it_stands(each))) for each in _fields(form)}))


def _sent_marks(form: DealershipForm) -> dict[str, str]:
    """Whatever else is sent in their place is as none."""
    try:
        sent = json.loads(request.form.get("drawn", ""))
    except (ValueError, RecursionError):
        return {}
    return {name: mark for name, mark in sent.items() if isinstance(mark, str)} if isinstance(sent, dict) else {}


def _mark(sent: list[str]) -> str:
    return hashlib.sha256(json.dumps(sent).encode(errors="replace")).hexdigest()[:8]


# the values of a field


def _fields(form: DealershipForm) -> list[Field]:
    return [each for each in form if not isinstance(each, RowsField)]


def _as_it_stands(each: Field) -> Field:
    copied = _as_typed(each)
    copied.process(None, each.object_data)
    return copied


def _as_typed(each: Field) -> Field:
    """With what was understood of it, not as the keys were hit. A field made by its class would belong to no form."""
    copied = object.__new__(type(each))
    copied.__dict__ |= each.__dict__ | {"raw_data": None}
    return copied


def values(each: Field) -> list[str]:
    """As a browser sends them."""
    if isinstance(each, BooleanField):
        return ["y"] if each.data else []
    if hasattr(each, "choices"):
        several = each.data if isinstance(each.data, list | tuple | set | frozenset) else [each.data]
        return sorted(str(value) for value in several if value not in (None, "", "None"))
    return [each._value().replace("\r\n", "\n").strip()]


def shown(each: Field) -> str:
    """In words for people."""
    if isinstance(each, BooleanField):
        return "yes" if each.data else "no"
    if hasattr(each, "choices"):
        return ", ".join(str(choice[1]) for choice in each.iter_choices() if str(choice[0]) in values(each))
    if isinstance(each, AmountField):
        return money_here(each.data, each.code or "USD")
    if isinstance(each.data, datetime):
        return exact(each.data)
    return day(each.data) if isinstance(each.data, date) else values(each)[0]
