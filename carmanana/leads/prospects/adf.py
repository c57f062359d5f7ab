"""Auto-lead Data Format: the XML in which marketplaces and websites of makers send leads, alone or in an email."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from xml.etree.ElementTree import Element

from carmanana.contacting.mail.markup import text_of
from carmanana.contacting.mail.reading import decoded, read_mail
from carmanana.core import clock

from .mending import DECLARED, documents, read
from .prospect import (
    ASKED,
    MOST_BYTES,
    MOST_WORDS,
    PHONE_KINDS,
    Phone,
    Prospect,
    Unreadable,
    WantedVehicle,
    must_fit,
    region_of,
)

MOST_PROSPECTS, MOST_EACH = 200, 10
NOT_ADF = "There is no lead in ADF in it."
BROKEN = "It is ADF, but damaged: some of it is missing, or its tags do not match."
TOO_MANY = f"It holds more than {MOST_PROSPECTS} leads. Send them in parts."
UNITS = {"km": "km", "kilometers": "km", "kilometres": "km", "kms": "km"}
APART = ("first", "firstname", "middle", "middlename", "last", "lastname")
STATUSES = ("new", "used")
LATEST_YEAR = 2100


def from_email(content: bytes, zone: str = "UTC") -> list[Prospect]:
    """Of the words, the page or a file beside them, whichever tells of a lead first."""
    mail = read_mail(content, zone)
    if mail is None:
        raise Unreadable("This email could not be read.")
    problem = Unreadable(NOT_ADF)
    for text in (mail.words, text_of(mail.page), mail.page, *(_text(part.content) for part in mail.parts)):
        try:
            return from_text(text, zone)
        except Unreadable as error:
            problem = error if str(error) != NOT_ADF else problem
    raise problem


def from_bytes(content: bytes, zone: str = "UTC") -> list[Prospect]:
    must_fit(content)
    return from_text(_text(content), zone)


def _text(content: bytes) -> str:
    content = content[:MOST_BYTES]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if content[:2] in (b"<\0", b"\0<"):
        return content.decode("utf-16-le" if content[0] else "utf-16-be", "replace")
    declared = DECLARED.search(content[:300])
    return decoded(content.removeprefix(b"\xef\xbb\xbf"), declared[1].decode("ascii") if declared else "utf-8")


def from_text(text: str, zone: str = "UTC") -> list[Prospect]:
    """Every prospect, of whom somebody can be answered. `zone` is for a date that names none."""
    found = documents(text[:MOST_BYTES])
    if not found:
        raise Unreadable(BROKEN if re.search(r"<(?:\w+:)?adf\b", text, re.IGNORECASE) else NOT_ADF)
    trees = [read(document) for document in found]
    if not any(tree is not None for tree in trees):
        raise Unreadable(BROKEN)
    told = [_prospect(one, zone) for tree in trees if tree is not None for one in tree.iter("prospect")]
    if len(told) > MOST_PROSPECTS:
        raise Unreadable(TOO_MANY)
    if not any(one.reachable for one in told):
        raise Unreadable("It names nobody who could be answered: no phone number and no email address.")
    return told


def _prospect(at: Element, zone: str) -> Prospect:
    customer = _first(at, "customer")
    contact, *others = customer.findall("contact") or at.findall("contact") or [customer]
    address = _first(contact, "address")
    return Prospect(
        name=_name(contact) or _name(customer),
        phones=tuple(_phones(contact))[:MOST_EACH],
        emails=tuple(dict.fromkeys(_emails(contact)))[:MOST_EACH],
        region=_region(_said(address, "regioncode", 60), _said(address, "country", 60)),
        place=_place(address),
        vehicles=tuple(_vehicle(one) for one in at.findall("vehicle"))[:MOST_EACH],
        comments=_long(*_all(customer, "comments", "comment"), *_all(at, "comments", "comment"), *map(_also, others)),
        timeline=_timeline(_first(customer, "timeframe")),
        prefers=_preferred(contact),
        provider=_provider(_first(at, "provider")) or _attribute(_first(at, "id"), "source"),
        external_id=_said(at, "id", 100),
        requested_at=_moment(_said(at, "requestdate", 80), zone),
    )


# the contact


def _name(contact: Element) -> str:
    parts = {_attribute(name, "part").lower() or "full": _words(name.text, 120) for name in contact.findall("name")}
    parts |= {one.tag.removesuffix("name"): _words(one.text, 60) for one in contact.iter() if one.tag in APART}
    apart = " ".join(filter(None, (parts.get(part) for part in ("first", "middle", "last", "suffix"))))
    return (parts.get("full") or apart)[:120]


def _also(contact: Element) -> str:
    """Somebody else of the same inquiry: a husband, a co-buyer."""
    told = [_name(contact), *(phone.typed for phone in _phones(contact)), *_emails(contact)]
    return ", ".join(filter(None, told)) and "Also: " + ", ".join(filter(None, told))


def _phones(contact: Element) -> Iterator[Phone]:
    for phone in contact.iter("phone"):
        typed, kind = _words(phone.text, 60), _attribute(phone, "type").lower()
        if sum(c.isdigit() for c in typed) >= 3 and kind not in ("fax", "pager"):
            yield Phone(typed, PHONE_KINDS.get(kind, kind[:20]), _attribute(phone, "time").lower())


def _emails(contact: Element) -> Iterator[str]:
    told = (each for email in contact.iter("email") for each in re.split(r"[;,\s]+", _words(email.text, 600)))
    for address in (each.removeprefix("mailto:") for each in told):
        if len(address) <= 254 and re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", address):
            yield address


def _region(state: str, country: str) -> str:
    """Who names no country writes of a state of the US."""
    return region_of(state, country or ("US" if len(state) == 2 else ""))


def _place(address: Element) -> str:
    told = (_said(address, "city", 80), _said(address, "regioncode", 40), _said(address, "postalcode", 20))
    return " ".join(filter(None, told))[:120]


def _preferred(contact: Element) -> str:
    for tag, words in (("phone", "a call"), ("email", "email")):
        if any(_attribute(one, "preferredcontact") == "1" for one in contact.findall(tag)):
            return words
    return ""


def _timeline(at: Element) -> str:
    dates = [_said(at, "earliestdate", 40)[:10], _said(at, "latestdate", 40)[:10]]
    told = [_said(at, "description", 200), " to ".join(filter(None, dates))]
    return ", ".join(filter(None, told))[:120]


def _provider(at: Element) -> str:
    return _name(at) or _said(at, "service", 80) or _said(at, "url", 80)


# vehicles


def _vehicle(at: Element) -> WantedVehicle:
    odometer, status = _first(at, "odometer"), _attribute(at, "status").lower()
    years = [int(year) for year in re.findall(r"\d{4}", _said(at, "year", 30)) if 1900 <= int(year) <= LATEST_YEAR]
    return WantedVehicle(
        make=_said(at, "make", 60),
        model=_said(at, "model", 60),
        year_from=min(years, default=None),
        year_to=max(years, default=None),
        trim=_said(at, "trim", 60),
        body=_said(at, "bodystyle", 60),
        colours=_colours(at),
        most_distance=_whole(odometer.text),
        distance_unit=UNITS.get(_attribute(odometer, "units").lower(), "mi"),
        status=status if status in STATUSES else "",
        interest=_attribute(at, "interest").lower() or "buy",
        price=_price(at),
        stock=_said(at, "stock", 40),
        comments=_long(*_all(at, "comments", "comment", "pricecomments"))[:500],
    )


def _colours(at: Element) -> str:
    told = [_said(one, tag, 40) for one in at.findall("colorcombination") for tag in ("exteriorcolor", "interiorcolor")]
    return ", ".join(dict.fromkeys(filter(None, told)))[:120]


def _price(at: Element) -> str:
    """What it was shown for; ASKED where they want to be told one."""
    price = _first(at, "price")
    amount = _words(price.text, 40)
    if not re.search(r"[1-9]", amount):
        return ASKED if _attribute(price, "type").lower() == "quote" else ""
    return " ".join(filter(None, (_attribute(price, "currency")[:3], amount)))


# reading


def _first(at: Element, tag: str) -> Element:
    found = at.find(tag)
    return Element(tag) if found is None else found


def _all(at: Element, *tags: str) -> list[str]:
    return [" ".join(one.itertext()) for tag in tags for one in at.findall(tag)]


def _said(at: Element, tag: str, most: int) -> str:
    return _words(_first(at, tag).text, most)


def _attribute(at: Element, name: str) -> str:
    return next((value.strip()[:80] for key, value in at.attrib.items() if key.lower() == name), "")


def _words(text: str | None, most: int) -> str:
    return " ".join((text or "").split())[:most].strip()


def _long(*texts: str) -> str:
    return "\n".join(dict.fromkeys(filter(None, (_lines(text) for text in texts))))[:MOST_WORDS]


def _lines(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.strip().splitlines())


def _whole(text: str | None) -> int | None:
    digits = "".join(c for c in (text or "").partition(".")[0] if c in "0123456789")
    return int(digits) if 0 < len(digits) < 8 else None


def _moment(text: str, zone: str) -> datetime | None:
    """When they asked, where it is believable."""
    at = next((found for read_as in (_iso, _as_in_mail, _american) if (found := read_as(text))), None)
    if at is None or not 1990 < at.year < 9000:
        return None
    at = clock.from_local(at, zone) if at.tzinfo is None else at.astimezone(UTC)
    return at if at <= clock.now() else None


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _as_in_mail(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _american(text: str) -> datetime | None:
    for form in ("%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M %p", "%m/%d/%Y %H:%M", "%m/%d/%Y"):
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    return None
