from flask import Blueprint

blueprint = Blueprint("cancellations", __name__)

MANAGERS = ("manager",)
READERS = ("manager", "compliance", "crm_admin")
LEADERS = ("manager", "crm_admin")
