"""The workflow setup of a processed cancellation: people, roles and addresses that hear of it, written in its
transaction; nobody until an admin switches it on."""

from collections.abc import Iterable

from carmanana.core import audit
from carmanana.core.db import Stale, change, transaction
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.customers.contact import looks_like_email
from carmanana.records.departures import Departure, DepartureSettings
from carmanana.records.mail import OutgoingMail
from carmanana.records.notifications import Notification
from carmanana.records.people import CRM_ADMIN, ROLES, User

MOST_ADDRESSES = 20


def reached(roles: Iterable[str], people: Iterable[str]) -> list[User]:
    """Everybody here whom these name, each once."""
    held, named = set(roles), {int(one) for one in people}
    return [user for user in User.working() if user.has(*held) or user.id in named]


def notify(departure: Departure, by: User, link: str = "") -> int:
    """How many were written to, in the house and outside."""
    settings = DepartureSettings.now()
    if not settings.notifies:
        return 0
    users = [user for user in reached(settings.roles, settings.people) if user != by]
    for user in users:
        Notification.tell(
            user, "customer_changed", f"{departure.customer.name} is cancelled", by, customer=departure.customer_id
        )
    for address in sorted(settings.addresses):
        OutgoingMail.create(to=address, subject="A customer was cancelled", body=_letter(departure, by, link))
    return len(users) + len(settings.addresses)


def _letter(departure: Departure, by: User, link: str) -> str:
    """Without a name: an address may be anybody's."""
    lines = [f"Customer no. {departure.customer_id} was cancelled by {by.name}.", link]
    return "\n\n".join(line for line in lines if line) + "\n"


def set_up(by: User, version: int, notifies: bool, roles, people, addresses, future_cease: bool) -> DepartureSettings:
    if not by.has(CRM_ADMIN):
        raise Forbidden("departure_settings")
    with transaction():
        settings = DepartureSettings.now()
        if settings.version != version:
            raise Stale(settings)
        if refusals := _lacking(notifies, roles, people, addresses):
            raise Refused(refusals, settings)
        change(
            settings,
            notifies=notifies,
            roles=set(roles),
            people=set(people),
            addresses=set(addresses),
            future_cease=future_cease,
        )
        told = {"notifies": notifies, "roles": sorted(roles), "people": sorted(people), "addresses": len(addresses)}
        audit.record("departure_settings", settings, by, **told, future_cease=future_cease)
    return settings


def _lacking(notifies: bool, roles, people, addresses) -> list[Refusal]:
    refusals = [
        Refusal("address", f"“{address}” is not an email address.", field="addresses")
        for address in addresses
        if not looks_like_email(address)
    ]
    if len(addresses) > MOST_ADDRESSES:
        refusals.append(Refusal("addresses", f"At most {MOST_ADDRESSES} addresses.", field="addresses"))
    if set(roles) - set(ROLES):
        refusals.append(Refusal("roles", "Choose from these roles.", field="roles"))
    if notifies and not reached(roles, people) and not addresses:
        refusals.append(Refusal("nobody", "Say whom it notifies before you switch it on.", field="notifies"))
    return refusals
