"""Changing what buyers want from the list: one cell, a block from a spreadsheet, or one thing of many rows. Each
assessment is written by the verb that its lead or deal has for it, and what was written can be taken back for a day."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from carmanana.buyers.cells import CELLS, read
from carmanana.core import audit, clock
from carmanana.core.db import Stale, transaction
from carmanana.core.undo import KEPT
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.deals import deal_facts, wanted_vehicles
from carmanana.leads import needs as lead_needs
from carmanana.leads.lifecycle import may_work as may_work_lead
from carmanana.records.deals import Deal, NeedsAssessment
from carmanana.records.leads import Lead
from carmanana.records.offered_vehicles import WantsChange
from carmanana.records.people import User
from carmanana.records.wanted import Wanted

MOST = 1_000  # cells in one change
GONE = "This buyer is not there any more, or belongs to somebody else."
CHANGED = "Somebody changed this meanwhile."
NOT_YOURS = "Only its owner or a manager may change this."
FACTS = ("timeline", "location", "budget_from_cents", "budget_to_cents")


@dataclass(frozen=True)
class Edit:
    """Of one cell: the row's id, the column, what was typed, and the version that one looked at, where it counts."""

    row: int
    key: str
    text: str
    version: int | None = None


@dataclass
class Report:
    """`left` are edits that changed nothing, with the reason."""

    change: WantsChange | None = None
    done: int = 0
    left: list[tuple[Edit, str]] = field(default_factory=list)


def may_work(subject: Lead | Deal, by: User) -> bool:
    return may_work_lead(subject, by) if isinstance(subject, Lead) else deal_facts.may_work(subject, by)


def edit(one: Edit, by: User) -> WantsChange | None:
    """One cell. Raises Forbidden, Refused or Stale; None where it says so already."""
    with transaction():
        row = row_of(one.row, by)
        before = _write(row, [one], by)
        return _kept(by, "cell", [before], 1) if before else None


def edit_all(edits: Iterable[Edit], by: User, how: str) -> Report:
    """Many cells, an assessment at a time: what one refuses holds up no other."""
    edits, report, kept = list(edits), Report(), []
    if len(edits) > MOST:
        raise Refused([Refusal("most", f"At most {MOST:,} cells at once.")])
    with transaction():
        for together in _by_assessment(edits, by, report):
            _try(together, by, report, kept)
        if kept:
            report.change = _kept(by, how, kept, report.done)
    return report


def _by_assessment(edits: list[Edit], by: User, report: Report) -> list[list[Edit]]:
    rows = {row.id: row.needs_id for row in Wanted.visible_to(by).where(Wanted.id.in_({one.row for one in edits}))}
    found: dict[int, list[Edit]] = {}
    for one in edits:
        if one.row in rows:
            found.setdefault(rows[one.row], []).append(one)
        else:
            report.left.append((one, GONE))
    return list(found.values())


def _try(together: list[Edit], by: User, report: Report, kept: list[dict]) -> None:
    good, row = [], row_of(together[0].row, by)
    for one in together:
        try:
            read(one.key, one.text, by.locale, row.currency)
            good.append(one)
        except Refused as refused:
            report.left.append((one, refused.refusals[0].sentence))
    if not good:
        return
    try:
        with transaction():
            before = _write(row, good, by)
    except Refused as refused:
        report.left += [(one, refused.refusals[0].sentence) for one in good]
    except Forbidden:
        report.left += [(one, NOT_YOURS) for one in good]
    except Stale:
        report.left += [(one, CHANGED) for one in good]
    else:
        report.done += len(good)
        kept += [before] if before else []


def row_of(number: int, by: User) -> Wanted:
    row = Wanted.visible_to(by).where(Wanted.id == number).first()
    if row is None:
        raise Refused([Refusal("gone", GONE)])
    return row


def _write(row: Wanted, edits: list[Edit], by: User) -> dict | None:
    """What stood before, or None where nothing changes."""
    needs, subject = row.needs, row.subject
    if not may_work(subject, by):
        raise Forbidden("needs")
    versions = {one.version for one in edits} - {None}
    if versions - {needs.version}:
        raise Stale(subject)
    ids = [option.id for option in needs.wanted]
    options, facts = wanted_vehicles.rows(needs), {name: getattr(needs, name) for name in FACTS}
    before = {"needs": needs.id, "options": _plain(options), "facts": dict(facts)}
    for one in edits:
        said = read(one.key, one.text, by.locale, row.currency)
        (facts if CELLS[one.key].shared else options[ids.index(one.row)]).update(said)
    if {"needs": needs.id, "options": _plain(options), "facts": facts} == before:
        return None
    written = _assess(subject, by, options, needs.version, facts)
    return before | {"version": written.version}


