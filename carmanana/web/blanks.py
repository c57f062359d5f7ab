"""A template that is drawn once for all that have the same, with blanks for the words, which each of them fills with
its own: quicker than drawing it again."""

import re
import sys
from operator import attrgetter, itemgetter

from markupsafe import Markup

from carmanana.web.templating import written

BLANK = re.compile("\0(\\w+)\0")


class Blanks:
    """Every word is a blank for it, but those that are missing."""

    def __init__(self, *missing: str):
        self.missing = missing

    def __getattr__(self, name: str) -> Markup:
        return Markup("" if name in self.missing else f"\0{name}\0")


class Blanked:
    """What stands between the blanks, with each blank's name in its place; and where each word goes. Words may be
    written already, as they stand in a page."""

    def __init__(self, html: str, words_are_written: bool = False):
        self.parts, self.words_are_written = BLANK.split(html), words_are_written
        names = list(dict.fromkeys(self.parts[1::2]))
        self.words, self.places = attrgetter(*names), itemgetter(*map(names.index, self.parts[1::2]))

    @property
    def size(self) -> int:
        return sum(map(sys.getsizeof, self.parts))

    def fill(self, shown) -> str:
        """As it stands in a page."""
        parts, words = self.parts.copy(), self.words(shown)
        parts[1::2] = self.places(words if self.words_are_written else [*map(written, words)])
        return "".join(parts)
