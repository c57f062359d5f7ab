"""The blueprint, and who may do what: admins edit, managers and compliance read."""

from flask import Blueprint

from carmanana.records.people import COMPLIANCE, CRM_ADMIN, MANAGER

blueprint = Blueprint("rights", __name__)
READERS, ADMINS = (MANAGER, COMPLIANCE, CRM_ADMIN), (CRM_ADMIN,)
