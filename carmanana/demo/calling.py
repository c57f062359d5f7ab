"""Call sequences of the demo's agent: one that has ended, one that was paused in the middle, one that the manager
prepared."""

from datetime import timedelta

from carmanana.contacting.calling.rule_book import rule_book
from carmanana.core import clock
from carmanana.demo.working_hours import DAY
from carmanana.leads.dialing import building, calling, permission
from carmanana.records.activities import FOLLOW_UP, NO_VM, VM_LEFT
from carmanana.records.lead_codes import WORKED
from carmanana.records.leads import Lead
from carmanana.records.sequences import UNFINISHED, SequenceCall

FEWEST, MOST_PREPARED = 3, 10
ENDED_AT, PAUSED_AT = -2 * DAY - 120, -75  # in working minutes
A_CALL = timedelta(minutes=4)
GUIDANCE = "Callbacks first. Who only asks for a price gets our questions, not a number."


def moments(world) -> list:
    hours = world.hours_of(_agent(world))
    return [(hours.at(ENDED_AT), end_a_sequence), (hours.at(PAUSED_AT), pause_a_sequence)]


def end_a_sequence(world) -> None:
    leads = _callable(world)[:4]
    if sequence := _started(world, leads, "Website, this week"):
        _call(world, sequence, [VM_LEFT, FOLLOW_UP, NO_VM])
        building.end(sequence, _agent(world))


def pause_a_sequence(world) -> None:
    """The third lead is on the screen, with what was typed so far."""
    agent, leads = _agent(world), _callable(world)[:5]
    if sequence := _started(world, leads, "Before lunch"):
        with clock.set_to(_call(world, sequence, [FOLLOW_UP, VM_LEFT])):
            if call := calling.current(sequence, agent):
                calling.keep_draft(call, agent, summary="Wrote that mornings are best. Ask about the second vehicle.")
            calling.pause(sequence, agent)


def prepare_a_sequence(world) -> None:
    """By the manager, with two leads at the top."""
    agent, manager = _agent(world), world.dealership.managers[0]
    leads = list(_free(agent).order_by(Lead.owner.is_null(), Lead.received_at).limit(MOST_PREPARED))
    if len(leads) >= FEWEST:
        pinned = {lead.id for lead in leads[-2:]}
        building.prepare(manager, agent, leads, f"{manager.first_name}’s list for today", GUIDANCE, pinned)


def _agent(world):
    return world.dealership.accounts["agent"]


def _free(agent):
    """Theirs and nobody's, in no sequence."""
    taken = SequenceCall.select(SequenceCall.lead).where(SequenceCall.standing.in_(UNFINISHED))
    return Lead.select().where((Lead.owner == agent) | Lead.is_unowned(), Lead.state.in_(WORKED), Lead.id.not_in(taken))


def _callable(world) -> list[Lead]:
    """Those that may be called now and whose own story has come to its end."""
    now, book, agent = clock.now(), rule_book(), _agent(world)
    over = [lead for history, lead in world.player.leads.items() if history.actions[-1].at < now]
    found = _free(agent).where(Lead.id.in_(over)).order_by(Lead.owner.is_null(), Lead.received_at)
    return [lead for lead in found if not permission.refusals(lead, now, agent, book)]


def _started(world, leads: list[Lead], name: str):
    if len(leads) < FEWEST:
        return None  # too small a world
    agent = _agent(world)
    return calling.start(building.prepare(agent, agent, leads, name), agent)


def _call(world, sequence, outcomes: list[str]):
    """One lead after another; gives the moment after the last."""
    agent, at = _agent(world), clock.now()
    story = {lead: history for history, lead in world.player.leads.items()}
    for outcome in outcomes:
        with clock.set_to(at):
            if (call := calling.current(sequence, agent)) is None:
                break
            call = calling.dial(call, agent)
        with clock.set_to(at := at + A_CALL):
            calling.hang_up(call, agent)
            calling.finish(call, agent, outcome, **_told(world, story[call.lead_id], outcome))
    return at + timedelta(minutes=1)


def _told(world, history, outcome: str) -> dict:
    due = world.hours_of(_agent(world)).half_hour(DAY + history.rng.randint(30, 300))
    if outcome != FOLLOW_UP:
        return {"summary": "", "next_step": "Call again, a different time of day", "due_at": due}
    talk = history.teller.talk("reached", day=history.day_words(due))
    return {"summary": talk.said, "objections": talk.objections, "next_step": talk.next, "due_at": due}
