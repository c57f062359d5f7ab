"""The desk: a person's cases, and one of them in full."""

from carmanana.blueprints.cancellations.retention.base import blueprint
from carmanana.blueprints.cancellations.retention.page import case_or_404, desk_page, member_asked
from carmanana.cancellations.retention.desk import listed, opened
from carmanana.web.access import allow
from carmanana.web.current_user import me


@blueprint.get("/retention")
@allow("manager", "retention")
def index():
    """What is due first stands open."""
    shown = listed(me(), member_asked())
    due = shown[0]
    return desk_page(opened(due[0]) if due else None, shown)


@blueprint.get("/retention/<id:request_id>")
@allow("manager", "retention")
def show(request_id: int):
    return desk_page(case_or_404(request_id))
