"""Expiries: the table, and the lead that each becomes on its day, once."""

from datetime import timedelta

import pytest

from carmanana.core import clock
from carmanana.core.workflow import Forbidden, Refused
from carmanana.customers import contact
from carmanana.expiries import setting
from carmanana.expiries.becoming_due import make_leads
from carmanana.expiries.lifecycle import expiring
from carmanana.importing.lifecycle import import_steps
from carmanana.importing.running import run
from carmanana.records.activities import Activity
from carmanana.records.customers import WISHES, Customer
from carmanana.records.expiries import STATES, Expiry
from carmanana.records.leads import Lead
from carmanana.records.people import User
from carmanana.sweeps import look_after

from ..cast import NOON, Cast, refused
from .importing_files import bring

TABLE = {
    "move": {"set": "set"},
    "correct": {"set": "set"},
    "give": {"set": "set"},
    "drop": {"set": "dropped"},
    "make_lead": {"set": "lead_made"},
}
DAY = NOON.date() + timedelta(days=90)
ON_ITS_DAY = NOON + timedelta(days=90)


@pytest.fixture
def customer(cast) -> Customer:
    return contact.enter(cast.agent, "María Gutiérrez", ["+1 305 555 0100"], ["maria@example.com"])


def set_one(cast, customer, **given) -> Expiry:
    return setting.enter(customer, cast.agent, DAY, **{"about": "Lease of a BMW X3"} | given)


def fresh(expiry: Expiry) -> Expiry:
    return Expiry.get_by_id(expiry.id)


def test_every_state_trigger_and_role(cast, customer):
    given = {
        "move": {"on": DAY + timedelta(days=200)},
        "correct": {"kind": "theirs", "supplier": "Hertz"},
        "give": {"owner": cast.manager2},
        "drop": {"reason": "They moved away"},
    }
    failures = []
    for state in STATES:
        for trigger, ways in TABLE.items():
            one = set_one(cast, customer)
            with clock.set_to(ON_ITS_DAY + timedelta(days=1)):
                if state != "set":
                    way = {"lead_made": "make_lead", "dropped": "drop"}[state]
                    expiring.fire(one, way, cast.agent, **given.get(way, {}))
                one = fresh(one)
                for role in Cast.ROLES:
                    may = role in ("agent", "manager", "manager2") and state in ways
                    if expiring.permits(one, trigger, getattr(cast, role)) != may:
                        failures.append((state, trigger, role))
                try:
                    became = expiring.fire(one, trigger, cast.agent, **given.get(trigger, {})).state
                except Refused:
                    became = None
                if became != ways.get(state):
                    failures.append((state, trigger, became))
    assert failures == []


@pytest.mark.parametrize(
    "given, code",
    [
        ({"on": NOON.date()}, "on"),
        ({"on": None}, "on"),
        ({"on": NOON.date() + timedelta(days=9000)}, "far"),
        ({"kind": "theirs", "supplier": " "}, "supplier"),
        ({"kind": "whose"}, "kind"),
    ],
)
def test_what_refuses_a_new_one(cast, customer, given, code):
    with refused(code):
        setting.enter(customer, cast.agent, **{"on": DAY} | given)
    assert not Expiry.select().exists()


def test_who_does_not_work_for_the_customer_sets_none(cast, customer):
    for role in ("agent2", "retention", "compliance", "cancellations", "admin"):
        with pytest.raises(Forbidden):
            setting.enter(customer, getattr(cast, role), DAY)


def test_on_its_day_it_is_its_owners_lead_once(cast, customer):
    expiry = set_one(cast, customer, kind="theirs", supplier="Hertz")
    assert make_leads(clock.now()) == 0
    with clock.set_to(ON_ITS_DAY):
        assert look_after(clock.now()) >= 1
        assert make_leads(clock.now()) == 0, "never twice"
    lead = Lead.get()
    assert (lead.owner, lead.customer, lead.source) == (cast.agent, customer, "expiry")
    assert fresh(expiry).lead == lead and "Hertz" in lead.message
    assert Activity.next_step(lead).subject == "First contact"
    with refused("not_from_here"):
        expiring.fire(fresh(expiry), "make_lead", cast.agent)


def test_a_cancelled_customer_comes_back_by_their_expiry(cast, customer):
    set_one(cast, customer)
    Customer.update(status="cancelled", owner=cast.agent2).where(Customer.id == customer.id).execute()
    with clock.set_to(ON_ITS_DAY):
        make_leads(clock.now())
    assert Lead.get().owner == cast.agent


def test_who_asked_not_to_be_contacted_is_left_in_peace(cast, customer):
    expiry = set_one(cast, customer)
    Customer.update(dict.fromkeys(WISHES, True)).where(Customer.id == customer.id).execute()
    with clock.set_to(ON_ITS_DAY):
        make_leads(clock.now())
        with refused("not_from_here"):
            expiring.fire(fresh(expiry), "make_lead", cast.agent)
    assert not Lead.select().exists() and fresh(expiry).state == "dropped"


def test_the_lead_of_somebody_who_left_is_the_customers_owners_or_nobodys(cast, customer):
    for owner, heir in ((cast.agent2, cast.agent), (cast.agent, None)):
        expiry = set_one(cast, customer, owner=owner)
        User.update(deactivated_at=clock.now()).where(User.id == owner.id).execute()
        with clock.set_to(ON_ITS_DAY):
            make_leads(clock.now())
        assert fresh(expiry).lead.owner == heir


def test_a_file_brings_them_in_and_takes_them_back(cast):
    """A day that is past stays in words; the same file twice sets none twice."""
    headings = "Name,Phone,Lease End,Lease supplier,Owner"
    rows = (
        ["Ana Torres", "305 555 2000", "2027-05-03", "Hertz", "agent@carmanana.example"],
        ["Ben Ito", "305 555 2001", "2020-05-03", "Avis", ""],
        ["Eva Lima", "305 555 2002", "2027-06-01", "", ""],
    )
    batch = bring(cast.manager, *rows, headings=headings)
    ana, eva = Expiry.select().order_by(Expiry.id)
    assert (ana.kind, ana.supplier, ana.owner, str(ana.on)) == ("theirs", "Hertz", cast.agent, "2027-05-03")
    assert (eva.kind, eva.owner, eva.import_id) == ("ours", None, batch.id)
    assert "2020-05-03" in Customer.get(Customer.name == "Ben Ito").details
    bring(cast.manager, *rows, headings=headings)
    assert Expiry.select().count() == 2
    assert run(import_steps.fire(batch, "undo", cast.manager)) and not Expiry.select().exists()
