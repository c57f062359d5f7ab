"""Addresses that come from outside and may lead only to pages of ours."""

from flask import url_for
from werkzeug.urls import iri_to_uri


def local_address(wanted: str) -> str:
    """The address where it is a path of this server, else the first page. Browsers read a
    backslash as a slash and leave out line breaks, so neither may stand in it."""
    local = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted and wanted.isprintable()
    return iri_to_uri(wanted) if local else url_for("home.home")
