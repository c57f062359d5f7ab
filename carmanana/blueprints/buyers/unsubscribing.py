"""Where somebody unsubscribes from mail to many: without signing in, by the signed token of the email."""

from flask import Blueprint, abort, current_app, render_template, request
from itsdangerous import BadSignature, URLSafeSerializer

from carmanana.buyers import offering
from carmanana.records.customers import Person
from carmanana.web.access import public, without_token

blueprint = Blueprint("unsubscribing", __name__)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="unsubscribe")


def address_of(person: Person, address: str) -> str:
    """The link of an email to this person at this address; it holds for as long as our secret does."""
    return f"{current_app.config['SETTINGS'].public_url}/unsubscribe/{_signer().dumps([person.id, address])}"


@blueprint.route("/unsubscribe/<signed>", methods=["GET", "POST"])
@without_token(blueprint)  # the signed link guards it; mail programs post by themselves (RFC 8058)
@public
def unsubscribe(signed: str):
    """A link alone changes nothing, since mail programs look at links; the button, or the mail program's own, does."""
    try:
        person_id, address = _signer().loads(signed[:1_000])
    except (BadSignature, ValueError, TypeError):
        abort(404)
    if request.method == "POST":
        offering.unsubscribe(person_id, address)
    return render_template("buyers/unsubscribe.html", signed=signed, done=request.method == "POST")
