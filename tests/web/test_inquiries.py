"""The public inquiry form, the pages that may frame it, and leads that are posted."""

import io
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from carmanana.core import clock
from carmanana.leads import inquiry_settings
from carmanana.records.attachments import Attachment
from carmanana.records.consents import Consent
from carmanana.records.leads import Lead

ASKED = {
    "question": "inquiry",
    "make": "Honda",
    "model": "CR-V or something like it",
    "year": "2021",
    "timeline": "Before spring",
    "needs": "Two dogs in crates, a small apartment garage",
    "name": "Marisol Fuentes",
    "phone": "(505) 555-0147",
    "region": "New Mexico",
    "call": "y",
}
SECRET = "s3cret-of-a-marketplace-0123456789abcdef"
ADF = (
    "<adf><prospect><id "
    "source='CarPoint'>A-77</id><vehicle><year>2021</year><make>Honda</make><model>CR-V</model></vehicle>"
    "<customer><contact><name part='full'>Thabo & Sons</name><phone>305 555 "
    "0188</phone></contact></customer></prospect></adf>"
)


@pytest.fixture
def anybody(app, visit):
    app.config["WTF_CSRF_ENABLED"] = True  # it asks for no session's token
    return visit()


def token_of(page) -> str:
    return re.search(r'name="token" value="([^"]+)"', page.text)[1]


def send(browser, **told):
    return browser.post("/inquire", data=ASKED | {"token": token_of(browser.get("/inquire"))} | told)


def frames(page) -> str:
    return re.search(r"frame-ancestors ([^;]+)", page.headers["Content-Security-Policy"])[1]


def test_it_works_without_signing_in_cookies_or_scripts(anybody):
    page = anybody.get("/inquire")
    assert page.status_code == 200 and "Set-Cookie" not in page.headers and "<script" not in page.text
    assert not re.search(r'<input[^>]*checked[^>]*name="(call|text)"', page.text) and not re.search(
        r'name="(call|text)"[^>]*checked', page.text
    )
    sent = anybody.post("/inquire", data=ASKED | {"token": token_of(page)})
    assert (sent.status_code, sent.location, "Set-Cookie" in sent.headers) == (303, "/inquire/thanks", False)
    assert "Thank you. We have it." in anybody.get("/inquire/thanks").text
    lead = Lead.get()
    assert (lead.kind, lead.source, lead.region, lead.asked_by, lead.answer_by) == (
        "inquiry",
        "website",
        "US-NM",
        "form",
        {"call"},
    )
    (option,) = lead.needs.wanted
    assert (option.brand, option.model, option.year_from, lead.needs.timeline) == (
        "Honda",
        "CR-V or something like it",
        2021,
        "Before spring",
    )
    consent = Consent.get()
    assert (consent.channels, consent.words, consent.how, consent.purpose) == (
        {"call"},
        "Call me about this inquiry.",
        "form",
        "inquiry",
    )


