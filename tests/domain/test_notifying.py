"""What people are told beside the app: where they want it, in one line where it is alike, in the digest of a working
day, once each."""

import ast
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from carmanana.contacting import log
from carmanana.core import clock
from carmanana.core.workflow import Forbidden, Refused
from carmanana.leads import unanswered
from carmanana.notifying import devices, digest, emailing, escalation_settings, preferences, push_keys, pushing
from carmanana.notifying.escalation_settings import Chosen
from carmanana.notifying.late_follow_ups import escalate_follow_ups
from carmanana.notifying.stopping import addresses, meant
from carmanana.records.business_hours import Holiday
from carmanana.records.escalation import EscalationStep
from carmanana.records.mail import OutgoingMail
from carmanana.records.notification_kinds import KINDS, Ways
from carmanana.records.notification_settings import NotificationChoice, NotificationSettings
from carmanana.records.notifications import Notification
from carmanana.records.people import Absence, User
from carmanana.records.push import PushDevice, PushMessage

URL, SECRET = "https://cars.example", "s" * 64
STOP = addresses(SECRET, URL)
HOUSE = Path(__file__).resolve().parents[2] / "carmanana"
NOTHING = Ways(False, False, False, False)
P256DH, AUTH = "B" * 87, "A" * 22


def tell(user: User, kind: str = "lead_mine", text: str = "Ana Torres is your lead now", **about) -> None:
    Notification.tell(user, kind, text, **about)


def wants(user: User, **ways: Ways) -> None:
    preferences.settle(user, ways, True, "08:00", False)


def lines(user: User) -> list[str]:
    return [notification.told for notification in Notification.of(user)]


# kinds


def test_whatever_is_told_has_a_kind_of_the_catalogue():
    wrong, told = [], set()
    for path in HOUSE.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            name = getattr(getattr(call, "func", None), "attr", "")
            if name in ("tell", "tell_manager_of", "tell_managers", "tell_admins") and "Notification" in ast.unparse(
                call.func
            ):
                kind = call.args[0 if name in ("tell_managers", "tell_admins") else 1]
                if isinstance(kind, ast.Constant) and kind.value in KINDS:
                    told.add(kind.value)
                elif not (isinstance(kind, ast.Name) and kind.id == "kind"):
                    wrong.append(f"{path.name}:{call.lineno} {ast.unparse(kind)}")
    by_way_of_another = {"promise", "save_mine", "cancellation_news"}
    assert wrong == [] and KINDS.keys() - told <= by_way_of_another


def test_one_hears_of_a_kind_where_one_wants_to_and_of_what_is_fixed_always_in_the_app(cast):
    wants(
        cast.agent, lead_mine=NOTHING, deal_mine=Ways(False, False, True, False), contact_locked=NOTHING, left=NOTHING
    )
    tell(cast.agent)
    tell(cast.agent, "deal_mine", "Ana Torres is yours now")
    tell(cast.agent, "contact_locked", "Ana Torres: contact is locked")
    told = {told.kind: (told.shown, told.to_push, told.to_email, told.in_digest) for told in Notification.select()}
    assert told == {"deal_mine": (False, False, True, False), "contact_locked": (True, False, False, False)}
    assert lines(cast.agent) == ["Ana Torres: contact is locked"]
    chosen = {choice.kind for choice in NotificationChoice.select()}
    assert chosen == {"lead_mine", "deal_mine", "contact_locked"}, "nobody chooses of what can't reach them"
    wants(cast.agent, **{code: KINDS[code].usual for code in chosen})
    assert not NotificationChoice.select().count(), "what is usual is not kept"
    with pytest.raises(Refused):
        preferences.settle(cast.agent, {}, True, "03:33", False)


# alike ones in one line


def test_alike_ones_of_a_day_are_one_line_that_reads_all(cast):
    for name in ("Ana", "Ben", "Cleo"):
        tell(cast.agent, text=f"{name} is your lead now")
    tell(cast.agent2, text="Dora is your lead now")
    tell(cast.agent, "contact_locked", "Eve: contact is locked")
    tell(cast.agent, "contact_locked", "Finn: contact is locked")
    assert lines(cast.agent) == ["Finn: contact is locked", "Eve: contact is locked", "3 leads are yours now"]
    with clock.set_to(clock.now() + timedelta(days=1)):
        tell(cast.agent, text="Gus is your lead now")
        tell(cast.agent, text="Hal is your lead now")
    assert lines(cast.agent)[0] == "2 leads are yours now"
    head = Notification.of(cast.agent).first()
    head.mark_read()
    unread = {
        told.text
        for told in Notification.select().where(Notification.user == cast.agent, Notification.read_at.is_null())
    }
    assert unread == {
        "Finn: contact is locked",
        "Eve: contact is locked",
        *(f"{n} is your lead now" for n in ("Ana", "Ben", "Cleo")),
    }
    with clock.set_to(clock.now() + timedelta(days=1)):
        tell(cast.agent, text="Ida is your lead now")
    assert lines(cast.agent)[0] == "Ida is your lead now", "what was read gathers nothing more"


