"""Everybody's first page: who only saves orders starts with their cases, everybody else with a board."""

from flask import Blueprint, redirect, url_for

from carmanana.records.people import RETENTION
from carmanana.web.access import signed_in
from carmanana.web.current_user import me

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@signed_in
def home():
    saves_orders = me().has(RETENTION) and not (me().works_deals or me().sees_all)
    return redirect(url_for("retention.index" if saves_orders else "boards.first"))
