"""Somebody asks for their work to be handed over, and a manager answers."""

from flask import abort, request, url_for

from carmanana.blueprints.team.base import blueprint
from carmanana.core.idempotency import once
from carmanana.records.handovers import HandOverRequest
from carmanana.records.people import CRM_ADMIN, MANAGER
from carmanana.staffing import asking
from carmanana.staffing.leaving import open_work
from carmanana.web.access import allow
from carmanana.web.answers import page_again
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.forms import DateField, DealershipForm, Optional, WordsField
from carmanana.web.fragments import go
from carmanana.web.steps import ask


class AskForm(DealershipForm):
    starts_on = DateField("From", [Optional()])
    reason = WordsField("Why can’t you go on with it?", most=1000)


class AnswerForm(DealershipForm):
    answer = WordsField("Your answer", most=1000)


@blueprint.route("/me/hand-over", methods=["GET", "POST"])
@allow(*asking.MAY)
def ask_hand_over():
    form = AskForm()

    def save():
        make = lambda: asking.ask(me(), form.reason.data or "", form.starts_on.data)  # noqa: E731
        once(request.form.get("once", ""), me(), make)
        return go(url_for("people.me"), "Your manager has been told")

    def again(status: int):
        return show_dialog(
            "people/ask_hand_over.html",
            "Ask to hand over",
            url_for("people.me"),
            status,
            form=form,
            work=open_work(me()),
            form_action=url_for("people.ask_hand_over"),
        )

    return ask(form, save, again)


@blueprint.route("/people/hand-overs/<id:hand_over_id>/answer", methods=["GET", "POST"])
@allow(MANAGER, CRM_ADMIN)
def answer_hand_over(hand_over_id: int):
    asked = HandOverRequest.get_or_none(HandOverRequest.id == hand_over_id) or abort(404)
    form = AnswerForm()
    back = url_for("people.show", user_id=asked.user_id)

    def save():
        asking.answer(asked, form.answer.data or "", me())
        return page_again("They have been told") or go(back, "They have been told")

    def again(status: int):
        return show_dialog(
            "people/answer_hand_over.html",
            "Answer",
            back,
            status,
            form=form,
            asked=asked,
            form_action=url_for("people.answer_hand_over", hand_over_id=asked.id),
        )

    return ask(form, save, again)
