"""Taking back one's own last step, from the toast or from the timeline."""

from carmanana.blueprints.deals.base import blueprint
from carmanana.blueprints.deals.board import board_of_page, card_above
from carmanana.boards.board import column_key
from carmanana.core.workflow import Refused
from carmanana.deals.lifecycle import order
from carmanana.deals.undoing import newest_of, undoing
from carmanana.records.deal_codes import ACTIVE
from carmanana.records.deals import Deal
from carmanana.web.access import allow
from carmanana.web.answers import changed
from carmanana.web.current_user import me
from carmanana.web.loading import deal_or_404, sent_version


@blueprint.post("/<id:deal_id>/undo")
@allow("agent", "manager")
def undo(deal_id: int):
    deal, version = deal_or_404(deal_id), sent_version()
    if version not in (None, deal.version):
        raise Refused([undoing.moved_on(deal, version)], deal, "undo")
    return _take_back(deal, version)


@blueprint.post("/undo")
@allow("agent", "manager")
def undo_newest():
    """Their last step, on whatever deal it was."""
    step = newest_of(me())
    deal = deal_or_404(step.subject_id)
    if step.version != deal.version:
        raise Refused([undoing.moved_on(deal, step.version)], deal, "undo")
    return _take_back(deal, deal.version)


def _take_back(deal: Deal, version: int | None):
    fresh = order.fire(deal, undoing.trigger(deal), me(), version)
    return changed(fresh, column_key(deal), _said(deal, fresh), card_above(board_of_page(), fresh))


def _said(deal: Deal, fresh: Deal) -> str:
    name = deal.customer.name
    if column_key(fresh) != column_key(deal):
        return f"Undone: {name} is back in {fresh.stage.name if fresh.state == ACTIVE else fresh.state_name}"
    if fresh.owner_id != deal.owner_id:
        return f"Undone: nobody owns {name} again"
    if fresh.readiness != deal.readiness:
        return f"Undone: {name} is {'a live' if fresh.live else 'an organic'} order again"
    return f"Undone: {name} is {'back in its place' if fresh.position != deal.position else 'as it was'}"
