"""A card's template is drawn once for all cards that have the same, with blanks for the words, and each card fills in
its own: a board of two hundred cards that have all changed is drawn in a few milliseconds so."""

import re
import sys
from operator import attrgetter

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
    def __init__(self, html: str):
        self.names = tuple(dict.fromkeys(BLANK.findall(html)))
        self.words = attrgetter(*self.names)
        self.text = BLANK.sub(r"%(\1)s", html.replace("%", "%%"))

    @property
    def size(self) -> int:
        return sys.getsizeof(self.text)

    def fill(self, shown) -> str:
        """As it stands in a page."""
        return self.text % dict(zip(self.names, map(written, self.words(shown)), strict=True))


def with_blanks(template: str, has: tuple, parts: Parts) -> CardTemplate:
    kind = template, has, parts.prefix
    drawn_once = CARD_TEMPLATES.get(kind)
    return drawn_once or CARD_TEMPLATES.put(kind, CardTemplate(drawn(template, Blanks(), has, parts.icons)))


def filled(template: str, shown, has: tuple) -> Markup:
    return Markup(with_blanks(template, has, shown.parts).fill(shown))


def drawn(template: str, card, has: tuple, icons: Icons) -> Markup:
    return current_app.jinja_env.get_template(template).module.drawn(card, has, icons)
