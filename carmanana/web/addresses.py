"""Addresses: of our own pages as templates name them, and those that come from outside and may lead only to ours."""

from functools import lru_cache

from flask import request, url_for
from werkzeug.urls import iri_to_uri

PLACE = "999999999999999"


def address(endpoint: str, **values) -> str:
    """`url_for` of templates, which ask for the same hundred addresses with each page."""
    if any(isinstance(value, list) for value in values.values()):
        return url_for(endpoint, **values)
    return _address(request.script_root, endpoint, tuple(values.items()))


@lru_cache(4096)
def _address(prefix: str, endpoint: str, values: tuple) -> str:
    return url_for(endpoint, **dict(values))


def address_of(endpoint: str, **record: int) -> str:
    """The address of one record, where a page has those of many: an address is made once for all of its kind."""
    ((name, number),) = record.items()
    return _pattern(request.script_root, endpoint, name).replace(PLACE, str(number))


@lru_cache(256)
def _pattern(prefix: str, endpoint: str, name: str) -> str:
    return url_for(endpoint, **{name: int(PLACE)})


def local_address(wanted: str) -> str:
    """The address where it is a path of this server, else the first page. Browsers read a
    backslash as a slash and leave out line breaks, so neither may stand in it."""
    local = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted and wanted.isprintable()
    return iri_to_uri(wanted) if local else url_for("home.home")
