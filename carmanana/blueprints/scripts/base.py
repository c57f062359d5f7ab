"""The blueprint that the pages of the wording share, and who writes."""

from flask import Blueprint

blueprint = Blueprint("scripts", __name__)

WRITERS = ("manager", "crm_admin")
