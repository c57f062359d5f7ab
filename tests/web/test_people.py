"""The pages of people: the list, joining, changing, being away, leaving, handing over."""

import re

import pytest

from carmanana.core import clock
from carmanana.records.compliance import Consequence
from carmanana.records.people import Absence, Session, User
from carmanana.staffing.absences import be_away
from carmanana.staffing.leaving import deactivate

from ..cast import Cast
from ..counting import queries

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


def person(**other):
    return {
        "name": "Ewa Nowak",
        "email": "ewa@carmanana.example",
        "roles": ["agent"],
        "manager": "",
        "timezone": "europe/warsaw",
        "phone": "",
    } | other


def form_of(user, **other):
    kept = {
        "name": user.name,
        "email": user.email,
        "roles": sorted(user.roles),
        "manager": str(user.manager_id or ""),
        "timezone": user.timezone,
    }
    return kept | {"phone": user.phone, "version": str(user.version)} | other


# the list and the page


def test_the_list_shows_who_is_here_away_and_gone(visit, cast):
    cast.deal(cast.agent)
    be_away(cast.agent, cast.agent, clock.today(), clock.today())
    deactivate(cast.agent2, cast.admin)
    page = visit("manager").get("/people/").text
    row = re.search(r"<tr[^>]*>(?:(?!</tr>).)*Marta Sandoval.*?</tr>", page, re.DOTALL)[0]
    assert "Away until 18 Nov" in row
    assert re.search(r'class="number[ ]*" ?>1<', row)
    assert "Ingrid Dahl" in row
    assert "Thabo Okafor" not in page
    assert "CarManana</b>" not in page, "the house is nobody"
    gone = visit("manager").get("/people/?group=left").text
    assert "Thabo Okafor" in gone and "Former, since 18 Nov" in gone


def test_the_list_takes_as_many_queries_for_many_as_for_few(visit, cast):
    client = visit("manager")
    client.get("/people/")
    with queries() as few:
        client.get("/people/")
    for number in range(20):
        User.create(email=f"p{number}@x.example", name=f"P {number}", roles={"agent"}, manager=cast.manager)
    with queries() as many:
        client.get("/people/")
    assert len(many) == len(few)


def test_a_manager_reads_and_an_admin_edits(visit, cast):
    path = f"/people/{cast.agent.id}"
    seen, edited = visit("manager").get(path).text, visit("admin").get(path).text
    for control in ("/edit", "/password-link", "/deactivation"):
        assert path + control not in seen
        assert path + control in edited
    assert "/absences/new" in seen and "/restrictions/new" in seen


def test_an_absent_owner_is_told_of(visit, cast):
    cast.deal(cast.agent)
    be_away(cast.agent, cast.agent, clock.today(), clock.today())
    page = visit("manager").get(f"/people/{cast.agent.id}").text
    assert (
        "Marta is away until 18 Nov, and their manager Ingrid Dahl has been told: 1 open deal and 0 next steps wait."
        in page
    )


@pytest.mark.parametrize("path", ["/people/1", "/people/1/edit", "/people/1/hand-over", "/people/1/absences/new"])
def test_the_house_has_no_page(visit, path):
    assert visit("admin").get(path).status_code == 404


# joining and changing


def test_somebody_new_gets_a_link_and_chooses_a_password(visit, cast):
    admin = visit("admin")
    made = admin.post("/people/new", data=person())
    assert made.status_code == 303
    user = User.get(User.email == "ewa@carmanana.example")
    assert made.location == f"/people/{user.id}"
    assert user.timezone == "Europe/Warsaw"
    page = admin.post(f"/people/{user.id}/password-link").text
    link = re.search(r'value="[^"]*(/password/[^"]+)"', page)[1]
    assert link not in admin.get(f"/people/{user.id}").text, "shown once"
    browser = visit()
    browser.post(link, data={"password": "a quiet river bend"})
    assert browser.post("/sign-in", data={"email": user.email, "password": "a quiet river bend"}).location == "/"


