"""A review loaded and answered: a page of its own, or the same inside in the large dialog over another page."""

from functools import cache

from flask import abort, flash, render_template, request, url_for
from peewee import JOIN

from carmanana.blueprints.cancellations.review.page import Said, review_page, shown_queue
from carmanana.core.query import Prepared
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.pipelines import Pipeline, Stage
from carmanana.web.current_user import me
from carmanana.web.fragments import go, htmx, page_behind, partial, pieces

DIALOG = "#review-dialog"


def request_or_404(request_id: int) -> CancellationRequest:
    return _seen(me().deal_sight).first(request_id, me()) or abort(404)


@cache
def _seen(sight: str) -> Prepared:
    """One request, for whoever sees so far."""

    def seen(request_id, by):
        reviewer, owner = User.alias("reviewer"), User.alias("owner")
        found = (
            CancellationRequest.select(CancellationRequest, Deal, Customer, Stage, Pipeline, reviewer, owner)
            .join(Deal)
            .join(Customer)
            .join_from(Deal, Stage)
            .join_from(Deal, Pipeline)
            .join_from(Deal, owner, JOIN.LEFT_OUTER, on=Deal.owner == owner.id, attr="owner")
            .join_from(
                CancellationRequest,
                reviewer,
                JOIN.INNER,
                on=CancellationRequest.reviewer == reviewer.id,
                attr="reviewer",
            )
        )
        return found.where(CancellationRequest.id == request_id, Deal.within(sight, by))

    return Prepared(seen)


def review_url(record: CancellationRequest) -> str:
    return url_for("cancellations.show", request_id=record.id, show=request.args.get("show") or None)


def on_its_page(record: CancellationRequest) -> bool:
    """Does the browser show this review as a page of its own?"""
    here = page_behind().path
    return here == url_for("cancellations.show", request_id=record.id)


def show_review(record: CancellationRequest, said: Said | None = None, status: int = 200, *beside: str):
    """The review as it stands now, where it is shown."""
    in_dialog = bool(htmx) and not on_its_page(record)
    context = review_page(record, said) | {"in_dialog": in_dialog, "show": shown_queue()}
    if not htmx:
        return render_template("cancellations/show.html", **context), status
    html = render_template("cancellations/_review.html", **context)
    place = partial(DIALOG, html) if in_dialog else partial("#review", html, "outerHTML")
    return pieces(place, *beside, status=status, HX_Reswap="none")


def review_again(record: CancellationRequest, words: str, form=None):
    """After a step: what was done in words, and a dialog that asked for it is closed."""
    if not htmx:
        return go(review_url(record), words)
    return show_review(request_or_404(record.id), Said(words, form), 200, partial("#dialog", ""))


def leave_review(record: CancellationRequest, words: str):
    """Back to where the review was opened; the page behind the dialog is drawn anew and says it."""
    if not htmx or on_its_page(record):
        return go(url_for("cancellations.index", show=request.args.get("show") or None), words)
    flash(words)
    return pieces(partial(DIALOG, ""), HX_Reswap="none")
