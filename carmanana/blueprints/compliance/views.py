"""The queue of calls and emails, a case with its card, and what was said in a call."""

from flask import render_template, request, url_for

from carmanana.blueprints.compliance.forms import CardForm, TranscriptForm, sent_answers
from carmanana.blueprints.compliance.lists import QUEUE
from carmanana.blueprints.compliance.page import FOLLOWS, case_context
from carmanana.compliance import queue, scoring, transcripts
from carmanana.records.compliance import ACCESS, DISCIPLINARY
from carmanana.records.scorecards import ReviewCase, Transcript
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.fragments import go
from carmanana.web.loading import sent_version
from carmanana.web.steps import ask, submit

from .base import JUDGES, READERS, blueprint, case_or_404


@blueprint.get("/")
@allow(*READERS)
def index():
    return QUEUE.answer(first=queue.first(me()), judges=me().has(*JUDGES))


@blueprint.get("/reviews/<id:review_case_id>")
@allow(*READERS)
def case(review_case_id: int):
    return _page(case_or_404(review_case_id), _card_form())


def _card_form(**kwargs) -> CardForm:
    form = CardForm(**kwargs)
    form.follows.choices = list(FOLLOWS.items())
    return form


def _page(case: ReviewCase, form: CardForm, sent: dict | None = None, status: int = 200):
    context = case_context(case, me(), form, sent)
    if sent is None and context["card"]:
        form.takeaway.data = context["card"].takeaway
    return render_template("compliance/case.html", **context), status


# the card


@blueprint.post("/reviews/<id:review_case_id>/draft")
@allow(*JUDGES)
def draft(review_case_id: int):
    """What is answered so far is kept, so that the card goes on wherever it was left."""
    case = case_or_404(review_case_id)
    card = scoring.card_of(case, me())
    answers = sent_answers(card.scorecard.questions)
    scoring.scoring.fire(card, "save", me(), answers=answers, takeaway=request.form.get("takeaway", ""))
    return "", 204


@blueprint.post("/reviews/<id:review_case_id>/card")
@allow(*JUDGES)
def submit_card(review_case_id: int):
    """The next case of the queue follows, or the form of what follows for the person."""
    case, form = case_or_404(review_case_id), _card_form()
    card = scoring.card_of(case, me())
    answers = sent_answers(card.scorecard.questions)
    follows = form.follows.data or ""

    def save():
        _, later = queue.beside(case, me())
        given = {"answers": answers, "takeaway": form.takeaway.data or "", "follows": follows}
        done = scoring.scoring.fire(card, "submit", me(), **given)
        return go(_after(case, follows, later), _said(done.points))

    return submit(form, save, lambda status, *_: _page(case, form, answers, status))


def _after(case: ReviewCase, follows: str, later: int | None) -> str:
    if follows in (ACCESS, DISCIPLINARY):
        return url_for("consequences.new", user=case.user_id, kind=follows)
    waiting = [later] if later else [other.id for other in queue.waiting(me())]
    return url_for("compliance.case", review_case_id=waiting[0]) if waiting else url_for("compliance.index")


def _said(points: int | None) -> str:
    return "Submitted: nothing applied" if points is None else f"Submitted: {points} of 100"


@blueprint.post("/reviews/<id:review_case_id>/reopening")
@allow(*JUDGES)
def reopen(review_case_id: int):
    case = case_or_404(review_case_id)
    scoring.scoring.fire(scoring.card_of(case, me()), "reopen", me(), sent_version())
    return go(url_for("compliance.case", review_case_id=review_case_id), "Your card is open again")


@blueprint.post("/reviews/<id:review_case_id>/second")
@allow(*JUDGES)
def second(review_case_id: int):
    scoring.ask_for_a_second(case_or_404(review_case_id), me())
    return go(
        url_for("compliance.case", review_case_id=review_case_id),
        "Somebody else scores it too, without seeing the first card",
    )


# what was said


@blueprint.route("/reviews/<id:review_case_id>/transcript", methods=["GET", "POST"])
@allow(*JUDGES)
def transcript(review_case_id: int):
    case = case_or_404(review_case_id)
    kept = Transcript.get_or_none(Transcript.activity == case.activity)
    form = TranscriptForm(data={"text": _typed(kept)})
    back = url_for("compliance.case", review_case_id=review_case_id)

    def save():
        text, uploaded = form.sent_text()
        transcripts.write(case.activity, me(), text, sent_version(), uploaded)
        return go(back, "The transcript is beside the call")

    def again(status: int, fresh: Transcript | None = kept):
        return show_dialog(
            "compliance/transcript.html",
            "Transcript",
            back,
            status,
            form=form,
            case=case,
            transcript=fresh,
            encoding=True,
            form_action=url_for("compliance.transcript", review_case_id=review_case_id),
        )

    return ask(form, save, again, known=lambda fresh: {"text": _typed(fresh)}, told_of=lambda fresh: case.activity)


def _typed(kept: Transcript | None) -> str:
    """As one would type it."""
    lines = kept.lines if kept else ()
    return "\n".join(
        " ".join(filter(None, (transcripts.minute(at), who and f"{who}:", words))) for at, who, words in lines
    )
