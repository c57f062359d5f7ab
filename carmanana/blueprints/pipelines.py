from flask import Blueprint

blueprint = Blueprint("pipelines", __name__)
