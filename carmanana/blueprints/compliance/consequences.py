"""The ledger of consequences: the list, a line of it, setting one down, and its steps."""

from flask import Blueprint, render_template, request, url_for

from carmanana.blueprints.compliance.base import READERS, asked_person, seen_or_404, steps_on_its_page
from carmanana.blueprints.compliance.forms import IMPOSE
from carmanana.blueprints.compliance.lists import LEDGER
from carmanana.compliance import consequences as ledger
from carmanana.compliance.consequence_verbs import VERBS
from carmanana.core import clock
from carmanana.core.idempotency import once
from carmanana.records.compliance import KINDS, Consequence, Finding
from carmanana.records.people import User
from carmanana.web.access import allow, signed_in
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.forms.records import RecordForm, form_class
from carmanana.web.fragments import go
from carmanana.web.steps import ask

blueprint = Blueprint("consequences", __name__, url_prefix="/consequences")


def consequence_or_404(consequence_id: int) -> Consequence:
    return seen_or_404(Consequence, ledger.loaded, consequence_id)


steps = steps_on_its_page(blueprint, VERBS, consequence_or_404, "consequence")


@blueprint.get("/")
@allow(*READERS)
def index():
    return LEDGER.answer()


@blueprint.get("/<id:consequence_id>")
@signed_in
def show(consequence_id: int):
    one = consequence_or_404(consequence_id)
    actions = VERBS.actions(one, me())
    return render_template("compliance/consequence.html", consequence=one, actions=actions, verb_url=steps.url)


@blueprint.route("/new", methods=["GET", "POST"])
@allow(*READERS)
def new():
    """The address may say for whom, of what kind and after which finding."""
    finding = _asked_finding()
    form = form_class(IMPOSE)(None, me(), data=_begun(finding))
    action = url_for("consequences.new", **({"finding": finding.id} if finding else {}))
    back = url_for("findings.show", finding_id=finding.id) if finding else url_for("consequences.index")

    def save():
        made = once(request.form.get("once", ""), me(), lambda: _impose(form, finding))
        return go(url_for("consequences.show", consequence_id=made.id), f"{made.user.name} has been told")

    def again(status: int, *_):
        given = {"form": form, "form_action": action, "finding": finding}
        return show_dialog("compliance/impose.html", "Set down a consequence", back, status, **given)

    return ask(form, save, again)


def _impose(form: RecordForm, finding: Finding | None) -> Consequence:
    given = form.given()
    user: User | None = given.pop("user") or (finding.user if finding else None)
    kind, reason = given.pop("kind") or "", given.pop("reason") or ""
    return ledger.impose(user, me(), kind, reason, finding, **given)


def _asked_finding() -> Finding | None:
    sent = request.args.get("finding", "")
    known = sent.isascii() and sent.isdigit() and len(sent) < 16
    return Finding.visible_to(me()).where(Finding.id == int(sent)).first() if known else None


def _begun(finding: Finding | None) -> dict:
    whose = finding.user if finding else asked_person(request.args.get("user", ""))
    kind = request.args.get("kind", "")
    begun = {"user": str(whose.id) if whose else "", "kind": kind if kind in KINDS else ""}
    return begun | {"starts_on": clock.today(me().timezone), "reason": ""}
