"""How fields are written: as the library writes them, without its look at all that a field might have; a page has
dozens of them, and hundreds of options."""

from collections.abc import Collection

import wtforms
from markupsafe import Markup, escape
from wtforms.validators import ValidationError
from wtforms.widgets import Select, TextArea, TextInput
from wtforms.widgets.core import clean_key


class Line(TextInput):
    def __call__(self, field, **kwargs):
        if getattr(field, "_datalist", None) is not None:
            return super().__call__(field, **kwargs)
        told = {"type": self.input_type} | kwargs
        told.setdefault("value", field._value())
        return Markup(f"<input {_attributes(field, self.validation_attrs, told)}>")


class Words(TextArea):
    def __call__(self, field, **kwargs):
        attributes = _attributes(field, self.validation_attrs, kwargs)
        return Markup(f"<textarea {attributes}>\r\n{escape(field._value())}</textarea>")


class Menu(Select):
    """Its options one after the other; menus with groups are written by the library."""

    def __call__(self, field, **kwargs):
        offered = field.choices or ()
        options = offered.items() if isinstance(offered, dict) else offered
        if not all(isinstance(words, str) for _, words in options):
            return super().__call__(field, **kwargs)
        written = "".join(_option(value, words, field.coerce(value) == field.data) for value, words in options)
        return Markup(f"<select {_attributes(field, self.validation_attrs, kwargs)}>{written}</select>")


def _option(value, words: str, chosen: bool) -> str:
    return f'<option {"selected " if chosen else ""}value="{escape(value)}">{escape(words or value)}</option>'


def _attributes(field, of_flags: Collection[str], given: dict) -> str:
    told = {"id": field.id, "name": field.name} | given
    for name, value in vars(field.flags).items():
        if name in of_flags and name not in told:
            told[name] = value() if callable(value) else value
    return " ".join(_attribute(name, told[name]) for name in sorted(told) if told[name] is not False)


def _attribute(name: str, value) -> str:
    name = clean_key(name) if "_" in name else name
    return name if value is True else f'{name}="{escape(value)}"'


MOST_NAMED = 4  # of the choices that a refusal names


class Chosen:
    """What is none of its choices is refused by naming them, or the list where there are many."""

    def pre_validate(self, form) -> None:
        try:
            super().pre_validate(form)
        except ValidationError:
            raise ValidationError(self.invalid_choice_message or self._offer()) from None

    def _offer(self) -> str:
        named = [f"“{words}”" for value, words, *_ in self.iter_choices() if value and words]
        if not 0 < len(named) <= MOST_NAMED:
            return f"Choose from the list: {self.label.text}"
        return f"Choose {' or '.join(filter(None, (', '.join(named[:-1]), named[-1])))}."


class SelectField(Chosen, wtforms.SelectField):
    widget = Menu()


class RadioField(Chosen, wtforms.RadioField):
    pass
