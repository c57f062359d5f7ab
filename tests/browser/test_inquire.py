"""The inquiry form within another site: in a browser without scripts that keeps no cookies of ours."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import expect

from carmanana.records.inquiries import InquirySettings
from carmanana.records.leads import Lead

from .contexts import PATIENCE


class Page(BaseHTTPRequestHandler):
    """Somebody else's page with the form in a frame."""

    framed = ""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(f'<!doctype html><iframe src="{self.framed}" width="380" height="1500"></iframe>'.encode())

    def log_message(self, *told):
        pass


@pytest.fixture
def other_site(site, scene):
    """Its port; as localhost it is a listed site, as 127.0.0.1 it is none."""
    Page.framed = f"{site}/inquire"
    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    Thread(target=server.serve_forever, daemon=True).start()
    InquirySettings.update(origins=f"http://localhost:{server.server_port}").execute()
    yield server.server_port
    InquirySettings.update(origins="").execute()
    server.shutdown()
    server.server_close()


def opened(chromium, address: str):
    page = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    return page


def test_a_listed_site_shows_it_and_what_is_sent_becomes_a_lead(chromium, other_site):
    page = opened(chromium, f"http://localhost:{other_site}/")
    form = page.frame_locator("iframe")
    form.get_by_label("Make").fill("Honda")
    form.get_by_label("Your name").fill("Marisol Fuentes")
    form.get_by_label("Phone").fill("(505) 555-0147")
    form.get_by_role("button", name="Send").click()
    expect(form.get_by_text("Tick how we may answer you")).to_be_visible()
    form.get_by_label("Call me about this inquiry.").check()
    form.get_by_role("button", name="Send").click()
    expect(form.get_by_text("Thank you. We have it.")).to_be_visible()
    lead = Lead.get()
    assert lead.customer.name == "Marisol Fuentes" and lead.needs.wanted[0].brand == "Honda"
    assert page.context.cookies() == []


def test_another_site_does_not_show_it(chromium, other_site):
    page = opened(chromium, f"http://127.0.0.1:{other_site}/")
    expect(page.frame_locator("iframe").get_by_text("Which car are you looking for?")).to_have_count(0)
