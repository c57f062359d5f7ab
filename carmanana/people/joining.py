"""People join, change, are away and leave; what is theirs is handed over first (SOP 1, section E)."""

from datetime import date
from zoneinfo import available_timezones

from carmanana import audit, clock
from carmanana.activities.models import Activity
from carmanana.customers.models import Customer
from carmanana.db import Stale, change, transaction
from carmanana.deals.models import LOSING, OPEN, Deal
from carmanana.notifications.models import Notification
from carmanana.workflow import Forbidden, Refusal, Refused, Remedy

from .models import CRM_ADMIN, ROLES, Absence, User
from .signin import end_sessions

SOP_OWNER = "Lead & deal SOP, section E"


def join(by: User | None, email: str, name: str, roles: set[str], manager: User | None, timezone: str, phone: str = "") -> User:
    """A new person; `by` is an admin, or None from the command line."""
    _admins_only(by)
    email = email.strip().lower()
    _refuse(email, name, roles, timezone, manager, None)
    with transaction():
        user = User.create(email=email, name=name.strip(), roles=roles, manager=manager, timezone=timezone, phone=phone)
        audit.record("join", user, by, roles=sorted(roles))
    return user


def correct(user: User, by: User, version: int, **facts) -> User:
    """Change a person's name, roles, manager and so on. New roles end their sessions."""
    _admins_only(by)
    with transaction():
        fresh = User.get_by_id(user.id)
        if fresh.version != version:
            raise Stale(fresh)
        _refuse(facts["email"], facts["name"], facts["roles"], facts["timezone"], facts["manager"], fresh)
        _keep_an_admin(fresh, facts["roles"])
        if fresh.roles != frozenset(facts["roles"]):
            end_sessions(fresh)
        audit.record("correct", fresh, by, roles=sorted(facts["roles"]), manager=facts["manager"] and facts["manager"].id)
        change(fresh, **facts)
    return fresh


def _admins_only(by: User | None) -> None:
    if by is not None and not by.has(CRM_ADMIN):
        raise Forbidden("people")


def _refuse(email: str, name: str, roles, timezone: str, manager: User | None, user: User | None) -> None:
    found = User.get_or_none(User.email == email)
    broken = [
        ("email", "Enter an email address.", "@" not in email or " " in email),
        ("email", "Somebody has this address already.", found is not None and found != user),
        ("name", "Enter a name.", not name.strip()),
        ("roles", "Choose at least one role.", not roles or not set(roles) <= set(ROLES)),
        ("timezone", "Choose a time zone.", timezone not in available_timezones()),
        ("manager", "Nobody is their own manager.", user is not None and manager == user),
        ("manager", "Choose an active manager.", manager is not None and not (manager.active and manager.is_manager)),
    ]
    refusals = [Refusal(field, sentence, field=field) for field, sentence, holds in broken if holds]
    if refusals:
        raise Refused(refusals, user)


def _keep_an_admin(user: User, roles) -> None:
    if user.has(CRM_ADMIN) and CRM_ADMIN not in roles and User.working(CRM_ADMIN).count() == 1:
        raise Refused([Refusal("last_admin", "Somebody must stay CRM admin.", field="roles")], user)


def open_work(user: User) -> dict[str, list]:
    """What must be handed over before they leave: deals, next steps, customers under way."""
    deals = Deal.select(Deal, Customer).join(Customer).where(Deal.owner == user, Deal.state.in_((*OPEN, LOSING)))
    steps = Activity.open_steps().where(Activity.assignee == user, Activity.deal.not_in(deals.select(Deal.id)))
    return {"deals": list(deals.order_by(Customer.name)), "steps": list(steps)}


def be_away(user: User, by: User, starts_on: date, ends_on: date, reason: str = "") -> Absence:
    """Somebody is absent for some days; their manager hears of it and of what waits."""
    if by != user and not (by.is_manager or by.has(CRM_ADMIN)):
        raise Forbidden("be_away")
    if ends_on < starts_on or ends_on < clock.today(user.timezone):
        raise Refused([Refusal("days", "Choose days that are not over, the first one first.", SOP_OWNER, field="ends_on")], user)
    with transaction():
        absence = Absence.create(user=user, starts_on=starts_on, ends_on=ends_on, reason=reason.strip(), created_by=by)
        audit.record("away", user, by, starts_on=starts_on.isoformat(), ends_on=ends_on.isoformat())
        work = open_work(user)
        text = f"{user.name} is away {starts_on:%-d %b} – {ends_on:%-d %b}: {len(work['deals'])} deals, {len(work['steps'])} other next steps"
        Notification.tell_manager_of(user, text, None if by == user else by, about=user)
    return absence


def be_back(absence: Absence, by: User) -> None:
    if by != absence.user and not (by.is_manager or by.has(CRM_ADMIN)):
        raise Forbidden("be_back")
    with transaction():
        audit.record("back", absence.user, by, absence=absence.id)
        absence.delete_instance()


def deactivate(user: User, by: User) -> User:
    """They leave. Refused while anything open is theirs; their sessions end at once."""
    _admins_only(by)
    with transaction():
        fresh = User.get_by_id(user.id)
        _refuse_leaving(fresh, by)
        change(fresh, deactivated_at=clock.now())
        end_sessions(fresh)
        audit.record("deactivate", fresh, by)
        Notification.tell_manager_of(fresh, f"{fresh.name} does not work here any more", by, about=fresh)
    return fresh


def _refuse_leaving(user: User, by: User) -> None:
    work = open_work(user)
    open_items = len(work["deals"]) + len(work["steps"])
    if user == by:
        raise Refused([Refusal("self", "Nobody deactivates themselves; ask another admin.")], user)
    _keep_an_admin(user, set())
    if open_items:
        sentence = f"{len(work['deals'])} deals and {len(work['steps'])} next steps are still theirs. Hand them over first."
        remedy = Remedy("Hand over", "people.hand_over", (("user_id", user.id),), "move")
        raise Refused([Refusal("open_work", sentence, SOP_OWNER, (remedy,))], user)


def reactivate(user: User, by: User) -> User:
    _admins_only(by)
    with transaction():
        fresh = User.get_by_id(user.id)
        change(fresh, deactivated_at=None)
        audit.record("reactivate", fresh, by)
    return fresh
