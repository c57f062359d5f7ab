"""What htmx asks for and how it is answered. flask-htmx 0.4 does not know htmx 4's headers; they are read here."""

from urllib.parse import SplitResult, urlsplit

from flask import flash, make_response, redirect, render_template, request
from flask_htmx import HTMX
from markupsafe import Markup

htmx = HTMX()


def wants_fragment() -> bool:
    return bool(htmx) and request.headers.get("HX-Request-Type", "partial") == "partial"


def page_behind() -> SplitResult:
    """The address of the page that the browser shows while htmx asks; empty where it names none."""
    try:
        return urlsplit(request.headers.get("HX-Current-URL", ""))
    except ValueError:
        return urlsplit("")


def partial(target: str, html: str, swap: str = "innerHTML") -> Markup:
    """A piece for one place of the page."""
    return Markup('<hx-partial hx-target="{}" hx-swap="{}">{}</hx-partial>').format(target, swap, Markup(html))


def pieces(*parts: str, status: int = 200, **headers):
    response = make_response("".join(parts), status)
    for name, value in headers.items():
        response.headers[name.replace("_", "-")] = value
    return response


def toast(text: str, undo=None) -> Markup:
    """What was done; `undo` is the deal whose last step may be taken back."""
    return partial("#toasts", render_template("shared/_toast.html", text=text, undo=undo), "beforeend")


def go(url: str, text: str = ""):
    """To another page: as a whole for htmx, by 303 for a plain form. `text` is said there."""
    if text:
        flash(text)
    if htmx:
        return pieces(HX_Redirect=url)
    return redirect(url, 303)
