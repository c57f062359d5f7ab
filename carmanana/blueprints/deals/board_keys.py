"""What a page of deals is told of the steps: which keys do what to a card, and what may be done to many."""

import json

from carmanana.boards.drops import RAIL
from carmanana.bulk.kinds import Kind, kinds_of
from carmanana.cancellations.verbs import VERBS
from carmanana.core.verbs import Verb
from carmanana.records.deals import Deal
from carmanana.web.current_user import me

OTHERS = {"a": {"ask": "activities/new"}, "e": {"ask": "edit"}}


def of_the_page() -> dict:
    return {"bulk_kinds": bulk_kinds(), "card_keys": CARD_KEYS}


def bulk_kinds() -> list[Kind]:
    return [kind for kind in kinds_of(Deal).values() if kind.may(me())]


def _does(verb: Verb) -> dict:
    """Drops the card on a column, asks for a dialog, or takes the step at once."""
    if verb.column in RAIL:
        return {"send": "column", "values": {"column": verb.column, "after": ""}}
    return {"ask": verb.last_part} if verb.asks else {"send": verb.last_part}


CARD_KEYS = json.dumps({verb.key: _does(verb) for verb in VERBS if verb.key} | OTHERS)
