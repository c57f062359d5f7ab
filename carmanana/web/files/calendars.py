"""Files for calendar programs."""

from flask import Response


def calendar_file(body: bytes, name: str = "") -> Response:
    """Kept under `name` where it is for one's own calendar, read in place where a program subscribes to it."""
    answer = Response(body, content_type="text/calendar; charset=utf-8")
    if name:
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return answer
