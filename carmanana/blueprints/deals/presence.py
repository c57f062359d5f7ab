"""Who else looks at a deal, and whether it has changed since the page was drawn."""

from flask import request, url_for

from carmanana.blueprints.deals.base import blueprint
from carmanana.blueprints.deals.live import answer_look
from carmanana.records.presence import DealPresence
from carmanana.records.viewers import look as look_at
from carmanana.web.access import signed_in
from carmanana.web.current_user import me
from carmanana.web.fragments import go, htmx
from carmanana.web.loading import deal_or_404


@blueprint.post("/<id:deal_id>/look")
@signed_in
def look(deal_id: int):
    """Asked every few seconds by an open page of the deal."""
    deal = deal_or_404(deal_id)
    others = look_at(DealPresence.deal, deal, me())
    if not htmx:
        return go(url_for("deals.show", deal_id=deal.id))
    return answer_look(deal, others, request.values)
