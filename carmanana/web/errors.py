"""One place where the domain's refusals and everything that breaks become answers."""

import errno
from urllib.parse import urlunsplit

from flask import Flask, Response, g, render_template, request, url_for
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from peewee import OperationalError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.routing import BuildError

from carmanana.contacting.mail import outbox_address
from carmanana.core import uploads
from carmanana.core.db import Stale
from carmanana.core.workflow import Forbidden, Refused, Remedy
from carmanana.records.deals import Deal
from carmanana.records.leads import Lead
from carmanana.web import access
from carmanana.web.answers import as_it_stands
from carmanana.web.continuations import leads_back
from carmanana.web.fragments import htmx, page_before, page_behind, partial, pieces
from carmanana.web.http.logs import log

WORDS = {
    400: ("That request made no sense", "Go back, reload the page and try again."),
    403: ("This is not yours to do", "Your roles do not include it. Ask an admin if they should."),
    404: ("There is nothing here", "It does not exist, or it belongs to somebody else."),
    405: ("That does not work here", "Go back and use the page's own buttons."),
    409: (
        "Somebody was quicker",
        "The record has changed since you opened it. Look at it again, then repeat your change.",
    ),
    413: ("That is too large", "Files may be up to {megabytes} MB. Send a smaller one."),
    415: ("That kind of file is not taken", "Send another format."),
    500: ("Something broke on our side", "Nothing was half done. Try again; if it stays, tell an admin this number: "),
    503: ("The server can't write just now", "What you typed is still in the page. Try again in a moment."),
}

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


CLAIMS = ("deals.claim", "leads.claim")
TAKEN = "Somebody was quicker", "It is taken by now, or gone. Reload the page to see what is free."
OF_LEAD = {"deals.flag": "leads.flag", "deals.claim": "leads.claim", "activities.new": "leads.contact"}


def init_errors(app: Flask) -> None:
    app.register_error_handler(Refused, refused)
    app.register_error_handler(Forbidden, lambda error: answer(403, words=error.sentence))
    app.register_error_handler(Stale, stale)
    app.register_error_handler(CSRFError, too_old)
    app.register_error_handler(SecurityError, unknown_host)
    app.register_error_handler(HTTPException, failed)
    app.register_error_handler(OperationalError, cannot_write)
    app.register_error_handler(OSError, file_trouble)
    app.register_error_handler(500, broken)
    app.jinja_env.globals["remedy_url"] = remedy_url


def refused(error: Refused):
    """422 with the sentences and the remedies; nothing has moved."""
    title = refusal_title(error.without_frames())
    if htmx:
        return pieces(
            partial("#refusal", render_template("shared/_refusal.html", title=title, error=error)),
            status=422,
            HX_Reswap="none",
        )
    return render_template("shared/refused.html", title=title, error=error), 422


def refusal_title(error: Refused) -> str:
    deal = error.record
    if error.trigger == "move_step":
        return "The next step stays where it is"
    if isinstance(deal, Deal) and deal.id:
        where = deal.stage.name if deal.state == "active" else deal.state_name
        return f"{deal.customer.name} stays in {where}"
    if isinstance(deal, Lead) and deal.id:
        return f"{deal.customer.name} stays as it is"
    return "That did not go through"


def remedy_url(remedy: Remedy, record, then: str = "") -> str:
    """`then` is the step that goes on after it. Without a mail server an email is written elsewhere, and logged."""
    values, endpoint = dict(remedy.values), remedy.endpoint
    if endpoint == "letters.new" and not outbox_address.has_server():
        endpoint, values = "activities.new", values | {"kind": "email"}
    if then and leads_back(remedy):
        values["then"] = then
    if isinstance(record, Deal) and record.id:
        values["deal_id"] = record.id
        if endpoint == "customers.edit":
            values.setdefault("customer_id", record.customer_id)
    if isinstance(record, Lead) and record.id:
        endpoint = OF_LEAD.get(endpoint, endpoint)
        values |= {"customer_id": record.customer_id} if endpoint.startswith("customers.") else {"lead_id": record.id}
    try:
        return url_for(endpoint, **values)
    except BuildError:
        return ""


def stale(error: Stale):
    """409, with the record as it stands now where the page shows it."""
    shown = as_it_stands(error.record, _panel(*WORDS[409]), status=409) if htmx else None
    return shown or answer(409, now=_page_asked_from())


def _page_asked_from() -> str:
    """Its address here, to show it as it is now."""
    page = page_behind() if htmx else page_before()
    return urlunsplit(("", "", f"/{page.path.lstrip('/')}", page.query, "")) if page.path else ""


def _panel(title: str, words: str, now: str = ""):
    return partial("#refusal", render_template("shared/_refusal.html", title=title, words=words, now=now, error=None))


def failed(error: HTTPException):
    """Who claims what the page still shows as free, and may not see it any more, is told so; whether it exists is not."""
    if error.code == 404 and request.method == "POST" and request.endpoint in CLAIMS:
        return answer(404, *TAKEN, now=_page_asked_from())
    return error if (error.code or 500) < 400 else answer(error.code)


def too_old(error: CSRFError):
    """Whose session has ended signs in first."""
    sign_in = None if current_user.is_authenticated else access.check()
    title, words = "Your page was open for too long", "Reload it and try again. What you typed is kept."
    return sign_in or answer(400, title, words, _page_asked_from())


def unknown_host(error: SecurityError):
    """In plain words: no page can be drawn where the address itself is not ours."""
    return Response(
        "This server does not answer to that name. Ask an admin to add it to TRUSTED_HOSTS.\n",
        400,
        mimetype="text/plain",
    )


def cannot_write(error: OperationalError | OSError):
    log.error("database", exc_info=error)
    return answer(503)


def file_trouble(error: OSError):
    return cannot_write(error) if error.errno in NO_ROOM else broken(error)


def broken(error):
    """What fails after the view, as a new session does, is told like what fails in it."""
    cause = getattr(error, "original_exception", None) or error
    if isinstance(cause, OperationalError):
        return cannot_write(cause)
    log.error("crash", exc_info=cause, extra={"told": {"request": g.get("request_id")}})
    return answer(500)


def answer(code: int, title: str = "", words: str = "", now: str = ""):
    known_title, known_words = WORDS.get(code, WORDS[400 if code < 500 else 500])
    words = words or known_words.format(megabytes=uploads.megabytes) + (g.get("request_id", "") if code == 500 else "")
    title = title or known_title
    if htmx:
        return pieces(_panel(title, words, now), status=code, HX_Reswap="none")
    return render_template("shared/error.html", title=title, words=words, code=code, now=now), code
