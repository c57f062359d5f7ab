"""One JSON line a request but for polls with nothing new, with its id; no names, numbers, addresses or words of
anybody."""

import logging
import secrets
import time

from flask import Flask, g, request
from flask_login import current_user

from carmanana.core import logs
from carmanana.core.db import database

log = logging.getLogger("carmanana")


def init_logs(app: Flask) -> None:
    logs.to_stderr(logging.WARNING if app.config["SETTINGS"].env == "test" else logging.INFO)
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.request_id, g.began = secrets.token_hex(6), time.perf_counter()


def _end(response):
    if "request_id" in g and request.endpoint != "static":
        response.headers["X-Request-Id"] = g.request_id
        if not (response.status_code == 204 and "X-Poll" in request.headers):  # an open page asks every few seconds
            log.info("request", extra={"told": _told(response.status_code)})
    return response


def tell_what_was_left_open(error: BaseException | None = None) -> None:
    """A request ends with no statement open and no transaction under way; what left one is a fault of ours."""
    if left := database.end_work():
        log.error(
            "left open", extra={"told": {"request": g.get("request_id"), "endpoint": request.endpoint, "left": left}}
        )


def _told(status: int) -> dict:
    return {
        "request": g.request_id,
        "method": request.method,
        "endpoint": request.endpoint,
        "status": status,
        "ms": round((time.perf_counter() - g.began) * 1000, 1),
        "user": getattr(current_user, "id", None),
    }
