"""Two records of one person become one: nothing is lost, nothing is forgotten, the lock stays."""

from datetime import timedelta

import pytest

from carmanana.contacting import lock
from carmanana.core import clock
from carmanana.core.audit import Event, broken_event, history
from carmanana.core.db import Stale, database
from carmanana.core.workflow import Refused
from carmanana.customers import contact, finding, unmerging
from carmanana.customers.merging import merge, references, standing, stricter
from carmanana.departures.lifecycle import begin, leaving
from carmanana.records.activities import Activity
from carmanana.records.customers import Customer, CustomerEmail, CustomerPhone, MergedCustomer
from carmanana.records.deal_codes import LOSING
from carmanana.records.deals import Deal
from carmanana.records.departures import Departure
from carmanana.records.expiries import Expiry
from carmanana.records.notifications import Notification
from carmanana.records.privacy import ErasureProposal
from carmanana.schema.search_words import Words
from carmanana.schema.sqlite import columns, tables
from carmanana.search.results import find

from ..cast import forbidden, refused
from .test_races import at_once, kinds


@pytest.fixture
def pair(cast):
    """The record that stays, and the one that goes with a deal and a call."""
    kept = contact.enter(
        cast.agent2, "Fatima Zahra El Idrissi", ["+1 305 555 2000"], ["fatima@example.com"], region="Florida"
    )
    gone = contact.enter(
        cast.agent,
        "Fatima Idrissi",
        ["305-555-2000", "826 4678"],
        ["FATIMA@example.com", "f@work.example"],
        language="ar",
        no_calls=True,
    )
    deal = cast.deal(cast.agent)
    Deal.update(customer=gone).where(Deal.id == deal.id).execute()
    cast.called(Deal.get_by_id(deal.id), kind="email", outcome="sent")
    return Customer.get_by_id(kept.id), Customer.get_by_id(gone.id)


def merged(cast, pair, *taken, by=None):
    kept, gone = pair
    return merge(kept, gone, by or cast.manager, (kept.version, gone.version), taken)


def test_what_hangs_on_the_other_follows_and_each_number_stands_once(cast, pair):
    kept, gone = pair
    deal = Deal.get(Deal.customer == gone)
    again = merged(cast, pair, "language")
    assert (again.name, again.region, again.language, again.no_calls, again.version) == (
        "Fatima Zahra El Idrissi",
        "Florida",
        "ar",
        True,
        kept.version + 1,
    )
    assert [phone.typed for phone in again.phones.order_by(CustomerPhone.position)] == ["+1 305 555 2000", "826 4678"]
    assert [email.address for email in again.emails.order_by(CustomerEmail.position)] == [
        "fatima@example.com",
        "f@work.example",
    ]
    moved = Deal.get_by_id(deal.id)
    assert (moved.customer_id, moved.version) == (kept.id, deal.version + 1)
    assert {activity.customer_id for activity in Activity.select().where(Activity.deal == deal)} == {kept.id}
    assert (
        Activity.get(Activity.subject == "Merged with another record of theirs").summary
        == "Name: Fatima Idrissi\nOwner: Marta Sandoval"
    )
    assert Notification.get(Notification.user == cast.agent).customer_id == kept.id
    assert database.execute_sql("PRAGMA foreign_key_check").fetchall() == []


def test_the_record_that_went_leads_to_the_one_that_stands_also_after_another_merge(cast, pair):
    kept, gone = pair
    merged(cast, pair)
    assert standing(gone.id) == kept.id == standing(kept.id) and Customer.get_or_none(Customer.id == gone.id) is None
    last = cast.client("Fatima Zahra")
    merged(cast, (last, Customer.get_by_id(kept.id)))
    assert standing(gone.id) == last.id == standing(kept.id)


def test_history_tells_of_it_with_ids_only(cast, pair):
    kept, gone = pair
    deal = Deal.get(Deal.customer == gone)
    merged(cast, pair, "region", "nonsense")
    told = [
        (event.subject, event.subject_id, event.verb, event.data)
        for event in Event.select().order_by(Event.id.desc()).limit(3)
    ]
    assert told[::-1] == [
        ("customer", kept.id, "merge", {"merged": gone.id, "taken": ["region"]}),
        ("deal", deal.id, "client_merged", {"was_customer": gone.id, "customer": kept.id}),
        ("customer", gone.id, "merged_into", {"into": kept.id}),
    ]
    assert broken_event() is None and history(gone).count() == 2


