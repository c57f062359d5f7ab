"""vCard 2.1, 3 and 4: people as address books hand them on."""

import quopri
import re
from collections.abc import Iterator

from carmanana.contacting.mail.reading import decoded

from .prospect import MOST_WORDS, Phone, Prospect, Unreadable, must_fit, region_of

MOST_CARDS, MOST_EACH = 200, 10
NOT_A_CARD = "There is no vCard in it."
NOBODY = "Its cards hold no phone number and no email address."
LINE = re.compile(r"(?:[\w-]+\.)?([\w-]+)((?:;(?:\"[^\"]*\"|[^:;\"])*)*):(.*)", re.DOTALL)
KINDS = ("cell", "work", "home", "fax", "pager")
CHARSET = re.compile(r";CHARSET=\"?([\w.:-]+)", re.IGNORECASE)
ESCAPED = re.compile(r"\\([\\,;nN])")


def from_bytes(content: bytes) -> list[Prospect]:
    """Everybody in it, of whom somebody can be reached."""
    must_fit(content)
    cards = list(_cards(_decoded(content)))
    if not cards:
        raise Unreadable(NOT_A_CARD)
    if len(cards) > MOST_CARDS:
        raise Unreadable(f"It holds more than {MOST_CARDS} people. Import them as a spreadsheet.")
    people = [_person(card) for card in cards]
    if not any(person.reachable for person in people):
        raise Unreadable(NOBODY)
    return people


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _cards(text: str) -> Iterator[list[tuple[str, str, str]]]:
    """The lines of each card: name, parameters, value. A card without an end ends with the file."""
    card = None
    for line in _unfolded(text):
        plain = line.strip().upper()
        if plain == "BEGIN:VCARD":
            if card:
                yield card
            card = []
        elif plain == "END:VCARD":
            if card:
                yield card
            card = None
        elif card is not None and (found := LINE.fullmatch(line)):
            card.append((found[1].upper(), found[2].upper(), _unquoted(found[3], found[2])))
    if card:
        yield card


def _unfolded(text: str) -> list[str]:
    """A line goes on where the next one begins with a blank; quoted-printable ones where they end in "="."""
    lines: list[list[str]] = []
    for line in text.splitlines():
        before = lines[-1] if lines else [""]
        if (before[0] or before[1:]) and line[:1] in (" ", "\t"):
            before.append(line[1:])
        elif before[-1].endswith("=") and "QUOTED-PRINTABLE" in before[0].partition(":")[0].upper():
            before[-1] = before[-1][:-1]
            before.append(line)
        else:
            lines.append([line])
    return ["".join(pieces) for pieces in lines]


def _unquoted(value: str, parameters: str) -> str:
    if "QUOTED-PRINTABLE" not in parameters.upper():
        return value
    charset = CHARSET.search(parameters)
    return decoded(quopri.decodestring(value.encode("utf-8", "replace")), charset[1] if charset else "utf-8")


def _person(card: list[tuple[str, str, str]]) -> Prospect:
    def every(name: str) -> list[tuple[str, str]]:
        return [(value, parameters) for key, parameters, value in card if key == name and value.strip(" ;")]

    def first(name: str) -> str:
        return _plain(every(name)[0][0]) if every(name) else ""

    address = _parts(every("ADR")[0][0]) if every("ADR") else []
    address += [""] * (7 - len(address))
    note = [first("NOTE"), first("ORG").replace(";", ", ") and f"Company: {first('ORG').replace(';', ', ')}"]
    return Prospect(
        name=(first("FN") or _from_parts(every("N")) or first("ORG"))[:120],
        phones=tuple(_phones(every("TEL")))[:MOST_EACH],
        emails=tuple(dict.fromkeys(_emails(every("EMAIL"))))[:MOST_EACH],
        region=region_of(address[4], address[6]),
        place=" ".join(filter(None, (address[3], address[4], address[5])))[:120],
        language=first("LANG")[:2].lower(),
        comments="\n".join(filter(None, note))[:MOST_WORDS],
        provider="vCard",
        external_id=first("UID")[:100],
    )


def _phones(found: list[tuple[str, str]]) -> Iterator[Phone]:
    for value, parameters in found:
        typed = re.sub(r"(?i)^tel:", "", _plain(value)).replace(";ext=", " ext. ")[:60]
        kind = next((kind for kind in KINDS if kind.upper() in parameters), "")
        if kind not in ("fax", "pager") and sum(c.isdigit() for c in typed) >= 3:
            yield Phone(typed, "mobile" if kind == "cell" else kind)


def _emails(found: list[tuple[str, str]]) -> Iterator[str]:
    for value, _ in found:
        address = re.sub(r"(?i)^mailto:", "", _plain(value)).strip()
        if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", address) and len(address) <= 254:
            yield address


def _from_parts(found: list[tuple[str, str]]) -> str:
    """Family;Given;Additional;Prefix;Suffix, as one says it."""
    parts = _parts(found[0][0]) if found else []
    parts += [""] * (5 - len(parts))
    return " ".join(filter(None, (parts[1], parts[2], parts[0], parts[4])))


def _parts(value: str) -> list[str]:
    return [_plain(part) for part in re.split(r"(?<!\\);", value)]


def _plain(value: str) -> str:
    shown = ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)
    return "".join(c for c in shown if c.isprintable() or c == "\n").strip()
