"""Days away: one's own, or somebody's whom one leads."""

from flask import abort, request, url_for

from carmanana.blueprints.team.base import blueprint, person_or_404
from carmanana.core.idempotency import once
from carmanana.records.people import AGENT, MANAGER, RETENTION, Absence, User
from carmanana.records.rights import leads_people
from carmanana.staffing import absences
from carmanana.web.access import signed_in
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.forms import DateField, DealershipForm, Optional, TextField
from carmanana.web.forms.choices import PersonField
from carmanana.web.fragments import go
from carmanana.web.steps import ask


class AbsenceForm(DealershipForm):
    starts_on = DateField("First day", [Optional()])
    ends_on = DateField("Last day", [Optional()])
    cover = PersonField("Who covers", (AGENT, MANAGER, RETENTION), nobody="Nobody yet")
    reason = TextField("Reason", most=250)


@blueprint.route("/people/<id:user_id>/absences/new", methods=["GET", "POST"])
@signed_in
def absence(user_id: int):
    user = _theirs_or_404(user_id)
    form = AbsenceForm()
    form.cover.besides = user

    def save():
        given = form.data | {"cover": form.cover.person}
        once(request.form.get("once", ""), me(), lambda: absences.be_away(user, me(), **given))
        return go(_back(user), "Entered. Their manager has been told")

    def again(status: int):
        action = url_for("people.absence", user_id=user_id)
        return show_dialog(
            "people/absence.html", "Days away", _back(user), status, form=form, form_action=action, user=user
        )

    return ask(form, save, again)


@blueprint.post("/people/<id:user_id>/absences/<id:absence_id>/end")
@signed_in
def presence(user_id: int, absence_id: int):
    user = _theirs_or_404(user_id)
    found = Absence.get_or_none(Absence.id == absence_id, Absence.user == user) or abort(404)
    absences.be_back(found, me())
    return go(_back(user), f"{user.name} is expected back")


def _theirs_or_404(user_id: int) -> User:
    user = person_or_404(user_id)
    return user if user == me() or leads_people(me()) else abort(404)


def _back(user: User) -> str:
    return url_for("people.me") if user == me() else url_for("people.show", user_id=user.id)
