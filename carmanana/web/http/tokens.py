"""The token of a page's forms: flask-wtf's, made and read once for all pages of a session."""

from functools import cache, lru_cache
from hmac import compare_digest

from flask import Flask, current_app, g, request, session
from flask_wtf.csrf import CSRFProtect, generate_csrf
from itsdangerous import BadData, URLSafeTimedSerializer

NAME = "csrf_token"


class Protection(CSRFProtect):
    """Flask-WTF's, which makes a signer for each request and reads its token anew. A token that was right is that of the
    forms in the answer, too."""

    def protect(self, apply_exemptions: bool = False) -> None:
        if request.method not in current_app.config["WTF_CSRF_METHODS"]:
            return
        sent = request.environ.get("HTTP_X_CSRFTOKEN") or request.form.get(NAME)
        if _is_right(sent):
            g.csrf_valid, g.csrf_token = True, sent
        else:
            super().protect(apply_exemptions)


def _is_right(sent: str | None) -> bool:
    secret = session.get(NAME)
    try:
        return bool(sent and secret) and compare_digest(secret, _secret_in(sent, current_app.secret_key))
    except BadData:
        return False


@lru_cache(1_000)
def _secret_in(token: str, key: str) -> str:
    """Of a token that we have signed; it says the same for ever, as it has no end."""
    return _signer(key).loads(token)


def init_tokens(app: Flask) -> None:
    Protection(app)
    app.jinja_env.globals[NAME] = page_token  # in the place of its own way to make one
    app.context_processor(lambda: {NAME: page_token})


def page_token() -> str:
    found = g.get(NAME)
    if found is None:
        secret = session.get(NAME)
        found = g.csrf_token = _token_of(secret, current_app.secret_key) if secret else generate_csrf()
    return found


@lru_cache(1_000)
def _token_of(secret: str, key: str) -> str:
    """As it has no end, it serves all pages of a session."""
    return _signer(key).dumps(secret)


@cache
def _signer(key: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(key, salt="wtf-csrf-token")
