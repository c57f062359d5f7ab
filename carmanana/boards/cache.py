"""What has been drawn of boards is kept (core/cache)."""

import sys
from collections.abc import Iterable

from carmanana.core.cache import Cache

A_ROW = 1_000  # bytes that one takes that is found, or the row of a card


def size_of_board(drawn) -> int:
    """Of the columns of a board as they were drawn."""
    return sum(column.size for column in drawn.columns.values())


def size_of_column(head: str, rest: str, cards: Iterable[bytes]) -> int:
    """A card's row takes about as much as a row that is found."""
    return sum(sys.getsizeof(text) + A_ROW for text in (head, rest, *cards))


def size_of_found(found) -> int:
    """Of the rows that a filter finds: their own words, numbers and moments."""
    return A_ROW * len(found.rows)


CARDS = Cache(5, key_size=3_000)  # and rows of lists; a key holds every word of its card
CARD_TEMPLATES = Cache(2, lambda template: template.size)
COLUMNS = Cache(7, size_of_board)
FOUND = Cache(3, size_of_found)
CALENDAR_DAYS = Cache(2, key_size=2_500)  # a key holds every word of its day
COUNTS = Cache(1)  # what chips count far beyond what they say
QUERIES = Cache(0.25, lambda query: len(query[0]) + 500)  # as they are written, of lists
FRAGMENTS = Cache(3)  # parts of many pages
RECORDS = Cache(4, key_size=500)  # parts of the pages of single records