def test_a_price_asked_for_makes_a_price_shopper_and_both_boxes_two_consents(anybody):
    assert send(anybody, question="price_shopper", text="y", email="m@example.com").status_code == 303
    assert Lead.get().kind == "price_shopper" and Lead.get().answer_by == {"call", "text", "email"}
    assert {consent.words for consent in Consent.select()} == {
        "Call me about this inquiry.",
        "Text me, too. Message rates may apply; STOP ends it.",
    }


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"name": ""}, "Tell us your name"),
        ({"phone": "555"}, "not a whole phone number"),
        ({"phone": "", "call": ""}, "a phone number or an email address to answer"),
        ({"phone": "", "email": "m@example.com"}, "the number to reach you at"),
        ({"call": ""}, "Tick how we may answer you"),
        ({"email": "m@"}, "not an email address"),
        ({"make": "", "model": "", "needs": ""}, "Tell us which car"),
        ({"year": "soon"}, "Enter a whole number"),
        ({"year": "1492"}, "Enter a year"),
        ({"question": "free"}, "Choose “Help me find the right one” or “Tell me what one would cost”"),
        ({"needs": "x" * 2001}, "At most 2000"),
        ({"token": "forged"}, "open for too long"),
        ({"token": ""}, "open for too long"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_what_was_written_is_kept(anybody, told, says):
    page = send(anybody, **told)
    assert page.status_code == 422 and says in page.text and told.get("needs", "Two dogs") in page.text
    assert Lead.select().count() == 0


def test_a_form_counts_once_and_not_for_ever(anybody):
    token = token_of(anybody.get("/inquire"))
    for _ in range(2):
        assert anybody.post("/inquire", data=ASKED | {"token": token}).status_code == 303
    assert Lead.select().count() == 1


def test_who_fills_the_trap_is_thanked_and_makes_nothing(anybody):
    assert send(anybody, website="https://spam.example").location == "/inquire/thanks"
    assert Lead.select().count() == 0


def test_an_address_that_sends_too_often_is_told_to_wait(anybody):
    assert [send(anybody, needs=f"Number {n}").status_code for n in range(6)] == [303] * 5 + [429]
    with clock.set_to(clock.now() + timedelta(minutes=11)):
        assert send(anybody, needs="Later").status_code == 303


def test_listed_sites_alone_may_frame_it_and_nothing_else(anybody, cast, visit):
    assert frames(anybody.get("/inquire")) == "'none'"
    inquiry_settings.set_inquiries(
        cast.admin, 1, "https://www.example.com\nhttps://*.example.org", None, 60, "https://example.com/p"
    )
    for path in ("/inquire", "/inquire/thanks"):
        assert frames(anybody.get(path)) == "https://www.example.com https://*.example.org"
    assert frames(send(anybody, name="")) == "https://www.example.com https://*.example.org"
    assert 'href="https://example.com/p"' in anybody.get("/inquire").text
    for path in ("/sign-in", "/nowhere", "/", "/healthz"):
        assert frames(anybody.get(path)) == "'none'", path


def test_an_admin_sets_it_and_a_manager_reads(visit):
    admin, manager = visit("admin"), visit("manager")
    form = {
        "version": "1",
        "origins": "https://www.example.com",
        "answer_minutes": "30",
        "owner": "",
        "privacy_url": "",
    }
    assert (
        manager.post("/inquiries", data=form).status_code == 403
        and "An admin sets this" in manager.get("/inquiries").text
    )
    for many in ("https://*.com", "https://*.co.uk", "https://*.com:443"):
        assert "belong to others" in admin.post("/inquiries", data=form | {"origins": many}).text
    wrong = admin.post("/inquiries", data=form | {"origins": "example.com"})
    assert wrong.status_code == 422 and "“example.com” is no site" in wrong.text
    assert (
        admin.post("/inquiries", data=form).status_code == 303
        and "https://www.example.com" in manager.get("/inquiries").text
    )
    assert admin.post("/inquiries", data=form).status_code == 409


# posted


@pytest.fixture
def taking(app, anybody):
    kept = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(kept, intake_token=SECRET)
    yield anybody
    app.config["SETTINGS"] = kept


def post(browser, content=ADF, secret=SECRET, **told):
    headers = {"Authorization": f"Bearer {secret}"} | told.pop("headers", {})
    return browser.post("/leads/intake", data=content, headers=headers, **{"content_type": "application/xml"} | told)


def test_what_a_marketplace_posts_becomes_a_lead_with_the_file_kept(taking):
    made = post(taking)
    assert made.status_code == 201 and "Set-Cookie" not in made.headers
    lead = Lead.get()
    assert made.json == {"made": [lead.id], "known": []} and lead.customer.name == "Thabo & Sons"
    assert (lead.source, lead.external_id, lead.vehicle) == ("marketplace", "CarPoint:A-77", "2021 Honda CR-V")
    assert Attachment.get().activity.lead == lead
    again = post(taking)
    assert (again.status_code, again.json) == (
        200,
        {"made": [], "known": [lead.id]},
    ) and Attachment.select().count() == 1
    mail = f"From: a@b.example\r\nTo: us@b.example\r\nSubject: Lead\r\n\r\n{ADF.replace('A-77', 'A-78')}"
    assert post(taking, mail, content_type="message/rfc822").status_code == 201
    file = {"file": (io.BytesIO(ADF.replace("A-77", "A-79").encode()), "lead.xml")}
    assert post(taking, file, content_type="multipart/form-data").status_code == 201


def test_what_is_no_lead_or_has_no_token_is_refused_with_a_sentence(taking):
    for content in ("", "hello", "<adf>", "<adf><prospect/></adf>", "\x00" * 100, "BEGIN:VCARD"):
        page = post(taking, content)
        assert page.status_code == 422 and page.json["error"].endswith("."), content
    assert [post(taking, secret=secret).status_code for secret in ("", "wrong", "ü")] == [401] * 3
    assert Lead.select().count() == 0
    assert [post(taking, secret="wrong").status_code for _ in range(9)][-2:] == [429, 429]


def test_without_a_token_set_nothing_is_taken(anybody):
    assert post(anybody).status_code == 404
