"""Who is signed in, for flask-login."""

import hashlib

from flask import request, session, url_for
from flask_login import AnonymousUserMixin, LoginManager, current_user, login_user, logout_user

from carmanana.core import clock
from carmanana.records.people import User
from carmanana.staffing import second_factor
from carmanana.web.fragments import go, htmx, page_before, page_behind, pieces
from carmanana.web.http.requests import of_this_request

HALF_LASTS = 300  # seconds


class Nobody(AnonymousUserMixin):
    theme = "system"
    timezone = "UTC"

    def has(self, *roles):
        return False


class BySession(LoginManager):
    """Who asks is known with the session; nothing else is asked."""

    def _load_user(self):
        self._update_request_context_with_user(session.user if "_user_id" in session else None)


def remember(user: User) -> None:
    session.renew()
    session.user = user
    session.pop("half", None)
    session["factor_missing"] = second_factor.missing(user)
    login_user(user)


def half_signed_in(user: User) -> None:
    """The password was right; the cookie says so for a few minutes, signed, while the second factor is asked."""
    session.renew()
    session["half"] = {"user": user.id, "at": clock.now().timestamp(), "password": _mark(user)}


def half() -> User | None:
    """Who has given the right password a moment ago, where it still is the right one."""
    told = session.get("half") or {}
    user = User.known(told.get("user"))
    fresh = (
        user and user.active and clock.now().timestamp() - told["at"] < HALF_LASTS and told["password"] == _mark(user)
    )
    return user if fresh else None


def _mark(user: User) -> str:
    return hashlib.sha256((user.password_hash or "").encode()).hexdigest()[:16]


def forget() -> None:
    logout_user()
    session.clear()
    session.renew()


def ask_to_sign_in():
    """They come back to the page that they were on, where what they typed is kept."""
    here = _page_shown()
    there = url_for("signing.sign_in", next=here if here != "/" else None)
    return pieces(status=401, HX_Redirect=there) if htmx else go(there)


def _page_shown() -> str | None:
    if htmx or request.method != "GET":
        page = page_behind() if htmx else page_before()
        return f"{page.path}?{page.query}".rstrip("?") if page.netloc == request.host else None
    return request.full_path.rstrip("?")


def me() -> User:
    """The signed-in person as a plain record, for the domain."""
    return of_this_request().get("_login_user") or current_user._get_current_object()
