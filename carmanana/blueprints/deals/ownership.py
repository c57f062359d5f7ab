"""Claim, reassign, flag."""

from flask import request

from carmanana.blueprints.deals.forms import FlagForm, OwnerForm
from carmanana.boards.board import column_key
from carmanana.core import clock
from carmanana.core.db import Stale
from carmanana.core.workflow import Forbidden, Refused
from carmanana.deals import owner_steps, ownership
from carmanana.web.access import allow
from carmanana.web.answers import changed
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_deal_dialog
from carmanana.web.edit_conflicts import overtake
from carmanana.web.loading import deal_or_404, sent_owner, sent_version

from .base import blueprint


@blueprint.post("/<id:deal_id>/claim")
@allow("agent", "manager")
def claim(deal_id: int):
    deal = deal_or_404(deal_id)
    fresh = ownership.claim(deal, me())
    due = clock.local(owner_steps.first_contact_due(fresh), me().timezone)
    day = "today" if due.date() == clock.today(me().timezone) else f"{due:%A}"
    said = f"{deal.customer.name} is yours. First contact is due {day} by {due:%H:%M}"
    return changed(fresh, column_key(deal), said, undo=True)


@blueprint.route("/<id:deal_id>/owner", methods=["GET", "POST"])
@allow("manager")
def owner(deal_id: int):
    deal = deal_or_404(deal_id)
    form = OwnerForm(deal)
    if form.sent():
        try:
            fresh = ownership.reassign(deal, sent_owner(), form.reason.data, me(), sent_version())
            return changed(fresh, column_key(deal), f"{fresh.owner.name} owns it now")
        except Refused as refused:
            form.refuse(refused)
        except Stale as stale:
            overtake(form, stale.record)
            return show_deal_dialog(
                "deals/owner.html", "Give it to somebody", deal_or_404(deal_id), form, "deals.owner", 409
            )
    return show_deal_dialog(
        "deals/owner.html", "Give it to somebody", deal, form, "deals.owner", 200 if request.method == "GET" else 422
    )


@blueprint.route("/<id:deal_id>/flag", methods=["GET", "POST"])
@allow("agent", "manager")
def flag(deal_id: int):
    """An agent asks; a manager answers."""
    deal = deal_or_404(deal_id)
    if not owner_steps.may_flag(deal, me()):
        raise Forbidden("flag")
    form = FlagForm(deal)
    answers = me().is_manager and deal.flagged_at is not None
    if form.sent():
        try:
            fresh = (ownership.clear_flag if answers else ownership.flag)(deal, form.reason.data, me())
            return changed(fresh, column_key(deal), "The flag is answered" if answers else "Your manager has been told")
        except Refused as refused:
            form.refuse(refused)
    return show_deal_dialog(
        "deals/flag.html", "Flag", deal, form, "deals.flag", 200 if request.method == "GET" else 422, answers=answers
    )