def test_search_and_lists_follow(cast, pair):
    kept, _gone = pair
    merged(cast, pair, "name")
    for text in ("826 4678", "f@work", "fatima idrissi"):
        assert [hit.id for hit in find(cast.manager, Words.read(text))["client"]] == [kept.id], text
    assert find(cast.manager, Words.read("zahra")) == {"client": [], "deal": [], "activity": []}
    assert [customer.id for customer in finding.found(cast.manager, "fatima")] == [kept.id]


def point(table: str, column: str, customer_id: int) -> None:
    """A row of the table about the customer, with a 1 wherever else it asks for something."""
    told = database.execute_sql(f"PRAGMA table_info({table})").fetchall()
    asked = [name for _, name, _, must, default, _ in told if must and default is None and name not in ("id", column)]
    names, values = ", ".join([column, *asked]), [customer_id] + [1] * len(asked)
    database.execute_sql("PRAGMA foreign_keys = OFF")
    database.execute_sql("PRAGMA ignore_check_constraints = ON")
    database.execute_sql(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(values))})", values)
    database.execute_sql("PRAGMA ignore_check_constraints = OFF")
    database.execute_sql("PRAGMA foreign_keys = ON")
    database.execute_sql("PRAGMA ignore_check_constraints = OFF")


def test_every_table_that_points_to_a_client_follows(cast, pair):
    """A table of tomorrow too."""
    known = {"activity", "customer_email", "customer_phone", "deal", "finding", "merged_customer", "notification"}
    assert {table for table, _ in references()} >= known
    database.execute_sql(
        "CREATE TABLE tomorrow (id INTEGER PRIMARY KEY, buyer_id INTEGER NOT NULL REFERENCES customer (id) ON "
        "DELETE CASCADE)"
    )
    kept, gone = pair
    for table, column in references():
        if table not in known:
            point(table, column, gone.id)
    merged(cast, pair)
    for table, column in references():
        left = database.execute_sql(f"SELECT COUNT(*) FROM {table} WHERE {column} = ?", (gone.id,)).fetchone()
        assert left == (0,), table
    assert database.execute_sql("SELECT buyer_id FROM tomorrow").fetchall() == [(kept.id,)]


def test_a_client_under_review_stays_locked(cast):
    kept = cast.client("Fatima")
    losing = cast.in_state(LOSING)
    gone = losing.customer
    Customer.update(status="pending_cancellation").where(Customer.id == gone.id).execute()
    gone = Customer.get_by_id(gone.id)
    assert not lock.under_review(kept)
    again = merged(cast, (kept, gone))
    assert lock.under_review(again) and lock.closed_to(again, cast.agent) and again.status == "pending_cancellation"


def test_the_stricter_and_the_fuller_is_proposed(cast, pair):
    kept, gone = pair
    assert [name for name in ("name", "region", "language", "owner") if stricter(name, kept, gone)] == ["language"]
    assert not stricter("language", gone, kept)


def test_who_may_not_and_what_may_not(cast, pair):
    kept, gone = pair
    for who in (cast.agent, cast.compliance, cast.admin):
        with forbidden():
            merged(cast, pair, by=who)
    with refused("same_client"):
        merged(cast, (kept, kept))
    with pytest.raises(Stale):
        merge(kept, gone, cast.manager, (kept.version, gone.version + 1))
    assert MergedCustomer.select().count() == 0


def test_of_two_merges_of_the_same_pair_one_wins(cast, pair):
    kept, gone = pair
    found = at_once(
        lambda: merged(cast, (kept, gone)), lambda: merged(cast, (gone, kept)), lambda: merged(cast, (kept, gone))
    )
    assert kinds(found) == ["Customer", "Stale", "Stale"]
    assert (
        Customer.select().where(Customer.id.in_([kept.id, gone.id])).count() == 1
        and MergedCustomer.select().count() == 1
    )


def stands() -> dict[str, list]:
    """Every table but the trail, the searched words and what a merge writes about itself, without versions."""
    told = ("activity", "event", "notification", "merged_customer", "board_change", "deal_tally", "do_not_contact")
    found = {}
    for table in tables():
        if table not in told and not table.startswith("search_"):
            names = [f'"{name}"' for name, *_ in columns(table) if name != "version"]
            rows = database.execute_sql(f"SELECT {', '.join(names)} FROM {table}").fetchall()
            found[table] = sorted(rows, key=repr)
    return found


