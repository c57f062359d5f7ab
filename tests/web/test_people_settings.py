"""One's own page: zone, phone, password, theme."""

import pytest

from ..cast import Cast

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.mark.parametrize("who", Cast.ROLES)
def test_everybody_has_a_page_of_their_own(visit, cast, who):
    user = getattr(cast, who)
    client = visit(who)
    assert user.name in client.get("/me").text
    answer = client.post("/me", data={"timezone": "america/sao paulo", "phone": "+55 11", "version": str(user.version)})
    assert answer.status_code == 303
    assert getattr(cast, who).timezone == "America/Sao_Paulo"


def test_a_zone_that_is_none_comes_back_as_typed(visit, cast):
    answer = visit("agent").post("/me", data={"timezone": "Atlantis", "phone": "", "version": "1"})
    assert answer.status_code == 422
    assert 'value="Atlantis"' in answer.text
    answer = visit("agent").post("/me", data={"timezone": "", "phone": "", "version": "1"})
    assert answer.status_code == 422 and "Choose a time zone." in answer.text


def test_a_stale_page_of_ones_own(visit, cast):
    answer = visit("agent").post("/me", data={"timezone": "Europe/Berlin", "phone": "mine", "version": "77"})
    assert answer.status_code == 409
    assert 'value="mine"' in answer.text


def test_a_changed_password_ends_every_other_session(visit, cast):
    here, elsewhere = visit("agent"), visit("agent")
    answer = here.post("/me/password", data={"current": Cast.PASSWORD, "password": "a quiet river bend"})
    assert answer.location == "/me"
    assert here.get("/me").status_code == 200
    assert elsewhere.get("/me").status_code == 303
    assert (
        visit().post("/sign-in", data={"email": cast.agent.email, "password": "a quiet river bend"}).status_code == 303
    )


WRONG = {
    "guessed": ({"current": "wrong", "password": "a quiet river bend"}, "not your current password"),
    "too short": ({"current": Cast.PASSWORD, "password": "short"}, "10 to 256"),
}


@pytest.mark.parametrize("sent, sentence", WRONG.values(), ids=WRONG)
def test_a_password_that_can_not_be(visit, cast, sent, sentence):
    answer = visit("agent").post("/me/password", data=sent)
    assert answer.status_code == 422
    assert sentence in answer.text
    visit("agent")


REFERRERS = {
    "http://localhost/people/?group=left": "/people/?group=left",
    "https://evil.example/x": "/",
    "http://localhost//evil.example": "/",
    "http://localhost/\\evil.example": "/",
    "http://[": "/",
    "": "/",
}


@pytest.mark.parametrize("referrer, back", REFERRERS.items())
def test_the_theme_is_kept_and_leads_back_to_a_page_of_ours(visit, cast, referrer, back):
    client = visit("agent")
    answer = client.post("/theme", data={"theme": "dark"}, headers={"Referer": referrer} if referrer else {})
    assert (answer.status_code, answer.location) == (303, back)
    assert 'data-theme="dark"' in client.get("/me").text
    assert client.post("/theme", data={"theme": "light"}, headers=HTMX).status_code == 204
    assert client.post("/theme", data={"theme": "pink"}).status_code == 422
    assert cast.agent.theme == "light"
