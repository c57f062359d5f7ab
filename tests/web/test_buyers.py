"""The buyers list and Match over HTTP: cells, blocks and files, views, vehicles on offer, mail to many and the way out
of it."""

import csv
import io
import json
import re

import pytest
from openpyxl import load_workbook

from carmanana.blueprints.buyers.lists import BUYERS
from carmanana.buyers import editing, offered, offering
from carmanana.buyers.scanning import scan
from carmanana.config import Settings
from carmanana.contacting.mail import outbox_address
from carmanana.contacting.mail.sending import send_waiting
from carmanana.core import clock
from carmanana.core.audit import Event
from carmanana.core.cache import clear_all
from carmanana.core.query import again
from carmanana.records.assets import Asset
from carmanana.records.consents import OFFERS, Consent
from carmanana.records.customers import Customer
from carmanana.records.deal_codes import LOSING
from carmanana.records.deals import Deal, NeedsAssessment, VehicleOption
from carmanana.records.house import House
from carmanana.records.leads import Lead
from carmanana.records.mail import OutgoingMail
from carmanana.records.notifications import Notification
from carmanana.records.offered_vehicles import OfferedVehicle, VehicleOffer, WantsChange
from carmanana.records.people import User
from carmanana.records.saved_views import SavedView
from carmanana.records.sequences import CallSequence

from ..counting import queries
from ..domain.letters_world import mail_server, with_server

HTMX = {"HX-Request": "true"}


def wanting(cast, owner=None, lead=None, **facts) -> VehicleOption:
    lead = lead or cast.lead(owner or cast.agent)
    needs = NeedsAssessment.get_or_none(NeedsAssessment.lead_id == lead.id) or NeedsAssessment.create(lead_id=lead.id)
    return VehicleOption.create(needs=needs, **{"brand": "Toyota", "model": "RAV4"} | facts)


def fresh(option: VehicleOption) -> VehicleOption:
    return VehicleOption.get_by_id(option.id)


def cell(option, key, text, version=1) -> dict:
    return {"row": option.id, "key": key, "text": text, "version": version, "columns": "buyer,make,model,years,budget"}


def test_cells_are_read_as_people_write_them_and_told_so_that_they_read_the_same(cast):
    option, by = wanting(cast), cast.agent
    written = {
        "years": [
            ("2021-25", "2021–2025"),
            ("from 2022", "2022–"),
            ("to 2023", "–2023"),
            ("2024", "2024"),
            ("any", ""),
        ],
        "mileage": [("50k", "50,000"), ("12.5k", "12,500"), ("1,5k miles", "1,500"), ("40 000 mi", "40,000"), ("", "")],
        "budget": [
            ("$28–34k", "28,000–34,000"),
            ("50k+", "50,000–"),
            ("up to 33,000", "33,000"),
            ("30,500", "30,500"),
        ],
        "musts": [("budget, Years", "Years, Budget"), ("-", "–"), ("Model", "Model")],
        "make": [("toyta", "Toyota"), ("Hond", "Hond")],
        "colours": [("not black", "not black")],
    }
    for key, pairs in written.items():
        for text, told in pairs:
            for typed in (text, told):
                editing.edit(editing.Edit(option.id, key, typed), by)
                now = editing.preview([editing.Edit(option.id, key, "x" * 500)], by)[0].before
                assert now == told, (key, typed)
    wrong = {
        "years": ["2025–2021", "soon", "1"],
        "mileage": ["lots", "50,000.5", "1.2.3k"],
        "budget": ["34–28k", "a lot", "£25,000", "€20k–30k", "25000 CHF"],
        "make": [""],
        "musts": ["fun"],
    }
    for key, texts in wrong.items():
        for text in texts:
            assert editing.preview([editing.Edit(option.id, key, text)], by)[0].wrong, (key, text)


