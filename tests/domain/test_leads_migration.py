"""A database of before leads keeps everything: each customer becomes a customer of one person (migration 0030)."""

import pytest
from playhouse.migrations import Runner

from carmanana.core.db import database, open_database
from carmanana.records.consents import DoNotContact
from carmanana.records.customers import Customer, CustomerEmail, CustomerPhone, Person
from carmanana.records.deals import NeedsAssessment, VehicleOption
from carmanana.schema.migrate import MIGRATIONS, migrate

from ..conftest import settings_in

AT = "2026-01-01 00:00:00.000000"


@pytest.fixture
def before(tmp_path):
    """As it stood before that migration, with two customers and what one of them wants."""
    settings = settings_in(tmp_path / "data")
    settings.data.mkdir()
    open_database(settings)
    Runner(database, MIGRATIONS).up(target="0029_derived")
    for number, name in enumerate(("Rosa", "Sam"), 1):
        database.execute_sql(
            "INSERT INTO customer (id, name, no_calls, created_at) VALUES (?, ?, ?, ?)", (number, name, number == 2, AT)
        )
        database.execute_sql(
            "INSERT INTO customer_phone (customer_id, typed, e164) VALUES (?, ?, ?)",
            (number, "x", f"+1305555010{number}"),
        )
        database.execute_sql(
            "INSERT INTO customer_email (customer_id, address) VALUES (?, ?)", (number, f"{name}@example.com")
        )
    facts = "customer_id, pipeline_id, stage_id, order_type, in_stage_since, state_since, created_at"
    database.execute_sql(f"INSERT INTO deal (id, {facts}) VALUES (7, 1, 1, 1, 'new_vehicle', ?, ?, ?)", (AT,) * 3)
    database.execute_sql(
        "INSERT INTO needs_assessment (id, deal_id, timeline, mission) VALUES (3, 7, 'May', 'School runs')"
    )
    for brand in ("Toyota", "Honda"):
        database.execute_sql(
            "INSERT INTO vehicle_option (needs_id, brand, distance_unit) VALUES (3, ?, 'km')", (brand,)
        )
    yield settings
    database.close()


def test_nothing_is_lost(before):
    migrate(before)
    rosa, sam = Customer.select().order_by(Customer.id)
    assert [(one.called, one.no_calls) for one in Person.select().order_by(Person.customer)] == [
        ("Rosa", False),
        ("Sam", True),
    ]
    assert all(
        row.person.customer_id == row.customer_id for model in (CustomerPhone, CustomerEmail) for row in model.select()
    )
    assert [(row.channel, row.value) for row in DoNotContact.select()] == [("no_calls", "+13055550102")]
    needs = NeedsAssessment.get()
    assert (needs.id, needs.deal_id, needs.lead_id, needs.timeline, needs.mission) == (3, 7, None, "May", "School runs")
    assert [(option.brand, option.distance_unit) for option in needs.wanted] == [("Toyota", "km"), ("Honda", "km")]
    assert VehicleOption.select().count() == 2 and database.execute_sql("PRAGMA foreign_key_check").fetchall() == []
