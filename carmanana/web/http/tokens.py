"""The token of a page's forms: flask-wtf's, made once a request with what is the same for all of them."""

from functools import cache

from flask import Flask, current_app, g, request, session
from flask_wtf.csrf import CSRFProtect, generate_csrf
from itsdangerous import URLSafeTimedSerializer

NAME = "csrf_token"


def init_tokens(app: Flask) -> None:
    CSRFProtect(app)
    app.jinja_env.globals[NAME] = page_token  # in the place of its own way to make one
    app.context_processor(lambda: {NAME: page_token})
    app.before_request(keep_what_was_sent)


def page_token() -> str:
    found = g.get(NAME)
    if found is None:
        secret = session.get(NAME)
        found = g.csrf_token = _signer(current_app.secret_key).dumps(secret) if secret else generate_csrf()
    return found


@cache
def _signer(key: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(key, salt="wtf-csrf-token")


def keep_what_was_sent() -> None:
    """A token that was right is that of the forms in the answer, too: making another takes longer than all of these."""
    if g.get("csrf_valid") and (sent := request.form.get(NAME) or request.headers.get("X-CSRFToken")):
        g.csrf_token = sent
