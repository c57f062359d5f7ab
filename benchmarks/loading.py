"""What a browser fetches to show a page for the first time, in compressed bytes."""

import posixpath
import re
from urllib.parse import urljoin, urlsplit

from .browser import Browser

IN_PAGES = re.compile(
    r'<link rel="(?:stylesheet|icon|manifest)" href="([^"]+)"|<(?:script|img)[^>]* src="([^"]+)"|<use href="([^"#]+)'
)
IN_STYLES = re.compile(r'@import (?:url\()?"?([^")]+)|url\("?([^")]+)')
IN_SCRIPTS = re.compile(r'^\s*(?:import|export)\b[^"\n]*"([^"]+)"', re.MULTILINE)
KINDS = {".css": "CSS", ".js": "JS", ".svg": "icons", ".png": "icons"}


def first_load(browser: Browser, path: str) -> dict[str, int]:
    """Bytes by kind."""
    page = browser.read(path)
    weights, seen = {"HTML": len(page.body)}, set()
    waiting = _named(IN_PAGES, page.text, path)
    while waiting:
        address = waiting.pop()
        if address in seen or address.startswith("data:"):
            continue
        seen.add(address)
        answer = browser.read(address)
        kind = KINDS.get(posixpath.splitext(urlsplit(address).path)[1], "other")
        weights[kind] = weights.get(kind, 0) + len(answer.body)
        waiting += _named({"CSS": IN_STYLES, "JS": IN_SCRIPTS}.get(kind), answer.text, address)
    return weights | {"requests": len(seen) + 1}


def _named(pattern, text: str, base: str) -> list[str]:
    if pattern is None:
        return []
    found = [next(filter(None, match.groups())) for match in pattern.finditer(text)]
    return [urljoin(base, address.replace("&amp;", "&")) for address in found]
