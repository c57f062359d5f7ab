"""Turns a schedule into the actions of a deal's history: the name of each event is that of the function that adds
them."""

from carmanana.demo import cancelling, closing, lead_events, managing, opening, retaining, waiting, working
from carmanana.demo.deal_history import Action, DealHistory
from carmanana.demo.lead_history import LeadHistory

MODULES = (opening, working, waiting, closing, managing, cancelling, retaining)
EVENTS = {name: function for module in MODULES for name, function in vars(module).items()}

LEAD_EVENTS = vars(lead_events)


def actions_of(history: DealHistory) -> list[Action]:
    for number, event in enumerate(history.events):
        history.enter(number)
        events = LEAD_EVENTS if isinstance(history, LeadHistory) and not history.converted else EVENTS
        events[event.name](history, event.kind)
    return history.actions
