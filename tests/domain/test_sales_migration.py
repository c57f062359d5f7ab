"""What was won, delivered or cancelled before there were sales orders and assets gets them (migration 0044)."""

import pytest
from playhouse.migrations import Runner

from carmanana.core.db import database, open_database
from carmanana.records.assets import Asset
from carmanana.records.sales_orders import SalesOrder
from carmanana.schema.migrate import MIGRATIONS, migrate

from ..conftest import settings_in

AT, DAY = "2026-01-05 10:00:00.000000", "2026-01-09"
DEALS = {  # state, agreement, won, delivered → sales order, asset
    1: ("active", None, None, None, None, None),
    2: ("won", DAY, AT, None, ("open", DAY, None), None),
    3: ("won", None, AT, DAY, ("completed", "2026-01-05", DAY), "2021 Kia Rio"),
    4: ("cancellation_requested", DAY, AT, DAY, ("completed", DAY, DAY), "2021 Kia Rio"),
    5: ("cancelled_by_client", DAY, AT, DAY, ("cancelled", DAY, None), None),
    6: ("cancelled_by_client", None, None, None, None, None),
    7: ("lost", None, None, None, None, None),
}


@pytest.fixture
def before(tmp_path):
    settings = settings_in(tmp_path / "data")
    settings.data.mkdir()
    open_database(settings)
    Runner(database, MIGRATIONS).up(target="0043_lead_scripts")
    database.execute_sql("INSERT INTO customer (id, name, created_at) VALUES (1, 'Rosa', ?)", (AT,))
    for number, (state, agreed, won, delivered, *_) in DEALS.items():
        facts = {
            "id": number,
            "customer_id": 1,
            "pipeline_id": 1,
            "stage_id": 1,
            "order_type": "new_vehicle",
            "state": state,
        }
        facts |= {
            "agreement_on": agreed,
            "won_at": won,
            "delivered_on": delivered,
            "loss_reason": "price" if state == "lost" else None,
        }
        facts |= {"value_cents": 2_000_000, "vehicle_year": 2021, "vehicle_make": "Kia", "vehicle_model": "Rio"}
        facts |= dict.fromkeys(("in_stage_since", "state_since", "created_at"), AT)
        places = ", ".join("?" * len(facts))
        database.execute_sql(f"INSERT INTO deal ({', '.join(facts)}) VALUES ({places})", list(facts.values()))
    yield settings
    database.close()


def test_every_deal_gets_the_order_and_the_asset_that_it_would_have_now(before):
    migrate(before)
    orders = {order.deal_id: order for order in SalesOrder.select()}
    assets = {asset.deal_id: asset for asset in Asset.select()}
    found = {
        number: (
            (order.state, _iso(order.opened_on), _iso(order.completed_on)) if (order := orders.get(number)) else None,
            assets[number].name if number in assets else None,
        )
        for number in DEALS
    }
    assert found == {number: tuple(told[4:]) for number, told in DEALS.items()}
    assert sorted(order.number for order in orders.values()) == [1, 2, 3, 4]
    assert all(asset.live and _iso(asset.held_since) == DAY for asset in assets.values())
    assert database.execute_sql("PRAGMA foreign_key_check").fetchall() == []


def _iso(day) -> str | None:
    return day and day.isoformat()
