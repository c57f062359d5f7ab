"""Loading records through what the person may see; somebody else's is a 404."""

from datetime import date
from functools import cache

from flask import abort, request
from peewee import JOIN
from werkzeug.routing import IntegerConverter

from carmanana.core.query import Prepared, prepared
from carmanana.records.activities import Activity
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.mail import Letter
from carmanana.records.people import User
from carmanana.records.pipelines import Pipeline, Stage
from carmanana.web.current_user import me
from carmanana.web.forms import EARLIEST, LATEST


class IdConverter(IntegerConverter):
    """A record's number; one that SQLite could not hold is no address of ours."""

    regex = r"[0-9]{1,15}"


def deal_or_404(deal_id: int) -> Deal:
    """With its customer, pipeline, stage and owner."""
    return _deals_within(me().deal_sight).first(deal_id, me().id) or abort(404)


@cache
def _deals_within(sight: str) -> Prepared:
    @prepared
    def deals(deal_id, user):
        found = (
            Deal.select(Deal, Customer, Pipeline, Stage, User)
            .join(Customer)
            .join_from(Deal, Pipeline)
            .join_from(Deal, Stage)
        )
        found = found.join_from(Deal, User, JOIN.LEFT_OUTER, on=Deal.owner)
        return found.where(Deal.id == deal_id, Deal.within(sight, user))

    return deals


def sent_deal() -> Deal | None:
    """The deal that a request names beside its record; none that they may not see."""
    named = request.values.get("deal_id", "")
    known = named.isascii() and named.isdigit() and len(named) < 16
    return _deals_within(me().deal_sight).first(int(named), me().id) if known else None


def step_or_404(step_id: int) -> Activity:
    return _steps_within(me().deal_sight).first(step_id, me().id) or abort(404)


@cache
def _steps_within(sight: str) -> Prepared:
    @prepared
    def steps(step_id, user):
        found = Activity.select(Activity, Deal).join(Deal).where(Activity.id == step_id, Activity.kind == "task")
        return found.where(Deal.within(sight, user))

    return steps


def letter_or_404(letter_id: int) -> Letter:
    found = Letter.select(Letter, Deal).join(Deal).where(Letter.id == letter_id)
    return found.where(Deal.visible(me())).first() or abort(404)


def sent_version() -> int | None:
    """The version that the form was drawn from; what is no number is no version of any row."""
    sent = request.form.get("version", "")
    if not sent:
        return None
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 12 else -1


def read_day(text: str) -> date | None:
    """A day as an address names it, 2026-11-23; None where it is none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None


def number_of(text: str, otherwise: int | None) -> int | None:
    """What was meant as a number, in a query; or something else in its stead."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else otherwise


def sent_files() -> list:
    """The files that came with a form."""
    return [file for file in request.files.getlist("files") if file.filename]


def sent_record(model, name: str):
    """The record that a field names, or None."""
    sent = request.form.get(name, "")
    return model.get_or_none(model.id == int(sent)) if sent.isascii() and sent.isdigit() and len(sent) < 12 else None


def sent_stage(name: str = "stage") -> Stage | None:
    return sent_record(Stage, name)
