"""What is set for inquiries. The sites that may show the public form in a frame are an admin's to list."""

import re
from urllib.parse import urlsplit

from carmanana.core import audit
from carmanana.core.db import Stale, change, transaction
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.records.inquiries import InquirySettings
from carmanana.records.people import CRM_ADMIN, User

HOST = re.compile(r"(?:\*\.)?[a-z0-9](?:[a-z0-9-]{0,62})(?:\.[a-z0-9-]{1,63})*(?::\d{1,5})?")
OF_MANY = re.compile(r"https://\*\.(?:[a-z0-9-]+|(?:co|com|net|org|gov|edu|ac)\.[a-z]{2})(?::\d{1,5})?")
MOST_ORIGINS = 50
LEAST_MINUTES, MOST_MINUTES = 5, 2400
NOT_AN_ORIGIN = "“{}” is no site: write https:// and its name, such as https://www.example.com, nothing behind it."

EVERYBODYS = "“{}” is no site but many that belong to others: write its name, such as https://*.example.com."


def origins() -> list[str]:
    return InquirySettings.now().origins.split()


def set_inquiries(
    by: User, version: int, origins: str, owner: User | None, answer_minutes: int | None, privacy_url: str
) -> InquirySettings:
    if not by.has(CRM_ADMIN):
        raise Forbidden("inquiries")
    sites = list(dict.fromkeys(origins.split()))
    refusals = [*_of_sites(sites), *_of_the_rest(owner, answer_minutes, privacy_url)]
    if refusals:
        raise Refused(refusals)
    with transaction():
        now = InquirySettings.now()
        if now.version != version:
            raise Stale(now)
        new = {
            "origins": "\n".join(sites),
            "owner": owner,
            "answer_minutes": answer_minutes,
            "privacy_url": privacy_url,
        }
        changed = sorted(name for name, value in new.items() if getattr(now, name) != value)
        change(now, **new)
        audit.record("inquiry_settings", now, by, fields=changed)
    return now


def _of_sites(sites: list[str]) -> list[Refusal]:
    wrong = next((site for site in sites if not is_origin(site)), None)
    if wrong is not None:
        return [Refusal("origins", NOT_AN_ORIGIN.format(wrong[:80]), field="origins")]
    if many := next(filter(OF_MANY.fullmatch, sites), None):
        return [Refusal("origins", EVERYBODYS.format(many), field="origins")]
    if len(sites) > MOST_ORIGINS:
        return [Refusal("origins", f"At most {MOST_ORIGINS} sites.", field="origins")]
    return []


def is_origin(site: str) -> bool:
    """A scheme and a host, as a browser compares them; plain http only on this very machine."""
    scheme, _, host = site.partition("://")
    local = re.fullmatch(r"(?:localhost|127\.0\.0\.1)(?::\d{1,5})?", host)
    return (scheme == "https" or (scheme == "http" and bool(local))) and bool(HOST.fullmatch(host))


def _of_the_rest(owner: User | None, minutes: int | None, privacy_url: str) -> list[Refusal]:
    refusals = []
    if owner is not None and not (owner.active and owner.works_deals):
        refusals.append(Refusal("owner", "Choose an agent or a manager who works here.", field="owner"))
    if minutes is None or not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        refusals.append(
            Refusal("minutes", f"From {LEAST_MINUTES} to {MOST_MINUTES:,} business minutes.", field="answer_minutes")
        )
    if privacy_url and not _is_page(privacy_url):
        refusals.append(
            Refusal("privacy_url", "Enter the whole address of a page, with https://.", field="privacy_url")
        )
    return refusals


def _is_page(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and not re.search(r"[\s\"'<>]", address)
