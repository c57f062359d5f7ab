"""Who may call which route, and a world in which each of them leads somewhere."""

import re
from io import BytesIO

import pytest
from flask import Flask

from carmanana import clock
from carmanana.activities.models import Activity
from carmanana.customers.models import Customer
from carmanana.deals.models import Deal, StageRestriction
from carmanana.files.models import Attachment
from carmanana.importing.models import ImportBatch
from carmanana.importing.uploading import upload
from carmanana.notifications.models import Notification
from carmanana.people.models import ROLES, Absence, SigninAttempt, User
from carmanana.people.signin import new_reset

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
    "importing.index": LEADERS,
    "importing.upload": LEADERS,
    "importing.throw_away": LEADERS,
    "importing.refused": LEADERS,
    "importing.columns": LEADERS,
    "importing.sheet": LEADERS,
    "importing.words": LEADERS,
    "importing.preview": LEADERS,
    "importing.start": LEADERS,
    "importing.show": LEADERS,
    "importing.progress": LEADERS,
    "importing.go_on": LEADERS,
    "importing.undoing": LEADERS,
}

NOBODY = "nobody"
ONE_EACH = ("agent", "manager", "retention", "cancellations", "compliance", "admin")
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
FAMILIES = {"cancellations": "customer_cancellation", "admin": "crm_admin"}


def allowed(endpoint: str, who: str) -> bool:
    who_may = MAY[endpoint]
    return who_may == PUBLIC or (who != NOBODY and FAMILIES.get(who, who) in who_may)


@pytest.fixture
def world(app, cast, settings) -> dict[str, tuple[str, str]]:
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
        "batch_id": (_batch(cast.manager, "Status"), _batch(cast.manager, "Colour")),
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


def _batch(user: User, heading: str) -> ImportBatch:
    """With values to map where one of the headings is a field of ours that needs it."""
    sheet = f"Name,Phone,Make,Price,{heading}\nAna,305 555 1000,Kia,$20,won\nBo,,Seat,x,blue\n"
    return upload(BytesIO(sheet.encode()), "cars.csv", user)


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
    """A browser of one of the cast; signs in again after a sign-out, a new password or a deactivation."""
    password_hash = User.get(User.email == "agent@carmanana.example").password_hash

    def browser(who: str):
        if who == NOBODY:
            return visit()
        SigninAttempt.delete().execute()
        User.update(password_hash=password_hash, deactivated_at=None).where(User.email == f"{who}@carmanana.example").execute()
        return visit(who)

    return browser
