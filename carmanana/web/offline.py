"""What a phone has kept without a signal and sends now (static/js/queue.js): X-Kept says how many seconds ago it was
saved."""

from datetime import datetime, timedelta

from flask import Response, request
from flask_login import current_user

from carmanana.core import clock
from carmanana.core.idempotency import REMEMBERED, arrived
from carmanana.web.current_user import me


def acknowledge():
    """What arrived before, its answer lost on the way, is answered as it was then: it is done, whatever may stand in
    its way by now."""
    if request.method == "POST" and "X-Kept" in request.headers and current_user.is_authenticated:
        if arrived(request.form.get("once", ""), me()):
            return Response("")
    return None


def saved_at() -> datetime | None:
    """When it was saved on the phone; None for what was never kept."""
    told = request.headers.get("X-Kept", "")
    if not (told.isascii() and told.isdigit() and len(told) < 9):
        return None
    return clock.now() - min(timedelta(seconds=int(told)), REMEMBERED)
