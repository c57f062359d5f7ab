"""Sessions in the database: the cookie of a signed-in browser is a random token, and the row is
its only meaning. Before sign-in the cookie carries no more than a signed CSRF secret."""

import hashlib
import secrets
from datetime import timedelta
from pathlib import Path

from flask import Flask, g, request
from flask.sessions import SessionInterface, SessionMixin
from itsdangerous import BadSignature, URLSafeSerializer
from peewee import OperationalError
from werkzeug.datastructures import CallbackDict

from carmanana.core import clock
from carmanana.core.query import Prepared, prepared
from carmanana.records.people import Session, User
from carmanana.web.http.ended_sessions import EndedSessions
from carmanana.web.http.logs import log

SEEN_EVERY = timedelta(minutes=5)
KEPT_BEFORE_SIGNIN = 4096


class BrowserSession(CallbackDict, SessionMixin):
    def __init__(self, ended: EndedSessions, initial=None, row: Session | None = None):
        super().__init__(initial, lambda changed: setattr(changed, "modified", True))
        self.ended = ended
        self.row = row
        self.user = row and row.user
        self.modified = False
        self.accessed = True

    def renew(self) -> None:
        """A new id from here on; called at sign-in and sign-out."""
        if self.row is not None:
            self._end(self.row.id)
        self.row, self.user, self.modified = None, None, True
        g.pop("csrf_token", None)

    def _end(self, id: str) -> None:
        """Also where nothing can be written."""
        try:
            _delete([id])
            self.ended.settle(_delete)
        except OperationalError as error:
            kept = self.ended.add(id)
            log.warning(
                "session ended beside the database" if kept else "session ended in its browser alone", exc_info=error
            )


def _delete(ids: list[str]) -> None:
    Session.delete().where(Session.id.in_(ids)).execute()


class DatabaseSessions(SessionInterface):
    def __init__(self, hours: int, idle_minutes: int, folder: Path):
        self.ended = EndedSessions(folder)
        self.lasts, self.idle = timedelta(hours=hours), timedelta(minutes=idle_minutes)

    def open_session(self, app: Flask, request) -> BrowserSession:
        cookie = self._sent(self.get_cookie_name(app), request)
        if cookie.startswith("s."):
            row = self._row(cookie)
            return BrowserSession(self.ended, row.data, row) if row else BrowserSession(self.ended)
        return BrowserSession(self.ended, self._before_signin(app, cookie))

    def _sent(self, name: str, request) -> str:
        """Who is signed in sends letters that need no quoting, so that they are found as they are."""
        begins = f"{name}="
        sent = next((p for p in request.environ.get("HTTP_COOKIE", "").split("; ") if p.startswith(begins)), "")
        value = sent[len(begins) :]
        return value if value.startswith("s.") else request.cookies.get(name, "")

    def _row(self, cookie: str) -> Session | None:
        now, id = clock.now(), hashed(cookie)
        row = None if id in self.ended else living.first(id, now - self.lasts, now - self.idle)
        return row if row and row.user.active else None

    def _before_signin(self, app: Flask, cookie: str) -> dict:
        try:
            return dict(self._signer(app).loads(cookie)) if cookie else {}
        except (BadSignature, ValueError, TypeError):
            return {}

    def save_session(self, app: Flask, session: BrowserSession, response) -> None:
        if session.get("_user_id"):
            self._save_row(app, session, response)
        elif session.modified:
            value = self._signer(app).dumps(dict(session))
            self._set_cookie(app, response, value if len(value) < KEPT_BEFORE_SIGNIN else "")

    def _save_row(self, app: Flask, session: BrowserSession, response) -> None:
        now = clock.now()
        if session.row is None:
            token = "s." + secrets.token_urlsafe(32)
            agent = request.user_agent.string[:200]
            Session.create(
                id=hashed(token),
                user=int(session["_user_id"]),
                data=dict(session),
                agent=agent,
                address=request.remote_addr or "",
            )
            self._set_cookie(app, response, token)
        elif session.modified:
            self._update(_write, session, now, dict(session))
        elif now - session.row.seen_at > SEEN_EVERY and not request.headers.get("X-Poll"):
            self._update(_see, session, now)

    def _update(self, write: Prepared, session: BrowserSession, *values) -> None:
        """Where nothing can be written pages are shown all the same; what this one said is said once more."""
        try:
            write.rows(session.row.id, *values)
        except OperationalError as error:
            log.warning("session not written", exc_info=error)

    def _set_cookie(self, app: Flask, response, value: str) -> None:
        response.set_cookie(
            self.get_cookie_name(app),
            value,
            httponly=True,
            secure=self.get_cookie_secure(app),
            samesite="Lax",
            path="/",
        )

    def _signer(self, app: Flask) -> URLSafeSerializer:
        return URLSafeSerializer(app.secret_key, salt="before sign-in")


@prepared
def living(id, created_after, seen_after):
    """The session with its person, where neither its time nor their patience has run out."""
    return (
        Session.select(Session, User)
        .join(User)
        .where(Session.id == id, Session.created_at > created_after, Session.seen_at > seen_after)
    )


@prepared
def _write(id, at, data):
    written = {"seen_at": at.to(Session.seen_at), "data": data.to(Session.data)}
    return Session.update(**written).where(Session.id == id)


@prepared
def _see(id, at):
    return Session.update(seen_at=at.to(Session.seen_at)).where(Session.id == id)


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