def test_a_cell_is_saved_refused_and_overtaken(visit, cast):
    first = wanting(cast)
    second = wanting(cast, lead=None, owner=cast.agent2)
    marta = visit("agent")
    saved = marta.post("/buyers/cell", data=cell(first, "years", "2021-25"), headers=HTMX)
    assert saved.status_code == 200 and "2021–2025" in saved.text and "Undo" in saved.text
    assert (fresh(first).year_from, fresh(first).year_to, fresh(first).id) == (2021, 2025, first.id)
    wrong = marta.post("/buyers/cell", data=cell(first, "years", "<soon>", 2), headers=HTMX)
    assert wrong.status_code == 422 and 'value="&lt;soon&gt;"' in wrong.text and "Enter years" in wrong.text
    slower = marta.post("/buyers/cell", data=cell(first, "years", "2019", 1), headers=HTMX)
    assert slower.status_code == 409 and 'value="2019"' in slower.text and "2021–2025" in slower.text
    assert 'data-version="2"' in slower.text, "the next Enter puts it in the place of theirs"
    assert marta.post("/buyers/cell", data=cell(second, "years", "2019"), headers=HTMX).status_code == 404
    assert marta.post("/buyers/cell", data=cell(first, "owner", "x"), headers=HTMX).status_code == 404
    assert f'data-row="{first.id}"' in marta.get("/buyers/").text
    assert f'data-row="{first.id}"' not in visit("compliance").get("/buyers/").text, "who works none only reads"
    change = WantsChange.get()
    assert visit("manager").post(f"/buyers/changes/{change.id}/undo").status_code == 404
    assert marta.post(f"/buyers/changes/{change.id}/undo").status_code == 303 and fresh(first).year_from is None
    assert Event.select().where(Event.verb == "assess").count() == 2


def test_a_block_is_read_as_spreadsheets_copy_it_and_says_what_has_no_place(visit, cast):
    options, theirs = [wanting(cast) for _ in range(2)], wanting(cast, cast.agent2)
    text = 'Prius\t"silver,\nor 5"" of snow"\tx\r\n"Camry" LE\tred\r\nYaris\tblue\r\n'
    told = {"text": text, "rows": ",".join(str(one.id) for one in options), "keys": "model,colours", "versions": ""}
    shown = visit("agent").post("/buyers/paste", data=told, headers=HTMX).text
    assert "4 cells to change" in shown and "silver, or 5&#34; of snow" in shown and "&#34;Camry&#34; LE" in shown
    assert "1 row and 1 column beyond the list" in shown
    sent = f"No.,Model\n{options[0].id},Yaris\n{theirs.id},Yaris\n,Yaris\n{10**20},Yaris\n".encode()
    shown = visit("agent").post("/buyers/file", data={"files": (io.BytesIO(sent), "b.csv")}).text
    assert "1 cell to change" in shown and "3 rows of the file are left out" in shown


def test_a_price_keeps_the_money_that_it_was_written_in(visit, cast):
    """Typed, read from a text, or taken from a deal: it is never dollars unawares."""
    manager = visit("manager")
    texts = {
        "2021 BMW X3, 45.000 km, 32.500 €": ("32,500", "EUR"),
        "1991 Honda NSX £85,000 London": ("85,000", "GBP"),
        "2024 Kia Soul 12 mi CA$ 21k": ("21,000", "CAD"),
        "2024 Kia Soul, $21,500, Florida": ("21,500", "USD"),
    }
    read = {text: scan(text) for text in texts}
    assert {text: (f"{one.price_cents // 100:,}", one.currency or "USD") for text, one in read.items()} == texts
    assert [one.region for one in read.values()] == ["", "", "", "US-FL"]
    absurd = scan(f"2024 Kia Soul ${'9' * 40}, {'9' * 400} miles")
    assert (absurd.model, absurd.price_cents, absurd.distance) == ("Soul", None, None)
    asked = {"make": "Toyota", "price_cents": "£28,900", "currency": "USD"}
    page = manager.get("/match/vehicles/new", query_string=asked).text
    assert 'value="28,900"' in page and re.search(r'selected[^>]*value="GBP"|value="GBP"[^>]*selected', page)
    kept = manager.post("/match/vehicles/new", data=asked)
    assert kept.status_code == 303 and (OfferedVehicle.get().price_cents, OfferedVehicle.get().currency) == (
        2_890_000,
        "GBP",
    )
    assert "£28,900" in manager.get(kept.location).text


