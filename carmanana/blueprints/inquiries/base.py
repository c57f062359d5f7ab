"""The blueprint. Its public posts carry a signed token of their own in the place of a session's."""

from flask import Blueprint

blueprint = Blueprint("inquiries", __name__)


def without_session(view):
    """No cookie is asked for: what guards the post is the form's signed token, or the sender's."""
    blueprint.record_once(lambda state: state.app.extensions["csrf"].exempt(f"{view.__module__}.{view.__name__}"))
    return view
