"""Files of leads on the Leads page: what is in them is shown with possible duplicates before anything is made."""

import io

import pytest

from carmanana.contacting import attachments
from carmanana.core import clock
from carmanana.leads.lead_files import KEPT, forget_abandoned
from carmanana.records.attachments import Attachment
from carmanana.records.customers import Customer
from carmanana.records.inquiries import LeadFile
from carmanana.records.leads import Lead

CARDS = "BEGIN:VCARD\nFN:{name}\nTEL:{phone}\nEMAIL:{email}\nNOTE:Wants a hybrid\nEND:VCARD\n"
ADF = (
    "<adf><prospect><id "
    "source='CarPoint'>A-77</id><vehicle><year>2021</year><make>Honda</make><model>CR-V</model></vehicle>"
    "<customer><contact><name part='full'>Thabo Okoye</name><phone>305 555 "
    "0188</phone></contact></customer></prospect></adf>"
)
MAIL = f"From: leads@carpoint.example\r\nTo: us@example.com\r\nSubject: New lead\r\n\r\n{ADF}"


def bring(browser, *files):
    sent = [(io.BytesIO(content.encode()), name) for name, content in files]
    return browser.post("/leads/files/", data={"files": sent}, content_type="multipart/form-data")


@pytest.fixture
def manager(visit):
    return visit("manager")


def test_what_is_in_a_file_is_shown_before_anything_is_made(manager, cast):
    known = cast.client("Ana Torres")
    cards = CARDS.format(name="Ana Torres", phone=known.phone.typed, email="a@example.com") + CARDS.format(
        name="Ben Ito", phone="305 555 0190", email="b@example.com"
    )
    cards += "BEGIN:VCARD\nFN:Zoe Null\nEND:VCARD\n"
    preview = manager.get(bring(manager, ("people.vcf", cards)).location)
    assert "Ana Torres (same number" in preview.text and f'<option value="{known.id}" selected>' in preview.text
    assert "1 person has neither a number nor an address" in preview.text and "Zoe Null" in preview.text
    assert '<option value="new" selected>' in preview.text and Lead.select().count() == 0
    file = LeadFile.get()
    wrong = manager.post(f"/leads/files/{file.id}", data={"who-0": "999999", "who-1": "new"})
    assert wrong.status_code == 422 and "Say who Ana Torres is." in wrong.text and Lead.select().count() == 0
    done = manager.post(f"/leads/files/{file.id}", data={"who-0": str(known.id), "who-1": "new"})
    assert (done.status_code, done.location) == (303, "/leads/")
    one, two = Lead.select().order_by(Lead.id)
    assert one.customer == known and two.customer.name == "Ben Ito" and two.owner is None
    assert {a.activity.lead_id for a in Attachment.select()} == {one.id, two.id}, "the file is kept with each"
    assert manager.get(f"/leads/files/{file.id}").status_code == 404
    assert not (attachments.folder / file.stored).exists()


def test_an_email_with_adf_becomes_a_lead_with_the_email(manager):
    page = bring(manager, ("lead.eml", MAIL))
    assert "2021 Honda CR-V" in manager.get(page.location).text
    manager.post(page.location, data={"who-0": "new"})
    lead = Lead.get()
    assert (lead.source, lead.asked_by, lead.vehicle, lead.external_id) == (
        "marketplace",
        "email",
        "2021 Honda CR-V",
        "CarPoint:A-77",
    )
    assert Attachment.get().kind == "email" and Attachment.get().name == "lead.eml"


def test_who_is_left_out_makes_nothing_and_several_files_follow_each_other(manager):
    first = bring(
        manager, ("a.xml", ADF), ("b.vcf", CARDS.format(name="Ben", phone="305 555 0190", email="b@example.com"))
    )
    second = manager.post(first.location, data={"who-0": "leave"}).location
    assert second != first.location and "b.vcf" in manager.get(second).text and Customer.select().count() == 0
    assert (
        manager.post(f"{second}/discard").status_code == 303
        and not LeadFile.select().where(LeadFile.taken_at.is_null()).exists()
    )


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.xml", "", "a.xml: It is empty."),
        ("a.pdf", "%PDF-1.4", "none of these"),
        ("a.eml", "From: a@b.example\r\nTo: c@d.example\r\n\r\nHello", "no lead in ADF"),
        ("a.xml", "<adf><prospect>", "damaged"),
        ("a.vcf", "BEGIN:VCARD\nFN:A\nEND:VCARD", "no phone number"),
    ],
)
def test_what_holds_no_leads_is_refused_by_its_name(manager, name, content, says):
    page = bring(manager, (name, content))
    assert page.status_code == 422 and says in page.text and LeadFile.select().count() == 0
    assert list(attachments.folder.iterdir()) == []


def test_no_file_and_too_many_are_refused(manager):
    assert "Choose a file." in manager.post("/leads/files/", data={}).text
    assert "At most 10 files" in bring(manager, *[("a.xml", ADF)] * 11).text


def test_a_file_is_its_own_persons_and_goes_after_a_week(manager, visit):
    page = bring(manager, ("a.xml", ADF)).location
    assert visit("agent").get(page).status_code == 404 and "a.xml" in manager.get("/leads/files/").text
    forget_abandoned(clock.now() + KEPT)
    assert LeadFile.select().count() == 1
    forget_abandoned(clock.now() + KEPT * 2)
    assert LeadFile.select().count() == 0 and list(attachments.folder.iterdir()) == []
