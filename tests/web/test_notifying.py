"""Where one hears of what, over HTTP: the matrix of one's own settings, devices, links in emails, and the steps of
escalation."""

import re

from carmanana.core.signed import sign
from carmanana.leads.inquiry_limits import LIMITS, STOP
from carmanana.records.escalation import EscalationStep
from carmanana.records.notification_settings import NotificationSettings, choices_of
from carmanana.records.notifications import Notification
from carmanana.records.push import PushDevice
from carmanana.records.weekly_reports import WeeklyReport
from carmanana.reports import weekly
from carmanana.staffing import sessions, signin

P256DH, AUTH = "B" * 87, "A" * 22


def test_each_ticks_what_can_reach_them_and_what_must_stay_says_so(visit, cast):
    agent = visit("agent")
    page = agent.get("/me/notifications").text
    assert "A lead is yours now" in page and "A cancellation waits for your first contact" not in page
    locked = re.search(r'name="by_app" value="contact_locked" checked disabled', page)
    assert locked and "Always in the app. The first contact depends on it." in page
    sent = {
        "digest_at": "17:30",
        "digest": "y",
        "by_app": ["deal_mine", "review_mine", "nonsense"],
        "by_email": "deal_mine",
    }
    assert agent.post("/me/notifications", data=sent).status_code == 303
    chosen, settings = choices_of(cast.agent), NotificationSettings.of(cast.agent)
    assert chosen["deal_mine"].email and not chosen["lead_mine"].app and "review_mine" not in chosen
    assert chosen["contact_locked"].app and settings.digest_at == "17:30" and not settings.push_names
    refused = agent.post("/me/notifications", data=sent | {"digest_at": "25:00", "by_push": "lead_new"})
    assert refused.status_code == 422 and "Choose a time of the list" in refused.text
    assert 'name="by_push" value="lead_new" checked' in refused.text, "what was ticked is kept"
    assert NotificationSettings.of(cast.agent).digest_at == "17:30"


def test_a_line_that_tells_of_many_leads_to_their_list_and_reads_them_all(visit, cast):
    for name in ("Ana", "Ben", "Cleo"):
        Notification.tell(cast.agent, "lead_mine", f"{name} is your lead now")
        Notification.tell(cast.compliance, "absence", f"{name} is away")
    agent = visit("agent")
    page = agent.get("/notifications/").text
    assert "3 leads are yours now" in page and "Ana is" not in page and 'aria-label="Notifications: 1 new"' in page
    head = Notification.of(cast.agent).first()
    assert agent.post(f"/notifications/{head.id}/read").location == "/leads/?mine=1"
    assert agent.get("/leads/?mine=1").status_code == 200
    assert not Notification.select().where(Notification.user == cast.agent, Notification.read_at.is_null()).count()
    theirs = Notification.of(cast.compliance).first()
    assert agent.get(f"/notifications/{theirs.id}").status_code == 404
    assert visit("compliance").get(f"/notifications/{theirs.id}").location == "/notifications/", (
        "the list is a manager's"
    )


def test_a_link_in_an_email_turns_that_email_off_for_whoever_posts_to_it(app, visit, cast, monkeypatch):
    weekly.settle(cast.agent, True)
    anybody = visit()
    for email in ("digest", "weekly"):
        path = f"/emails/stop/{sign('s' * 64, 'stop', email, cast.agent.id)}"
        assert "Turn it off" in anybody.get(path).text
        assert NotificationSettings.of(cast.agent).digest or email == "weekly", "looking changes nothing"
        app.config["WTF_CSRF_ENABLED"] = True
        answer = anybody.post(path, data={"List-Unsubscribe": "One-Click"})
        app.config["WTF_CSRF_ENABLED"] = False
        assert (
            answer.status_code == 200 and "It is turned off" in answer.text and not answer.headers.getlist("Set-Cookie")
        )
    assert not NotificationSettings.of(cast.agent).digest and not WeeklyReport.wanted_by(cast.agent)
    for wrong in ("x", "digest.1.x", "%00", path.rpartition("/")[2].replace("weekly", "digest")):
        assert anybody.post(f"/emails/stop/{wrong}").status_code == 404
    monkeypatch.setitem(LIMITS, STOP, ((3, LIMITS[STOP][0][1]),))
    assert [anybody.post(path).status_code for _ in range(2)] == [200, 422]


def test_a_browser_is_entered_listed_and_removed_and_a_forged_one_refused(visit, cast):
    agent, sent = visit("agent"), {"endpoint": "https://fcm.googleapis.com/fcm/send/1", "p256dh": P256DH, "auth": AUTH}
    for wrong in ({"endpoint": "https://10.0.0.1/x"}, {"p256dh": "x"}, {"auth": ""}, {"endpoint": "\x00" * 9}):
        assert agent.post("/me/devices", data=sent | wrong).status_code == 422
    assert [agent.post("/me/devices", data=sent).status_code for _ in range(2)] == [204, 204]
    device = PushDevice.get()
    assert visit("agent2").post(f"/me/devices/{device.id}/remove").status_code == 404
    assert visit("agent2").delete("/me/devices", data=sent).status_code == 404
    assert agent.delete("/me/devices", data=sent).status_code == 204 and not PushDevice.select().count()
    for end in (sessions.end_others, lambda user, _: signin.end_sessions(user)):
        assert agent.post("/me/devices", data=sent).status_code == 204
        end(cast.agent, "this one")
        assert not PushDevice.select().count(), "whoever has the lost phone reads nothing more"
        agent = visit("agent")


def test_the_steps_of_escalation_are_an_admins_to_set(visit, cast):
    admin, steps = visit("admin"), list(EscalationStep.select().order_by(EscalationStep.id))
    sent = (
        {"version": "1"} | {f"after_{step.id}": "2" for step in steps} | {f"unit_{step.id}": "days" for step in steps}
    )
    assert "A lead was not answered in time" in visit("manager").get("/escalation").text
    refused = admin.post("/escalation", data=sent | {f"after_{steps[2].id}": "99"})
    assert refused.status_code == 422 and "to 30 business days" in refused.text and 'value="99"' in refused.text
    assert admin.post("/escalation", data=sent | {f"active_{steps[0].id}": "y"}).status_code == 303
    assert [(s.active, s.after, s.unit) for s in EscalationStep.of("follow_up")] == [(True, 2, "days")]
    assert admin.post("/escalation", data=sent).status_code == 409
