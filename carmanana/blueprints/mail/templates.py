"""What emails begin with, for managers."""

from flask import abort, request, url_for

from carmanana.blueprints.mail.base import blueprint
from carmanana.blueprints.mail.forms import TemplateForm
from carmanana.blueprints.mail.lists import EMAIL_TEMPLATES
from carmanana.contacting.mail import templates
from carmanana.core.idempotency import once
from carmanana.records.mail import LetterTemplate
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.fragments import go
from carmanana.web.loading import sent_version
from carmanana.web.steps import ask


@blueprint.get("/letters")
@allow("manager")
def index():
    return EMAIL_TEMPLATES.answer()


@blueprint.route("/letters/templates/new", methods=["GET", "POST"])
@allow("manager")
def new_template():
    form = TemplateForm()

    def save():
        template = once(request.form.get("once", ""), me(), lambda: templates.add(me(), **form.facts))
        return go(url_for("letters.index"), f"{template.name} is offered now")

    return ask(form, save, lambda status: _dialog(form, url_for("letters.new_template"), status))


@blueprint.route("/letters/templates/<id:template_id>/edit", methods=["GET", "POST"])
@allow("manager")
def edit_template(template_id: int):
    template = LetterTemplate.get_or_none(LetterTemplate.id == template_id) or abort(404)
    form, action = TemplateForm(data=_known(template)), url_for("letters.edit_template", template_id=template_id)

    def save():
        templates.correct(template, me(), sent_version() or 0, **form.facts)
        return go(url_for("letters.index"), "Saved")

    return ask(form, save, lambda status, fresh=template: _dialog(form, action, status, fresh), known=_known)


def _known(template: LetterTemplate) -> dict:
    return {**template.__data__, "may_use": sorted(template.may_use)}


def _dialog(form: TemplateForm, action: str, status: int, template: LetterTemplate | None = None):
    title = template.name if template else "Add template"
    return show_dialog(
        "letters/template.html",
        title,
        url_for("letters.index"),
        status,
        form=form,
        form_action=action,
        edited=template,
        blanks=templates.FILLED,
    )
