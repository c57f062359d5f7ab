"""How often an address may send something: counted in the database, so that every worker counts the same."""

from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from carmanana.core import clock
from carmanana.core.db import transaction
from carmanana.core.workflow import Refusal, Refused
from carmanana.records.inquiries import Arrival

FORM, POSTED, WRONG_TOKEN, STOP = "form", "posted", "wrong token", "stop"
LIMITS = {
    FORM: ((5, timedelta(minutes=10)), (20, timedelta(days=1))),
    POSTED: ((120, timedelta(minutes=1)),),
    STOP: ((60, timedelta(minutes=10)),),
    WRONG_TOKEN: ((10, timedelta(minutes=5)),),
}
KEPT = timedelta(days=2)
TOO_OFTEN = "That was sent very often just now. Wait a few minutes, or call us."


def household(address: str) -> str:
    """Whoever has one IPv6 address has a whole network of them."""
    try:
        return str(ip_network(f"{address}/64", strict=False)) if ip_address(address).version == 6 else address
    except ValueError:
        return address[:60]


def refuse_flood(way: str, address: str) -> None:
    address, now = household(address), clock.now()
    for most, within in LIMITS[way]:
        recent = (Arrival.way == way) & (Arrival.address == address) & (Arrival.at > now - within)
        if Arrival.select(Arrival.id).where(recent).limit(most).count() >= most:
            raise Refused([Refusal("throttled", TOO_OFTEN)])


def count(way: str, address: str, **facts) -> Arrival:
    """Refused where the address has had its share; counted in the transaction that looks."""
    with transaction():
        refuse_flood(way, address)
        return Arrival.create(way=way, address=household(address), **facts)


def forget(as_of: datetime) -> None:
    Arrival.delete().where(Arrival.at < as_of - KEPT).execute()
