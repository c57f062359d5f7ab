"""The queue of requests, by waiting time."""

from flask import abort, render_template, request, url_for

from carmanana.blueprints.cancellations.review_clock import pill_of
from carmanana.blueprints.cancellations.review_page import shown_queue
from carmanana.cancellations import queue
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.rights import leads_people
from carmanana.web.access import allow, signed_in
from carmanana.web.current_user import me
from carmanana.web.fragments import go
from carmanana.web.loading import deal_or_404
from carmanana.web.paging import page_of

from .base import READERS, blueprint


@blueprint.get("/cancellations")
@allow(*READERS)
def index():
    shown = shown_queue()
    return render_template(
        "cancellations/index.html",
        tabs=queue.SHOWN,
        counts=queue.counts(me()),
        shown=shown,
        page=page_of(queue.queue(shown, me())),
        pill_of=pill_of,
        may_set_hours=leads_people(me()),
    )


@blueprint.get("/deals/<id:deal_id>/cancellation/review")
@signed_in
def of_deal(deal_id: int):
    """To the open request of an order, else its latest; who does not review is led to the order itself."""
    deal = deal_or_404(deal_id)
    if not me().sees_all:
        return go(url_for("deals.show", deal_id=deal.id))
    latest = deal.cancellations.order_by(
        CancellationRequest.ended_at.is_null().desc(), CancellationRequest.id.desc()
    ).first()
    return go(
        url_for("cancellations.show", request_id=(latest or abort(404)).id, show=request.args.get("show") or None)
    )
