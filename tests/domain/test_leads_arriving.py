"""Leads that come by themselves: whose they are, that they come once, what is kept of them, and that an unanswered one
is escalated."""

from datetime import timedelta

import pytest

from carmanana.contacting.log import log
from carmanana.core import clock
from carmanana.core.db import Stale
from carmanana.core.workflow import Forbidden, Refused
from carmanana.leads import inquiry_limits, inquiry_settings
from carmanana.leads.arriving import arrive
from carmanana.leads.prospects.prospect import ASKED, Phone, Prospect, WantedVehicle
from carmanana.leads.unanswered import escalate_unanswered
from carmanana.records.activities import Activity
from carmanana.records.consents import Consent
from carmanana.records.customers import Customer
from carmanana.records.inquiries import InquirySettings
from carmanana.records.leads import Lead
from carmanana.records.notifications import Notification

CRV = WantedVehicle(make="Honda", model="CR-V", year_from=2021, year_to=2023, colours="Blue", most_distance=60_000)


def asks(**told) -> Prospect:
    told = {
        "name": "Marisol Fuentes",
        "phones": (Phone("(505) 555-0147", "mobile"),),
        "vehicles": (CRV,),
        "comments": "Two dogs",
    } | told
    return Prospect(**told)


def come(**told) -> Lead:
    return arrive(asks(**told), "website", "form")[0]


def test_somebody_new_becomes_a_customer_with_a_lead_of_nobody(cast):
    lead = come(timeline="Before spring", emails=("marisol@example.com",), region="US-NM")
    assert (lead.state, lead.kind, lead.source, lead.region, lead.owner) == ("new", "inquiry", "website", "US-NM", None)
    assert lead.customer.name == "Marisol Fuentes" and lead.customer.owner is None
    assert [phone.e164 for phone in lead.customer.phones] == ["+15055550147"] and lead.message == "Two dogs"
    (option,) = lead.needs.wanted
    assert (lead.needs.timeline, option.brand, option.model, option.year_from, option.year_to) == (
        "Before spring",
        "Honda",
        "CR-V",
        2021,
        2023,
    )
    note = Activity.get(Activity.lead == lead)
    assert (note.kind, note.summary) == ("note", "Two dogs"), "it is no contact: nobody was spoken to"
    assert lead.first_answered_at is None and lead.touched_at is None
    told = {(notice.user, notice.text) for notice in Notification.select().where(Notification.lead == lead)}
    assert told == {
        (boss, "Marisol Fuentes asked about a 2021–2023 Honda CR-V") for boss in (cast.manager, cast.manager2)
    }


def test_who_asks_for_a_price_is_a_price_shopper(cast):
    assert come(vehicles=(WantedVehicle(make="Honda", price=ASKED),)).kind == "price_shopper"


def test_a_known_number_is_matched_where_the_name_agrees_and_only_there(cast):
    known = cast.client("Marisol Fuentes", region="NM")
    typed = known.phone.typed
    lead = come(phones=(Phone(typed),), emails=("new@example.com",))
    assert lead.customer == known and {email.address for email in known.emails} >= {"new@example.com"}
    stranger = come(name="Paul Vega", phones=(Phone(typed),))
    assert stranger.customer != known, "the number is somebody else's too"
    assert come(name="Marisol Fuentes", phones=(Phone(typed),), comments="Again").customer not in (
        known,
        stranger.customer,
    ), "now two have it"


def test_a_wish_not_to_be_contacted_counts_under_a_new_name(cast):
    known = cast.client("Paul Vega")
    Customer.update(no_calls=True).where(Customer.id == known.id).execute()
    assert come(phones=(Phone(known.phone.typed),)).customer.no_calls


def test_the_same_inquiry_twice_is_one(cast):
    first = come()
    assert arrive(asks(), "website", "form") == (first, False)
    assert come(comments="Another question") != first
    by_number = come(provider="CarPoint", external_id="A-77", comments="x")
    assert arrive(asks(provider="CarPoint", external_id="A-77", comments="y"), "marketplace", "other") == (
        by_number,
        False,
    )
    with clock.set_to(clock.now() + timedelta(hours=25)):
        assert come() != first