def test_many_rows_are_changed_after_a_preview_and_taken_back(visit, cast):
    options, theirs = [wanting(cast) for _ in range(3)], wanting(cast, cast.agent2)
    marta, ids = visit("agent"), [option.id for option in options]
    asked = marta.post("/buyers/bulk", data={"ids": [*ids, theirs.id], "key": "timeline", "text": "by June"})
    assert asked.status_code == 200 and "3 cells to change, 1 can’t be" in asked.text
    kept = re.search(r'name="edits" value="([^"]+)"', asked.text)[1].replace("&#34;", '"')
    told = marta.post("/buyers/changes", data={"how": "bulk", "edits": kept})
    assert told.status_code == 303 and {option.needs.timeline for option in map(fresh, options)} == {"by June"}
    editing.edit(editing.Edit(ids[0], "timeline", "in May"), cast.agent)
    undone = marta.post(told.headers["Location"].partition("?")[0] + "/undo", follow_redirects=True).text
    assert "but for 1 that somebody changed since" in undone
    assert [fresh(option).needs.timeline for option in options] == ["in May", "", ""]
    for junk in ("", "[", "[[1]]", '[[1,"nope","x",null]]', json.dumps([[ids[0], "model", "x", "1"]])):
        assert marta.post("/buyers/changes", data={"how": "paste", "edits": junk}).status_code == 422


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_comes_back_as_it_was_changed(visit, cast, kind):
    option = wanting(cast, colours="=cmd|'x'", year_from=2021)
    marta = visit("agent")
    address = f"/buyers/?format={kind}&columns=number,model,years,colours&make=Toyota"
    content = marta.get(address).data
    if kind == "xlsx":
        book = load_workbook(io.BytesIO(content))
        assert [one.value for one in book.active[1]] == ["No.", "Buyer", "Model", "Years", "Colors"]
        assert book.active["E2"].data_type == "s"
        book.active["D2"], written = "2022–24", io.BytesIO()
        book.save(written)
        content = written.getvalue()
    else:
        rows = list(csv.reader(content.decode("utf-8-sig").splitlines()))
        assert rows[0] == ["No.", "Buyer", "Model", "Years", "Colors"] and len(rows) == 2
        content = content.decode().replace("2021–", "2022–24").encode()
    shown = marta.post("/buyers/file", data={"files": (io.BytesIO(content), f"b.{kind}")})
    assert shown.status_code == 200 and "1 cell to change" in shown.text and "2022–2024" in shown.text
    assert fresh(option).year_from == 2021, "nothing is written before it is confirmed"
    bad = marta.post("/buyers/file", data={"files": (io.BytesIO(b"Name,Year\nx,2020\n"), "b.csv")})
    assert bad.status_code == 422 and "no column “No.”" in bad.text
    assert marta.post("/buyers/file", data={}).status_code == 422


def test_ten_times_the_rows_are_asked_with_the_same_queries(visit, cast):
    kept, marta, counts = offered.enter(cast.manager, make="Toyota", model="RAV4"), visit("agent"), {}
    for number in (2, 20):
        for _ in range(number):
            wanting(cast)
        for path in ("/buyers/", f"/match/vehicles/{kept.id}", "/match/vehicles/"):
            marta.get(path)
            with queries() as told:
                assert marta.get(path).status_code == 200
            counts.setdefault(path, []).append(len(told))
    assert all(few == many for few, many in counts.values()) and counts["/buyers/"] == [11, 11], counts


