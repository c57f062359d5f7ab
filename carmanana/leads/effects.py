"""What a step of a lead changes beside its state: owner, hold, next steps, notes, and who hears of it."""

from carmanana.contacting import next_steps, wishes
from carmanana.core import clock
from carmanana.core.workflow import Attempt
from carmanana.records.activities import Activity
from carmanana.records.customers import WISHES
from carmanana.records.deals import Hold
from carmanana.records.lead_codes import DO_NOT_CONTACT, ON_HOLD, OPEN
from carmanana.records.notifications import Notification
from carmanana.records.people import HOUSE_ID, MANAGER, User
from carmanana.records.sequences import OFFERED, SET_ASIDE, WAITING, CallSequence, SequenceCall

NOT_HELD = {"held_from": None, "hold_status": None, "hold_reason": "", "follow_up_on": None}


def take(attempt: Attempt) -> dict:
    """Claimed: the open steps are theirs, and the first contact is due the same business day."""
    lead, by = attempt.record, attempt.by
    _give_steps(lead, by)
    _free_for(by, lead)
    next_steps.ask_for_first_contact(lead, by, by, attempt.at)
    attempt.event_data |= {"was_owner": lead.owner_id, "owner": by.id}
    return {"owner": by, "claimed_at": attempt.at}


def give(attempt: Attempt) -> dict:
    """A manager gives it to somebody else, and says why. Nobody has called yet where it was nobody's."""
    lead, owner = attempt.record, attempt.given["owner"]
    was = lead.owner
    _give_steps(lead, owner)
    if lead.unowned and lead.state in OPEN:
        next_steps.ask_for_first_contact(lead, owner, attempt.by, attempt.at)
    _free_for(owner, lead)
    note(attempt, f"Reassigned to {owner.name}")
    Notification.tell(owner, "lead_mine", f"{lead.customer.name} is your lead now", attempt.by, lead=lead)
    Notification.tell(
        was, "lead_given", f"The lead {lead.customer.name} was reassigned to {owner.name}", attempt.by, lead=lead
    )
    attempt.event_data |= {"was_owner": was and was.id, "owner": owner.id}
    return {"owner": owner} | ({"claimed_at": attempt.at} if was is None or was.house else {})


def _give_steps(lead, to: User) -> None:
    """What a manager gave to somebody else stays theirs."""
    whose = Activity.assignee.is_null() | Activity.assignee.in_([HOUSE_ID, lead.owner_id])
    open_steps = (Activity.lead == lead) & (Activity.kind == "task") & Activity.done_at.is_null() & whose
    Activity.update(assignee=to, version=Activity.version + 1).where(open_steps).execute()


def _free_for(owner: User, lead) -> None:
    """In the call sequences of those who may not work it now it is set aside; a call that was made is still logged."""
    others = CallSequence.select(CallSequence.id).join(User, on=CallSequence.user)
    others = others.where(User.id != owner, ~User.roles.contains(f" {MANAGER} "))
    aside = {
        "standing": SET_ASIDE,
        "why": f"{owner.name} owns this lead",
        "finished_at": clock.now(),
        "held_until": None,
    }
    SequenceCall.update(**aside, version=SequenceCall.version + 1).where(
        SequenceCall.lead == lead, SequenceCall.standing.in_((WAITING, OFFERED)), SequenceCall.sequence.in_(others)
    ).execute()


def put_before_manager(attempt: Attempt) -> dict:
    lead = attempt.record
    note(attempt, "Flagged for the manager")
    Notification.tell_manager_of(
        attempt.by, "lead_flag", f"The lead {lead.customer.name} is flagged for you", attempt.by, lead=lead
    )
    return {"flagged_at": attempt.at, "flagged_by": attempt.by}


def answer_flag(attempt: Attempt) -> dict:
    lead = attempt.record
    note(attempt, "Flag answered")
    Notification.tell(
        lead.flagged_by, "flag_answered", f"The lead {lead.customer.name}: your flag is answered", attempt.by, lead=lead
    )
    return {"flagged_at": None, "flagged_by": None}


def place_hold(attempt: Attempt) -> dict:
    given, lead = attempt.given, attempt.record
    next_steps.move_to(next_steps.free(lead), given["follow_up_on"], attempt.by.timezone)
    attempt.event_data |= {"sub_status": given["sub_status"], "follow_up_on": given["follow_up_on"].isoformat()}
    title = f"On hold until {given['follow_up_on']:%-d %b %Y}: {Hold.SUB_STATUSES[given['sub_status']]}"
    note(attempt, title)
    Notification.tell_manager_of(
        attempt.by,
        "lead_changed",
        f"The lead {lead.customer.name}: {title[0].lower()}{title[1:]}",
        attempt.by,
        lead=lead,
    )
    kept = {} if attempt.was == ON_HOLD else {"held_from": attempt.was}
    return kept | {
        "hold_status": given["sub_status"],
        "hold_reason": given["reason"].strip(),
        "follow_up_on": given["follow_up_on"],
    }


def go_on(attempt: Attempt) -> dict:
    """A new next step replaces what waited."""
    drop_steps(attempt)
    add_step(attempt)
    return NOT_HELD


def close(attempt: Attempt) -> dict:
    given = attempt.given
    drop_steps(attempt)
    if given["close_reason"] == DO_NOT_CONTACT:
        named = [wish for wish in WISHES if given.get(wish)]
        wishes.stop(attempt.record.person, attempt.by, named or WISHES)
    attempt.event_data["reason"] = given["close_reason"]
    return NOT_HELD | {"close_reason": given["close_reason"], "close_words": (given.get("reason") or "").strip()}


def open_again(attempt: Attempt) -> dict:
    note(attempt, "Reopened")
    lead = attempt.record
    if not lead.unowned:
        Notification.tell(
            lead.owner, "lead_changed", f"The lead {lead.customer.name} is open again", attempt.by, lead=lead
        )
    return {"close_reason": None, "close_words": ""}


def drop_steps(attempt: Attempt) -> None:
    ends = next_steps.free(attempt.record)
    next_steps.drop(ends, attempt.by, attempt.at)
    if ends:
        attempt.event_data["dropped"] = [step.id for step in ends]


def add_step(attempt: Attempt) -> None:
    lead, by, at, given = attempt.record, attempt.by, attempt.at, attempt.given
    told = {"subject": given["next_step"].strip(), "due_at": given["due_at"], "at": at, "created_at": at}
    whose = {"author": by, "assignee": next_steps.belongs_to(lead, by)}
    Activity.create(kind="task", customer=lead.customer_id, lead=lead, **told, **whose)


def note(attempt: Attempt, title: str) -> None:
    about = {"customer": attempt.record.customer_id, "lead": attempt.record, "at": attempt.at}
    Activity.create(
        kind="note",
        subject=title,
        summary=attempt.given["reason"].strip(),
        author=attempt.by,
        created_at=clock.now(),
        **about,
    )
