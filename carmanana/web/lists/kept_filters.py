"""The filters over a list or a board are the same from look to look until a count in them changes, and are kept by all
that they show."""

from flask import render_template
from markupsafe import Markup

from carmanana.web.filters import locale
from carmanana.web.fragment_cache import piece
from carmanana.web.lists.shown import Shown


def list_filters(shown: Shown) -> Markup:
    return piece(
        ("list filters", *_shows(shown)),
        lambda: render_template("shared/_list_filters.html", shown=shown, list=shown.list),
    )


def _shows(shown: Shown) -> tuple:
    """All that the address keeps, which chips are on with what they count, and what there is to choose."""
    named = ((chip, (chip.key, chip.label, chip.icon, chip in shown.on)) for chip in shown.chips)
    counts = tuple((*told, chip.counted and shown.count_of(chip)) for chip, told in named)
    choices = tuple((choice.key, choice.label, *shown.offered[choice.key].items()) for choice in shown.list.choices)
    chosen, asked = tuple(shown.chosen.items()), tuple(shown.asked.items())
    return shown.list.name, shown.url(), asked, chosen, counts, choices, locale()
