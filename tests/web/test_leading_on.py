"""A step that does not lead on from a record's state, or is not this person's, opens no dialog: whoever asks for it is
told why before they type anything."""

import pytest

from carmanana.core.verbs import verbs_of
from carmanana.web.steps import STEPS

DEALS = ("active", "on_hold", "cancellation_requested", "won", "lost", "cancelled_by_client")
LEADS = ("new", "working", "connected", "assessed", "on_hold", "converted", "closed")
RECORDS = [("/deals/{}/{}", "in_state", state) for state in DEALS]
RECORDS += [("/leads/{}/{}", "lead_in", state) for state in LEADS]


@pytest.mark.parametrize("who", ["agent", "agent2", "manager"])
@pytest.mark.parametrize(("address", "made", "state"), RECORDS)
def test_a_dialog_opens_only_where_it_may_be_sent(visit, cast, address, made, state, who):
    record, by, browser = getattr(cast, made)(state), getattr(cast, who), visit(who)
    steps = STEPS[type(record)]
    for path in dict.fromkeys(verb.last_part for verb in steps.catalogue if verb.asks):
        verb = verbs_of(record).at(path, record, by)
        if verb.trigger in steps.without:
            continue
        answer = browser.get(address.format(record.id, path))
        if answer.status_code == 200:
            assert steps.catalogue.workflow.permits(record, verb.trigger, by), f"{verb.trigger} of {state}"