def _assess(subject: Lead | Deal, by: User, options: list[dict], version: int, facts: dict) -> NeedsAssessment:
    if isinstance(subject, Lead):
        return lead_needs.save(subject, by, options, version, **facts)
    return deal_facts.assess(subject, by, options, version, **facts)


def _plain(options: list[dict]) -> list[dict]:
    return [option | {"musts": sorted(option["musts"])} for option in options]


def _kept(by: User, how: str, before: list[dict], cells: int) -> WantsChange:
    return WantsChange.create(user=by, how=how, before=before, cells=cells)


def undo(change: WantsChange, by: User) -> Report:
    """All that nobody has changed since, as it stood; each by the verb that wrote it."""
    if change.user_id != by.id:
        raise Forbidden("undo")
    report = Report()
    with transaction():
        fresh = WantsChange.get_by_id(change.id)
        if fresh.undone_at is not None or fresh.at < clock.now() - KEPT:
            raise Refused([Refusal("undone", "This is undone already, or more than a day old.")])
        for stood in fresh.before:
            _take_back(stood, by, report)
        WantsChange.update(undone_at=clock.now()).where(WantsChange.id == fresh.id).execute()
        audit.record("undo_wants", fresh, by, assessments=report.done, left=len(report.left))
    return report


def _take_back(stood: dict, by: User, report: Report) -> None:
    row = Wanted.visible_to(by).where(Wanted.needs == stood["needs"]).first()
    untouched = row is not None and row.needs.version == stood["version"]
    try:
        if not untouched:
            raise Forbidden("undo")
        with transaction():
            _assess(row.subject, by, stood["options"], stood["version"], stood["facts"])
        report.done += 1
    except (Forbidden, Refused, Stale):
        report.left.append((Edit(row.id if row else 0, "", ""), CHANGED))


# a block from a spreadsheet


@dataclass
class Line:
    """A cell of the preview: what stands, what comes, and what is wrong with it."""

    edit: Edit
    name: str
    label: str
    before: str
    after: str
    wrong: str = ""


def preview(edits: list[Edit], by: User) -> list[Line]:
    """Those that change something or can't be taken, in the order of the block."""
    rows = {row.id: row for row in Wanted.visible_to(by).where(Wanted.id.in_({one.row for one in edits}))}
    lines, shown = [], {}
    for one in edits[: MOST + 1]:
        row = rows.get(one.row)
        if row is not None and row.id not in shown:
            shown[row.id] = next(o for o in row.needs.wanted if o.id == row.id), row
        line = _line(one, shown.get(one.row), by)
        if line.wrong or line.before != line.after:
            lines.append(line)
    return lines


def _line(one: Edit, shown: tuple | None, by: User) -> Line:
    label = CELLS[one.key].label
    if shown is None:
        return Line(one, "", label, "", one.text, GONE)
    option, row = shown
    needs, subject = row.needs, row.subject
    before = CELLS[one.key].told(option, needs, by.locale, row.currency)
    line = Line(one, subject.customer.name, label, before, one.text)
    if not may_work(subject, by):
        line.wrong = NOT_YOURS
        return line
    try:
        said = read(one.key, one.text, by.locale, row.currency)
    except Refused as refused:
        line.wrong = refused.refusals[0].sentence
        return line
    line.after = _as_told(one.key, option, row, said, by)
    return line


def _as_told(key: str, option, row: Wanted, said: dict, by: User) -> str:
    """As it will stand in the cell."""
    of_option = wanted_vehicles.spelled(
        {"brand": option.brand, "model": option.model} | said, said.get("distance_unit", "")
    )
    seen = type(option)(**option.__data__ | said | ({"brand": of_option["brand"]} if "brand" in said else {}))
    if "model" in said:
        seen.model = of_option["model"]
    wants = NeedsAssessment(**row.needs.__data__ | {name: value for name, value in said.items() if name in FACTS})
    return CELLS[key].told(seen, wants, by.locale, row.currency)


QUOTED = re.compile(r'(^|[\t\n])"((?:[^"]|"")*)"(?=[\t\n]|$)')


def block(text: str) -> list[list[str]]:
    """The cells of a block from a spreadsheet. One of several lines comes in quotes, and is one all the same."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    one_line = QUOTED.sub(lambda found: found[1] + _unquoted(found[2]), plain)
    return [line.split("\t") for line in one_line.split("\n")]


def _unquoted(cell: str) -> str:
    several = "\n" in cell or "\t" in cell
    return " ".join(cell.replace('""', '"').split()) if several else f'"{cell}"'


def pasted(cells: list[list[str]], rows: list[int], keys: list[str], versions: dict[int, int]) -> list[Edit]:
    """The cells that a block covers, from the first row and column on; what is beyond the list is left."""
    return [
        Edit(row, key, value.strip(), versions.get(row))
        for row, line in zip(rows, cells, strict=False)
        for key, value in zip(keys, line, strict=False)
    ]
