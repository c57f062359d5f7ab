"""Every night it is proved that nothing is stuck: all deals and leads are counted by how they stand, and those that
stand in no acceptable way are listed, to whoever has them and to the managers (SOP 1, section I)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from peewee import JOIN

from carmanana.core import audit, clock
from carmanana.core.db import Record, as_json, insert_rows, transaction
from carmanana.core.query import prepared
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.leads import Lead
from carmanana.records.notifications import Notification
from carmanana.records.people import HOUSE_ID, User
from carmanana.records.settled import NightlyProof, StuckRecord
from carmanana.today.moments import house_zone
from carmanana.today.standing import STUCK, UNKNOWN, counts, of_each
from carmanana.today.standings import Clock

KINDS: dict[str, type[Record]] = {"deal": Deal, "lead": Lead}
KEPT, LISTED_FOR = timedelta(days=400), timedelta(days=90)
EARLIEST_HOUR = 1
NIGHTS_SHOWN = 30


def prove(as_of: datetime | None = None) -> NightlyProof:
    """Of the house's day; proved again, it takes the place of what was proved before."""
    at = Clock.at(as_of)
    with transaction():
        day = clock.local(at.now, house_zone()).date()
        NightlyProof.delete().where(NightlyProof.day == day).execute()
        found = {kind: counts(model, at) for kind, model in KINDS.items()}
        number = sum(_stuck_among(found[kind], model) for kind, model in KINDS.items())
        proof = NightlyProof.create(day=day, at=at.now, deals=found["deal"], leads=found["lead"], stuck=number)
        for kind, model in KINDS.items():
            _list(proof, kind, model, at)
        audit.record("proved", proof, User.get_by_id(HOUSE_ID), stuck=number)
        _forget(day)
    return proof


def _stuck_among(found: dict[str, int], model: type[Record]) -> int:
    return sum(number for code, number in found.items() if code in STUCK[model] or code == UNKNOWN)


def _list(proof: NightlyProof, kind: str, model: type[Record], at: Clock) -> None:
    code = of_each(model, at)
    stuck = model.select(model.id, model.owner, code.alias("code")).where(code.in_([*STUCK[model], UNKNOWN])).tuples()
    rows = ((proof.id, kind, number, owner, standing) for number, owner, standing in stuck)
    insert_rows("stuck_record", ("proof_id", "kind", "record_id", "owner_id", "standing"), rows)


def _forget(day: date) -> None:
    NightlyProof.delete().where(NightlyProof.day < day - KEPT).execute()
    old = NightlyProof.select(NightlyProof.id).where(NightlyProof.day < day - LISTED_FOR)
    StuckRecord.delete().where(StuckRecord.proof.in_(old)).execute()


def prove_nightly(as_of: datetime) -> NightlyProof | None:
    """Once a night, and who has something stuck hears of it with the day's first look."""
    here = clock.local(as_of, house_zone())
    if here.hour < EARLIEST_HOUR or NightlyProof.select().where(NightlyProof.day == here.date()).exists():
        return None
    with transaction():
        proof = prove(as_of)
        _tell(proof)
    return proof


def _tell(proof: NightlyProof) -> None:
    mine = Counter(
        owner for (owner,) in StuckRecord.select(StuckRecord.owner).where(StuckRecord.proof == proof).tuples()
    )
    mine.pop(None, None)
    mine.pop(HOUSE_ID, None)
    for user in User.working().where(User.id.in_(list(mine))):
        Notification.tell(user, "stuck", f"{_counted(mine[user.id])} of yours stuck: see Today")
    if proof.stuck:
        Notification.tell_managers("stuck", f"{_counted(proof.stuck)} stuck last night: see Team, Nothing stuck")


def _counted(number: int) -> str:
    return "One deal or lead is" if number == 1 else f"{number:,} deals and leads are"


class Night(NamedTuple):
    """How many were stuck."""

    id: int
    day: date
    stuck: int


def history(nights: int = NIGHTS_SHOWN) -> list[Night]:
    """The last ones, the oldest first."""
    return [Night._make(row) for row in reversed(last_nights(nights))]


@prepared
def last_nights(nights):
    told = NightlyProof.select(NightlyProof.id, NightlyProof.day, NightlyProof.stuck)
    return told.order_by(NightlyProof.day.desc()).limit(nights).tuples()


def bring_in(proofs: list[tuple]) -> None:
    """Nights of a history that comes as a whole: day, moment, deals, leads and how many were stuck."""
    rows = (
        (day.isoformat(), NightlyProof.at.db_value(at), as_json(deals), as_json(leads), stuck)
        for day, at, deals, leads, stuck in proofs
    )
    insert_rows("nightly_proof", ("day", "at", "deals", "leads", "stuck"), rows)


def of_night(proof_id: int) -> NightlyProof | None:
    return NightlyProof.get_or_none(NightlyProof.id == proof_id)


@dataclass(frozen=True)
class Listed:
    """One that was stuck, as it is called now, and whose it was."""

    kind: str
    record_id: int
    standing: str
    name: str
    owner: str


MOST_LISTED = 500


def listed(proof: NightlyProof) -> list[Listed]:
    """The first of them, by how they were stuck."""
    found = []
    for kind, model in KINDS.items():
        rows = (
            StuckRecord.select(StuckRecord.record_id, StuckRecord.standing, Customer.name, User.name)
            .join(model, on=StuckRecord.record_id == model.id)
            .join(Customer)
            .join_from(StuckRecord, User, JOIN.LEFT_OUTER, on=StuckRecord.owner)
            .where(StuckRecord.proof == proof, StuckRecord.kind == kind)
        )
        told = rows.order_by(StuckRecord.standing, StuckRecord.record_id).limit(MOST_LISTED).tuples()
        found += [Listed(kind, *row) for row in told]
    return found
