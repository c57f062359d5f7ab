"""The answer to a change of a deal: what the page that asked needs, and no more."""

from flask import render_template

from carmanana.blueprints.deals.page import deal_context
from carmanana.records.deals import Deal
from carmanana.web.fragments import partial, pieces, toast


def deal_again(deal: Deal, said: str, undo: bool = False):
    """The deal's page as it stands now."""
    html = render_template("deals/_body.html", **deal_context(deal))
    return pieces(
        partial("#deal", html),
        partial("#dialog", ""),
        partial("#refusal", ""),
        toast(said, deal if undo else None),
        HX_Reswap="none",
    )
