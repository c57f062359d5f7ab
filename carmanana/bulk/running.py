"""Taking a step for many records, one short transaction each: what became of a record is written in the very
transaction of its step."""

import logging
from collections.abc import Iterator

from peewee import OperationalError

from carmanana.bulk.selection import Chosen, Found
from carmanana.bulk.subjects import subject_of
from carmanana.core import audit, clock
from carmanana.core.db import Stale, insert_all, transaction
from carmanana.core.idempotency import once
from carmanana.core.jobs import Job
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.records.bulk import BulkLine, BulkRun
from carmanana.records.notifications import Notification
from carmanana.records.people import User
from carmanana.records.sops import SOP_OWNER

from .kinds import NOT_YOURS, Kind, kind_of

AT_ONCE = 25
GONE = Refusal("gone", "It is not there any more, or it belongs to somebody else.")
CHANGED = Refusal("changed", "Somebody changed it since you looked. Look at it, then try again.")
BROKE = Refusal("broke", "Something broke on our side. Nothing of it was changed.")
LEFT = Refusal("left", "Who began this may not do it any more.", SOP_OWNER)
log = logging.getLogger("carmanana")


def begin(
    kind: Kind, chosen: Chosen, given: dict, by: User, key: str = "", seen: int | None = None, back: str = ""
) -> BulkRun:
    """Write down what is to be done; `seen` is how many the preview spoke of. Nothing is done yet."""
    if not kind.may(by):
        raise Forbidden(kind.name)
    if lacks := kind.lacks(by, given):
        raise Refused(lacks)
    lines = chosen.lines(chosen.records(by))

    def write() -> BulkRun:
        _refuse_lines(lines, subject_of(kind.model).word, seen if isinstance(chosen, Found) else None)
        run = BulkRun.create(
            user=by,
            subject=kind.subject,
            kind=kind.name,
            given=kind.kept(given),
            back=back,
            total=len(lines),
        )
        insert_all([BulkLine(run=run, subject_id=number, version=version) for number, version in lines])
        audit.record("begin_bulk", run, by, kind=kind.name, **{f"{subject_of(kind.model).word}s": len(lines)})
        return run

    return once(key, by, write)


def _refuse_lines(lines: list, word: str, seen: int | None) -> None:
    if not lines:
        raise Refused([Refusal("none", f"Select {word}s first.")])
    if seen is not None and seen != len(lines):
        raise Refused(
            [Refusal("other", f"What matches has changed: {len(lines):,} now, not {seen:,}. Check again, then go on.")]
        )


def _steps(run: BulkRun) -> Iterator[None]:
    """Two may be at it: a line is settled by one of them."""
    kind, by = kind_of(run.subject, run.kind), run.user
    for number, line in enumerate(list(run.lines.where(BulkLine.settled_at.is_null()).order_by(BulkLine.id))):
        _settle(line, kind, run.given, by)
        if number % AT_ONCE == 0:
            yield


def _finish(run: BulkRun) -> bool:
    """False where somebody else has ended it."""
    ended = BulkRun.update(finished_at=clock.now()).where(BulkRun.id == run.id, BulkRun.finished_at.is_null()).execute()
    if ended and run.total > AT_ONCE:
        run = BulkRun.get_by_id(run.id)
        word = subject_of(kind_of(run.subject, run.kind).model).word
        Notification.tell(
            run.user,
            "finished",
            f"Your bulk step is done: {run.done:,} of {run.total:,} {word}s, {run.refused:,} refused",
        )
    return bool(ended)


def _settle(line: BulkLine, kind: Kind, given: dict, by: User) -> None:
    """The step and its line in one transaction; where it is refused, the line alone."""
    try:
        with transaction():
            if _mark(line, None):
                _take_step(line, kind, kind.recalled(given), by)
    except Refused as refused:
        _mark(line, *refused.refusals)
    except Forbidden:
        _mark(line, NOT_YOURS)
    except Stale:
        _mark(line, CHANGED)
    except OperationalError:
        raise
    except Exception as error:
        log.error("bulk step broke", exc_info=error, extra={"told": {"run": line.run_id, "record": line.subject_id}})
        _mark(line, BROKE)


def _take_step(line: BulkLine, kind: Kind, given: dict, by: User) -> None:
    if not by.active or not kind.may(by):
        raise Refused([LEFT])
    model = kind.model
    record = model.select().where(model.id == line.subject_id, model.visible(by)).first()
    if record is None:
        raise Refused([GONE])
    if line.version not in (None, record.version):
        raise Stale(record)
    kind.do(record, by, given)


def _mark(line: BulkLine, *refusals: Refusal | None) -> bool:
    """Settle a line, once; False where it is settled already."""
    broken = [refusal for refusal in refusals if refusal]
    told = (
        {"code": broken[0].code, "reason": " ".join(r.sentence for r in broken), "sop": broken[0].sop} if broken else {}
    )
    with transaction():
        open_line = (BulkLine.id == line.id) & BulkLine.settled_at.is_null()
        settled = BulkLine.update(settled_at=clock.now(), **told).where(open_line).execute()
        if settled:
            counter = BulkRun.refused if broken else BulkRun.done
            BulkRun.update({counter: counter + 1}).where(BulkRun.id == line.run_id).execute()
    return bool(settled)


BULK_RUNS = Job(BulkRun, _steps, _finish)
run, run_waiting = BULK_RUNS.run, BULK_RUNS.run_waiting
