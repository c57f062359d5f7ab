"""The form that anybody may send, without signing in, cookies or scripts; shown in a frame by the listed sites
alone."""

from flask import make_response, render_template, request, url_for

from carmanana.blueprints.inquiries.base import blueprint, without_session
from carmanana.blueprints.inquiries.forms import InquiryForm, new_token, nonce_of
from carmanana.core.db import transaction
from carmanana.core.workflow import Refusal, Refused
from carmanana.leads import inquiry_limits, inquiry_settings
from carmanana.leads.arriving import arrive
from carmanana.records.inquiries import Arrival, InquirySettings
from carmanana.web.access import public
from carmanana.web.fragments import go
from carmanana.web.http.headers import POLICY
from carmanana.web.steps import submit

TOO_OLD = "This page was open for too long. Look at what you wrote and send it once more."


@blueprint.route("/inquire", methods=["GET", "POST"])
@without_session
@public
def inquire():
    form = InquiryForm()
    if request.method == "GET":
        return _page(form)
    nonce = nonce_of(request.form.get("token", ""))
    if form.trapped or (nonce and Arrival.get_or_none(Arrival.nonce == nonce)):
        return _framed(go(url_for("inquiries.thanks")))
    return submit(form, lambda: _take(form, nonce), lambda status: _page(form, status))


def _take(form: InquiryForm, nonce: str | None):
    refusals = form.complaints() or ([] if nonce else [Refusal("too_old", TOO_OLD)])
    if refusals:
        raise Refused(refusals)
    with transaction():
        arrival = inquiry_limits.count(inquiry_limits.FORM, request.remote_addr or "", nonce=nonce)
        lead, _ = arrive(form.prospect(), "website", "form", consents=form.consents(), answer_by=form.answer_by())
        Arrival.update(lead=lead).where(Arrival.id == arrival.id).execute()
    return _framed(go(url_for("inquiries.thanks")))


@blueprint.get("/inquire/thanks")
@public
def thanks():
    return _framed(make_response(render_template("inquiries/thanks.html")))


def _page(form: InquiryForm, status: int = 200):
    privacy = InquirySettings.now().privacy_url
    html = render_template("inquiries/inquire.html", form=form, token=new_token(), privacy=privacy)
    return _framed(make_response(html, status))


def _framed(response):
    """Every other page of ours stays out of frames."""
    if sites := inquiry_settings.origins():
        response.headers["Content-Security-Policy"] = POLICY.replace(
            "frame-ancestors 'none'", f"frame-ancestors {' '.join(sites)}"
        )
    return response
