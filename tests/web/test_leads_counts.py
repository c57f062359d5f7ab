"""What stands on the chips of the leads, as it is kept, is what a look at every lead finds."""

from datetime import timedelta

import pytest

from carmanana.blueprints.leads.lists import LEADS, of_standing
from carmanana.core import clock
from carmanana.core.db import database
from carmanana.leads.lifecycle import inquiry
from carmanana.records.activities import Activity
from carmanana.records.customers import CustomerPhone, Person
from carmanana.records.leads import Lead
from carmanana.staffing.loads import open_leads
from carmanana.web.lists.shown import Shown

ASKED = (
    {},
    *({chip.key: "1"} for chip in LEADS.chips),
    {"mine": "1", "overdue": "1"},
    {"unowned": "1", "shoppers": "1"},
)
CHOSEN = ({}, {"kind": "price_shopper"}, {"source": "website"})


@pytest.fixture
def leads(cast):
    made = [
        cast.lead_in(state, owner) for owner in (cast.agent, cast.agent2) for state in ("new", "assessed", "on_hold")
    ]
    made += [cast.lead(kind="price_shopper"), cast.lead(), cast.lead_in("closed"), cast.lead_in("converted")]
    Activity.update(due_at=clock.now() - timedelta(days=1)).where(Activity.lead == made[1].id).execute()
    Person.update(no_calls=True).where(Person.id == made[0].person_id).execute()
    CustomerPhone.update(wrong_at=clock.now()).where(CustomerPhone.person == made[-3].person_id).execute()
    inquiry.fire(made[6], "claim", cast.agent)
    Lead.update(owner=1).where(Lead.id == made[7].id).execute()
    Lead.delete().where(Lead.id == made[2].id).execute()
    return made


def test_kept_counts_are_what_is_found(cast, leads):
    described = [of_standing(standing) for standing in ("open", "all")]
    wrong = {}
    for by in (cast.agent, cast.manager, cast.retention):
        for one in described:
            for args in [asked | chosen for asked in ASKED for chosen in CHOSEN]:
                shown = Shown(one, args, by)
                plain = {
                    chip.key: shown._chosen_of(one.scope(by)).where(chip.where(by)).count() for chip in shown.chips
                }
                plain |= {"": shown.query.count()}
                told = {key: shown._counts[key] for key in plain}
                if told != plain or len(shown.ids) != plain[""]:
                    wrong[by.email, one.values.get("standing"), str(args)] = (told, plain, shown.ids)
    assert wrong == {}
    plain = "SELECT owner_id, COUNT(*) FROM lead WHERE owner_id > 1 AND state NOT IN ('closed', 'converted') GROUP BY 1"
    assert open_leads() == dict(database.execute_sql(plain).fetchall())