def test_rows_that_are_kept_are_as_they_would_be_drawn_now(visit, cast):
    """For whoever looks, whoever looked before, and after each change of what a row tells."""
    lead = cast.lead(cast.agent)
    option = wanting(cast, lead=lead, colours="blue", most_miles=30_000)
    kept = offered.enter(cast.manager, make="Toyota", model="RAV4", colour="blue", price_cents=30_000_00)
    deal = cast.deal(cast.agent)
    VehicleOption.create(needs=NeedsAssessment.create(deal=deal), brand="Toyota")
    told_of_a_vehicle = {"model": "RAV4 XLE", "special": "Sunroof", "musts": frozenset({"price"}), "year_from": 2020}
    told_of_a_vehicle |= {"most_miles": 20_000, "distance_unit": "km", "colours": "red", "year_to": 2024}
    told_of_needs = {"timeline": "May", "location": "Reno", "budget_to_cents": 1_000_00, "mission": "Far", "version": 9}
    changes = [
        *((VehicleOption, option.id, {name: value}) for name, value in told_of_a_vehicle.items()),
        *((NeedsAssessment, option.needs_id, {name: value}) for name, value in told_of_needs.items()),
        (Customer, lead.customer_id, {"name": "Zoe Kirk"}),
        (Customer, lead.customer_id, {"region": "US-NV"}),
        (Lead, lead.id, {"state": "connected"}),
        (Lead, lead.id, {"owner": cast.agent2}),
        (User, cast.agent2.id, {"name": "Uma Vale"}),
        (Deal, deal.id, {"owner": None}),
        (House, 1, {"distance_unit": "km"}),
        (User, cast.manager.id, {"locale": "de-DE"}),
    ]
    everywhere = ",".join(column.key for column in BUYERS.columns)
    paths = (f"/buyers/?columns={everywhere}", "/match/?make=Toyota&model=RAV4", f"/match/vehicles/{kept.id}")
    people = [visit(role) for role in ("manager", "agent", "compliance", "manager")]
    for model, number, facts in [(House, 1, {"distance_unit": "mi"}), *changes]:
        model.update(**facts).where(model.id == number).execute()
        found = [rows_of(person, path) for person in people for path in paths]
        clear_all()
        assert found == [rows_of(person, path) for person in people for path in paths], facts


def rows_of(browser, path: str) -> str:
    return browser.get(path).text.split("<tbody>")[1].split("</tbody>")[0]


def test_a_view_of_the_list_is_kept_and_shared_by_a_manager(visit, cast):
    boss, marta = visit("manager"), visit("agent")
    boss.post("/list-views/buyers", data={"name": "Toyotas", "query": "make=Toyota&sort=years&junk=1"})
    wanting(cast)
    boss.post("/list-views/buyers", data={"name": "Toyotas too", "query": "make=Toyota&sort=years&junk=1"})
    view = SavedView.get(SavedView.name == "Toyotas too")
    assert view.query == "make=Toyota&sort=years" and "Toyotas" not in marta.get("/list-views/buyers").text
    assert marta.post(f"/list-views/{view.id}/sharing").status_code == 403
    boss.post(f"/list-views/{view.id}/sharing")
    assert "Toyotas too" in marta.get("/list-views/buyers").text
    assert marta.post(f"/list-views/{view.id}/removal").status_code == 404
    assert boss.post("/list-views/buyers", data={"name": "", "query": ""}).status_code == 422


