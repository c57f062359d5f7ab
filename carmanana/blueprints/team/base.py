from flask import Blueprint, abort

from carmanana.records.people import User

blueprint = Blueprint("people", __name__)


def person_or_404(user_id: int) -> User:
    """The house account is nobody and has no page."""
    return User.get_or_none(User.id == user_id, ~User.house) or abort(404)
