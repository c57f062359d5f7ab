"""Everybody's first page is Today."""

from flask import Blueprint, redirect, url_for

from carmanana.web.access import signed_in

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@signed_in
def home():
    return redirect(url_for("today.index"))
