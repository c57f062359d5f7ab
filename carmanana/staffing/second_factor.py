"""A second factor: a code of an authenticator app (TOTP), each taken once, and recovery codes for when the phone is
gone."""

import hashlib
import hmac
import secrets
from datetime import timedelta

import pyotp
from peewee import CharField, ForeignKeyField, IntegerField, TextField

from carmanana.core import audit, clock
from carmanana.core.db import Record, UtcField, transaction
from carmanana.core.workflow import Refusal, Refused
from carmanana.records.notifications import Notification
from carmanana.records.people import ROLES, Session, SigninAttempt, User
from carmanana.records.rights import admins_only
from carmanana.staffing.sessions import end_others
from carmanana.staffing.signin import end_sessions

SECONDS, AROUND = 30, 1
TRIES, WITHIN = 10, timedelta(minutes=5)
CODES, CODE_LETTERS = 10, "abcdefghjkmnpqrstuvwxyz23456789"
ISSUER = "CarManana"


class SecondFactor(Record):
    """`last_step`: the half minute of the code that was taken last; none from then or before is taken again."""

    user = ForeignKeyField(User, primary_key=True, on_delete="CASCADE")
    secret = TextField()
    created_at = UtcField(default=clock.now)
    confirmed_at = UtcField(null=True)
    last_step = IntegerField(default=0)

    class Meta:
        table_name = "second_factor"

    @property
    def address(self) -> str:
        """What the picture says to the app."""
        return pyotp.TOTP(self.secret).provisioning_uri(name=self.user.email, issuer_name=ISSUER)


class RecoveryCode(Record):
    user = ForeignKeyField(User, on_delete="CASCADE")
    code_hash = CharField(unique=True)
    used_at = UtcField(null=True)

    class Meta:
        table_name = "recovery_code"


class RequiredRole(Record):
    """A role whose people do not work without a second factor."""

    role = CharField(primary_key=True)

    class Meta:
        table_name = "second_factor_role"


def of(user: User) -> SecondFactor | None:
    """The one in force."""
    return SecondFactor.get_or_none(SecondFactor.user == user, SecondFactor.confirmed_at.is_null(False))


def pending(user: User) -> SecondFactor | None:
    return SecondFactor.get_or_none(SecondFactor.user == user, SecondFactor.confirmed_at.is_null())


def codes_left(user: User) -> int:
    return RecoveryCode.select().where(RecoveryCode.user == user, RecoveryCode.used_at.is_null()).count()


def required_roles() -> set[str]:
    return {row.role for row in RequiredRole.select()}


def needed_by(user: User) -> bool:
    return user.has(*required_roles())


def missing(user: User) -> bool:
    return needed_by(user) and of(user) is None


# setting it up


def begin(user: User) -> SecondFactor:
    """A new secret to be confirmed; one in force stays as it is."""
    with transaction():
        if of(user):
            raise Refused(
                [Refusal("second_factor", "You have a second factor. Turn it off first to set up another.")], user
            )
        SecondFactor.delete().where(SecondFactor.user == user).execute()
        return SecondFactor.create(user=user, secret=pyotp.random_base32())


def confirm(user: User, code: str, session_id: str = "") -> list[str]:
    """The first code of the app puts it in force and signs out every other browser. Answers the recovery codes, told
    once."""
    begun = pending(user)
    if begun is None:
        raise Refused([Refusal("second_factor", "Begin again: there is nothing to confirm.", field="code")], user)
    _throttled(user, lambda: _takes(begun, code))
    with transaction():
        SecondFactor.update(confirmed_at=clock.now()).where(SecondFactor.user == user).execute()
        audit.record("set_second_factor", user, user)
        end_others(user, session_id)
        return _new_codes(user)


def new_codes(user: User, code: str) -> list[str]:
    """Others instead of all that there were, for who has a code of the app."""
    _must_prove(user, code)
    with transaction():
        audit.record("new_recovery_codes", user, user)
        return _new_codes(user)


def turn_off(user: User, code: str) -> None:
    if needed_by(user):
        raise Refused(
            [
                Refusal(
                    "needed",
                    "Your role needs a second factor. An admin can reset it if your phone is lost.",
                    field="code",
                )
            ],
            user,
        )
    _must_prove(user, code)
    with transaction():
        _forget(user)
        audit.record("drop_second_factor", user, user)


def _must_prove(user: User, code: str) -> None:
    if of(user) is None:
        raise Refused([Refusal("second_factor", "You have no second factor.", field="code")], user)
    check(user, code)


