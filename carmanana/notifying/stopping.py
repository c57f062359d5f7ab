"""Links in emails of ours that turn just that email off (RFC 8058)."""

from collections.abc import Callable

from carmanana.core.signed import read, sign
from carmanana.records.people import User

Address = Callable[[User, str], str]
PURPOSE = "stop"


def addresses(secret: str, public_url: str) -> Address:
    """Where a person turns off the email of a name."""
    return lambda user, email: f"{public_url}/emails/stop/{sign(secret, PURPOSE, email, user.id)}"


def meant(secret: str, token: str) -> tuple[str, User] | None:
    told = read(secret, PURPOSE, token)
    user = told and User.get_or_none(User.id == int(told[1]), ~User.house)
    return (told[0], user) if user else None
