"""What the rules say of one moment: a number or a region, a day and an hour. It decides nothing and is kept nowhere."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from carmanana.contacting.calling import registers
from carmanana.contacting.calling.hours import MIDNIGHT, RuleBook, closed, next_opening
from carmanana.contacting.calling.places import CODE, is_region, name_of, zones_of_region
from carmanana.contacting.calling.regions import STATES, binding, region_of_number, region_of_words
from carmanana.core import clock
from carmanana.core.phones import e164
from carmanana.core.workflow import Refusal, Refused
from carmanana.records.calling import CALL, CALLED_PARTY, CallingRule, DoNotCallRegister, RegionHoliday

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SEARCHED = 8  # days ahead for the next closing
UNCLEAR = "Enter a phone number with its country or area code, or a region, such as Florida, US-FL or France."


@dataclass(frozen=True)
class Answer:
    """`rows` are those that bind, the one that decides first; `until` and `from_then` are UTC."""

    allowed: bool
    region: str
    zones: tuple[str, ...]
    at: datetime
    rows: list[CallingRule] = field(default_factory=list)
    until: datetime | None = None
    from_then: datetime | None = None
    holiday: str = ""
    register: DoNotCallRegister | None = None

    @property
    def place(self) -> str:
        return name_of(self.region)

    @property
    def unknown(self) -> bool:
        return not self.allowed and not self.rows

    @property
    def rule(self) -> CallingRule | None:
        return self.rows[0] if self.rows else None

    @property
    def there(self) -> list[datetime]:
        return _walls(self.at, self.zones)

    @property
    def until_there(self) -> list[datetime]:
        return _walls(self.until, self.zones) if self.until else []

    @property
    def from_there(self) -> list[datetime]:
        return _walls(self.from_then, self.zones) if self.from_then else []


def _walls(at: datetime, zones: tuple[str, ...]) -> list[datetime]:
    """What clocks there show, each time once."""
    return sorted({clock.local(at, zone).replace(tzinfo=None) for zone in zones})


def ask(book: RuleBook, where: str, at: datetime, kind: str = CALL) -> Answer:
    """May somebody with this number, or in this region, be contacted so at that moment?"""
    regions, zones, number = _meant(where)
    answer = {"region": regions[0], "zones": zones, "at": at, "register": registers.listing(number) if number else None}
    shut = closed(book, regions, zones, at, kind)
    rows = binding_rows(book, regions, at, zones, kind)
    answer["holiday"] = _holiday(book, regions, zones, at)
    if shut is None:
        until = next_closing(book, regions, zones, at, kind)
        return Answer(True, rows=_decisive(rows, at, zones), until=until, **answer)
    deciding = [shut.rule, *(row for row in rows if row.id != shut.rule.id)] if shut.rule else []
    return Answer(False, rows=deciding, from_then=next_opening(book, regions, zones, at, kind), **answer)


def _meant(where: str) -> tuple[list[str], tuple[str, ...], str]:
    """Regions, zones and the number."""
    where = where.strip()[:80]
    if number := e164(where):
        regions, zones = binding(region_of_number(number), "", number)
        if regions and zones:
            return regions, tuple(zones), number
    _refuse_two_places(where.upper())
    code = (
        where.upper() if is_region(where.upper()) else "" if CODE.fullmatch(where.upper()) else region_of_words(where)
    )
    if not code or not zones_of_region(code):
        raise Refused([Refusal("where", UNCLEAR, field="where")])
    return [code], zones_of_region(code), ""


def _refuse_two_places(code: str) -> None:
    """CA is Canada's code and California's: who means which is asked."""
    if code in STATES.values() and is_region(code):
        country, state = name_of(code), name_of(f"US-{code}")
        sentence = (
            f"Do you mean {country} or {state}? {code} stands for both: enter the name, or US-{code} for {state}."
        )
        raise Refused([Refusal("two_places", sentence, field="where")])


def binding_rows(
    book: RuleBook, regions: list[str], at: datetime, zones: tuple[str, ...], kind: str
) -> list[CallingRule]:
    """Every row in force that day, of each region and its country. Hours of calls bind texts too."""
    days = {clock.local(at, zone).date() for zone in zones}
    bound = dict.fromkeys(one for region in regions for one in book.regions_binding(region))
    kinds = dict.fromkeys((kind, CALL) if kind == "text" else (kind,))
    rows = (row for one in bound for of in kinds for day in days for row in book.rows(one, of, day))
    return list({row.id: row for row in rows}.values())


def _decisive(rows: list[CallingRule], at: datetime, zones: tuple[str, ...]) -> list[CallingRule]:
    """Those whose window is open, the one that closes first at the top."""
    days = {str(clock.local(at, zone).isoweekday()) for zone in zones}
    today = [row for row in rows if days & set(row.weekdays)]
    walls = [f"{clock.local(at, zone):%H:%M}" for zone in zones]
    open_now = [row for row in today if any(row.opens <= wall < row.closes for wall in walls)]
    return sorted(open_now, key=lambda row: row.closes)


def _holiday(book: RuleBook, regions: list[str], zones: tuple[str, ...], at: datetime) -> str:
    places = {one for region in regions for one in (region, region.partition("-")[0])}
    days = {clock.local(at, zone).date() for zone in zones}
    found = (
        RegionHoliday.select().where(RegionHoliday.region.in_(list(places)), RegionHoliday.day.in_(list(days))).first()
    )
    return found.name if found else ""


def next_closing(
    book: RuleBook, regions: list[str], zones: tuple[str, ...], at: datetime, kind: str
) -> datetime | None:
    """When the time that is open now ends; None where it does not within a week."""
    rows = binding_rows(book, regions, at, zones, kind)
    moments = {moment for zone in zones for row in rows for moment in _closings(row, zone, at)}
    ahead = sorted(moment for moment in moments if moment > at)
    return next((moment for moment in ahead if closed(book, regions, zones, moment, kind)), None)


def _closings(row: CallingRule, zone: str, at: datetime) -> list[datetime]:
    by = zone if row.clock == CALLED_PARTY else row.clock
    first = clock.local(at, by).date()
    hour, minute = (24, 0) if row.closes == MIDNIGHT else map(int, row.closes.split(":"))
    midnight = datetime(first.year, first.month, first.day)
    walls = [midnight + timedelta(days=ahead, hours=hour, minutes=minute) for ahead in range(SEARCHED)]
    return [clock.from_local(wall, by).astimezone(UTC) for wall in walls]


def days_in_words(weekdays: str) -> str:
    """ "every day", "Mon–Fri", "Mon–Thu, Sat"; E is the eve of a holiday."""
    days = sorted(int(c) for c in weekdays if c.isdigit())
    if len(days) == 7:
        return "every day"
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    told = [WEEKDAYS[run[0] - 1] + (f"–{WEEKDAYS[run[-1] - 1]}" if len(run) > 1 else "") for run in runs]
    return ", ".join(told + ["eves of holidays"] * ("E" in weekdays))
