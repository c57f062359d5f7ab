"""The desk: a person's cases, and one of them in full."""

from carmanana.blueprints.cancellations.retention.base import blueprint
from carmanana.blueprints.cancellations.retention_page import case_or_404, desk_page, member_asked
from carmanana.cancellations.retention.desk import open_cases
from carmanana.web.access import allow
from carmanana.web.current_user import me


@blueprint.get("/retention")
@allow("manager", "retention")
def index():
    """What is due first stands open."""
    cases = open_cases(me(), member_asked())
    return desk_page(cases[0] if cases else None, cases)


@blueprint.get("/retention/<id:request_id>")
@allow("manager", "retention")
def show(request_id: int):
    return desk_page(case_or_404(request_id))
