"""How many rows each option of a filter would leave: looked up when its menu is opened, and not before."""

from flask import render_template, request
from peewee import Select

from carmanana.core.db import database
from carmanana.web.current_user import me
from carmanana.web.filters import counted
from carmanana.web.fragments import wants_fragment
from carmanana.web.lists import List, Shown
from carmanana.web.lists.counting import up_to


def asked_for(described: List) -> str | None:
    """The menu of the filter that was opened, with a number beside each option; None where the request is for something
    else."""
    key = request.args.get("counts", "") if wants_fragment() else ""
    choice = next((one for one in described.choices if one.key == key), None)
    if choice is None:
        return None
    by, shown = me(), Shown(described, request.args, me())
    without = Shown(described, {name: value for name, value in request.args.items() if name != key}, by)
    options = shown.offered[key]
    found = [up_to(without.query.where(choice.where(code, by)), described.id) for code in options]
    counts = Select(columns=found).bind(database).tuples().execute()[0] if found else ()
    told = dict(zip(options, map(counted, counts), strict=True))
    return render_template("shared/_choice_menu.html", choice=choice, shown=shown, counts=told)
