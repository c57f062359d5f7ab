from flask import Blueprint

blueprint = Blueprint("buyers", __name__, url_prefix="/buyers")
WORKERS = ("agent", "manager")
