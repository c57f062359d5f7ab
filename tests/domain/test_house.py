"""What is set for the whole house, in one row; and what became of earlier settings and expected closes (migration
0036)."""

from datetime import date, timedelta
from importlib import import_module

import pytest

from carmanana.core import clock
from carmanana.core.db import Stale, database
from carmanana.deals.deal_facts import correct
from carmanana.records.deals import Deal
from carmanana.records.house import House, house_currency, house_unit, settle

from ..cast import forbidden, refused


def test_the_house_is_settled_in_one_step(cast):
    now = House.now()
    with forbidden():
        settle(cast.agent, now.version, currency="EUR")
    with refused("currency", "distance_unit"):
        settle(cast.admin, now.version, currency="XXX", distance_unit="furlong")
    settle(cast.admin, now.version, currency="EUR", distance_unit="km")
    assert (house_currency(), house_unit(), House.now().version) == ("EUR", "km", now.version + 1)
    with pytest.raises(Stale):
        settle(cast.admin, now.version, currency="USD")


def test_an_earlier_database_keeps_its_unit_and_its_expected_closes(cast):
    deals = [
        cast.deal(cast.agent, details=text) for text in ("Blue\nExpected close: 15 Feb 2027", "Expected close: spring")
    ]
    database.execute_sql("DROP INDEX deal_counted")
    for column in ("house DROP COLUMN distance_unit", "deal DROP COLUMN expected_close_on"):
        database.execute_sql(f"ALTER TABLE {column}")
    database.execute_sql("CREATE TABLE house_setting (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
    database.execute_sql("INSERT INTO house_setting VALUES ('distance_unit', 'km')")
    import_module("carmanana.schema.migrations.0036_house").up(None, database)
    first, second = (Deal.get_by_id(deal.id) for deal in deals)
    assert house_unit() == "km" and (first.details, first.expected_close_on) == ("Blue", date(2027, 2, 15))
    assert (second.details, second.expected_close_on) == ("Expected close: spring", None)


def test_when_a_deal_is_expected_to_close_is_changed_like_other_facts(cast):
    deal = cast.deal(cast.agent)
    ahead = clock.today() + timedelta(days=40)
    assert correct(deal, cast.agent, deal.version, expected_close_on=ahead).expected_close_on == ahead
    with refused("expected_close", field="expected_close_on"):
        correct(deal, cast.agent, deal.version + 1, expected_close_on=ahead.replace(year=2126))
