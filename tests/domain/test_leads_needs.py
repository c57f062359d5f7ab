"""The needs assessment of a lead: written as they speak, checked by the rules that guard *assessed*."""

import pytest

from carmanana.core.db import Stale
from carmanana.core.workflow import Forbidden, Refused
from carmanana.leads import needs
from carmanana.records.leads import Lead


def wanted(lead) -> list[tuple]:
    return [(option.brand, option.model) for option in Lead.get_by_id(lead.id).needs.wanted]


def test_it_is_written_and_makes_are_spelled(cast):
    lead = cast.lead(cast.agent)
    needs.save(
        lead,
        cast.agent,
        [{"brand": "toyta", "model": "rav4"}, {"brand": "VW", "model": "tiguan", "year_from": 2021}],
        0,
        timeline="by June",
    )
    assert wanted(lead) == [("Toyota", "RAV4"), ("Volkswagen", "Tiguan")]
    assert Lead.get_by_id(lead.id).needs.timeline == "by June"


def test_the_same_again_changes_nothing(cast):
    lead = cast.lead(cast.agent)
    first = needs.save(lead, cast.agent, [{"brand": "Kia", "model": "EV9"}], 0, timeline="soon")
    again = needs.save(lead, cast.agent, [{"brand": "kia", "model": "ev9"}], first.version, timeline="soon")
    assert again.version == first.version


def test_who_is_slower_is_told(cast):
    lead = cast.lead(cast.agent)
    needs.save(lead, cast.agent, [{"brand": "Kia"}], 0)
    with pytest.raises(Stale):
        needs.save(lead, cast.manager, [{"brand": "Ford"}], 0)
    assert wanted(lead) == [("Kia", "")]


@pytest.mark.parametrize(("options", "facts", "field"), [
    ([{"model": "RAV4"}], {}, "option-0-brand"),
    ([{"brand": "Kia"}, {"brand": "Kia", "year_from": 2024, "year_to": 2021}], {}, "option-1-year_to"),
    ([], {"budget_from_cents": 300, "budget_to_cents": 200}, "budget_to_cents"),
    ([{"brand": "Kia"}] * 9, {}, None),
])  # fmt: skip
def test_what_makes_no_sense_is_refused_at_its_field(cast, options, facts, field):
    lead = cast.lead(cast.agent)
    with pytest.raises(Refused) as refused:
        needs.save(lead, cast.agent, options, 0, **facts)
    assert [refusal.field for refusal in refused.value.refusals] == [field]
    assert Lead.get_by_id(lead.id).needs is None


def test_somebody_elses_lead_is_not_theirs_to_write(cast):
    with pytest.raises(Forbidden):
        needs.save(cast.lead(cast.agent), cast.agent2, [], 0)


def test_the_checklist_asks_a_price_shopper_for_more(cast):
    inquiry, shopper = cast.lead(cast.agent), cast.lead(cast.agent, kind="price_shopper")
    for lead in (inquiry, shopper):
        needs.save(lead, cast.agent, [{"brand": "Kia"}], 0, timeline="by June")
    missing = {
        lead.kind: [
            item.label for item in needs.checklist(Lead.get_by_id(lead.id), cast.agent) if item.asked and not item.done
        ]
        for lead in (inquiry, shopper)
    }
    assert missing == {"inquiry": [], "price_shopper": ["Vehicles", "What matters most"]}