def test_when_the_newest_goes_with_its_record_the_others_are_there_again(cast):
    lead = cast.lead(cast.agent2)
    for text, about in (
        ("Ana is your lead now", {}),
        ("Ben is your lead now", {}),
        ("Cleo is your lead now", {"lead": lead}),
    ):
        tell(cast.agent, text=text, **about)
    Notification.delete().where(Notification.lead == lead).execute()
    assert lines(cast.agent) == ["2 leads are yours now"]


# the digest


def test_a_digest_goes_once_a_working_day_at_ones_own_time_and_never_with_nothing_to_say(cast):
    zones = {cast.agent: "Asia/Kolkata", cast.agent2: "America/New_York", cast.manager: "America/New_York"}
    for user, zone in zones.items():
        User.update(timezone=zone).where(User.id == user.id).execute()
    for user in zones:
        tell(user)
    tell(cast.agent2, "security", "Your second factor was reset")
    preferences.settle(User.get_by_id(cast.manager.id), {}, False, "08:00", False)
    wednesday = clock.now().replace(hour=0)  # 19:00 on Tuesday in New York, 05:30 on Wednesday in Kolkata
    written = []
    for hours in range(0, 48):
        with clock.set_to(wednesday + timedelta(hours=hours)):
            for _ in range(2):  # a worker that starts again
                written += [hours] * digest.write_due(clock.now(), URL, STOP)
    assert written == [3, 13], "08:00 in Kolkata is 02:30 here, 08:00 in New York 13:00; Thursday has nothing to say"
    mails = {mail.to: mail for mail in OutgoingMail.select()}
    assert set(mails) == {cast.agent.email, cast.agent2.email}
    told = mails[cast.agent2.email]
    assert "Leads\n  A lead is yours now" in told.body and "Ana" not in told.body and "second factor" not in told.body
    assert told.unsubscribe in told.body and meant(SECRET, told.unsubscribe.rpartition("/")[2]) == (
        "digest",
        cast.agent2,
    )
    assert not Notification.select().where(Notification.in_digest).count()


def test_no_digest_on_a_holiday_on_a_day_away_or_of_what_was_read(cast):
    deal = cast.deal(cast.agent)
    log.add_step(deal, cast.agent, "Call", clock.now() + timedelta(days=2))
    for user in (cast.agent2, cast.manager):
        tell(user)
    Notification.of(cast.manager).first().mark_read()
    today = clock.today("America/New_York")
    Absence.create(user=cast.agent2, starts_on=today, ends_on=today, created_by=cast.manager)
    nine = clock.now() - timedelta(hours=3)
    assert digest.write_due(nine, URL, STOP) == 0
    with clock.set_to(nine + timedelta(days=1)):
        Holiday.create(day=clock.today("America/New_York"), name="A holiday")
        assert digest.write_due(clock.now(), URL, STOP) == 0
    with clock.set_to(nine + timedelta(days=2)):
        assert digest.write_due(clock.now(), URL, STOP) == 2
    assert "1 is due today" in OutgoingMail.get(OutgoingMail.to == cast.agent.email).body


def test_a_link_turns_off_its_own_email_and_no_other(cast):
    token = STOP(cast.agent, "digest").rpartition("/")[2]
    assert meant(SECRET, token) == ("digest", cast.agent) and meant("x" * 64, token) is None
    assert meant(SECRET, token.replace("digest", "weekly")) is None and meant(SECRET, "é" * 9) is None
    preferences.stop_digest(cast.agent)
    preferences.stop_digest(cast.agent)
    assert not NotificationSettings.of(cast.agent).digest and NotificationSettings.of(cast.agent2).digest


# by email at once


