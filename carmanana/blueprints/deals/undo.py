"""Taking back one's own last step, on whatever deal it was; what is said of it."""

from carmanana.blueprints.deals.base import blueprint
from carmanana.blueprints.deals.board import board_of_page, card_above
from carmanana.blueprints.deals.steps import steps
from carmanana.boards.board import column_key
from carmanana.deals.undoing import newest_of
from carmanana.records.deal_codes import ACTIVE
from carmanana.records.deals import Deal
from carmanana.web.access import allow
from carmanana.web.answers import changed
from carmanana.web.current_user import me
from carmanana.web.loading import deal_or_404


@blueprint.post("/undo")
@allow("agent", "manager")
def undo_newest():
    step = newest_of(me())
    return steps.undo(deal_or_404(step.subject_id), step.version)


def undone(fresh: Deal, deal: Deal):
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


steps.undone = undone
