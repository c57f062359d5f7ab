"""Who is signed in, for flask-login."""

from flask import request, session, url_for
from flask_login import AnonymousUserMixin, current_user, login_user, logout_user

from carmanana.people.models import User

from .fragments import go, htmx, pieces


class Nobody(AnonymousUserMixin):
    theme = "system"
    timezone = "UTC"

    def has(self, *roles):
        return False


def person(user_id: str) -> User | None:
    return session.user


def remember(user: User) -> None:
    session.renew()
    session.user = user
    login_user(user)


def forget() -> None:
    logout_user()
    session.clear()
    session.renew()


def ask_to_sign_in():
    here = request.full_path.rstrip("?") if request.method == "GET" else None
    if htmx:
        return pieces(status=401, HX_Redirect=url_for("signing.sign_in"))
    return go(url_for("signing.sign_in", next=here if here != "/" else None))


def me() -> User:
    """The signed-in person as a plain record, for the domain."""
    return current_user._get_current_object()
