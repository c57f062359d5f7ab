"""Every route for every role, and for nobody: who may, and that no input breaks it. The routes are
read from the application, so that a new one is tested, or fails here until it is told of."""

import re
from io import BytesIO

import pytest
import wtforms
from flask import Flask

from carmanana import clock, create_app
from carmanana.activities.models import Activity
from carmanana.customers.models import Customer
from carmanana.db import database
from carmanana.deals.models import Deal, StageRestriction
from carmanana.files.models import Attachment
from carmanana.importing.models import ImportBatch
from carmanana.notifications.models import Notification
from carmanana.people.models import ROLES, Absence, Session, SigninAttempt, User
from carmanana.people.signin import new_reset
from carmanana.web.forms import DealershipForm

from ..cast import Cast, everything

PUBLIC = "public"
EVERYONE = set(ROLES)
WORKERS = {"agent", "manager"}
CONTACTING = {"agent", "manager", "retention"}
MANAGERS = {"manager"}
LEADERS = {"manager", "crm_admin"}
ADMINS = {"crm_admin"}

MAY = {
    "signing.sign_in": PUBLIC,
    "signing.forgotten": PUBLIC,
    "signing.choose_password": PUBLIC,
    "signing.sign_out": EVERYONE,
    "health.healthz": PUBLIC,
    "home.home": EVERYONE,
    "boards.first": EVERYONE,
    "boards.show": EVERYONE,
    "boards.more": EVERYONE,
    "deals.show": EVERYONE,
    "deals.new": WORKERS,
    "deals.move": WORKERS,
    "deals.column": WORKERS,
    "deals.edit": WORKERS,
    "deals.needs": WORKERS,
    "deals.payments": WORKERS,
    "deals.hold": WORKERS,
    "deals.resumption": WORKERS,
    "deals.readiness": WORKERS,
    "deals.win": WORKERS,
    "deals.loss": WORKERS,
    "deals.transfer": WORKERS,
    "deals.successor": WORKERS,
    "deals.claim": WORKERS,
    "deals.flag": WORKERS,
    "deals.owner": MANAGERS,
    "deals.reopening": WORKERS,
    "activities.new": CONTACTING,
    "activities.new_step": CONTACTING,
    "activities.done": CONTACTING,
    "activities.edit_step": CONTACTING,
    "files.show": EVERYONE,
    "files.email": EVERYONE,
    "files.add": CONTACTING,
    "customers.index": EVERYONE,
    "customers.show": EVERYONE,
    "customers.edit": WORKERS,
    "customers.owner": MANAGERS,
    "notifications.index": EVERYONE,
    "notifications.read": EVERYONE,
    "notifications.read_all": EVERYONE,
    "people.index": LEADERS,
    "people.show": LEADERS,
    "people.hand_over": LEADERS,
    "people.restriction": LEADERS,
    "people.access": LEADERS,
    "people.new": ADMINS,
    "people.edit": ADMINS,
    "people.password_link": ADMINS,
    "people.deactivation": ADMINS,
    "people.reactivation": ADMINS,
    "people.absence": EVERYONE,
    "people.presence": EVERYONE,
    "people.me": EVERYONE,
    "people.password": EVERYONE,
    "people.theme": EVERYONE,
    "pipelines.index": ADMINS,
    "pipelines.new_stage": ADMINS,
    "pipelines.edit_stage": ADMINS,
    "pipelines.place": ADMINS,
    "pipelines.archive": ADMINS,
    "pipelines.unarchive": ADMINS,
}
IMPORTING = LEADERS

NOBODY = "nobody"
BROWSERS = (*Cast.ROLES, NOBODY)
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
NOWHERE = {"id": ("0", "999999", "99999999999999999999", "-1", "x"), "words": ("nowhere", "ж", "x" * 300, "%00", "..")}


def role_of(who: str) -> str:
    return {"manager2": "manager", "agent2": "agent", "cancellations": "customer_cancellation", "admin": "crm_admin"}.get(who, who)