def test_a_merge_is_undone_within_a_day(cast, pair):
    kept, gone = pair
    Customer.update(no_calls=False).where(Customer.id == gone.id).execute()
    database.execute_sql("DELETE FROM do_not_contact")
    deal, before = Deal.get(Deal.customer == gone), stands()
    again = merged(cast, (kept, Customer.get_by_id(gone.id)), "name", "language")
    assert stands() != before
    with forbidden():
        unmerging.part(again, cast.agent)
    with clock.set_to(clock.now() + timedelta(hours=25)), refused("too_late"):
        unmerging.part(again, cast.manager)
    parted = unmerging.part(again, cast.manager)
    assert (parted.id, stands()) == (gone.id, before)
    notes = Activity.select().where(Activity.customer == kept, Activity.subject.startswith("Merged with"))
    assert [note.summary for note in notes] == [""], "what is told of the other is not kept with this one"
    assert Deal.get_by_id(deal.id).customer_id == gone.id and standing(gone.id) == gone.id
    assert {activity.customer_id for activity in Activity.select().where(Activity.deal == deal)} == {gone.id}
    assert database.execute_sql("PRAGMA foreign_key_check").fetchall() == [] and broken_event() is None
    with refused("too_late"):
        unmerging.part(Customer.get_by_id(kept.id), cast.manager)


def test_what_was_changed_since_the_merge_stays(cast, pair):
    kept, _gone = pair
    again = merged(cast, pair, "name")
    contact.correct(again, cast.manager, again.version, ["+1 305 555 2000"], ["fatima@example.com"], name="Fatima Z.")
    unmerging.part(Customer.get_by_id(kept.id), cast.manager)
    assert Customer.get_by_id(kept.id).name == "Fatima Z."


def test_what_undoes_a_merge_is_thrown_away_after_a_day(cast, pair):
    merged(cast, pair)
    unmerging.forget(clock.now() + timedelta(hours=25))
    assert MergedCustomer.get().undo is None


def leave(cast, customer: Customer, *states: str) -> Departure:
    """Their cancellation, begun, and taken on to each of the states."""
    departure = begin(Customer.get_by_id(customer.id), cast.admin)
    leaving.fire(departure, "add_reason", cast.admin, reason="Moved abroad")
    Expiry.create(
        customer=customer, kind="ours", on=clock.today() + timedelta(days=300), owner=cast.agent, set_by=cast.admin
    )
    for state in states:
        departure = leaving.fire(Departure.get_by_id(departure.id), state, cast.admin, words="They came back")
    return departure


def test_a_merge_neither_cancels_nor_reactivates_anybody(cast):
    """Only *Process* and *Reactivate* do."""
    ways = {"live": None, "pending_cancellation": (), "cancelled": ("process",), "again": ("process", "reactivate")}
    told = {}
    for one, stays in ways.items():
        for other, goes in ways.items():
            pair = [contact.enter(cast.agent, f"{one} {other}", [], []) for _ in range(2)]
            for customer, states in zip(pair, (stays, goes), strict=True):
                if states is not None:
                    leave(cast, customer, *states)
            kept, gone = (Customer.get_by_id(customer.id) for customer in pair)
            try:
                told[one, other] = merged(cast, (kept, gone)).status
            except Refused as refusal:
                told[one, other] = refusal.refusals[0].code
    here, leaves, left = ("live", "again"), "pending_cancellation", "cancelled"
    assert told == {
        **{(one, other): "live" for one in here for other in here},
        **{pair: leaves for one in here for pair in ((one, leaves), (leaves, one))},
        **{pair: "one_cancelled" for one in (*here, leaves) for pair in ((one, left), (left, one))},
        (leaves, leaves): "both_leaving",
        (left, left): left,
    }


def test_of_two_who_are_both_proposed_to_be_erased_one_proposal_stays(cast, pair):
    for customer in pair:
        ErasureProposal.create(kind="leads", customer=customer, since=clock.now())
    kept = merged(cast, pair)
    assert ErasureProposal.get().customer_id == kept.id and unmerging.part(kept, cast.manager)


def test_a_cancellation_goes_on_with_whose_it_is_once_the_two_are_parted(cast, pair):
    kept, gone = pair
    Deal.delete().execute()
    departure = leave(cast, gone)
    again = merged(cast, (kept, Customer.get_by_id(gone.id)))
    assert again.status == "pending_cancellation"
    leaving.fire(Departure.get_by_id(departure.id), "process", cast.admin)
    unmerging.part(Customer.get_by_id(kept.id), cast.manager)
    assert [Customer.get_by_id(one.id).status for one in (kept, gone)] == ["live", "cancelled"]
