"""The words of a page in an email, without a browser and in one pass, however broken it is."""

import html
import re

HIDDEN = ("script", "style", "head", "title", "template", "svg")
BREAKS = {"br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "blockquote", "hr"}
NAME = re.compile(r"/?[a-zA-Z][a-zA-Z0-9]*")


def text_of(markup: str) -> str:
    first, *pieces = markup.split("<")
    told, hidden = [first], ""
    for piece in pieces:
        tag, closed, text = piece.partition(">")
        found = NAME.match(tag)
        name = found[0].lower() if found else ""
        if hidden:
            hidden = "" if name in (f"/{hidden}", "body") else hidden
            told.append("" if hidden else text)
        elif name in HIDDEN and not tag.endswith("/"):
            hidden = name
        elif closed:
            told.append(_around(name) + text)
    return _tidy("".join(told))


def _around(name: str) -> str:
    bare = name.removeprefix("/")
    return "\n" if bare in BREAKS else " " if bare in ("td", "th") else ""


def _tidy(text: str) -> str:
    try:
        text = html.unescape(text)
    except ValueError:  # a character by a number of thousands of digits
        pass
    lines = [" ".join(line.split()) for line in text.replace("\xa0", " ").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
