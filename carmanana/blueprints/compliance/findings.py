"""Findings: the list, a finding with its evidence and its story, raising one by hand, and its steps."""

from flask import Blueprint, render_template, request, url_for

from carmanana.blueprints.compliance.base import JUDGES, READERS, asked_person, seen_or_404, steps_on_its_page
from carmanana.blueprints.compliance.evidence import evidence_of
from carmanana.blueprints.compliance.forms import RAISE
from carmanana.blueprints.compliance.lists import FINDINGS, findings_of
from carmanana.compliance import consequences
from carmanana.compliance import findings as raised
from carmanana.compliance.finding_verbs import VERBS
from carmanana.core.idempotency import once
from carmanana.records.activities import Activity
from carmanana.records.compliance import DISMISSED, OVERTURNED, Consequence, Finding
from carmanana.records.deals import Deal
from carmanana.reports.findings import FindingScope
from carmanana.web.access import allow, signed_in
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.forms.records import form_class
from carmanana.web.fragments import go
from carmanana.web.steps import ask

NARROWED = {"period", "from", "to", "team"}

blueprint = Blueprint("findings", __name__, url_prefix="/findings")


def finding_or_404(finding_id: int) -> Finding:
    return seen_or_404(Finding, raised.loaded, finding_id)


steps = steps_on_its_page(blueprint, VERBS, finding_or_404, "finding")


@blueprint.get("/")
@allow(*READERS)
def index():
    """All, or those of some days and a team: what a number of the trends counts."""
    if not NARROWED & set(request.args):
        return FINDINGS.answer(judges=me().has(*JUDGES), scope=None)
    scope = FindingScope.read(request.args, me().timezone)
    return findings_of(scope).answer(judges=me().has(*JUDGES), scope=scope)


@blueprint.get("/<id:finding_id>")
@signed_in
def show(finding_id: int):
    finding = finding_or_404(finding_id)
    by = me()
    followed = Consequence.visible_to(by).select(Consequence.id).where(Consequence.finding == finding).tuples()
    stands = finding.state not in (DISMISSED, OVERTURNED)
    return render_template(
        "compliance/finding.html",
        finding=finding,
        actions=VERBS.actions(finding, by),
        verb_url=steps.url,
        evidence=evidence_of(finding, by),
        followed=consequences.loaded(number for (number,) in followed),
        may_impose=by.has(*READERS) and finding.user_id != by.id and not finding.user.house and stands,
    )


@blueprint.route("/new", methods=["GET", "POST"])
@allow(*JUDGES)
def new():
    """About a contact or a deal, where the address names one."""
    about = _about()
    whose = asked_person(request.values.get("whose", "")) or getattr(about.get("activity"), "author", None)
    form = form_class(RAISE)(None, me(), data={"user": str(whose.id)} if whose else {})

    def save():
        given = form.given()
        made = once(
            request.form.get("once", ""), me(), lambda: raised.raise_by_hand(me(), **_none_empty(given), **about)
        )
        return go(url_for("findings.show", finding_id=made.id), "The finding is raised, and the person has been told")

    named = {name: record.id for name, record in about.items()}
    return ask(
        form,
        save,
        lambda status, *_: show_dialog(
            "compliance/raise.html",
            "Raise a finding",
            url_for("findings.index"),
            status,
            form=form,
            about=about,
            form_action=url_for("findings.new", **named),
        ),
    )


def _none_empty(given: dict) -> dict:
    return {name: value if name == "user" else value or "" for name, value in given.items()}


def _about() -> dict:
    """The records that the address names, as far as there are such."""
    found = {}
    for name, model in (("activity", Activity), ("deal", Deal)):
        sent = request.args.get(name, "")
        record = (
            model.get_or_none(model.id == int(sent)) if sent.isascii() and sent.isdigit() and len(sent) < 16 else None
        )
        found |= {name: record} if record else {}
    return found
