"""The rights to cancel: the list, a row with what it replaced, adding, changing from a day on, and ending."""

from flask import render_template
from peewee import fn

from carmanana.blueprints.rights.base import ADMINS, READERS, blueprint
from carmanana.blueprints.rights.forms import RightForm, known
from carmanana.blueprints.rights.lists import RIGHTS, agreed
from carmanana.cancellations.rights import editing
from carmanana.contacting.calling.places import name_of
from carmanana.core import clock
from carmanana.core.dated_rows import standing
from carmanana.core.query import prepared
from carmanana.records.cancellation_rights import CONFIDENCES, CancellationRight
from carmanana.records.deal_codes import ORDER_TYPES
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.regional_rows import RegionalRows

BLANK = {"days": 14, "runs_from": "delivery", "confidence": "unsure", "currency": "USD"}


ROWS = RegionalRows(
    blueprint,
    "/cancellation-rights",
    "right_id",
    CancellationRight,
    editing,
    RightForm,
    known,
    BLANK,
    template="rights/right.html",
    icon="shield",
    a_new="right to cancel",
    of_one="row",
    added="The row is added",
    changed="It counts for statements from that day on; what counted before stays on record",
    ended="The row ends",
    without="It stays on record for earlier statements. Of a region without a row it is unknown whether customers may "
    "cancel.",
)
ROWS.register(*ADMINS)


@blueprint.get("/cancellation-rights/")
@allow(*READERS)
def index():
    rows, regions = _standing.first(clock.today())
    told = {"rights": rows, "regions": regions, "may_edit": me().has(*ADMINS)}
    return RIGHTS.answer(name_of=name_of, agreed_words=agreed, **told)


@prepared
def _standing(today):
    region = CancellationRight.region
    counts = CancellationRight.select(fn.COUNT(region), fn.COUNT(fn.DISTINCT(region)))
    return counts.where(standing(CancellationRight, today)).tuples()


@blueprint.get("/cancellation-rights/<id:right_id>")
@allow(*READERS)
def show(right_id: int):
    """All that a row says, and the others of its region, those that it took the place of among them."""
    right = ROWS.load(right_id)
    rows = CancellationRight.select().where(CancellationRight.region == right.region)
    return render_template(
        "rights/show.html",
        right=right,
        rows=list(rows.order_by(CancellationRight.effective_from.desc(), CancellationRight.id.desc())),
        today=clock.today(),
        may_edit=me().has(*ADMINS),
        described=ROWS,
        name_of=name_of,
        agreed=agreed(right),
        kinds=[name for code, name in ORDER_TYPES.items() if code in right.order_types],
        confidences=CONFIDENCES,
    )
