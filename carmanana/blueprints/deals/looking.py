"""Who else looks at a deal, and whether it has changed since the page was drawn."""

from flask import request, url_for

from carmanana.deals.presence import DealPresence
from carmanana.people.presence import look as look_at
from carmanana.web.access import signed_in
from carmanana.web.fragments import go, htmx
from carmanana.web.live import answer_look
from carmanana.web.loading import deal_or_404
from carmanana.web.signed import me

from .base import blueprint


@blueprint.post("/<id:deal_id>/look")
@signed_in
def look(deal_id: int):
    """Asked every few seconds by an open page of the deal."""
    deal = deal_or_404(deal_id)
    others = look_at(DealPresence.deal, deal, me())
    if not htmx:
        return go(url_for("deals.show", deal_id=deal.id))
    return answer_look(deal, others, request.values)
