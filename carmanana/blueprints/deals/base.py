from flask import Blueprint

blueprint = Blueprint("deals", __name__, url_prefix="/deals")
