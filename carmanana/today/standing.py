"""How a deal or a lead stands (SOP 1, section I): every one of them is in one of the acceptable end states, or it is
stuck. Each way of standing is one condition, which the list of a kind, its count and the nightly proof all ask by."""

from peewee import Case, Select, fn

from carmanana.core.db import Record, database
from carmanana.records.deals import Deal
from carmanana.records.leads import Lead
from carmanana.records.people import User
from carmanana.today.deal_standings import DEALS
from carmanana.today.lead_standings import LEADS
from carmanana.today.standings import Clock, Standing

ALL: dict[type[Record], tuple[Standing, ...]] = {Deal: DEALS, Lead: LEADS}
STUCK = {model: {one.code: one for one in kinds if one.stuck} for model, kinds in ALL.items()}
NAMES = {model: {one.code: one.name for one in kinds} for model, kinds in ALL.items()}
UNKNOWN = "unknown"


def stuck(model: type[Record], code: str, user: User | None = None, at: Clock | None = None) -> Select:
    """Those of a kind that this person may see; for nobody in particular, all of them."""
    found = model.select() if user is None else model.visible_to(user)
    return found.where(STUCK[model][code].where(at or Clock.at()))


def of_each(model: type[Record], at: Clock):
    """The code of how each one stands; `unknown` where it stands in no way that there is."""
    return Case(None, [(one.where(at), one.code) for one in ALL[model]], UNKNOWN)


def counts(model: type[Record], at: Clock) -> dict[str, int]:
    """How many stand in each way: everything there is, in one query."""
    code = of_each(model, at)
    return dict(database.execute(model.select(code.alias("code"), fn.COUNT(model.id)).group_by(code)).fetchall())
