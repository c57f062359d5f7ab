"""Pushes on a device: allowed by a button, shown by the service worker, ended by the same button."""

import json

import pytest
from playwright.sync_api import expect

from carmanana.notifying import push_keys
from carmanana.records.push import PushDevice

from .waiting import until

# the browser's own push service can't be reached from here: it is asked, and answers, in the page
SERVICE = """
const made = {
  endpoint: "https://fcm.googleapis.com/fcm/send/abc",
  toJSON: () => ({ endpoint: made.endpoint, keys: { p256dh: "B".repeat(87), auth: "A".repeat(22) } }),
  unsubscribe: async () => !sessionStorage.removeItem("made"),
}
PushManager.prototype.subscribe = async (asked) => sessionStorage.setItem("made", asked.applicationServerKey.length) || made
PushManager.prototype.getSubscription = async () => (sessionStorage.getItem("made") === "65" ? made : null)
"""
SHOWN = (
    "navigator.serviceWorker.ready.then((there) => there.getNotifications()).then((all) => all.map((one) => one.body))"
)


@pytest.fixture(autouse=True)
def none_left(scene):
    yield
    PushDevice.delete().execute()


def test_a_device_is_allowed_shows_a_push_and_is_ended(visitor, site_settings, site):
    push_keys.made(site_settings.data)
    marta = visitor("agent", phone=True, permissions=["notifications"], service_workers="allow")
    marta.page.add_init_script(SERVICE)
    page = marta.go("/me/notifications").page
    assert marta.faults() == []
    page.get_by_role("button", name="Allow on this device").click()
    expect(page.get_by_role("button", name="End on this device")).to_be_visible()
    assert [device.user.email for device in PushDevice.select()] == ["agent@carmanana.example"]
    cdp, workers = page.context.new_cdp_session(page), []
    cdp.on("ServiceWorker.workerRegistrationUpdated", lambda told: workers.extend(told["registrations"]))
    cdp.send("ServiceWorker.enable")
    active = "navigator.serviceWorker.ready.then((there) => there.active.state === 'activated')"
    until(page, lambda: workers and page.evaluate(active))
    told = {
        "title": "CarManana",
        "body": "A lead is yours now",
        "url": "/notifications/",
        "tag": "lead_mine",
        "urgent": False,
    }
    push = {"origin": site, "registrationId": workers[0]["registrationId"], "data": json.dumps(told)}
    cdp.send("ServiceWorker.deliverPushMessage", push)
    until(page, lambda: "A lead is yours now" in page.evaluate(SHOWN))
    PushDevice.delete().execute()  # as when it is removed at another device
    page.reload()
    page.get_by_role("button", name="Allow on this device").click()
    page.get_by_role("button", name="End on this device").click()
    expect(page.get_by_text("No device takes pushes yet")).to_be_visible()
    assert not PushDevice.select().count()
