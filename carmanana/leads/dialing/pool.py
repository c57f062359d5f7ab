"""The leads that somebody is to call next, where they choose none themselves."""

from carmanana.records.lead_codes import WORKED
from carmanana.records.leads import Lead
from carmanana.records.people import User
from carmanana.records.sequences import UNFINISHED, SequenceCall

MOST = 50


def to_call(by: User) -> list[Lead]:
    """Theirs and the unowned ones that are worked and stand in no sequence: those of theirs first, then the newest."""
    taken = SequenceCall.select(SequenceCall.lead).where(SequenceCall.standing.in_(UNFINISHED))
    theirs = (Lead.owner == by) | Lead.is_unowned()
    found = Lead.select().where(theirs, Lead.state.in_(WORKED), Lead.id.not_in(taken))
    return list(found.order_by((Lead.owner == by).desc(), Lead.received_at.desc()).limit(MOST))