def _new_codes(user: User) -> list[str]:
    RecoveryCode.delete().where(RecoveryCode.user == user).execute()
    codes = ["".join(secrets.choice(CODE_LETTERS) for _ in range(10)) for _ in range(CODES)]
    for code in codes:
        RecoveryCode.create(user=user, code_hash=_hashed(user, code))
    return [f"{code[:5]}-{code[5:]}" for code in codes]


# using it


def check(user: User, code: str) -> None:
    """A code of the app or a recovery code, each once; or Refused."""
    factor = of(user)
    _throttled(user, lambda: bool(factor) and (_takes(factor, code) or _spends(user, code)))


def _throttled(user: User, is_right) -> None:
    """Each try is counted before it is looked at, so that many at once are no more than one after the other."""
    account = f"second factor of {user.id}"
    with transaction():
        if (
            SigninAttempt.select()
            .where(SigninAttempt.account == account, SigninAttempt.at > clock.now() - WITHIN)
            .count()
            >= TRIES
        ):
            raise Refused(
                [
                    Refusal(
                        "throttled",
                        "Too many tries. Wait five minutes, or ask an admin to reset your second factor.",
                        field="code",
                    )
                ],
                user,
            )
        attempt = SigninAttempt.create(account=account, address="")
    with transaction():
        right = is_right()
        if right:
            attempt.delete_instance()
    if not right:
        raise Refused(
            [Refusal("code", "This code is wrong, or was used already. Wait for the next one.", field="code")], user
        )


def _takes(factor: SecondFactor, code: str) -> bool:
    digits = "".join(filter(str.isdigit, (code or "")[:20]))
    if len(digits) != 6 or not digits.isascii():
        return False
    app, now = pyotp.TOTP(factor.secret), int(clock.now().timestamp()) // SECONDS
    right = [
        step for step in range(now - AROUND, now + AROUND + 1) if hmac.compare_digest(app.at(step * SECONDS), digits)
    ]
    newer = (SecondFactor.user == factor.user_id) & (SecondFactor.last_step < max(right, default=0))
    return bool(right) and SecondFactor.update(last_step=max(right)).where(newer).execute() == 1


def _spends(user: User, code: str) -> bool:
    plain = "".join(letter for letter in (code or "")[:40].lower() if letter.isalnum())
    unused = (RecoveryCode.code_hash == _hashed(user, plain)) & RecoveryCode.used_at.is_null()
    if RecoveryCode.update(used_at=clock.now()).where(unused).execute() != 1:
        return False
    audit.record("use_recovery_code", user, user)
    Notification.tell(user, "security", f"A recovery code of yours was used to sign in; {codes_left(user)} are left")
    return True


def _hashed(user: User, code: str) -> str:
    return hashlib.sha256(f"{user.id}:{code}".encode()).hexdigest()


# what an admin does


def reset(user: User, by: User) -> None:
    """Somebody has lost phone and codes: they sign in with the password alone, and set up another where their role
    needs one."""
    admins_only(by)
    if user.id == by.id:
        raise Refused([Refusal("own", "Another admin resets yours; or turn it off in My settings.")], user)
    with transaction():
        if of(user) is None:
            raise Refused([Refusal("second_factor", f"{user.name} has no second factor.")], user)
        _forget(user)
        end_sessions(user)
        audit.record("reset_second_factor", user, by)
        Notification.tell(user, "security", f"{by.name} reset your second factor", by)


def _forget(user: User) -> None:
    SecondFactor.delete().where(SecondFactor.user == user).execute()
    RecoveryCode.delete().where(RecoveryCode.user == user).execute()


def require(roles, by: User) -> None:
    """People of these roles set one up before they go on working; who has none is signed out."""
    admins_only(by)
    roles = set(roles)
    if not roles <= set(ROLES):
        raise Refused([Refusal("roles", "Choose among the roles.", field="roles")])
    if by.has(*roles) and of(by) is None:
        raise Refused(
            [Refusal("own", "Set up your own second factor first: your role would need it too.", field="roles")]
        )
    with transaction():
        RequiredRole.delete().execute()
        for role in sorted(roles):
            RequiredRole.create(role=role)
        Session.delete().where(Session.user.in_([user.id for user in without()])).execute()
        audit.record("require_second_factor", by, by, roles=sorted(roles))


def without() -> list[User]:
    """Who works here, needs one and has none."""
    roles = required_roles()
    have = SecondFactor.select(SecondFactor.user).where(SecondFactor.confirmed_at.is_null(False))
    return list(User.working(*sorted(roles)).where(User.id.not_in(have))) if roles else []