def test_a_kept_vehicle_tells_the_owners_of_its_best_buyers_and_again_at_a_new_price(visit, cast):
    mine, theirs = wanting(cast), wanting(cast, cast.agent2, year_from=2020)
    NeedsAssessment.update(budget_to_cents=30_000_00).execute()
    VehicleOption.update(most_miles=40_000, colours="any", year_from=2020).execute()
    marta = visit("agent")
    found = marta.get("/match/?make=Toyta&model=RAV4&year=2023&distance=30000&price_cents=29000&colour=blue").text
    assert "1 buyer, best first" in found and "Keep and tell owners" in found
    sent = {
        "make": "toyta",
        "model": "rav4",
        "year": "2023",
        "distance": "30000",
        "price_cents": "29,000",
        "source": "Auction",
        "once": "k",
    }
    for _ in range(2):
        assert marta.post("/match/vehicles/new", data=sent).status_code == 303
    kept = OfferedVehicle.get()
    assert (kept.name, kept.entered_by, kept.source) == ("2023 Toyota RAV4", cast.agent, "Auction")
    told = [(one.user, one.lead_id) for one in Notification.select().where(Notification.text.contains("on offer"))]
    assert told == [(cast.agent2, theirs.needs.lead_id)], "each hears of their own, and nobody of what they did"
    offered.correct(kept, cast.manager, kept.version, price_cents=27_000_00)
    assert {one.user for one in Notification.select().where(Notification.text.contains("new price"))} == {
        cast.agent,
        cast.agent2,
    }
    assert marta.post("/match/vehicles/new", data={"make": "", "year": "20x", "until": "2020-01-01"}).status_code == 422
    assert visit("agent2").get(f"/match/vehicles/{kept.id}/edit").status_code == 403
    assert f'value="{mine.id}"' in marta.get(f"/match/vehicles/{kept.id}").text
    marta.post(f"/match/vehicles/{kept.id}/removal")
    assert f'id="offered-{kept.id}"' not in marta.get("/match/vehicles/").text
    assert f'id="offered-{kept.id}"' in marta.get("/match/vehicles/?show=all").text


def test_it_opens_from_a_deal_an_asset_or_a_text_and_leaves_out_whom_nothing_is_offered(visit, cast):
    wanting(cast)
    for facts in ({"status": "cancelled"}, {"no_calls": True, "no_emails": True}):
        row = editing.row_of(wanting(cast).id, cast.agent)
        Customer.update(**facts).where(Customer.id == row.customer_id).execute()
    deal = cast.deal(cast.agent, vehicle_make="Toyota", vehicle_model="RAV4", vehicle_year=2023)
    wants = NeedsAssessment.create(deal=deal)
    VehicleOption.create(needs=wants, brand="Toyota", model="RAV4")
    Deal.update(state=LOSING).where(Deal.id == deal.id).execute()
    asset = Asset.create(customer=deal.customer, name="2023 Toyota RAV4 XLE")
    marta = visit("agent")
    for address in (f"deal={deal.id}", f"asset={asset.id}", "said=toyta+rav4"):
        page = marta.get(f"/match/?{address}").text
        assert "1 buyer, best first" in page, address
        for why in ("asked not to be contacted", "under cancellation review", "cancelled"):
            assert f"1 {why} is left out" in page, (address, why)
    assert f"/match/?deal={deal.id}" in marta.get(f"/deals/{deal.id}").text
    foreign = cast.deal(cast.agent2)
    hidden = Asset.create(customer=foreign.customer, name="Kia")
    assert marta.get(f"/match/?deal={foreign.id}").status_code == 404
    assert visit("retention").get(f"/match/?asset={hidden.id}").status_code == 404


def test_a_call_sequence_of_buyers_and_to_whom_it_was_offered(visit, cast):
    option, kept = wanting(cast), offered.enter(cast.manager, make="Toyota", model="RAV4")
    answer = visit("agent").post(f"/match/vehicles/{kept.id}/calls", data={"ids": [option.id]})
    assert answer.status_code == 303 and CallSequence.get().name == "Toyota RAV4"
    assert VehicleOffer.get().lead_id == option.needs.lead_id
    assert "Put in a call sequence" in visit("agent").get(f"/match/vehicles/{kept.id}").text


