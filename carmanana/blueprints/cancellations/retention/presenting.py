"""What the retention member does: present an approved offer, write down the answer, ask for more."""

from carmanana.blueprints.cancellations.retention.base import blueprint, in_dialog
from carmanana.blueprints.cancellations.retention.desk_forms import CounterForm, PresentationForm, ResponseForm
from carmanana.blueprints.cancellations.retention.page import case_or_404, fire_once, script_names
from carmanana.cancellations.verbs import PRESENTED, RESPONDED
from carmanana.contacting.attachments import kept
from carmanana.contacting.scripts import spoken
from carmanana.records.retention import Offer
from carmanana.web.access import allow
from carmanana.web.loading import sent_files


@blueprint.route("/cancellations/<id:request_id>/offers/<id:offer_id>/presentation", methods=["GET", "POST"])
@allow("retention")
def presentation(request_id: int, offer_id: int):
    """An approved offer is put to the customer, once; the rules say which one is."""
    case = case_or_404(request_id)
    form = PresentationForm(case.request)
    offer = Offer.get_or_none(Offer.id == offer_id)
    return in_dialog(
        case.request,
        "present",
        form,
        "retention/presentation.html",
        _with_files(offer),
        lambda fresh, trigger: PRESENTED[form.answer.data],
        offer=offer if offer in case.offers else None,
        encoding=True,
    )


def _with_files(offer: Offer | None):
    def fire(asked, trigger, version, **given):
        with kept(sent_files()) as files:
            return fire_once(asked, trigger, version, offer=offer, files=files, **given)

    return fire


@blueprint.route("/cancellations/<id:request_id>/offers/<id:offer_id>/response", methods=["GET", "POST"])
@allow("retention")
def response(request_id: int, offer_id: int):
    """What they say to it later on."""
    case = case_or_404(request_id)
    form = ResponseForm(case.request)
    shown = case.shown.get(offer_id)
    return in_dialog(
        case.request,
        "respond",
        form,
        "retention/response.html",
        lambda asked, trigger, version, **given: fire_once(asked, trigger, version, presentation=shown, **given),
        lambda fresh, trigger: RESPONDED[form.answer.data],
        offer=shown and shown.offer,
    )


@blueprint.route("/cancellations/<id:request_id>/counter", methods=["GET", "POST"])
@allow("retention")
def counter(request_id: int):
    """Their own terms go to the reviewer; nothing is promised meanwhile."""
    case = case_or_404(request_id)
    lines = spoken.lines("retention_beyond", **script_names(case))
    return in_dialog(
        case.request,
        "counter",
        CounterForm(case.request),
        "retention/counter.html",
        say=[line for line in lines if not line.never],
        never=[line for line in lines if line.never],
    )
