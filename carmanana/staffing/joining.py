"""People join and change; an admin does both."""

from carmanana.core import audit
from carmanana.core.db import Stale, change, transaction
from carmanana.core.workflow import Refusal, Refused
from carmanana.customers.contact import looks_like_email
from carmanana.records.people import ROLES, User
from carmanana.records.rights import admins_only
from carmanana.staffing.leaving import keep_their_work, keep_who_must_stay
from carmanana.staffing.signin import end_sessions
from carmanana.staffing.zones import KNOWN


def join(
    by: User | None, email: str, name: str, roles: set[str], manager: User | None, timezone: str, phone: str = ""
) -> User:
    """A new person; `by` is an admin, or None from the command line."""
    admins_only(by)
    facts = _tidy(email=email, name=name, roles=roles, manager=manager, timezone=timezone, phone=phone)
    with transaction():
        _refuse(facts)
        user = User.create(**facts)
        audit.record("join", user, by, roles=sorted(roles))
    return user


def correct(user: User, by: User, version: int, **facts) -> User:
    """Change a person's name, roles, manager and so on. New roles end their sessions."""
    admins_only(by)
    facts = _tidy(**facts)
    with transaction():
        fresh = User.get_by_id(user.id)
        if fresh.version != version:
            raise Stale(fresh)
        _refuse(facts, fresh)
        _change_roles(fresh, facts["roles"])
        changed = sorted(name for name, value in facts.items() if getattr(fresh, name) != value)
        change(fresh, **facts)
        audit.record("correct", fresh, by, fields=changed, roles=sorted(fresh.roles))
    return fresh


def _tidy(**facts) -> dict:
    return facts | {
        "email": facts["email"].strip().lower(),
        "name": " ".join(facts["name"].split()),
        "roles": frozenset(facts["roles"]),
    }


def _refuse(facts: dict, user: User | None = None) -> None:
    email, manager = facts["email"], facts["manager"]
    broken = [
        ("email", "Enter an email address.", not looks_like_email(email)),
        (
            "email",
            "Somebody has this address already.",
            User.select().where(User.email == email, User.id != (user and user.id)).exists(),
        ),
        ("name", "Enter a name.", not facts["name"]),
        ("roles", "Choose at least one role.", not facts["roles"] or not facts["roles"] <= set(ROLES)),
        ("timezone", "Choose a time zone.", facts["timezone"] not in KNOWN),
        ("manager", "Nobody is their own manager.", user is not None and manager == user),
        ("manager", "Choose an active manager.", manager is not None and not (manager.active and manager.is_manager)),
    ]
    refusals = [Refusal(field, sentence, field=field) for field, sentence, holds in broken if holds]
    if refusals:
        raise Refused(refusals, user)


def _change_roles(user: User, roles: frozenset[str]) -> None:
    if user.roles == roles:
        return
    keep_who_must_stay(user, roles)
    keep_their_work(user, roles)
    end_sessions(user)
