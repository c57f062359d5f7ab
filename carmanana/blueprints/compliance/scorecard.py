"""The scorecard in its versions, and how many calls are drawn."""

from flask import abort, render_template, request, url_for

from carmanana.blueprints.compliance.forms import MOST_QUESTIONS, SETTINGS, ProposalForm, sent_questions
from carmanana.compliance import scorecards, settings
from carmanana.core.idempotency import once
from carmanana.records.scorecards import ComplianceSettings, Question, Scorecard
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.forms.records import form_class
from carmanana.web.fragments import go
from carmanana.web.loading import sent_version
from carmanana.web.steps import ask, submit

from .base import READERS, blueprint


@blueprint.get("/scorecard")
@allow(*READERS)
def scorecard():
    cards = scorecards.every_version()
    questions: dict[int, list[Question]] = {card.id: [] for card in cards}
    for question in Question.select().order_by(Question.scorecard, Question.position):
        questions[question.scorecard_id].append(question)
    return render_template(
        "compliance/scorecard.html",
        cards=cards,
        questions=questions,
        settings=ComplianceSettings.now(),
        administers=me().has("crm_admin"),
    )


@blueprint.route("/scorecard/new", methods=["GET", "POST"])
@allow("crm_admin")
def propose():
    """Begins with the questions that are in use."""
    form = ProposalForm()
    if request.method == "GET":
        return _proposal(form, [question.__data__ for question in Scorecard.in_use().questions])
    rows = sent_questions()

    def save():
        once(request.form.get("once", ""), me(), lambda: scorecards.propose(me(), rows, form.about.data or ""))
        return go(url_for("compliance.scorecard"), "Proposed. Somebody else approves it")

    return submit(form, save, lambda status, *_: _proposal(form, rows, status))


def _proposal(form: ProposalForm, rows: list[dict], status: int = 200):
    """Every question, and room for five more."""
    filled = [row for row in rows if row["words"]]
    blank = [{"words": "", "sop": "", "fatal": False}] * (MOST_QUESTIONS - len(filled))
    return show_dialog(
        "compliance/propose.html",
        "New version of the scorecard",
        url_for("compliance.scorecard"),
        status,
        form=form,
        rows=[*filled, *blank[:5]],
        form_action=url_for("compliance.propose"),
    )


@blueprint.post("/scorecard/<id:card_id>/approval")
@allow(*READERS)
def approve(card_id: int):
    return _decide(card_id, "approve", "The new version is in use")


@blueprint.post("/scorecard/<id:card_id>/declining")
@allow(*READERS)
def decline(card_id: int):
    return _decide(card_id, "decline", "Declined")


def _decide(card_id: int, trigger: str, words: str):
    card = Scorecard.get_or_none(Scorecard.id == card_id) or abort(404)
    scorecards.versions.fire(card, trigger, me(), sent_version())
    return go(url_for("compliance.scorecard"), words)


@blueprint.route("/settings", methods=["GET", "POST"])
@allow("crm_admin")
def sampling():
    now = ComplianceSettings.now()
    form = form_class(SETTINGS)(now, me())
    back = url_for("compliance.scorecard")

    def save():
        settings.settle(me(), sent_version(), **form.given())
        return go(back, "Saved")

    def again(status: int, fresh: ComplianceSettings = now):
        given = {"form": form, "settings": fresh, "form_action": url_for("compliance.sampling")}
        return show_dialog("compliance/settings.html", "How calls are drawn", back, status, **given)

    return ask(form, save, again, known=lambda fresh: fresh.__data__)
