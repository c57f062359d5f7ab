"""The blueprint. Its public posts carry a signed token of their own, or the sender's, in the place of a session's."""

from flask import Blueprint

from carmanana.web.access import without_token

blueprint = Blueprint("inquiries", __name__)
without_session = without_token(blueprint)