def test_a_double_click_makes_one_person(visit):
    admin = visit("admin")
    answers = [admin.post("/people/new", data=person(once="k")) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location


WRONG = {
    "name": ({"name": ""}, "Enter a name."),
    "email": ({"email": "agent@carmanana.example"}, "Somebody has this address already."),
    "roles": ({"roles": []}, "Choose at least one role."),
    "an invented role": ({"roles": ["king"]}, "Choose from the list."),
    "zone": ({"timezone": "Atlantis"}, "Choose a time zone such as America/New_York."),
    "manager": ({"manager": "999"}, "Choose somebody from the list."),
    "a long name": ({"name": "x" * 121}, "At most 120 characters."),
}


@pytest.mark.parametrize("wrong, sentence", WRONG.values(), ids=WRONG)
def test_what_is_wrong_comes_back_with_what_was_typed(visit, wrong, sentence):
    for headers in ({}, HTMX):
        answer = visit("admin").post("/people/new", data=person(phone="0048 1", **wrong), headers=headers)
        assert answer.status_code == 422
        assert sentence in answer.text
        assert 'value="0048 1"' in answer.text
        assert "aria-invalid" in answer.text


def test_the_dialog_is_a_fragment_for_htmx_and_a_page_otherwise(visit):
    admin = visit("admin")
    assert "<!doctype html>" in admin.get("/people/new").text
    fragment = admin.get("/people/new", headers=HTMX).text
    assert fragment.startswith('<hx-partial hx-target="#dialog"')
    assert "<!doctype html>" not in fragment


def test_new_roles_end_their_sessions(visit, cast):
    agent, admin = visit("agent"), visit("admin")
    assert agent.get("/me").status_code == 200
    admin.post(f"/people/{cast.agent.id}/edit", data=form_of(cast.agent, roles=["agent", "retention"]))
    assert cast.agent.roles == {"agent", "retention"}
    assert agent.get("/me").status_code == 303


def test_a_stale_form_keeps_what_was_typed(visit, cast):
    admin, stale = visit("admin"), form_of(cast.agent, phone="typed here")
    admin.post(f"/people/{cast.agent.id}/edit", data=form_of(cast.agent, phone="1"))
    answer = admin.post(f"/people/{cast.agent.id}/edit", data=stale)
    assert answer.status_code == 409
    assert "while you were typing" in answer.text
    assert 'value="typed here"' in answer.text
    assert f'name="version" value="{cast.agent.version}"' in answer.text
    assert cast.agent.phone == "1"


def test_losing_deal_roles_with_open_deals_leads_to_the_hand_over(visit, cast):
    cast.deal(cast.agent)
    answer = visit("admin").post(f"/people/{cast.agent.id}/edit", data=form_of(cast.agent, roles=["compliance"]))
    assert answer.status_code == 422
    assert "1 open deal and 0 next steps are still theirs." in answer.text
    assert f"/people/{cast.agent.id}/hand-over" in answer.text


# being away


def test_an_agent_enters_their_own_days_and_nobody_elses(visit, cast):
    agent = visit("agent")
    days = {"starts_on": "2026-11-20", "ends_on": "2026-11-24", "reason": "Wedding"}
    assert agent.post(f"/people/{cast.agent.id}/absences/new", data=days).location == "/me"
    assert "20 Nov – 24 Nov" in agent.get("/me").text
    assert agent.post(f"/people/{cast.agent2.id}/absences/new", data=days).status_code == 404
    absence = Absence.get()
    assert agent.post(f"/people/{cast.agent.id}/absences/{absence.id}/end").location == "/me"
    assert not Absence.select().exists()


def test_a_manager_enters_days_for_somebody(visit, cast):
    manager = visit("manager")
    answer = manager.post(
        f"/people/{cast.agent.id}/absences/new", data={"starts_on": "2026-11-20", "ends_on": "2026-11-19"}
    )
    assert answer.status_code == 422
    assert "the first one first" in answer.text
    assert 'value="2026-11-20"' in answer.text
    answer = manager.post(
        f"/people/{cast.agent.id}/absences/new", data={"starts_on": "2026-11-18", "ends_on": "2026-11-19"}
    )
    assert answer.location == f"/people/{cast.agent.id}"
    assert "Away until 19 Nov" in manager.get(answer.location).text


def test_an_absence_belongs_to_its_person(visit, cast):
    absence = be_away(cast.agent2, cast.agent2, clock.today(), clock.today())
    assert visit("agent").post(f"/people/{cast.agent.id}/absences/{absence.id}/end").status_code == 404
    assert visit("manager").post(f"/people/{cast.agent.id}/absences/{absence.id}/end").status_code == 404
    assert Absence.select().exists()


# access to stages


def test_a_stage_is_taken_and_given_back(visit, cast):
    manager, path = visit("manager"), f"/people/{cast.agent.id}"
    form = {"stage": str(cast.stage(5).id), "starts_on": "2026-11-18", "ends_on": "", "reason": "Promised a refund"}
    answer = manager.post(f"{path}/restrictions/new", data=form | {"reason": ""})
    assert answer.status_code == 422 and "Say why, in words." in answer.text
    assert manager.post(f"{path}/restrictions/new", data=form).location == path
    page = manager.get(path).text
    assert "Promised a refund" in page and "until it is restored" in page
    barred = Consequence.get()
    assert manager.post(f"/people/{cast.agent2.id}/restrictions/{barred.id}/end").status_code == 404
    assert manager.post(f"{path}/restrictions/{barred.id}/end").location == path
    assert Consequence.get().state == "taken_back"


# leaving


def test_somebody_leaves_and_comes_back(visit, cast):
    agent, admin, path = visit("agent"), visit("admin"), f"/people/{cast.agent.id}"
    assert "They have no open work." in admin.get(f"{path}/deactivation").text
    assert admin.post(f"{path}/deactivation").location == path
    assert agent.get("/me").status_code == 303
    assert not Session.select().where(Session.user == cast.agent).exists()
    assert visit().post("/sign-in", data={"email": cast.agent.email, "password": Cast.PASSWORD}).status_code == 422
    assert admin.post(f"{path}/password-link").status_code == 422
    assert admin.post(f"{path}/reactivation").location == path
    visit("agent")


def test_open_work_keeps_them_and_leads_to_the_hand_over(visit, cast):
    cast.deal(cast.agent)
    admin, path = visit("admin"), f"/people/{cast.agent.id}"
    page = admin.get(f"{path}/deactivation").text
    assert f"{path}/hand-over" in page and "disabled" in page
    answer = admin.post(f"{path}/deactivation")
    assert answer.status_code == 422
    assert "Hand over" in answer.text and f"{path}/hand-over" in answer.text
    assert cast.agent.active
    assert admin.get(f"{path}/hand-over", headers=HTMX).headers["HX-Redirect"] == f"{path}/hand-over"