def may(endpoint: str):
    return MAY.get(endpoint, IMPORTING if endpoint.startswith("importing.") else None)


def allowed(endpoint: str, who: str) -> bool:
    who_may = may(endpoint)
    return who_may == PUBLIC or (who != NOBODY and role_of(who) in who_may)


# the world in which the routes are tried: what each argument may be, of the agent's and of somebody else's

@pytest.fixture
def world(cast, settings) -> dict[str, tuple[str, str]]:
    mine, theirs = _deals(cast)
    pairs = {
        "deal_id": (mine, theirs),
        "customer_id": (mine.customer, theirs.customer),
        "step_id": (_step(mine), _step(theirs)),
        "file_id": (_file(mine, settings), _file(theirs, settings)),
        "user_id": (cast.agent, cast.agent2),
        "absence_id": (_absence(cast.agent), _absence(cast.agent2)),
        "restriction_id": (_restriction(cast.agent, cast), _restriction(cast.agent2, cast)),
        "notification_id": (Notification.create(user=cast.agent, text="Yours", deal=mine), Notification.create(user=cast.agent2, text="Theirs")),
        "stage_id": (cast.stage(2), cast.stage(3)),
        "pipeline_id": (mine.pipeline, mine.pipeline),
        "batch_id": (_batch(cast.manager), _batch(cast.manager2)),
    }
    words = {"slug": ("used-vehicle-orders", "new-vehicle-orders"), "key": ("on_hold", f"s{cast.stage().id}"), "token": (new_reset(cast.agent), new_reset(cast.agent2))}
    return {name: (str(own.id), str(other.id)) for name, (own, other) in pairs.items()} | words


def _deals(cast) -> tuple[Deal, Deal]:
    deals = []
    for owner in (cast.agent, cast.agent2):
        deal = cast.deal(owner, "organic", value_cents=2600000)
        cast.called(deal, owner)
        Customer.update(owner=owner).where(Customer.id == deal.customer_id).execute()
        deals.append(Deal.get_by_id(deal.id))
    return tuple(deals)


def _step(deal: Deal) -> Activity:
    return Activity.next_step(deal)


def _file(deal: Deal, settings) -> Attachment:
    settings.uploads.mkdir(exist_ok=True)
    (settings.uploads / f"mail{deal.id}").write_text("Subject: Options\n\nThree options.")
    activity = Activity.get(Activity.deal == deal, Activity.kind == "call")
    return Attachment.create(activity=activity, kind="email", name="мейл.eml", stored=f"mail{deal.id}", media_type="message/rfc822", size=33)


def _absence(user: User) -> Absence:
    return Absence.create(user=user, starts_on=clock.today(), ends_on=clock.today(), created_by=user)


def _restriction(user: User, cast) -> StageRestriction:
    return StageRestriction.create(user=user, stage=cast.stage(5), starts_on=clock.today(), reason="Coaching", created_by=cast.manager)


def _batch(user: User) -> ImportBatch:
    return ImportBatch.create(user=user, name="cars.csv", stored="gone", sha256="0" * 64, size=1)


def rules(app: Flask, method: str) -> list:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static" and method in rule.methods]


