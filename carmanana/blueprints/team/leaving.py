"""Somebody leaves, or comes back."""

from flask import url_for

from carmanana.blueprints.team.base import blueprint, person_or_404
from carmanana.staffing import leaving
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.forms import DealershipForm
from carmanana.web.fragments import go


@blueprint.route("/people/<id:user_id>/deactivation", methods=["GET", "POST"])
@allow("crm_admin")
def deactivation(user_id: int):
    user = person_or_404(user_id)
    back = url_for("people.show", user_id=user_id)
    if DealershipForm().sent():
        leaving.deactivate(user, me())
        return go(back, f"{user.name} can’t sign in any more")
    reasons = leaving.reasons_to_stay(user, me())
    return show_dialog(
        "people/deactivation.html",
        f"{user.name} leaves",
        back,
        user=user,
        reasons=reasons,
        form_action=url_for("people.deactivation", user_id=user_id),
    )


@blueprint.post("/people/<id:user_id>/reactivation")
@allow("crm_admin")
def reactivation(user_id: int):
    user = leaving.reactivate(person_or_404(user_id), me())
    return go(url_for("people.show", user_id=user_id), f"{user.name} works here again")