def test_what_is_urgent_goes_by_email_at_once_and_not_when_it_was_read(cast):
    tell(cast.agent, "contact_locked", "Ana Torres: contact is locked")
    tell(cast.agent, "contact_locked", "Ben Ode: contact is locked")
    wants(cast.agent2, lead_mine=Ways(True, False, True, False))
    for name in ("Ana", "Ben"):
        tell(cast.agent2, text=f"{name} is your lead now")
    tell(cast.manager, "review_mine", "Ana Torres wants to cancel")
    Notification.of(cast.manager).first().mark_read()
    assert [emailing.write_emails(clock.now(), URL) for _ in range(2)] == [3, 0]
    assert sorted(mail.subject for mail in OutgoingMail.select()) == [
        "2 leads are yours now",
        *["A cancellation was requested: contact is locked"] * 2,
    ]
    assert not any("Ana" in mail.body or "Ben" in mail.body for mail in OutgoingMail.select())


# pushes


class Service:
    """A push service that answers as it is told."""

    def __init__(self, *statuses):
        self.statuses, self.taken = list(statuses), []

    def __call__(self, device, text, urgent):
        self.taken.append((device.name, text, urgent))
        status = self.statuses.pop(0) if self.statuses else 201
        if status is None:
            raise pushing.Unreached("Timeout")
        return status


def device(user: User, name: str = "Firefox on Android") -> PushDevice:
    number = PushDevice.select().count()
    return devices.enter(user, f"https://updates.push.services.mozilla.com/wpush/v2/{number}", P256DH, AUTH, name)


def test_a_push_goes_to_every_device_once_and_names_nobody_unless_wished(cast):
    device(cast.agent, "A phone")
    device(cast.agent, "A tablet")
    tell(cast.agent)
    assert [pushing.write_messages(clock.now()) for _ in range(2)] == [2, 0]
    service = Service()
    assert [pushing.send_waiting(service) for _ in range(2)] == [2, 0]
    assert [name for name, *_ in service.taken] == ["A phone", "A tablet"]
    assert '"body": "A lead is yours now"' in service.taken[0][1] and "Ana" not in service.taken[0][1]
    preferences.settle(cast.agent, {}, True, "08:00", True)
    tell(cast.agent, "contact_locked", "Ana Torres: contact is locked")
    pushing.write_messages(clock.now())
    pushing.send_waiting(service)
    assert "Ana Torres" in service.taken[-1][1] and service.taken[-1][2]


@pytest.mark.parametrize(
    ("statuses", "tries", "ends"),
    [
        ((410,), 1, "device gone"),
        ((404,), 1, "device gone"),
        ((403,), 1, "given up"),
        ((503, 429, 201), 3, "sent"),
        ((None, 500, None, 502, 503), 5, "given up"),
    ],
)
def test_a_push_that_is_not_taken_is_tried_again_or_its_device_forgotten(cast, statuses, tries, ends):
    device(cast.agent)
    tell(cast.agent)
    service = Service(*statuses)
    for minutes in range(0, 400, 5):
        with clock.set_to(clock.now() + timedelta(minutes=minutes)):
            pushing.write_messages(clock.now())
            pushing.send_waiting(service)
    message = PushMessage.get_or_none()
    assert len(service.taken) == tries
    state = "device gone" if not PushDevice.select().count() else "sent" if message.sent_at else "given up"
    assert state == ends and (message is None) == (ends == "device gone")


def test_a_device_is_one_persons_and_its_service_is_known(cast):
    refused = [
        "http://fcm.googleapis.com/x", "https://127.0.0.1/x", "https://169.254.169.254/", "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com@10.0.0.1/", "https://evil.example/fcm.googleapis.com", "https://notfcm.googleapis.com/x",
        "https://fcm.googleapis.com\\@evil.example/", "https://[::1]/x", "", "https://fcm.googleapis.com/" + "x" * 1_000,
    ]  # fmt: skip
    assert [endpoint for endpoint in refused if devices.is_service(endpoint)] == []
    for known in ("fcm.googleapis.com", "web.push.apple.com", "wns2-par02p.notify.windows.com"):
        assert devices.is_service(f"https://{known}/x")
    for wrong in (("", AUTH), (P256DH, "short"), ("é", AUTH), (P256DH[:-1], AUTH)):
        with pytest.raises(Refused):
            devices.enter(cast.agent, "https://fcm.googleapis.com/x", *wrong, "A phone")
    mine = device(cast.agent)
    assert devices.enter(cast.agent, mine.endpoint, P256DH, AUTH, "Again").id == mine.id
    theirs = devices.enter(cast.agent2, mine.endpoint, P256DH, AUTH, "A phone")
    assert devices.of(cast.agent) == [] and devices.of(cast.agent2) == [theirs]
    assert not devices.remove(cast.agent, theirs.id) and devices.remove(cast.agent2, theirs.id)