def test_what_was_agreed_is_kept_in_its_words(cast):
    words = {"channels": {"text"}, "words": "Text me, too.", "how": "form"}
    lead, _ = arrive(asks(), "website", "form", consents=[words], answer_by={"text"})
    consent = Consent.get()
    assert (consent.person, consent.channels, consent.words, consent.how) == (
        lead.person,
        {"text"},
        "Text me, too.",
        "form",
    )
    assert consent.given_at == clock.now() and lead.answer_by == {"text"}


def test_what_is_set_gives_new_inquiries_to_somebody(cast):
    inquiry_settings.set_inquiries(cast.admin, 1, "", cast.agent, 60, "")
    lead = come()
    assert lead.owner == cast.agent
    assert {notice.user for notice in Notification.select().where(Notification.lead == lead)} == {cast.agent}


@pytest.mark.parametrize(
    "site",
    [
        "example.com",
        "https://example.com/",
        "http://example.com",
        "https://exa mple.com;x",
        "*",
        "https://*",
        "'self'",
        "https://a.com;script-src",
    ],
)
def test_a_site_that_is_none_is_refused(cast, site):
    with pytest.raises(Refused):
        inquiry_settings.set_inquiries(cast.admin, 1, site, None, 60, "")


def test_only_an_admin_lists_sites_and_nobody_overwrites_another(cast):
    with pytest.raises(Forbidden):
        inquiry_settings.set_inquiries(cast.manager, 1, "", None, 60, "")
    inquiry_settings.set_inquiries(
        cast.admin,
        1,
        "https://www.example.com https://*.example.org:8443 http://localhost:3000",
        None,
        30,
        "https://example.com/privacy",
    )
    with pytest.raises(Stale):
        inquiry_settings.set_inquiries(cast.admin, 1, "", None, 60, "")
    for wrong in ({"minutes": 2}, {"privacy": "javascript:alert(1)"}, {"owner": cast.compliance}):
        with pytest.raises(Refused):
            inquiry_settings.set_inquiries(
                cast.admin, 2, "", wrong.get("owner"), wrong.get("minutes", 60), wrong.get("privacy", "")
            )
    assert InquirySettings.now().origins.split()[0] == "https://www.example.com"


def test_an_address_may_send_only_so_often(cast):
    for _ in range(5):
        inquiry_limits.count("form", "2001:db8::1")
    for same in ("2001:db8::1", "2001:db8::2"):
        with pytest.raises(Refused):
            inquiry_limits.count("form", same)
    inquiry_limits.count("form", "2001:db8:1::1")
    with clock.set_to(clock.now() + timedelta(minutes=11)):
        inquiry_limits.count("form", "2001:db8::1")


# first response


def escalated(after: timedelta) -> int:
    with clock.set_to(clock.now() + after):
        return escalate_unanswered(clock.now())


def test_an_unanswered_lead_goes_to_the_manager_once_in_business_time(cast):
    lead, theirs = (
        come(),
        arrive(asks(name="B", phones=(Phone("305 555 0199"),)), "website", "form", owner=cast.agent2)[0],
    )
    Notification.delete().execute()
    assert escalated(timedelta(minutes=59)) == 0
    assert escalated(timedelta(minutes=61)) == 2 and escalated(timedelta(hours=3)) == 0
    told = {(notice.user, notice.lead_id) for notice in Notification.select()}
    before_managers = {(cast.manager, lead.id), (cast.manager2, lead.id), (cast.manager2, theirs.id)}
    assert told == before_managers | {(cast.agent2, theirs.id)}
    assert escalated(timedelta(days=6)) == 0
    admins = Notification.select().where(Notification.user == cast.admin)
    assert {notice.lead_id for notice in admins} == {lead.id, theirs.id}, "the admins, two business days later"


def test_who_answered_or_came_after_hours_is_not_escalated(cast):
    answered = come()
    log(
        answered,
        cast.manager,
        "call",
        "Spoke",
        "out",
        outcome="connected_follow_up",
        next_step="Call",
        due_at=clock.now() + timedelta(days=1),
    )
    with clock.set_to(clock.now() + timedelta(hours=9)):
        come(comments="In the evening")
        assert escalated(timedelta(hours=3)) == 0, "we are closed"
        assert escalated(timedelta(hours=17)) == 1
