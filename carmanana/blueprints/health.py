from flask import Blueprint, jsonify
from peewee import PeeweeException

from carmanana.core.db import transaction
from carmanana.sweeps import WEB, beat
from carmanana.web.access import public

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public
def healthz():
    """Writes, so that a full disk is told of."""
    try:
        with transaction():
            beat(WEB)
    except PeeweeException:
        return jsonify(ok=False, trouble="the database can't be written"), 503
    return jsonify(ok=True)
