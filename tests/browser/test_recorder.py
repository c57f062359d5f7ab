"""A voicemail is spoken into the browser, heard, and kept."""

from playwright.sync_api import expect

from carmanana.records.scripts import Script, ScriptRecording
from tests.find_browser import find

from .conftest import QUIET, Visitor
from .contexts import PATIENCE

A_MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


def test_a_voicemail_is_recorded_played_back_discarded_and_kept(chromium, site, scene):
    browser = chromium.browser_type.launch(executable_path=find(), args=[*QUIET, *A_MICROPHONE], timeout=3 * PATIENCE)
    try:
        page = Visitor(
            browser.new_context(permissions=["microphone"], reduced_motion="reduce").new_page(), site
        ).sign_in("manager")
        _record(page)
    finally:
        browser.close()


def _record(manager):
    manager.page.set_default_timeout(PATIENCE)
    script = Script.select().where(Script.situation == "lead_voicemail", Script.language == "en").get()
    page = manager.go(f"/scripts/{script.id}").page
    for ending in ("Discard", "Keep it"):
        page.get_by_role("button", name="Record", exact=True).click()
        expect(page.locator("[data-time]")).not_to_have_text("0:00")
        page.get_by_role("button", name="Stop").click()
        expect(page.locator("[data-playback]")).to_be_visible()
        page.get_by_role("button", name=ending, exact=True).click()
        if ending == "Discard":
            expect(page.locator("[data-playback]")).to_be_hidden()
    expect(page.locator("[data-player]")).to_be_visible()
    assert manager.faults() == []
    kept = ScriptRecording.get()
    assert kept.media_type in ("audio/mp4", "audio/webm") and kept.size > 500
    assert (
        page.evaluate(
            "(async () => { const audio = document.querySelector('[data-player] audio'); audio.muted = true; await "
            "audio.play(); return audio.error })()"
        )
        is None
    )
