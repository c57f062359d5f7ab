"""The SOPs to read, the machines that were made of them, the keys, and the first steps put away."""

from flask import Blueprint, abort, render_template, url_for

from carmanana.blueprints.help.diagram import draw
from carmanana.blueprints.help.machines import MACHINES
from carmanana.core.db import transaction
from carmanana.records.first_visits import FirstVisit
from carmanana.web.access import signed_in
from carmanana.web.current_user import me
from carmanana.web.fragments import go
from carmanana.web.sops import sops

blueprint = Blueprint("help", __name__, url_prefix="/help")


@blueprint.get("/")
@signed_in
def index():
    return render_template("help/index.html", sops=sops().values(), machines=MACHINES.values())


@blueprint.get("/sop/<sop_slug>")
@signed_in
def sop(sop_slug: str):
    shown = sops().get(sop_slug) or abort(404)
    made_of_it = [known for known in MACHINES.values() if known.sop == sop_slug]
    return render_template("help/sop.html", sop=shown, machines=made_of_it)


@blueprint.get("/steps/<machine_slug>")
@signed_in
def machine(machine_slug: str):
    known = MACHINES.get(machine_slug) or abort(404)
    drawing = draw(known.states, known.ways())
    return render_template("help/machine.html", known=known, drawing=drawing, sop=sops().get(known.sop))


@blueprint.post("/first-visit")
@signed_in
def put_away():
    with transaction():
        FirstVisit.put_away(me())
    return go(url_for("today.index"), "Put away. Help is in the menu behind your initials.")
