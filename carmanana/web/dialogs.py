"""A dialog: a fragment for htmx, the same form as a page of its own otherwise. Its template is given `stale` where
somebody else was quicker (409)."""

from flask import render_template, url_for
from markupsafe import Markup

from carmanana.web.fragments import htmx, partial, pieces


def show_dialog(template: str, title: str, back: str, status: int = 200, **context):
    context = {"title": title, "back": back, "fragment": bool(htmx), "stale": status == 409} | context
    html = render_template(template, **context)
    if htmx:
        return pieces(partial("#dialog", html), status=status, HX_Reswap="none")
    return render_template("shared/dialog_page.html", title=title, dialog=Markup(html)), status


def show_deal_dialog(
    template: str, title: str, deal, form, endpoint: str, status: int = 200, address: dict | None = None, **context
):
    """A dialog about one deal, which posts to `endpoint`; 409 says that the deal has changed meanwhile."""
    return show_dialog(
        template,
        title,
        url_for("deals.show", deal_id=deal.id),
        status,
        deal=deal,
        form=form,
        form_action=url_for(endpoint, deal_id=deal.id, **address or {}),
        **context,
    )
