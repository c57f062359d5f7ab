"""Signing in: passwords, the throttle, and forgotten passwords."""

import hashlib
import secrets
from datetime import timedelta
from ipaddress import ip_address, ip_network

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from peewee import fn

from carmanana.core import audit, clock
from carmanana.core.db import transaction
from carmanana.core.workflow import Refusal, Refused
from carmanana.records.mail import OutgoingMail
from carmanana.records.people import PasswordReset, Session, SigninAttempt, User
from carmanana.records.push import PushDevice
from carmanana.records.rights import admins_only

hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
NOBODYS_HASH = hasher.hash(secrets.token_hex())

TRIES, WITHIN = 10, timedelta(minutes=5)
RESET_LASTS = timedelta(hours=1)
SHORTEST, LONGEST = 10, 256
SAME_ANSWER = "The email or the password is wrong."


def sign_in(email: str, password: str, address: str) -> User:
    """The person, or Refused with the same words and in the same time whatever was wrong."""
    account = email.strip().lower()
    attempt = _count_attempt(account, address)
    user = User.get_or_none(User.email == account)
    right = _matches(user.password_hash if user and user.password_hash else NOBODYS_HASH, password)
    if user and user.active and user.password_hash and right:
        attempt.delete_instance()
        return user
    raise Refused([Refusal("signin", SAME_ANSWER, field="email")])


def _matches(password_hash: str, password: str) -> bool:
    try:
        return hasher.verify(password_hash, password[:LONGEST])
    except VerificationError:
        return False


def _count_attempt(account: str, address: str = "") -> SigninAttempt:
    """Each attempt is counted as a failure before its password is looked at, so that no more of them than may be
    tried are under way at once; one that was right is taken off again."""
    account, address = account[:254], _household(address)
    with transaction():
        _throttle(account, address)
        return SigninAttempt.create(account=account, address=address)


def _throttle(account: str, address: str) -> None:
    """An account is closed by so many failures, and an address by failures at so many accounts: people who share one
    are not locked out by what somebody mistypes."""
    recent = SigninAttempt.at > clock.now() - WITHIN
    failed = SigninAttempt.select().where(recent, SigninAttempt.account == account).count()
    accounts = SigninAttempt.select(fn.COUNT(SigninAttempt.account.distinct())).where(
        recent, SigninAttempt.address == address
    )
    if failed >= TRIES or (address and accounts.scalar() >= TRIES):
        raise Refused([Refusal("throttled", "Too many tries. Wait five minutes, or ask an admin for a new password.")])


def _household(address: str) -> str:
    """Whoever has one IPv6 address has a whole network of them."""
    try:
        return str(ip_network(f"{address}/64", strict=False)) if ip_address(address).version == 6 else address
    except ValueError:
        return address


def set_password(user: User, password: str, by: User | None = None) -> None:
    """Write the hash and end every session of theirs."""
    refuse_weak(password, user)
    password_hash = hasher.hash(password)
    with transaction():
        _write_password(user, password_hash, by)


def _write_password(user: User, password_hash: str, by: User | None) -> None:
    User.update(password_hash=password_hash, version=User.version + 1).where(User.id == user.id).execute()
    end_sessions(user)
    PasswordReset.update(used_at=clock.now()).where(
        PasswordReset.user == user, PasswordReset.used_at.is_null()
    ).execute()
    audit.record("password", user, by or user)


def change_password(user: User, current: str, password: str) -> None:
    """One's own, for who knows the present one; guesses count as failed sign-ins of this account and of no address."""
    attempt = _count_attempt(user.email)
    if not _matches(user.password_hash or NOBODYS_HASH, current):
        raise Refused([Refusal("current", "That is not your current password.", field="current")])
    attempt.delete_instance()
    set_password(user, password)


def refuse_weak(password: str, user: User) -> None:
    if not SHORTEST <= len(password) <= LONGEST:
        raise Refused([Refusal("weak", f"Use {SHORTEST} to {LONGEST} characters.", field="password")])
    if password.lower() in (user.email.lower(), user.name.lower()) or len(set(password)) < 4:
        raise Refused([Refusal("weak", "That is too easy to guess. Use a few unrelated words.", field="password")])


def end_sessions(user: User) -> None:
    """Everywhere, with the pushes to their devices: one of them may be in other hands."""
    PushDevice.delete().where(PushDevice.user == user).execute()
    Session.delete().where(Session.user == user).execute()


def ask_for_reset(email: str, public_url: str) -> None:
    """Send a link where the account exists; say nothing either way."""
    user = User.get_or_none(User.email == email.strip().lower())
    recent = clock.now() - timedelta(minutes=2)
    if user is None or not user.active:
        return
    if (
        PasswordReset.select()
        .where(PasswordReset.user == user, PasswordReset.expires_at > recent + RESET_LASTS)
        .exists()
    ):
        return
    with transaction():
        link = f"{public_url}/password/{new_reset(user)}"
        OutgoingMail.create(
            to=user.email,
            subject="A new password for CarManana",
            body=f"Hello {user.first_name},\n\nChoose a new password here within an hour:\n{link}\n\n"
            "If you did not ask for this, nothing has changed.\n",
        )


def new_reset(user: User, by: User | None = None) -> str:
    """A secret that lets somebody choose a new password once, within an hour."""
    token = secrets.token_urlsafe(32)
    with transaction():
        PasswordReset.create(user=user, token_hash=_hashed(token), expires_at=clock.now() + RESET_LASTS)
        audit.record("password_reset", user, by)
    return token


def password_link(user: User, by: User, public_url: str) -> str:
    """An address at which they choose a new password, for an admin to pass on."""
    admins_only(by)
    if not user.active:
        raise Refused([Refusal("left", f"{user.name} does not work here any more. Reactivate them first.")], user)
    return f"{public_url}/password/{new_reset(user, by)}"


def reset_for(token: str) -> User | None:
    reset = PasswordReset.get_or_none(
        PasswordReset.token_hash == _hashed(token),
        PasswordReset.used_at.is_null(),
        PasswordReset.expires_at > clock.now(),
    )
    return reset.user if reset and reset.user.active else None


def use_reset(token: str, password: str) -> User:
    """Choose the new password; of two uses of the same link one wins."""
    user = reset_for(token)
    if user is None:
        raise Refused([Refusal("reset", "This link was used or is older than an hour. Ask for a new one.")])
    refuse_weak(password, user)
    password_hash = hasher.hash(password)
    with transaction():
        unused = (PasswordReset.token_hash == _hashed(token)) & PasswordReset.used_at.is_null()
        if PasswordReset.update(used_at=clock.now()).where(unused).execute() != 1:
            raise Refused([Refusal("reset", "This link was used already. Ask for a new one.")])
        _write_password(user, password_hash, user)
    return user


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
