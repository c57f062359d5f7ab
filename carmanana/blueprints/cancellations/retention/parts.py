"""What the forms of saving an order are drawn from, on the desk and in the review."""

from carmanana.blueprints.cancellations.retention.desk_forms import EndingForm
from carmanana.blueprints.cancellations.retention.forms import KeepForm, PlanForm
from carmanana.cancellations.lifecycle import review
from carmanana.cancellations.retention.desk import Case
from carmanana.cancellations.verbs import REVIEW
from carmanana.core.workflow import Refusal
from carmanana.records.cancellations import CancellationRequest
from carmanana.web.current_user import me


def planning(asked: CancellationRequest, form: PlanForm | None = None) -> dict:
    return {"asked": asked, "verbs": REVIEW, "plan_form": form or PlanForm(asked, empty=True)}


def keeping(asked: CancellationRequest, form: KeepForm | None = None, case: Case | None = None) -> dict:
    accepted = case.accepted.terms if case and case.accepted else ""
    return {
        "asked": asked,
        "verbs": REVIEW,
        "keep": form or KeepForm(asked, accepted, empty=True),
        "not_accepted": not_accepted(asked),
    }


def not_accepted(asked: CancellationRequest) -> Refusal | None:
    """Why the order may not be kept yet."""
    refusals = review.refusals(asked, "retain", me()) if review.leads(asked, "retain") else []
    return next((refusal for refusal in refusals if refusal.code == "not_accepted"), None)


def ending_of(asked: CancellationRequest, form: EndingForm | None = None) -> dict:
    return {"asked": asked, "ending": form or EndingForm(asked, asked.reviewer_id == me().id, empty=True)}
