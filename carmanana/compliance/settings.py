"""How many calls and emails are reviewed; an admin's to change."""

from carmanana.core import audit
from carmanana.core.db import Stale, change, transaction
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.records.people import CRM_ADMIN, User
from carmanana.records.scorecards import ComplianceSettings

MOST = {"sample_percent": 100, "least_a_month": 20, "second_percent": 100}


def settle(by: User, version: int | None, **chosen: int | None) -> ComplianceSettings:
    """What is drawn from now on; what was drawn already stays in the queue."""
    if not by.has(CRM_ADMIN):
        raise Forbidden("compliance")
    with transaction():
        settings = ComplianceSettings.now()
        if version not in (None, settings.version):
            raise Stale(settings)
        if refusals := [_range(name) for name, most in MOST.items() if not _within(chosen.get(name), most)]:
            raise Refused(refusals, settings)
        was = {name: getattr(settings, name) for name in MOST}
        change(settings, **{name: chosen[name] for name in MOST})
        audit.record("compliance_settings", settings, by, **{"from": was, "to": {name: chosen[name] for name in MOST}})
    return settings


def _within(value: int | None, most: int) -> bool:
    return value is not None and 0 <= value <= most


def _range(name: str) -> Refusal:
    return Refusal(name, f"A whole number from 0 to {MOST[name]}.", field=name)
