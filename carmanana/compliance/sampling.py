"""Which calls and emails of cancellations are reviewed: all that were flagged, and a sample of the rest. Chance is made
of the contact's own number, so that whoever draws again draws the same."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from peewee import fn

from carmanana.core import clock
from carmanana.core.db import transaction
from carmanana.records.activities import Activity
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.compliance import DISMISSED, OVERTURNED, Finding
from carmanana.records.people import User
from carmanana.records.scorecards import FLAGGED, SAMPLED, ComplianceSettings, ReviewCase

REVIEWED_KINDS = ("call", "email")
BEFORE = timedelta(days=1)  # the call in which they asked came before the request
FLAGGED_SINCE = timedelta(days=30)


def chance(what: str, number: int) -> float:
    """Of a hundred, the same for ever."""
    return int(sha256(f"{what} {number}".encode()).hexdigest()[:8], 16) / 0x1_0000_0000 * 100


def drawn(contacts: Iterable[tuple[int, int]], percent: int, least: int) -> set[int]:
    """Of the contacts of a month, as (contact, person), those that are reviewed: so many in a hundred, and the least of
    each person."""
    theirs = defaultdict(list)
    for contact, person in contacts:
        theirs[person].append((chance("review", contact), contact))
    ranked = (sorted(mine) for mine in theirs.values())
    return {contact for mine in ranked for rank, (luck, contact) in enumerate(mine) if luck < percent or rank < least}


def draw(as_of: datetime) -> int:
    """The sample of this month so far, and of the last one whole, with the least of each person. How many are new."""
    settings = ComplianceSettings.now()
    begins = as_of.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    earlier = (begins - timedelta(days=1)).replace(day=1)
    chosen = drawn(contacts(begins, as_of), settings.sample_percent, 0)
    chosen |= drawn(contacts(earlier, begins), settings.sample_percent, settings.least_a_month)
    known = {
        number for (number,) in ReviewCase.select(ReviewCase.activity).where(ReviewCase.activity.in_(chosen)).tuples()
    }
    return sum(queue(Activity.get_by_id(number), SAMPLED) for number in sorted(chosen - known))


def contacts(first: datetime, until: datetime) -> list[tuple[int, int]]:
    """The calls and emails about orders under review in this time, of people who work here."""
    R = CancellationRequest
    in_time = (Activity.at >= first) & (Activity.at < until)
    from_there = Activity.at >= R.requested_at
    began = R.activity == Activity.id
    still = R.ended_at.is_null() | (Activity.at <= R.ended_at)
    found = Activity.select(Activity.id, Activity.author).join(R, on=(Activity.deal == R.deal))
    found = found.join_from(Activity, User, on=Activity.author)
    wanted = Activity.kind.in_(REVIEWED_KINDS) & (began | (from_there & still)) & ~User.house
    asked = (R.requested_at < until + BEFORE) & (R.ended_at.is_null() | (R.ended_at >= first))
    return list(found.where(asked, in_time, wanted).distinct().tuples())


def flag_found(as_of: datetime) -> int:
    """Calls and emails about which there is a finding that was not dismissed. How many are new to the queue."""
    known = ReviewCase.select(ReviewCase.id).where(ReviewCase.activity == Finding.activity, ReviewCase.why == FLAGGED)
    found = Finding.select(Finding.sort, Activity).join(Activity).where(Finding.at >= as_of - FLAGGED_SINCE)
    found = found.where(Activity.kind.in_(REVIEWED_KINDS), Finding.state.not_in((DISMISSED, OVERTURNED)))
    fresh = found.where(~fn.EXISTS(known)).order_by(Finding.id).limit(200)
    return sum(queue(finding.activity, FLAGGED, finding.sort) for finding in fresh)


def queue(contact: Activity, why: str, sort: str = "") -> bool:
    """Put it before the reviewers, once; what was drawn and is flagged later is flagged."""
    if contact.author_id is None:
        return False
    with transaction():
        case = ReviewCase.get_or_none(ReviewCase.activity == contact)
        if case is None:
            twice = chance("second", contact.id) < ComplianceSettings.now().second_percent
            about = {"why": why, "flags": {sort} - {""}, "scores_wanted": 2 if twice else 1}
            ReviewCase.create(activity=contact, user=contact.author_id, created_at=clock.now(), **about)
            return True
        if why == FLAGGED and sort not in case.flags:
            flags = ReviewCase.flags.db_value(case.flags | {sort})
            ReviewCase.update(why=FLAGGED, flags=flags).where(ReviewCase.id == case.id).execute()
    return False
