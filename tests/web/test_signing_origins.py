"""Who may post from where, and the headers that every page carries."""

import re

import pytest

from carmanana.records.activities import Activity

from ..cast import Cast
from .test_signing import browser, sign_in

__all__ = ["browser"]


def test_a_form_without_its_token_is_refused(app, visit):
    client, another = visit("agent"), visit("manager")
    app.config["WTF_CSRF_ENABLED"] = True
    answer = client.post("/theme", data={"theme": "dark"})
    assert answer.status_code == 400
    assert "open for too long" in answer.text
    token = re.search(r'name="csrf-token" content="([^"]+)"', client.get("/me").text)[1]
    assert client.post("/theme", data={"theme": "dark", "csrf_token": token}).status_code == 303
    assert client.post("/theme", data={"theme": "dark"}, headers={"X-CSRFToken": token}).status_code == 303
    assert client.post("/theme", data={"theme": "dark"}, headers={"X-CSRFToken": token + "x"}).status_code == 400
    assert another.post("/theme", data={"theme": "dark", "csrf_token": token}).status_code == 400


def test_signing_in_needs_a_token_too(app, browser):
    app.config["WTF_CSRF_ENABLED"] = True
    assert sign_in(browser).status_code == 400
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/sign-in").text)[1]
    answer = browser.post(
        "/sign-in", data={"email": "agent@carmanana.example", "password": Cast.PASSWORD, "csrf_token": token}
    )
    assert answer.status_code == 303


ODD = {
    "a part without a name": {
        "data": b"--x\r\nContent-Disposition: form-data\r\n\r\nabc\r\n--x--\r\n",
        "content_type": "multipart/form-data; boundary=x",
    },
    "a file without a name": {
        "data": b'--x\r\nContent-Disposition: form-data; filename="a"\r\n\r\nabc\r\n--x--\r\n',
        "content_type": "multipart/form-data; boundary=x",
    },
    "a page before it that has no address": {"data": {"theme": "dark"}, "headers": {"Referer": "http://["}},
    "a page behind it that has no address": {
        "data": {"theme": "dark"},
        "headers": {"HX-Current-URL": "http://[", "HX-Request": "true"},
    },
}


@pytest.mark.parametrize("sent", ODD.values(), ids=ODD)
def test_what_is_no_form_of_a_browser_breaks_nothing_before_anybody_has_signed_in(app, browser, sent):
    assert browser.post("/theme", **sent).status_code < 500
    app.config["WTF_CSRF_ENABLED"] = True
    assert browser.post("/theme", **sent).status_code < 500


FROM = {
    "another site": ({"Sec-Fetch-Site": "cross-site"}, 403),
    "a sister site": ({"Sec-Fetch-Site": "same-site"}, 403),
    "another site that says it is ours": ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
    "our page": ({"Sec-Fetch-Site": "same-origin"}, 303),
    "the address bar": ({"Sec-Fetch-Site": "none"}, 303),
    "our origin": ({"Origin": "http://localhost"}, 303),
    "another origin": ({"Origin": "https://evil.example"}, 403),
    "our name as a part": ({"Origin": "https://localhost.evil.example"}, 403),
    "no origin to tell": ({"Origin": "null"}, 403),
    "an origin that is none": ({"Origin": "http://["}, 403),
    "an old browser": ({}, 303),
}


@pytest.mark.parametrize("headers, status", FROM.values(), ids=FROM)
def test_posts_from_elsewhere_are_refused(visit, headers, status):
    assert visit("agent").post("/theme", data={"theme": "dark"}, headers=headers).status_code == status


def test_every_page_carries_its_headers(visit):
    for client, path in ((visit(), "/sign-in"), (visit("agent"), "/me"), (visit("agent"), "/nowhere")):
        headers = client.get(path).headers
        assert "script-src 'self'" in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "geolocation=()" in headers["Permissions-Policy"] and "microphone=()" in headers["Permissions-Policy"]
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "private, no-store"
        assert "HX-Request" in headers["Vary"]


def test_another_host_name_is_refused(browser):
    answer = browser.get("/sign-in", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "TRUSTED_HOSTS" in answer.text


def test_an_expired_fragment_leads_to_the_sign_in_page(browser):
    answer = browser.get("/me", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/sign-in")


@pytest.mark.parametrize(
    ("headers", "location"),
    [
        ({}, "Location"),
        ({"HX-Request": "true", "HX-Current-URL": "http://localhost/deals/7?entries=all"}, "HX-Redirect"),
    ],
)
def test_a_form_sent_after_the_session_ended_leads_back_to_its_page(app, browser, headers, location):
    app.config["WTF_CSRF_ENABLED"] = True
    answer = browser.post(
        "/deals/7/activities/new",
        data={"csrf_token": "old"},
        headers=headers | {"Referer": "http://localhost/deals/7?entries=all", "Sec-Fetch-Site": "same-origin"},
    )
    assert answer.headers[location] == "/sign-in?next=/deals/7?entries%3Dall"


def test_nobody_is_led_to_a_foreign_page_after_signing_in(browser):
    answer = browser.get("/me", headers={"HX-Request": "true", "HX-Current-URL": "http://evil.example/deals/7"})
    assert answer.headers["HX-Redirect"] == "/sign-in"


def test_a_head_is_answered_like_a_get_and_writes_nothing(visit, cast):
    """Whatever stands in its body: a page that shows on GET and saves on POST must not save on what is neither."""
    client, deal = visit("agent"), cast.deal(owner=cast.agent)
    sent = {"kind": "note", "summary": "Prefers mornings"}
    answer = client.head(f"/deals/{deal.id}/activities/new", data=sent)
    assert answer.status_code == 200 and not answer.data
    assert not Activity.select().where(Activity.deal == deal, Activity.summary == sent["summary"]).exists()
    assert client.post(f"/deals/{deal.id}/activities/new", data=sent).status_code == 303
    assert visit().head("/sign-in").status_code == 200
