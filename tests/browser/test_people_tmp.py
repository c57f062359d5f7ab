import pytest
from datetime import timedelta
from carmanana import clock
from carmanana.people.absences import be_away
from carmanana.people.restrictions import restrict
from carmanana.people.models import Absence, User
from carmanana.deals.models import StageRestriction
from carmanana.notifications.models import Notification
from carmanana.customers.models import Customer
from carmanana.db import database

@pytest.fixture
def world(scene):
    database.execute_sql("DELETE FROM absence"); database.execute_sql("DELETE FROM stage_restriction")
    deal = scene.in_state("on_hold"); scene.in_state("cancellation_requested"); d = scene.deal(scene.agent, value_cents=3_890_000)
    scene.called(d, scene.agent)
    Customer.update(no_calls=True, region="Florida", owner=scene.agent).where(Customer.id == d.customer_id).execute()
    today = clock.today()
    be_away(scene.agent, scene.agent, today, today + timedelta(days=3), "Wedding of a very good friend in another country far away")
    restrict(scene.agent, scene.manager, scene.stage(5), today, None, "Promised a refund to a client by email although the SOP says otherwise")
    Notification.create(user=scene.admin, text="About " + "a long one " * 12, deal=d)
    return d

@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_mine(visitor, world, phone):
    one, found = visitor("admin", phone=phone), {}
    c = world.customer_id
    for path in ("/people/", "/people/?group=away", "/people/?group=left", "/people/4", "/people/4/edit", "/people/4/deactivation", "/people/4/hand-over", "/people/4/absences/new", "/people/4/restrictions/new", "/me", "/me/password", "/pipelines/", "/pipelines/stages/2/edit", "/pipelines/2/stages/new", "/notifications/", "/customers/", f"/customers/{c}"):
        for fault in one.go(path).faults():
            found.setdefault(fault, path)
    one.go("/people/4")
    one.page.get_by_role("button", name="Password link").click(); one.page.wait_for_load_state()
    for f in one.faults(): found.setdefault(f, "link")
    for name in ("Edit", "Deactivate…"):
        one.go("/people/4"); one.page.get_by_role("link", name=name).click(); one.page.get_by_role("dialog").wait_for()
        for f in one.faults(): found.setdefault(f, name)
    one.page.keyboard.press("Escape")
    one.go("/people/4/hand-over")
    one.page.get_by_role("button", name="Hand over").click(); one.page.wait_for_load_state()
    for f in one.faults(): found.setdefault(f, "handover refused")
    one.page.select_option("#owner", label="Thabo Okafor"); one.page.fill("#reason", "x")
    one.page.get_by_role("button", name="Hand over").click(); one.page.wait_for_load_state()
    for f in one.faults(): found.setdefault(f, "handover report")
    print(one.page.inner_text("main")[:600])
    man = visitor("manager", phone=phone)
    for path in (f"/customers/{c}", f"/customers/{c}/edit", f"/customers/{c}/owner", "/people/4"):
        for f in man.go(path).faults(): found.setdefault(f, path)
    man.go("/customers/"); 
    with man.page.expect_response("**/customers/?*"):
        man.page.type("#text", "maria", delay=20)
    man.page.wait_for_timeout(300)
    print(man.page.url, man.page.inner_text("#found")[:300])
    for f in man.faults(): found.setdefault(f, "search")
    man.go(f"/customers/{c}"); man.page.get_by_role("link", name="Edit").click(); man.page.get_by_role("dialog").wait_for()
    man.page.fill("#name", ""); man.page.get_by_role("dialog").get_by_role("button", name="Save").click(); man.page.wait_for_timeout(400)
    print(man.page.get_by_role("dialog").inner_text()[:300])
    for f in man.faults(): found.setdefault(f, "dialog error")
    man.page.fill("#name", "Neue Person"); man.page.get_by_role("dialog").get_by_role("button", name="Save").click(); man.page.wait_for_timeout(800)
    print(man.page.inner_text("h1"))
    assert not found, "\n".join(f"{path}: {fault}" for fault, path in found.items())