def test_mail_to_many_needs_consent_and_is_left_without_signing_in(app, visit, cast, settings):
    agreed, silent, locked = wanting(cast), wanting(cast), wanting(cast)
    kept, by = offered.enter(cast.manager, make="Toyota", model="RAV4"), cast.agent
    for option in (agreed, locked):
        person = editing.row_of(option.id, by).lead.person
        Consent.create(person=person, channels={"email"}, purpose=OFFERS, words="Tell me", how="phone")
    customer = editing.row_of(locked.id, by).customer
    Customer.update(no_emails=True).where(Customer.id == customer.id).execute()
    form = {
        "ids": [agreed.id, silent.id, locked.id],
        "subject": "A RAV4",
        "text": "One has come in. Would you like to hear more?",
    }
    form |= {"next_step": "Ask", "due_at": f"{clock.now():%Y-%m-}{clock.now().day + 2}T10:00"}
    refused = visit("agent").post(f"/match/vehicles/{kept.id}/emails", data=form)
    assert refused.status_code == 422 and "No mail server is set up" in refused.text
    with mail_server() as inbox:
        house = with_server(settings, inbox.port)
        for _ in range(2):
            visit("agent").post(f"/match/vehicles/{kept.id}/emails", data=form | {"once": "k"})
        assert [one.customer_id for one in VehicleOffer.select()] == [editing.row_of(agreed.id, by).customer_id]
        send_waiting(house)
        assert len(inbox.taken) == 1, "sent twice, mailed once"
        content = inbox.taken[0].content.decode()
    outbox_address.open_with(Settings())
    assert "\nDate: " in content and "\nMessage-ID: <" in content
    assert "List-Unsubscribe: <" in content and "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in content
    path = "/unsubscribe/" + OutgoingMail.get().unsubscribe.rpartition("/")[2]
    somebody = app.test_client()
    assert (
        "Unsubscribe?" in somebody.get(path).text
        and Consent.select().where(Consent.withdrawn_at.is_null()).count() == 2
    )
    OutgoingMail.create(to=OutgoingMail.get().to.title(), subject="Another", body="x", unsubscribe="x")
    assert "You are unsubscribed" in somebody.post(path, data={"List-Unsubscribe": "One-Click"}).text
    assert [mail.sent_at is not None for mail in OutgoingMail.select()] == [True], "what is on its way stays here"
    assert somebody.post(path[:-2] + "xx").status_code == 404
    row = offering.chosen([agreed.id], by)[0]
    assert offering.why_no_email(row, by, clock.now()) == offering.NO_CONSENT


def test_musts_are_marked_in_both_forms_of_what_they_want(visit, cast):
    lead, deal, marta = cast.lead(cast.agent), cast.deal(cast.agent), visit("agent")
    typed = {
        "option-0-brand": "Kia",
        "option-0-model": "Rio",
        "option-0-colours": "red",
        "option-0-musts": ["", "colours"],
    }
    assert marta.post(f"/leads/{lead.id}/needs", data=typed | {"version": "0"}).status_code == 303
    assert (
        marta.post(
            f"/deals/{deal.id}/needs",
            data=typed | {"option-1-brand": "", "option-1-musts": ["", "model"], "currency": "USD", "matters_most": ""},
        ).status_code
        == 303
    )
    wanted = list(VehicleOption.select().order_by(VehicleOption.id))
    assert [option.musts for option in wanted] == [{"colours"}] * 2
    for address in (f"/leads/{lead.id}/needs", f"/deals/{deal.id}/needs"):
        page = marta.get(address).text
        assert re.findall(r'<input checked[^>]*value="(\w+)"', page)[:1] == ["colours"] and "are wishes" in page
    del typed["option-0-musts"]
    version = again(lead.needs).version
    marta.post(f"/leads/{lead.id}/needs", data=typed | {"option-0-colours": "blue", "version": version})
    assert again(wanted[0]).musts == {"colours"}, "a form that does not ask leaves it"


def test_a_filter_says_how_many_each_of_its_options_would_leave(visit, cast):
    for make in ("Toyota", "Toyota", "Kia"):
        VehicleOption.update(brand=make, year_from=2023).where(VehicleOption.id == wanting(cast).id).execute()
    marta, part = visit("agent"), {"HX-Request": "true", "HX-Request-Type": "partial"}
    assert "counts=make" in marta.get("/buyers/").text
    menu = re.sub(r"<[^>]+>", " ", marta.get("/buyers/?counts=make&make=Kia", headers=part).text).split()
    assert menu == ["Any", "Kia", "1", "rows", "Toyota", "2", "rows"]
    menu = re.sub(r"<[^>]+>", " ", marta.get("/buyers/?counts=stands&make=Kia", headers=part).text)
    assert menu.split() == ["Any", "Leads", "1", "rows", "Deals", "0", "rows"]
