"""Where one wants to hear of what, and when the digest comes."""

from carmanana.core import audit, clock
from carmanana.core.db import transaction
from carmanana.core.workflow import Refusal, Refused
from carmanana.records.notification_kinds import Kind, Ways, offered_to
from carmanana.records.notification_settings import NotificationChoice, NotificationSettings, choices_of
from carmanana.records.people import User

TIMES = tuple(f"{hour:02}:{minute:02}" for hour in range(5, 22) for minute in (0, 30))


def rows_of(user: User) -> list[tuple[str, list[tuple[Kind, Ways]]]]:
    """Every kind that may reach them with where they hear of it, by group."""
    chosen = choices_of(user)
    return [
        (group, [(kind, chosen.get(kind.code, kind.usual)) for kind in kinds])
        for group, kinds in offered_to(user).items()
    ]


def settle(user: User, chosen: dict[str, Ways], digest: bool, at: str, push_names: bool) -> None:
    """What is not among `chosen` stays as it is: it can't reach them in their roles."""
    if at not in TIMES:
        raise Refused(
            [
                Refusal(
                    "digest_at",
                    "Choose a time of the list: a full or half hour from 05:00 to 21:30.",
                    field="digest_at",
                )
            ],
            user,
        )
    with transaction():
        _change(_written(user), digest=digest, digest_at=at, push_names=push_names)
        for kinds in offered_to(user).values():
            for kind in kinds:
                if kind.code in chosen:
                    _choose(user, kind, chosen[kind.code])
        audit.record("settle_notifications", user, user)


def _written(user: User) -> NotificationSettings:
    NotificationSettings.insert(user=user).on_conflict_ignore().execute()
    return NotificationSettings.of(user)


def _change(now: NotificationSettings, **fields) -> None:
    """A time that has passed today already begins tomorrow."""
    if fields.get("digest_at", now.digest_at) != now.digest_at or fields.get("digest", now.digest) != now.digest:
        here = clock.local(clock.now(), now.user.timezone)
        if f"{here:%H:%M}" >= fields.get("digest_at", now.digest_at):
            fields["digest_on"] = here.date()
    NotificationSettings.update(**fields).where(NotificationSettings.user == now.user_id).execute()


def _choose(user: User, kind: Kind, ways: Ways) -> None:
    ways = Ways(ways.app or bool(kind.fixed), ways.push, ways.email, ways.digest)
    mine = (NotificationChoice.user == user) & (NotificationChoice.kind == kind.code)
    NotificationChoice.delete().where(mine).execute()
    if ways != kind.usual:
        told = {name: getattr(ways, name) for name in Ways.NAMES}
        NotificationChoice.insert(user=user, kind=kind.code, **told).execute()


def stop_digest(user: User) -> None:
    """From the link in the email, by whoever has it; everything else stays as it is."""
    with transaction():
        now = _written(user)
        if now.digest:
            _change(now, digest=False)
            audit.record("stop_digest", user, user)
