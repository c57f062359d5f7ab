"""The reviewer's plan: made, revised, given to somebody else; and the customer's own terms answered."""

from flask import abort

from carmanana.blueprints.cancellations.retention.base import blueprint, in_dialog, in_page, must_permit
from carmanana.blueprints.cancellations.retention.forms import CounterAnswerForm, HandOverForm, PlanForm, RevisionForm
from carmanana.blueprints.cancellations.retention.page import case_request_or_404, fire_once
from carmanana.cancellations.verbs import COUNTERED
from carmanana.records.retention import CounterOffer, RetentionPlan
from carmanana.web.access import allow


@blueprint.route("/cancellations/<id:request_id>/plan", methods=["GET", "POST"])
@allow("manager")
def plan(request_id: int):
    asked = case_request_or_404(request_id)
    return in_page(asked, "assign_retention", PlanForm(asked), "retention/_plan_form.html")


@blueprint.route("/cancellations/<id:request_id>/plan/revision", methods=["GET", "POST"])
@allow("manager")
def revision(request_id: int):
    asked = case_request_or_404(request_id)
    must_permit(asked, "revise_plan")
    form = RevisionForm(asked, RetentionPlan.current(asked) or abort(404))
    return in_dialog(asked, "revise_plan", form, "retention/revision.html")


@blueprint.route("/cancellations/<id:request_id>/counters/<id:counter_id>/answer", methods=["GET", "POST"])
@allow("manager")
def answer(request_id: int, counter_id: int):
    """Approved, the customer's terms become an offer; or they don't."""
    asked = case_request_or_404(request_id)
    must_permit(asked, "answer_counter")
    counter = _counter_of(asked, counter_id)
    form = CounterAnswerForm(asked, counter)
    return in_dialog(
        asked,
        "answer_counter",
        form,
        "retention/answer.html",
        lambda asked, trigger, version, **given: fire_once(asked, trigger, version, counter=counter, **given),
        said=lambda fresh, trigger: COUNTERED[form.approved.data],
        counter=counter,
    )


def _counter_of(asked, counter_id: int) -> CounterOffer:
    of_it = (CounterOffer.id == counter_id) & (RetentionPlan.request == asked)
    return CounterOffer.select(CounterOffer).join(RetentionPlan).where(of_it).first() or abort(404)


@blueprint.route("/cancellations/<id:request_id>/plan/member", methods=["GET", "POST"])
@allow("manager", "crm_admin")
def member(request_id: int):
    asked = case_request_or_404(request_id)
    return in_dialog(asked, "hand_case_over", HandOverForm(asked), "retention/member.html")
