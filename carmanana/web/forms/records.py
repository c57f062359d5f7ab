"""Forms made of the fields that a verb or a record describes (core/fields.py), and the template that draws any of
them."""

from collections.abc import Sequence

from wtforms import Field as FormField
from wtforms.validators import NumberRange, Optional

from carmanana.core import fields
from carmanana.core.fields import Field
from carmanana.web.forms import (
    AmountField,
    BooleanField,
    DateField,
    DealershipForm,
    IntegerField,
    MomentField,
    RadioField,
    SelectField,
    TextField,
    WordsField,
)
from carmanana.web.forms.choices import OwnerField, PersonField
from carmanana.web.loading import sent_files, sent_record

LARGEST = 2_000_000_000
MOST = {fields.TEXT: 120, fields.WORDS: 4000}


class RecordForm(DealershipForm):
    """`described` are the fields that are asked of this record and person, in order."""

    FIELDS: tuple[Field, ...] = ()

    def __init__(self, record=None, by=None, data=None, **kwargs):
        self.record, self.by = record, by
        self.described = fields.asked(self.FIELDS, record, by)
        if any(field.kind == fields.AMOUNT for field in self.described):
            self.money_in = _money_of(record)
        start = {field.name: field.started(record, by) for field in self.described}
        super().__init__(data=start | (data or {}), **kwargs)
        for name in set(self._fields) - {field.name for field in self.described}:
            del self[name]
        for field in self.described:
            if field.name in self and field.kind in (fields.CHOICE, fields.SELECT, fields.RECORD):
                self[field.name].choices = _options(field, record, by)

    def __iter__(self):
        return iter(self._fields.values())

    @property
    def drawn(self) -> list[tuple[Field, FormField]]:
        controls = [(field, self[field.name]) for field in self.described if field.name in self]
        return [(field, one) for field, one in controls if not field.only_if_refused or one.errors or one.data]

    @property
    def sends_files(self) -> bool:
        return any(field.kind == fields.FILES for field in self.described)

    def given(self) -> dict:
        """What the verb is taken with: values, and the records that they name."""
        return {field.name: self._value(field) for field in self.described if field.kind != fields.FILES}

    def _value(self, field: Field):
        if field.kind == fields.PERSON:
            return self[field.name].person
        if field.kind == fields.RECORD:
            return sent_record(field.model, field.name)
        return self[field.name].data

    def files(self) -> list:
        return sent_files() if self.sends_files else []


def _money_of(record) -> str | None:
    """What its amounts are in: its own currency, or that of what it is part of."""
    parts = (getattr(record, name, None) for name in ("quotation", "deal"))
    return next((one.currency for one in (record, *parts) if getattr(one, "currency", None)), None)


def _options(field: Field, record, by) -> list[tuple[str, str]]:
    blank = [("", "Choose…")] if field.kind == fields.SELECT and not field.required else []
    return blank + field.options(record, by)


_classes: dict[int, tuple[Sequence[Field], type[RecordForm]]] = {}


def form_class(described: Sequence[Field]) -> type[RecordForm]:
    """Made once for each description."""
    if id(described) not in _classes:
        made = {field.name: _form_field(field) for field in described if field.kind != fields.FILES}
        _classes[id(described)] = described, type("DescribedForm", (RecordForm,), made | {"FIELDS": tuple(described)})
    return _classes[id(described)][1]


def _form_field(field: Field) -> FormField:
    most = field.most or MOST.get(field.kind, 0)
    match field.kind:
        case fields.WORDS:
            return WordsField(field.label, most=most)
        case fields.AMOUNT:
            return AmountField(field.label, below_zero=field.below_zero)
        case fields.DAY:
            return DateField(field.label, [Optional()])
        case fields.MOMENT:
            return MomentField(field.label)
        case fields.NUMBER:
            limit = field.most or LARGEST
            return IntegerField(field.label, [Optional(), NumberRange(0, limit, f"A whole number up to {limit:,}.")])
        case fields.TICK:
            return BooleanField(field.label)
        case fields.CHOICE:
            return RadioField(field.label, choices=[], validators=[Optional()])
        case fields.SELECT | fields.RECORD:
            return SelectField(field.label, choices=[], validate_choice=field.kind == fields.SELECT)
        case fields.PERSON:
            return (OwnerField if field.name == "owner" else PersonField)(field.label, field.roles)
    return TextField(field.label, most=most or 120)
