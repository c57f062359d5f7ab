"""The list of calling rules."""

from carmanana.contacting.calling.editing import KINDS
from carmanana.contacting.calling.places import EUROPE
from carmanana.contacting.calling.what_if import days_in_words
from carmanana.core.dated_rows import standing
from carmanana.records.calling import CallingRule
from carmanana.web.lists import Chip, Choice, Column, List
from carmanana.web.regional_rows import columns_of_law, named_in, region_column, standing_in


def matches(text: str):
    return named_in(CallingRule, text) | CallingRule.source.contains(text)


def cap_of(rule: CallingRule) -> str:
    if not rule.cap:
        return ""
    hours = rule.cap_hours
    return f"{rule.cap} in {f'{hours // 24} d' if hours > 24 and hours % 24 == 0 else f'{hours} h'}"


RULES = List(
    name="rules",
    title="Calling rules",
    endpoint="calling.index",
    one="row",
    many="rows",
    columns=(
        region_column(CallingRule),
        Column("kind", "What", lambda r: KINDS.get(r.kind, r.kind)),
        Column("days", "Days", lambda r: days_in_words(r.weekdays)),
        Column("hours", "Hours", lambda r: f"{r.opens}–{r.closes}"),
        Column("holidays", "Holidays", lambda r: "allowed" if r.holidays_allowed else "none", wide=True),
        Column("tries", "Tries", cap_of, number=True, wide=True),
        Column("consent", "Consent", lambda r: r.consent),
        *columns_of_law(CallingRule),
    ),
    scope=lambda by: CallingRule.select(),
    load=lambda ids: list(CallingRule.select().where(CallingRule.id.in_(ids))),
    cells="calling/_cells.html",
    id=CallingRule.id,
    sort="region",
    chips=(
        Chip("all", "All", lambda by: standing(CallingRule)),
        Chip("us", "United States", standing_in(CallingRule, "US")),
        Chip("ca", "Canada", standing_in(CallingRule, "CA")),
        Chip("eu", "Europe", standing_in(CallingRule, *sorted(EUROPE))),
        Chip("unsure", "Unsure", lambda by: standing(CallingRule) & (CallingRule.confidence == "unsure")),
        Chip("second", "Second hand", lambda by: standing(CallingRule) & (CallingRule.confidence == "second hand")),
        Chip("past", "Past", lambda by: ~standing(CallingRule)),
    ),
    one_chip=True,
    choices=(Choice("what", "What", lambda by: KINDS, lambda code, by: CallingRule.kind == code),),
    text=matches,
    placeholder="Region or source",
    empty=("phone", "No calling rules yet", "Of a region without rules nobody is called."),
    template="calling/index.html",
)
