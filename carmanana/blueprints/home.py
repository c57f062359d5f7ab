"""Everybody's first page is Today. The pages of the bar are found by their names, too."""

from flask import Blueprint, abort, redirect, url_for

from carmanana.web.access import signed_in
from carmanana.web.navigation import pages

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@signed_in
def home():
    return redirect(url_for("today.index"))


@blueprint.get("/<any(deals, team, reports):bar_page>")
@signed_in
def first_of(bar_page: str):
    """Who types the name of a page comes to its first tab."""
    return redirect(next((page.url for page in pages() if page.name.lower() == bar_page), None) or abort(404))