def test_the_keys_are_made_once_closed_to_others_and_sign_a_real_push(tmp_path, cast, monkeypatch):
    from carmanana.notifying import push_sending

    keys = push_keys.made(tmp_path)
    path = tmp_path / push_keys.NAME
    assert push_keys.made(tmp_path) == keys == push_keys.known(tmp_path) and path.stat().st_mode & 0o777 == 0o600
    import requests

    sent = []

    def post(self, url, **told):
        sent.append((url, told))
        return SimpleNamespace(status_code=201, text="", headers={}, reason="")

    monkeypatch.setattr(requests.Session, "post", post)
    taking = PushDevice(endpoint="https://fcm.googleapis.com/fcm/send/1", p256dh=keys.public, auth=AUTH)
    terms = SimpleNamespace(data=tmp_path, push_contact="mailto:crm@cars.example")
    send = push_sending.sender(terms)
    assert send(taking, '{"body": "A lead is yours now"}', True) == 201
    ((url, told),) = sent
    assert url == taking.endpoint and told["headers"]["content-encoding"] == "aes128gcm" and told["timeout"] == 10
    assert told["headers"]["authorization"].startswith("vapid t=") and b"lead" not in told["data"]
    assert send(PushDevice(endpoint="https://10.0.0.1/", p256dh=keys.public, auth=AUTH), "{}", False) == 404
    assert send(PushDevice(endpoint=taking.endpoint, p256dh=P256DH, auth=AUTH), "{}", False) == 404, (
        "no point of the curve"
    )


# escalation


def hears(cast) -> list[tuple[str, str]]:
    names = {user.id: name for name, user in {n: getattr(cast, n) for n in cast.ROLES}.items()}
    return [(names[told.user_id], told.kind) for told in Notification.select().order_by(Notification.id)]


def test_an_overdue_follow_up_climbs_the_steps_once_each_and_anew_when_it_is_moved(cast):
    deal = cast.deal(cast.agent)
    step = log.add_step(deal, cast.agent, "Call", clock.now() + timedelta(hours=1))
    Holiday.create(day=clock.today("America/New_York") + timedelta(days=2), name="A Friday off")
    Notification.delete().execute()
    told = []
    for hours in (0, 2, 2, 24, 26, 26, 96, 121, 122):
        with clock.set_to(clock.now() + timedelta(hours=hours)):
            before = len(hears(cast))
            escalate_follow_ups(clock.now())
            told += [(hours, *one) for one in hears(cast)[before:]]
    assert told == [(2, "agent", "late_mine"), (26, "manager", "late_team"), (122, "admin", "late_team")], (
        "Friday and Sunday are no days of business"
    )
    with clock.set_to(clock.now() + timedelta(hours=121)):
        log.move_step(step, cast.agent, "Call", clock.now() + timedelta(hours=1), None)
    with clock.set_to(clock.now() + timedelta(hours=123)):
        escalate_follow_ups(clock.now())
    assert hears(cast)[3:] == [("agent", "late_mine")]


def test_an_admin_sets_the_steps_and_what_was_told_is_not_told_again(cast):
    first = escalation_settings.steps()[0]
    usual = {step.id: Chosen(step.active, step.after, step.unit) for step in escalation_settings.steps()}
    with pytest.raises(Forbidden):
        escalation_settings.settle(cast.manager, first.version, usual)
    for after, unit in ((-1, "hours"), (201, "hours"), (31, "days"), (None, "days"), (1, "weeks")):
        with pytest.raises(Refused):
            escalation_settings.settle(cast.admin, first.version, usual | {first.id: Chosen(True, after, unit)})
    deal = cast.deal(cast.agent)
    log.add_step(deal, cast.agent, "Call", clock.now() + timedelta(hours=1))
    Notification.delete().execute()
    off = {
        step.id: Chosen(step.subject == "follow_up" and step.tells == "manager", 1, "hours")
        for step in escalation_settings.steps()
    }
    escalation_settings.settle(cast.admin, first.version, off)
    with clock.set_to(clock.now() + timedelta(hours=3)):
        assert [escalate_follow_ups(clock.now()) for _ in range(2)] == [1, 0]
        unanswered.escalate_unanswered(clock.now())
        assert hears(cast) == [("manager", "late_team")]
        again = {**off, EscalationStep.get(subject="follow_up", tells="manager").id: Chosen(True, 0, "hours")}
        escalation_settings.settle(cast.admin, escalation_settings.steps()[0].version, again)
        assert escalate_follow_ups(clock.now()) == 0