def address(rule, values: dict[str, str]) -> str:
    missing = rule.arguments - values.keys()
    assert not missing, f"{rule.endpoint}: tell `world` what {missing} may be"
    return re.sub(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", lambda found: values[found[1]], rule.rule)


def own(world: dict) -> dict[str, str]:
    return {name: pair[0] for name, pair in world.items()}


def foreign(world: dict) -> dict[str, str]:
    return {name: pair[1] for name, pair in world.items()}


@pytest.fixture
def enter(visit):
    """A browser of one of the cast that signs in again whenever its session has ended."""

    def browser(who: str):
        if who == NOBODY:
            return visit()
        SigninAttempt.delete().execute()
        User.update(password_hash=PASSWORD_HASH[0] or User.password_hash, deactivated_at=None).where(User.email == f"{who}@carmanana.example").execute()
        PASSWORD_HASH[0] = User.get(User.email == f"{who}@carmanana.example").password_hash
        return visit(who)

    return browser


PASSWORD_HASH = [None]


# who may

def test_every_view_says_who_may_call_it(app):
    for endpoint, view in app.view_functions.items():
        if endpoint != "static":
            access = getattr(view, "access", None)
            assert access is not None, f"{endpoint} says nothing, and is refused to all"
            assert may(endpoint) is not None, f"{endpoint} is not in the table above"
            assert (access if access == PUBLIC else set(access)) == may(endpoint), endpoint


def test_the_table_names_no_route_that_is_gone(app):
    assert set(MAY) <= set(app.view_functions)


def test_a_view_that_says_nothing_is_refused_to_all(settings, cast):
    app = create_app(settings)
    app.config["WTF_CSRF_ENABLED"] = False
    database.connect(reuse_if_open=True)
    app.add_url_rule("/bare", "bare", lambda: "reached")
    for who in Cast.ROLES:
        client = app.test_client()
        client.post("/sign-in", data={"email": f"{who}@carmanana.example", "password": Cast.PASSWORD})
        assert client.get("/bare").status_code == 403
    assert app.test_client().get("/bare").status_code == 303


def test_nobody_is_sent_to_sign_in(app, visit, world):
    client = visit()
    for method in ("GET", "POST"):
        for rule in rules(app, method):
            if may(rule.endpoint) == PUBLIC:
                continue
            path = address(rule, own(world))
            page = client.open(path, method=method)
            assert (page.status_code, page.location.split("?")[0]) == (303, "/sign-in"), path
            fragment = client.open(path, method=method, headers=HTMX)
            assert (fragment.status_code, fragment.headers["HX-Redirect"], fragment.text) == (401, "/sign-in", ""), path


def test_nobody_changes_nothing(app, visit, world):
    client, before = visit(), everything()
    for rule in rules(app, "POST"):
        if may(rule.endpoint) != PUBLIC:
            client.post(address(rule, own(world)), data=dict.fromkeys(field_names(), "1"))
    assert everything() == before


@pytest.mark.parametrize("who", Cast.ROLES)
def test_each_role_reaches_its_pages_and_no_others(app, visit, world, who):
    client = visit(who)
    for rule in rules(app, "GET"):
        path = address(rule, own(world))
        page = client.get(path)
        if not allowed(rule.endpoint, who):
            assert page.status_code == 403, f"{who} {path}"
            assert "This is not yours to do" in page.text
            assert client.get(path, headers=HTMX).status_code == 403
            continue
        assert page.status_code < 500, f"{who} {path}"
        assert client.get(path, headers=HTMX).status_code < 500, f"{who} {path} as a fragment"
        if page.status_code == 200 and page.mimetype == "text/html":
            assert page.text.count("<h1") == 1, f"{path} has one heading"


@pytest.mark.parametrize("who", Cast.ROLES)
def test_each_role_posts_to_its_own_addresses_only(app, visit, world, who):
    client, before = visit(who), everything()
    for rule in rules(app, "POST"):
        if not allowed(rule.endpoint, who):
            path = address(rule, own(world))
            assert client.post(path, data=dict.fromkeys(field_names(), "1")).status_code == 403, path
    after = everything()
    assert {name for name in after if after[name] != before[name]} <= {"session"}


FOREIGN_TO_AGENTS = {"deal_id", "customer_id", "step_id", "file_id", "notification_id", "absence_id"}


def test_what_is_somebody_elses_is_nowhere_for_an_agent(app, visit, world):
    client, before = visit("agent"), everything()
    for method in ("GET", "POST"):
        for rule in rules(app, method):
            if rule.arguments & FOREIGN_TO_AGENTS and allowed(rule.endpoint, "agent"):
                path = address(rule, foreign(world))
                assert client.open(path, method=method, data={"version": "1"}).status_code == 404, f"{method} {path}"
    after = everything()
    assert {name for name in after if after[name] != before[name]} <= {"session"}


# no input breaks a page

def ids_that_are_nowhere(rule):
    for number in range(max(map(len, NOWHERE.values()))):
        yield {
            name: NOWHERE["words" if "id" not in str(type(rule._converters[name])).lower() else "id"][number]
            for name in rule.arguments
        }


@pytest.mark.parametrize("who", BROWSERS)
def test_an_address_that_leads_nowhere(app, enter, world, who):
    client = enter(who)
    for method in ("GET", "POST"):
        for rule in rules(app, method):
            for values in ids_that_are_nowhere(rule) if rule.arguments else ():
                path = address(rule, values)
                status = client.open(path, method=method).status_code
                assert status in (303, 308, 403, 404, 405), f"{method} {path}: {status}"


QUERIES = ["", "1", "-1", "99999999999999999999", "x", "\x00", "'", "%", "ж", "x" * 3000, "[", "1.5"]
PARAMETERS = ["page", "text", "owner", "after", "group", "mine", "unowned", "readiness", "kind", "stage", "column", "open", "next", "filter", "sort", "id", "endpoint", "_external", "_scheme", "_anchor"]


@pytest.mark.parametrize("who", ["agent", "manager", "admin", NOBODY])
def test_a_query_that_makes_no_sense(app, enter, world, who):
    client = enter(who)
    for rule in rules(app, "GET"):
        if allowed(rule.endpoint, who):
            for value in QUERIES:
                answer = client.get(address(rule, own(world)), query_string=dict.fromkeys(PARAMETERS, value))
                assert answer.status_code < 500, f"{rule.rule} with {value[:30]!r}"


def field_names() -> list[str]:
    """Every field of every form, and what the views read beside them."""
    found = {"version", "once", "stage", "owner", "after", "theme", "direction", "next", "column", "file", "files", "note", "clients-0", "option-0-brand", "option-0-year_from", "deal-1", "step-1", "csrf_token"}
    forms = [DealershipForm]
    while forms:
        form = forms.pop()
        forms.extend(form.__subclasses__())
        found |= {name for name in dir(form) if isinstance(getattr(form, name, None), wtforms.fields.core.UnboundField)}
    return sorted(found)


BODIES = {
    "nothing": "",
    "a one": "1",
    "a number that is too large": "99999999999999999999",
    "a number below": "-1",
    "words": "junk",
    "odd characters": "\x00\ud7ff'\"<script>{{ 7 * 7 }}\u202e\r\n%",
    "a lot": "x" * 20_000,
    "a day": "2026-02-30",
}


@pytest.mark.parametrize("who", BROWSERS)
def test_a_form_that_makes_no_sense(app, enter, world, who):
    client = enter(who)
    untouched = rows_of_others(world)
    for rule in rules(app, "POST"):
        for name, value in BODIES.items():
            if who != NOBODY and not Session.select().where(Session.user == User.get(User.email == f"{who}@carmanana.example")).exists():
                client = enter(who)
            sent = dict.fromkeys(field_names(), value) if value else {}
            answer = client.post(address(rule, own(world)), data=sent, headers=HTMX if name == "words" else {})
            assert answer.status_code < 500, f"{rule.endpoint} with {name}: {answer.status_code}"
            assert allowed(rule.endpoint, who) or answer.status_code in (303, 401, 403)
    if who == "agent":
        assert rows_of_others(world) == untouched


@pytest.mark.parametrize("who", ["agent", "manager", "admin"])
def test_a_body_that_is_no_form(app, enter, world, who):
    client = enter(who)
    for rule in rules(app, "POST"):
        if rule.endpoint == "signing.sign_out":
            continue
        path = address(rule, own(world))
        for sent in (
            {"data": b"\xff\xfe{", "content_type": "application/json"},
            {"data": b"--x\r\nnot a part", "content_type": "multipart/form-data; boundary=x"},
            {"data": {"file": (BytesIO(b"MZ\x00"), "../../x.exe"), "files": (BytesIO(b""), "")}, "content_type": "multipart/form-data"},
            {"data": b"%%%=%ff&=&&", "content_type": "application/x-www-form-urlencoded"},
        ):
            assert client.post(path, **sent).status_code < 500, f"{rule.endpoint} with {sent['content_type']}"


def rows_of_others(world: dict) -> list:
    """What an agent may not touch, whatever they send."""
    others = foreign(world)
    kept = [
        (Deal, Deal.id == others["deal_id"]),
        (Customer, Customer.id == others["customer_id"]),
        (Activity, Activity.deal == others["deal_id"]),
        (Notification, Notification.id == others["notification_id"]),
        (Absence, Absence.id == others["absence_id"]),
        (StageRestriction, StageRestriction.id > 0),
    ]
    return [list(model.select().where(condition).tuples()) for model, condition in kept]


# a form takes its own fields and nothing else

FORBIDDEN_FIELDS = {
    "id": "1",
    "roles": "crm_admin",
    "role": "crm_admin",
    "house": "1",
    "email": "evil@example.com",
    "name": "Evil",
    "password_hash": "x",
    "deactivated_at": "2020-01-01 00:00:00.000000",
    "manager": "1",
    "state": "won",
    "owner": "1",
    "owner_id": "1",
    "status": "cancelled",
    "created_at": "2020-01-01 00:00:00.000000",
    "created_by": "1",
    "import_id": "7",
    "user": "1",
    "user_id": "1",
    "by": "1",
    "author": "1",
    "state_since": "2020-01-01 00:00:00.000000",
    "position": "1",
}


def test_ones_own_page_changes_no_rights(visit, cast):
    before = cast.agent
    data = FORBIDDEN_FIELDS | {"timezone": "Europe/Berlin", "phone": "1", "version": str(before.version)}
    assert visit("agent").post("/me", data=data).status_code == 303
    after = cast.agent
    assert {name for name, value in after.__data__.items() if value != before.__data__[name]} == {"timezone", "phone", "version"}


def test_a_client_keeps_what_its_form_does_not_have(visit, world, cast):
    customer_id = own(world)["customer_id"]
    before = Customer.get_by_id(customer_id)
    data = FORBIDDEN_FIELDS | {"version": str(before.version), "name": "Another", "phones": "+1 305 555 1000", "mood": "calm"}
    assert visit("agent").post(f"/customers/{customer_id}/edit", data=data).status_code == 303
    after = Customer.get_by_id(customer_id)
    changed = {name for name, value in after.__data__.items() if value != before.__data__[name]}
    assert changed <= {"name", "mood", "timezone", "version"}


def test_a_deal_keeps_what_its_form_does_not_have(visit, world):
    deal_id = own(world)["deal_id"]
    before = Deal.get_by_id(deal_id)
    data = FORBIDDEN_FIELDS | {"version": str(before.version), "vehicle_make": "Kia", "stage": "6", "readiness": "live", "pipeline": "1", "currency": "XXX"}
    visit("agent").post(f"/deals/{deal_id}/edit", data=data)
    after = Deal.get_by_id(deal_id)
    kept = ("id", "state", "stage", "position", "pipeline", "readiness", "owner", "customer", "created_at", "state_since", "import_id", "currency")
    assert {name: after.__data__[name] for name in kept} == {name: before.__data__[name] for name in kept}


def test_a_new_person_gets_what_the_form_has(visit, cast):
    data = FORBIDDEN_FIELDS | {"email": "ewa@carmanana.example", "name": "Ewa", "roles": "agent", "manager": "", "timezone": "Europe/Warsaw"}
    assert visit("admin").post("/people/new", data=data).status_code == 303
    user = User.get(User.email == "ewa@carmanana.example")
    assert (user.roles, user.house, user.active, user.password_hash, user.version) == ({"agent"}, False, True, None, 1)
