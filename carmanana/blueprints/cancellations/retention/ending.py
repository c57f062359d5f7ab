"""How a case ends: the customer stays, or still wants to cancel."""

from flask import request

from carmanana.blueprints.cancellations.retention.base import blueprint, in_dialog, in_page
from carmanana.blueprints.cancellations.retention.desk_forms import EndingForm
from carmanana.blueprints.cancellations.retention.forms import KeepForm
from carmanana.blueprints.cancellations.retention.page import case_request_or_404, not_accepted
from carmanana.web.access import allow
from carmanana.web.current_user import me


@blueprint.route("/cancellations/<id:request_id>/retain", methods=["GET", "POST"])
@allow("manager", "retention")
def retain(request_id: int):
    asked = case_request_or_404(request_id)
    lacks = {"not_accepted": not_accepted(asked)}
    return in_page(asked, "retain", KeepForm(asked), "retention/_retain_form.html", **lacks)


@blueprint.route("/cancellations/<id:request_id>/plan/end", methods=["GET", "POST"])
@allow("manager", "retention")
def end(request_id: int):
    """On the desk the form stands in the page; elsewhere it is a dialog."""
    asked = case_request_or_404(request_id)
    form = EndingForm(asked, asked.reviewer_id == me().id)
    if request.headers.get("HX-Target", "").endswith("#ending-form"):
        return in_page(asked, "end_retention", form, "retention/_ending_form.html")
    return in_dialog(asked, "end_retention", form, "retention/end.html")
