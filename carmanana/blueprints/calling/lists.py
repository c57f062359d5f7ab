"""The list of calling rules."""

from peewee import fn

from carmanana.contacting.calling.editing import KINDS
from carmanana.contacting.calling.places import EUROPE, name_of, named_like
from carmanana.contacting.calling.what_if import days_in_words
from carmanana.core import clock
from carmanana.records.calling import CallingRule
from carmanana.records.people import User
from carmanana.web.lists import Chip, Choice, Column, List

COUNTRY = fn.SUBSTR(CallingRule.region, 1, 2)


def standing():
    """Those that count today, or will."""
    return CallingRule.effective_until.is_null() | (CallingRule.effective_until >= clock.today())


def matches(text: str):
    regions = [region for (region,) in CallingRule.select(CallingRule.region).distinct().tuples()]
    return CallingRule.region.in_(named_like(text, regions)) | CallingRule.source.contains(text)


def cap_of(rule: CallingRule) -> str:
    if not rule.cap:
        return ""
    hours = rule.cap_hours
    return f"{rule.cap} in {f'{hours // 24} d' if hours > 24 and hours % 24 == 0 else f'{hours} h'}"


def in_this(*countries: str):
    return lambda by: standing() & COUNTRY.in_(countries)


def _load(ids: list[int]) -> list[CallingRule]:
    return list(CallingRule.select().where(CallingRule.id.in_(ids)))


def _scope(by: User):
    return CallingRule.select()


RULES = List(
    name="rules",
    title="Calling rules",
    endpoint="calling.index",
    one="row",
    many="rows",
    columns=(
        Column("region", "Region", lambda r: name_of(r.region), CallingRule.region, always=True),
        Column("kind", "What", lambda r: KINDS.get(r.kind, r.kind)),
        Column("days", "Days", lambda r: days_in_words(r.weekdays)),
        Column("hours", "Hours", lambda r: f"{r.opens}–{r.closes}"),
        Column("holidays", "Holidays", lambda r: "allowed" if r.holidays_allowed else "none", wide=True),
        Column("tries", "Tries", cap_of, number=True, wide=True),
        Column("consent", "Consent", lambda r: r.consent),
        Column("source", "Source", lambda r: r.source, wide=True),
        Column(
            "since", "Since", lambda r: r.effective_from or "", fn.COALESCE(CallingRule.effective_from, ""), wide=True
        ),
        Column("found", "Found", lambda r: r.confidence, CallingRule.confidence),
    ),
    scope=_scope,
    load=_load,
    cells="calling/_cells.html",
    id=CallingRule.id,
    sort="region",
    chips=(
        Chip("all", "All", lambda by: standing()),
        Chip("us", "United States", in_this("US")),
        Chip("ca", "Canada", in_this("CA")),
        Chip("eu", "Europe", in_this(*sorted(EUROPE))),
        Chip("unsure", "Unsure", lambda by: standing() & (CallingRule.confidence == "unsure")),
        Chip("second", "Second hand", lambda by: standing() & (CallingRule.confidence == "second hand")),
        Chip("past", "Past", lambda by: ~standing()),
    ),
    one_chip=True,
    choices=(Choice("what", "What", lambda by: KINDS, lambda code, by: CallingRule.kind == code),),
    text=matches,
    placeholder="Region or source",
    empty=("phone", "No calling rules yet", "Of a region without rules nobody is called."),
    template="calling/index.html",
)
