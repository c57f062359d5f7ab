"""A card's template is drawn once for all cards that have the same (web/blanks.py): a board of two hundred cards that
have all changed is drawn in a few milliseconds so."""

from flask import current_app
from markupsafe import Markup

from carmanana.blueprints.deals.card_parts import Icons, Parts
from carmanana.boards.cache import CARD_TEMPLATES
from carmanana.web.blanks import Blanked, Blanks


def with_blanks(template: str, has: tuple, parts: Parts, words_are_written: bool = False) -> Blanked:
    kind = template, has, parts.prefix
    if drawn_once := CARD_TEMPLATES.get(kind):
        return drawn_once
    return CARD_TEMPLATES.put(kind, Blanked(drawn(template, Blanks(), has, parts.icons), words_are_written))


def filled(template: str, shown, has: tuple) -> Markup:
    return Markup(with_blanks(template, has, shown.parts).fill(shown))


def drawn(template: str, card, has: tuple, icons: Icons) -> Markup:
    return current_app.jinja_env.get_template(template).module.drawn(card, has, icons)
