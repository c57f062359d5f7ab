"""A mail of the house as a page, beside its text: what the text says, with headings, tables and links. Nothing is
fetched from anywhere when it is opened."""

import re
from html import escape

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>{subject}</title>
<style>
body {{ font: 15px/1.5 system-ui, sans-serif; max-width: 40em; margin: 0 auto; padding: 16px; overflow-wrap: anywhere }}
h2 {{ font-size: 16px; margin: 24px 0 4px }}
p, ul {{ margin: 0 0 12px }}
table {{ border-collapse: collapse; width: 100% }}
th, td {{ border-top: 1px solid #8884; padding: 4px 12px 4px 0; text-align: start; vertical-align: top }}
th {{ font-weight: normal }}
</style></head><body>
{parts}
</body></html>
"""
LINK = re.compile(r"https?://\S+")
INDENT = "  "


def as_page(subject: str, text: str) -> str:
    blocks = re.split(r"\n{2,}", text.strip("\n"))
    return PAGE.format(subject=escape(subject), parts="\n".join(_part(block.split("\n")) for block in blocks))


def _part(lines: list[str]) -> str:
    head, *rest = lines
    if rest and all(line.startswith(INDENT) for line in rest):
        return f"<h2>{escape(head)}</h2>\n{_listed([line.strip() for line in rest])}"
    if len(rest) == 1 and head.endswith(":") and LINK.fullmatch(rest[0]):
        return f"<p>{_link(rest[0], head[:-1])}</p>"
    return "<p>" + "<br>\n".join(map(_linked, lines)) + "</p>"


def _listed(lines: list[str]) -> str:
    """A table, where each line has a name and what is told of it."""
    if all(": " in line for line in lines):
        return "\n".join(["<table>", *map(_row, lines), "</table>"])
    return "\n".join(["<ul>", *(f"<li>{escape(line)}</li>" for line in lines), "</ul>"])


def _row(line: str) -> str:
    name, _, told = line.rpartition(": ")
    return f'<tr><th scope="row">{escape(name)}</th><td>{escape(told)}</td></tr>'


def _linked(line: str) -> str:
    told, last = "", 0
    for found in LINK.finditer(line):
        told += escape(line[last : found.start()]) + _link(found[0], found[0])
        last = found.end()
    return told + escape(line[last:])


def _link(address: str, words: str) -> str:
    return f'<a href="{escape(address)}">{escape(words)}</a>'
