"""Addresses: of our own pages as templates name them, and those that come from outside and may lead only to ours."""

from functools import lru_cache
from urllib.parse import quote_plus

from flask import request, url_for
from werkzeug.urls import iri_to_uri

FIRST, LAST = 999_999_999_999_900, 1_000_000_000_000_000
PLACES = {str(place): place for place in range(FIRST, LAST)}
TEXTS = tuple(PLACES)
UNCODED = "!$'()*,/:;?@"


def address(endpoint: str, **values) -> str:
    """`url_for` of templates, which ask for the same hundred addresses with each page. One is made once for all that
    differ in their numbers, with places for them."""
    if len(values) == 1:
        ((name, value),) = values.items()
        if type(value) is int and 0 <= value < FIRST:
            before, after = _around(request.script_root, endpoint, name)
            return f"{before}{value}{after}"
    numbers, known = {}, True
    for name, value in values.items():
        if type(value) is int and 0 <= value < FIRST:
            text = TEXTS[len(numbers)]
            numbers[text], values[name] = value, PLACES[text]
        known = known and type(value) is not list
    found = _address(request.script_root, endpoint, tuple(values.items())) if known else url_for(endpoint, **values)
    for place, value in numbers.items():
        found = found.replace(place, str(value))
    return found


@lru_cache(1024)
def _around(prefix: str, endpoint: str, name: str) -> tuple[str, str]:
    """What stands before and behind the one number of an address."""
    before, _, after = _address(prefix, endpoint, ((name, FIRST),)).partition(TEXTS[0])
    return before, after


@lru_cache(2048)
def _address(prefix: str, endpoint: str, values: tuple) -> str:
    return url_for(endpoint, **dict(values))


def pair(name: str, value) -> str:
    """Of the query of an address; what is empty is not in it."""
    return f"{quote_plus(name)}={coded(str(value))}" if value else ""


@lru_cache(1024)
def coded(value: str) -> str:
    """As it stands in a query; marks that need no code stand as they are."""
    return quote_plus(value, safe=UNCODED)


def local_address(wanted: str) -> str:
    """The address where it is a path of this server, else the first page. Browsers read a
    backslash as a slash and leave out line breaks, so neither may stand in it."""
    local = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted and wanted.isprintable()
    return iri_to_uri(wanted) if local else url_for("home.home")
