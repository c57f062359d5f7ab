"""Leads that a marketplace or a mail server posts: ADF, bare, in an email, or as a file."""

import hmac

from flask import current_app, jsonify, request

from carmanana.blueprints.inquiries.base import blueprint, without_session
from carmanana.contacting.attachments import keep, no_strays
from carmanana.core.workflow import Refused
from carmanana.leads import inquiry_limits
from carmanana.leads.arriving import arrive
from carmanana.leads.prospects import files
from carmanana.leads.prospects.prospect import MOST_BYTES, Prospect, Unreadable
from carmanana.web.access import public


@blueprint.post("/leads/intake")
@without_session
@public
def intake():
    """201 with the leads that were made, 200 where all of them were here; 4xx with a sentence otherwise."""
    secret = current_app.config["SETTINGS"].intake_token
    if not secret:
        return _said(404, "Leads are not taken here. Set LEAD_INTAKE_TOKEN to a long secret and start again.")
    address = request.remote_addr or ""
    try:
        if not hmac.compare_digest(_token().encode(), secret.encode()):
            inquiry_limits.count(inquiry_limits.WRONG_TOKEN, address)
            return _said(401, "That token is not ours.")
        inquiry_limits.count(inquiry_limits.POSTED, address)
        return _take(*_content())
    except Unreadable as error:
        return _said(422, str(error))
    except Refused as refused:
        return _said(429 if refused.refusals[0].code == "throttled" else 422, refused.refusals[0].sentence)


def _token() -> str:
    return (
        request.headers.get("X-Intake-Token")
        or request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    )


def _content() -> tuple[str, bytes]:
    """A file of a form, or the body itself."""
    file = next(iter(request.files.values()), None)
    if file:
        return file.filename or "lead.xml", file.stream.read(MOST_BYTES + 1)
    mail = request.mimetype == "message/rfc822"
    return "lead.eml" if mail else "lead.xml", request.get_data(cache=False, as_text=False)[: MOST_BYTES + 1]


def _take(name: str, content: bytes):
    made, known = [], []
    for prospect in files.read(name, content).prospects:
        lead, new = _arrive(prospect, name, content)
        (made if new else known).append(lead.id)
    return jsonify(made=made, known=known), 201 if made else 200


def _arrive(prospect: Prospect, name: str, content: bytes):
    with no_strays() as written:
        written.append(keep(name, content))
        return arrive(prospect, "marketplace", "other", files=written)


def _said(status: int, sentence: str):
    return jsonify(error=sentence), status
