"""What htmx asks for and how it is answered. flask-htmx 0.4 does not know htmx 4's headers; they are read here."""

from functools import lru_cache
from urllib.parse import SplitResult, urlsplit

from flask import current_app, flash, make_response, redirect, request, session
from flask_htmx import HTMX
from markupsafe import Markup, escape

SAID_AT_ONCE = 5

htmx = HTMX()


def wants_fragment() -> bool:
    return bool(htmx) and request.headers.get("HX-Request-Type", "partial") == "partial"


def page_behind() -> SplitResult:
    """The address of the page that the browser shows while htmx asks; empty where it names none."""
    return _split(request.headers.get("HX-Current-URL", ""))


def page_before() -> SplitResult:
    """The address of the page that a plain form was sent from; empty where the browser names none."""
    return _split(request.referrer or "")


@lru_cache(1_000)
def _split(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def partial(target: str, html: str, swap: str = "innerHTML") -> Markup:
    """A piece for one place of the page; what is no HTML is escaped before."""
    return Markup(f'<hx-partial hx-target="{escape(target)}" hx-swap="{escape(swap)}">{html}</hx-partial>')


def pieces(*parts: str, status: int = 200, **headers):
    response = make_response("".join(parts), status)
    for name, value in headers.items():
        response.headers[name.replace("_", "-")] = value
    return response


def toast(text: str, undo=None) -> Markup:
    """What was done; `undo` is the deal whose last step may be taken back. It needs no context of a whole page."""
    template = current_app.jinja_env.get_template("shared/_toast.html")
    return partial("#toasts", template.render(text=text, undo=undo), "beforeend")


def go(url: str, text: str = ""):
    """To another page: as a whole for htmx, by 303 for a plain form. `text` is said there, with the last of what was
    said before and no page has shown yet."""
    if text:
        flash(text)
        session["_flashes"] = session["_flashes"][-SAID_AT_ONCE:]
    if htmx:
        return pieces(HX_Redirect=url)
    return redirect(url, 303)
