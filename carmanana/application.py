"""The web application: the domain behind its blueprints, over one database."""

import sys
from functools import cached_property
from pathlib import Path

from flask import Flask, request

from carmanana.core import uploads
from carmanana.core.db import database
from carmanana.core.query import ask_anew, ask_once
from carmanana.schema.migrate import pending
from carmanana.web.http.hosts import Hosts

from . import config, opening


class Application(Flask):
    """All of its views are plain functions: none is looked at anew with each request for being another kind. Nor is the
    host that is asked."""

    def ensure_sync(self, func):
        return func

    def create_url_adapter(self, request):
        if request is None:
            return super().create_url_adapter(None)
        return self.hosts.bound(request, self.config["TRUSTED_HOSTS"] or ())

    @cached_property
    def hosts(self) -> Hosts:
        return Hosts(super().create_url_adapter)


def create_app(settings: config.Settings | None = None) -> Flask:
    settings = settings or config.from_environment()
    app = Application("carmanana")
    app.config.update(
        SECRET_KEY=settings.secret_key,
        TRUSTED_HOSTS=settings.trusted_hosts,
        MAX_CONTENT_LENGTH=(settings.upload_megabytes + 1) * uploads.MEGABYTE,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        SESSION_COOKIE_NAME="__Host-session" if settings.secure_cookies else "session",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SEND_FILE_MAX_AGE_DEFAULT=31_536_000,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_HEADERS=["X-CSRFToken"],
        WTF_CSRF_SSL_STRICT=False,
        COMPRESS_STREAMS=False,
    )
    open_data(app, settings)
    _init_web(app, settings)
    _init_blueprints(app)
    _refuse_stale_schema(app)
    return app


def open_data(app: Flask, settings: config.Settings) -> None:
    """From now on the application works on this database and with these files."""
    app.config["SETTINGS"] = settings
    opening.open_with(settings)


def _init_web(app: Flask, settings: config.Settings) -> None:
    from .web import access, errors, filters, fragments, loading, offline, pages, templating
    from .web.http import compression, headers, logs, proxies, requests, sessions, tokens

    app.request_class = requests.PageRequest
    app.jinja_environment = templating.PageEnvironment
    app.wsgi_app = proxies.behind_proxies(app.wsgi_app, settings.trusted_proxies)
    app.url_map.converters["id"] = loading.IdConverter
    app.session_interface = sessions.DatabaseSessions(
        settings.session_hours, settings.session_idle_minutes, settings.data
    )
    logs.init_logs(app)
    app.before_request(connect)
    app.before_request(read_once)
    app.teardown_request(lambda error: ask_anew())
    app.teardown_request(logs.tell_what_was_left_open)
    app.before_request(headers.refuse_foreign_posts)
    fragments.htmx.init_app(app)
    _init_login(app)
    tokens.init_tokens(app)
    app.before_request(offline.acknowledge)
    app.before_request(access.check)
    app.after_request(headers.harden)
    compression.Compression(app)
    filters.init_filters(app)
    pages.init_pages(app)
    errors.init_errors(app)


def connect() -> None:
    """One connection per worker thread; it stays open."""
    database.connect(reuse_if_open=True)
    database.begin_work()


def read_once() -> None:
    """A page that is read asks nothing twice."""
    if request.method == "GET":
        ask_once()


def _init_login(app: Flask) -> None:
    from carmanana.web import current_user

    login = current_user.BySession(app)
    login.unauthorized_handler(current_user.ask_to_sign_in)
    login.anonymous_user = current_user.Nobody


def _init_blueprints(app: Flask) -> None:
    from . import blueprints, cli

    for blueprint in blueprints.every_blueprint():
        app.register_blueprint(blueprint)
    cli.init_cli(app)


def _refuse_stale_schema(app: Flask) -> None:
    """The server does not start over a database that waits for a migration."""
    if _runs_a_command() or app.config["SETTINGS"].env == "test":
        return
    connect()
    waiting = pending()
    database.close()
    if waiting:
        named = ", ".join(waiting) if len(waiting) < 4 else f"{len(waiting)} migrations"
        raise config.Misconfigured(f"The database waits for {named}: run `flask --app app migrate` first.")


def _runs_a_command() -> bool:
    """`flask migrate` and its like, or `python -m flask` with them; `flask run` serves."""
    return "flask" in Path(sys.argv[0]).parts[-2:] and "run" not in sys.argv
