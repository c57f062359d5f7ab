"""Cards for the page and for the answers to a step. A card is made of its row and of who looks alone; drawing it takes
less time than looking for it among kept ones would (columns.py keeps whole columns)."""

from collections.abc import Iterable

from markupsafe import Markup

from carmanana.blueprints.deals.card_templates import with_blanks
from carmanana.blueprints.deals.card_text import Has, Shown
from carmanana.blueprints.deals.sight import Sight
from carmanana.boards.card_rows import Card
from carmanana.web.fragment_cache import for_this_browser


def drawn(card: Card, template: str) -> Markup:
    """Ready for this browser."""
    return for_this_browser(Markup(drawn_each([card], template)[0].decode()))


def drawn_each(cards: Iterable[Card], template: str) -> list[bytes]:
    """As they are sent, with places for the token of whoever looks."""
    sight, kinds, drawn = Sight.ours(), {}, []
    for card in cards:
        shown = Shown(card, sight)
        has = shown.has(sight.works(card.row), sight.works_deals)
        kind = kinds.get(has) or kinds.setdefault(has, with_blanks(template, Has(*has), sight.parts, True))
        drawn.append(kind.fill(shown).encode())
    return drawn
