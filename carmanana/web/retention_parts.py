"""What the forms of saving an order are drawn from, on the desk and in the review."""

from carmanana.cancellations.lifecycle import review
from carmanana.cancellations.models import CancellationRequest
from carmanana.retention.desk import Case

from .desk_forms import EndingForm
from .retention_forms import KeepForm, PlanForm
from .signed import me


def planning(asked: CancellationRequest, form: PlanForm | None = None) -> dict:
    return {"asked": asked, "plan_form": form or PlanForm(asked, empty=True)}


def keeping(asked: CancellationRequest, form: KeepForm | None = None, case: Case | None = None) -> dict:
    accepted = case.accepted.terms if case and case.accepted else ""
    refusals = review.refusals(asked, "retain", me()) if review.leads(asked, "retain") else []
    return {
        "asked": asked,
        "keep": form or KeepForm(asked, accepted, empty=True),
        "not_accepted": next((refusal for refusal in refusals if refusal.code == "not_accepted"), None),
    }


def ending_of(asked: CancellationRequest, form: EndingForm | None = None) -> dict:
    return {"asked": asked, "ending": form or EndingForm(asked, asked.reviewer_id == me().id, empty=True)}
