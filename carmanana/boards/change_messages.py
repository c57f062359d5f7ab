"""One sentence about what somebody else has just done to a deal, made from the record of it."""

from peewee import JOIN

from carmanana.boards.change_log import News
from carmanana.core.audit import Event, history
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.pipelines import Stage

MOST_ASKED = 200

# {who}, {client}, {stage} and {owner} are names
SENTENCES = {
    "take": "{who} added {client}",
    "claim": "{who} claimed {client}",
    "reassign": "{who} gave {client} to {owner}",
    "move": "{who} moved {client} to {stage}",
    "transfer": "{who} moved {client} to {stage}",
    "hold": "{who} put {client} on hold",
    "extend_hold": "{who} put {client} on hold for longer",
    "resume": "{who} took {client} up again",
    "reopen": "{who} reopened {client}",
    "win": "{who} won {client}",
    "lose": "{who} marked {client} as lost",
    "request_cancellation": "{who} requested a cancellation for {client}",
    "flag": "{who} flagged {client}",
    "log": "{who} was in touch with {client}",
    "undo": "{who} took back a step with {client}",
}
OTHERWISE = "{who} changed {client}"


def newest_told(found: News, by: User) -> str:
    """What another person did last, to a deal that `by` may see; "" where it was nobody else."""
    if not found.deals:
        return ""
    others = (
        (Event.subject == "deal")
        & Event.subject_id.in_(found.deals[:MOST_ASKED])
        & (Event.id > found.after)
        & (Event.actor_id != by.id)
    )
    told = (
        Event.select(Event, User)
        .join(User, on=Event.actor_id == User.id, attr="actor")
        .where(others)
        .order_by(Event.id.desc())
        .limit(10)
    )
    return next((sentence for event in told if (sentence := sentence_of(event, by))), "")


def last_told(deal: Deal, by: User) -> str:
    """What happened to a deal last, where somebody else did it."""
    last = history(deal).order_by(Event.id.desc()).first()
    if last is None or last.actor_id in (None, by.id):
        return "This deal has changed"
    last.actor = User.get_by_id(last.actor_id)
    return sentence_of(last, by)


def sentence_of(event: Event, by: User) -> str:
    deal = _deal_of(event, by)
    if deal is None:
        return ""
    stage = Stage.get_or_none(Stage.id == event.data.get("to_stage")) if "to_stage" in event.data else None
    words = SENTENCES.get(event.verb, OTHERWISE) if stage or event.verb != "move" else OTHERWISE
    return words.format(
        who=event.actor.name.split()[0],
        client=deal.customer.name,
        stage=stage and stage.name,
        owner=deal.owner and deal.owner.name,
    )


def _deal_of(event: Event, by: User) -> Deal | None:
    found = Deal.select(Deal, Customer, User).join(Customer).join_from(Deal, User, JOIN.LEFT_OUTER, on=Deal.owner)
    return found.where(Deal.id == event.subject_id, Deal.visible(by)).first()
