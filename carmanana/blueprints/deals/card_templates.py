"""A card's template is drawn once for all cards that have the same, with blanks for the words, and each card fills in
its own: a board of two hundred cards that have all changed is drawn in a few milliseconds so."""

import re
import sys
from operator import attrgetter, itemgetter

from flask import current_app
from markupsafe import Markup

from carmanana.blueprints.deals.card_parts import Icons, Parts
from carmanana.boards.cache import CARD_TEMPLATES
from carmanana.web.templating import written

BLANK = re.compile("\0(\\w+)\0")


class Blanks:
    """Every word is a blank for it."""

    def __getattr__(self, name: str) -> Markup:
        return Markup(f"\0{name}\0")


class CardTemplate:
    """What stands between the blanks, with each blank's name in its place; and where each word goes."""

    def __init__(self, html: str):
        self.parts = BLANK.split(html)
        names = list(dict.fromkeys(self.parts[1::2]))
        self.words, self.places = attrgetter(*names), itemgetter(*map(names.index, self.parts[1::2]))

    @property
    def size(self) -> int:
        return sum(map(sys.getsizeof, self.parts))

    def fill(self, shown) -> str:
        """As it stands in a page."""
        parts = self.parts.copy()
        parts[1::2] = self.places(list(map(written, self.words(shown))))
        return "".join(parts)


def with_blanks(template: str, has: tuple, parts: Parts) -> CardTemplate:
    kind = template, has, parts.prefix
    drawn_once = CARD_TEMPLATES.get(kind)
    return drawn_once or CARD_TEMPLATES.put(kind, CardTemplate(drawn(template, Blanks(), has, parts.icons)))


def filled(template: str, shown, has: tuple) -> Markup:
    return Markup(with_blanks(template, has, shown.parts).fill(shown))


def drawn(template: str, card, has: tuple, icons: Icons) -> Markup:
    return current_app.jinja_env.get_template(template).module.drawn(card, has, icons)
