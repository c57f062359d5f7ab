"""Who may change people, and who may say that somebody is away or hand their work over."""

from carmanana.core.workflow import Forbidden
from carmanana.records.people import CRM_ADMIN, MANAGER, User


def admins_only(by: User | None) -> None:
    """`by` is None on the command line, where whoever has the server is an admin."""
    if by is not None and not by.has(CRM_ADMIN):
        raise Forbidden("people")


def leads_people(by: User) -> bool:
    return by.has(MANAGER, CRM_ADMIN)


def leaders_only(by: User) -> None:
    if not leads_people(by):
        raise Forbidden("people")
