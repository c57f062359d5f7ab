"""Queries that are written once and write; and a record as it stands now."""

import pytest

from carmanana.core import clock
from carmanana.core.db import change
from carmanana.core.query import again, by_id, prepared
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal, Hold
from carmanana.records.people import User

from ..cast import NOON


def test_a_query_that_writes_tells_how_many_rows_it_has_changed(cast):
    mine, other = cast.deal(cast.agent), cast.deal(cast.agent)
    give = prepared(lambda deal, to: Deal.update(owner=to).where(Deal.id == deal, Deal.owner == cast.agent))
    assert [give.rows(mine, cast.agent2), give.rows(mine.id, cast.agent2), give.rows(other, None)] == [1, 0, 1]
    assert (again(mine).owner, again(other).owner) == (cast.agent2, None)


def test_what_is_written_is_stored_as_its_column_wants_it(cast):
    hold = Hold.create(deal=cast.deal(cast.agent, readiness="organic"), **cast.hold_given())
    assert (
        prepared(lambda hold, at: Hold.update(lifted_at=at.to(Hold.lifted_at)).where(Hold.id == hold)).rows(hold, NOON)
        == 1
    )
    assert again(hold).lifted_at == NOON and Hold.get(Hold.lifted_at == NOON) == hold


def test_a_record_is_read_again_as_it_stands_now(cast):
    deal = cast.deal(cast.agent)
    fresh = again(deal)
    assert fresh == deal and fresh is not deal and fresh.__data__ == Deal.get_by_id(deal.id).__data__
    change(fresh, flagged_at=clock.now())
    assert (deal.version, again(deal).version) == (1, 2)


@pytest.mark.parametrize("model", [Deal, Customer, User])
def test_who_is_not_there_is_not_found(cast, model):
    with pytest.raises(model.DoesNotExist):
        by_id(model, 999)
