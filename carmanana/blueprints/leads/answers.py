"""The answer to a change of a lead: the board or its page as it stands now, the deal that it became, or the way
there."""

from flask import render_template, url_for
from markupsafe import Markup

from carmanana.blueprints.leads.board import board_of_page, moved
from carmanana.blueprints.leads.page import body_of
from carmanana.blueprints.leads.previous_next import trail_of
from carmanana.records.leads import Lead
from carmanana.web.answers import answers, page_again
from carmanana.web.continuations import address_of, go_on, then
from carmanana.web.fragments import go, htmx, page_behind, partial, pieces, toast

from .base import lead_or_404


@answers(Lead)
def changed(lead: Lead, before: Lead | None, said: str, undo: bool = False):
    if not htmx:
        url = url_for("deals.show", deal_id=lead.deal_id) if lead.converted else url_for("leads.show", lead_id=lead.id)
        return go(address_of(lead) if then() else url, said)
    answer = _changed_here(lead, before, said, undo)
    answer.data += go_on(lead).encode()
    return answer


def _changed_here(lead: Lead, before: Lead | None, said: str, undo: bool):
    if answer := page_again(said):
        return answer
    if before and board_of_page():
        return moved(lead, before, said, undo)
    if lead.converted:
        return go(url_for("deals.show", deal_id=lead.deal_id), said)
    url = url_for("leads.show", lead_id=lead.id)
    if page_behind().path != url:
        return go(url, said)
    fresh = lead_or_404(lead.id)
    html = Markup(render_template("leads/_trail.html", lead=fresh, trail=trail_of(fresh))) + body_of(fresh)
    return pieces(
        partial("#lead", html),
        partial("#dialog", ""),
        partial("#refusal", ""),
        toast(said, lead if undo else None),
        HX_Reswap="none",
    )
