"""What a phone has kept without a signal: taken once, at the time it was saved; the pages it keeps hold nothing
private."""

import json
import re
from datetime import timedelta

from carmanana.contacting.log import add_step
from carmanana.core import clock
from carmanana.core.idempotency import OneTimeKey
from carmanana.records.activities import Activity
from carmanana.records.checkins import CheckIn
from carmanana.records.deals import Deal
from carmanana.sweeps import tidy

from ..cast import NOON

KEPT = {"HX-Request": "true", "HX-Request-Type": "partial"}
NOTE = {"kind": "note", "summary": "Wants a blue one", "once": "k1"}


def kept(hours: float) -> dict:
    return KEPT | {"X-Kept": str(int(hours * 3600))}


def test_what_is_logged_is_of_the_time_it_was_saved_and_its_own_time_wins(visit, cast):
    deal = cast.deal(cast.agent)
    browser, url = visit("agent"), f"/deals/{deal.id}/activities/new"
    assert browser.post(url, data=NOTE, headers=kept(5)).status_code == 200
    assert Activity.get(Activity.kind == "note").at == NOON - timedelta(hours=5)
    call = {"kind": "call", "direction": "in", "summary": "They rang", "once": "k2"}
    assert browser.post(url, data=call | {"at": "2026-11-18T09:00"}, headers=kept(1)).status_code == 200
    rang = Activity.get(Activity.kind == "call")
    assert clock.local(rang.at, cast.agent.timezone).hour == 9 and rang.logged_later
    assert browser.post(url, data=NOTE | {"once": "k3"}, headers=KEPT | {"X-Kept": "-5"}).status_code == 200
    assert Activity.select().where(Activity.at > clock.now()).count() == 0


def test_done_is_done_when_it_was_saved_never_before_it_was_set(visit, cast):
    deal, lead = cast.deal(cast.agent), cast.lead(cast.agent)
    with clock.set_to(NOON - timedelta(hours=3)):
        steps = [add_step(record, cast.agent, "Call", NOON + timedelta(hours=1)) for record in (deal, lead)]
    browser = visit("agent")
    urls = [f"/steps/{steps[0].id}/done", f"/leads/{lead.id}/steps/{steps[1].id}/done"]
    for url, hours in zip(urls, (2, 900), strict=True):
        assert browser.post(url, data={"once": url}, headers=kept(hours)).status_code == 200
    done = [Activity.get_by_id(step.id).done_at for step in steps]
    assert done == [NOON - timedelta(hours=2), NOON - timedelta(hours=3)]
    for page in (f"/deals/{deal.id}", f"/leads/{lead.id}"):
        add_step(deal if "deals" in page else lead, cast.agent, "Again", NOON + timedelta(hours=1))
        form = re.search(
            r'<form[^>]*/done"[^>]*data-offline="Done: Again".*?</form>', browser.get(page).text, re.DOTALL
        )
        assert 'name="once"' in form[0]


def test_a_check_in_is_of_the_day_it_was_signed(visit, cast):
    with clock.set_to(NOON - timedelta(hours=24)):
        assert visit("agent").get("/check-in").status_code == 200
    browser = visit("agent")
    form = browser.get("/check-in").text
    assert 'data-offline="Start of day"' in form and 'hx-select="#main"' in form
    assert browser.post("/check-in", data={"kind": "start", "once": "a"}, headers=kept(24)).status_code == 200
    assert browser.post("/check-in", data={"kind": "start", "once": "b"}, headers=kept(3)).status_code == 200
    days = sorted((one.day.isoformat(), one.at) for one in CheckIn.select())
    assert days == [("2026-11-17", NOON - timedelta(hours=24)), ("2026-11-18", NOON - timedelta(hours=3))]
    again = browser.post("/check-in", data={"kind": "start", "once": "c"}, headers=kept(24))
    assert again.status_code == 422 and "You signed the start of day already" in again.text


def test_what_was_taken_is_answered_as_taken_for_sixty_days_whatever_has_come_between(visit, cast):
    deal = cast.deal(cast.agent)
    browser, url = visit("agent"), f"/deals/{deal.id}/activities/new"
    assert browser.post(url, data=NOTE, headers=kept(0)).status_code == 200
    Deal.update(owner=cast.agent2).where(Deal.id == deal.id).execute()
    tidy(clock.now() + timedelta(days=59))
    browser = visit("agent")
    again = browser.post(url, data=NOTE, headers=kept(1))
    assert (again.status_code, again.text) == (200, "")
    assert browser.post(url, data=NOTE | {"once": "other"}, headers=kept(1)).status_code == 404
    assert visit().post(url, data=NOTE, headers=kept(1)).status_code == 401
    assert visit("agent2").post(url, data=NOTE, headers=kept(1)).status_code == 200, "a key is one person's"
    assert Activity.select().where(Activity.kind == "note").count() == 2
    tidy(clock.now() + timedelta(days=61))
    assert OneTimeKey.select().count() == 0


def test_a_phone_keeps_only_what_anybody_may_see(visit, cast):
    cast.deal(cast.agent)
    script = visit().get("/service-worker.js")
    assert script.mimetype == "text/javascript" and "worker-src 'self'" in script.headers["Content-Security-Policy"]
    told = json.loads(re.match(r"const KEPT = (\{.*\})", script.text)[1])
    pages = [file for file in told["files"] if not file.startswith("/static/")]
    assert pages == ["/offline", "/offline/forms"] and all("?v=" in f for f in told["files"] if f not in pages)
    stranger = visit()
    for file in told["files"]:
        assert stranger.get(file).status_code == 200, file
    assert all("csrf" not in stranger.get(page).text for page in pages)
    token = visit("agent").get("/offline/token").json
    assert token["person"] == cast.agent.id and token["token"]
    assert visit().get("/offline/token", headers=KEPT).status_code == 401


def test_the_manifest_is_whole_and_its_addresses_lead_somewhere(visit):
    browser = visit("agent")
    manifest = json.loads(browser.get("/static/manifest.webmanifest").text)
    assert {"id", "name", "short_name", "start_url", "scope", "theme_color", "background_color"} <= manifest.keys()
    icons = {(icon["sizes"], icon["purpose"]) for icon in manifest["icons"]}
    assert {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")} <= icons
    wrong = [one["url"] for one in manifest["shortcuts"] if browser.get(one["url"]).status_code != 200]
    wrong += [one["src"] for one in manifest["icons"] if browser.get(f"/static/{one['src']}").status_code != 200]
    assert wrong == [] and manifest["share_target"]["action"] == "/shared"


def test_what_is_shared_is_asked_for_which_deal(visit, cast, app):
    mine, theirs = cast.deal(cast.agent), cast.deal(cast.agent2)
    browser = visit("agent")
    page = browser.get("/shared").text
    assert f"/deals/{mine.id}/files" in page and f"/deals/{theirs.id}/files" not in page
    found = visit("manager").get("/shared", query_string={"text": theirs.customer.name.split()[0]}).text
    assert f"/deals/{theirs.id}/files" in found
    app.config["WTF_CSRF_ENABLED"] = True
    assert browser.post("/shared", data={"title": "x"}).location == "/shared"
    assert browser.post("/shared", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert Activity.select().count() == 0


def test_signing_out_leaves_what_another_person_has_waiting(visit):
    assert "Clear-Site-Data" not in visit("agent").post("/sign-out", data={"others_wait": "1"}).headers
