"""A menu of one's own: the library looks at each option for what none of ours has, and a page has hundreds."""

import wtforms
from markupsafe import Markup, escape
from wtforms.widgets import Select, html_params


class Menu(Select):
    """Its options one after the other; menus with groups are written by the library."""

    def __call__(self, field, **kwargs):
        offered = field.choices or ()
        options = offered.items() if isinstance(offered, dict) else offered
        if not all(isinstance(words, str) for _, words in options):
            return super().__call__(field, **kwargs)
        if field.flags.required:
            kwargs.setdefault("required", True)
        written = "".join(_option(value, words, field.coerce(value) == field.data) for value, words in options)
        return Markup(f"<select {html_params(name=field.name, **({'id': field.id} | kwargs))}>{written}</select>")


def _option(value, words: str, chosen: bool) -> str:
    return f'<option {"selected " if chosen else ""}value="{escape(value)}">{escape(words or value)}</option>'


class SelectField(wtforms.SelectField):
    widget = Menu()
