"""The queue of requests, by waiting time."""

from flask import abort, request, url_for

from carmanana.blueprints.cancellations.base import READERS, blueprint
from carmanana.blueprints.cancellations.lists import QUEUE
from carmanana.cancellations.retention import desk
from carmanana.records.cancellations import CancellationRequest
from carmanana.web.access import allow, signed_in
from carmanana.web.current_user import me
from carmanana.web.fragments import go
from carmanana.web.loading import deal_or_404


@blueprint.get("/cancellations")
@allow(*READERS)
def index():
    return QUEUE.answer()


@blueprint.get("/deals/<id:deal_id>/cancellation/review")
@signed_in
def of_deal(deal_id: int):
    """To the open request of an order, else its latest; who does not review is led to the case that is or was theirs to
    save, or to the order itself."""
    if not me().sees_all and (case := desk.latest_case(me(), deal_id)):
        return go(url_for("retention.show", request_id=case.id))
    deal = deal_or_404(deal_id)
    if not me().sees_all:
        return go(url_for("deals.show", deal_id=deal.id))
    latest = deal.cancellations.order_by(
        CancellationRequest.ended_at.is_null().desc(), CancellationRequest.id.desc()
    ).first()
    return go(
        url_for("cancellations.show", request_id=(latest or abort(404)).id, show=request.args.get("show") or None)
    )
