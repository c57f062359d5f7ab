"""Wording for the demo world, read from wording.toml and filled in for one customer and one car."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


def _read(name):
    return tomllib.loads(Path(__file__).with_name(name).read_text("utf-8"))


BOOK = _read("wording.toml") | _read("cases.toml") | _read("leads.toml") | _read("customer_work.toml")


@dataclass(slots=True)
class Talk:
    said: str
    subject: str = ""
    objections: str = ""
    next: str = ""


class Teller:
    """Tells what happened with one customer about one car."""

    def __init__(self, rng, short, other, **facts):
        self.rng = rng
        self.facts = facts | {"short": short, "a_short": with_article(short), "shorts": plural(short)}
        self.facts |= {"other": other, "a_other": with_article(other)}

    def talk(self, scene, **more):
        pools = BOOK["scene"][scene]
        return Talk(**{part: self.filled(self.rng.choice(pools[part]), **more) for part in pools})

    def said(self, chapter, topic, part="said", **more):
        """One sentence from a chapter: ("hold", "financing", "reason")."""
        return self.filled(self.rng.choice(BOOK[chapter][topic][part]), **more)

    def word(self, chapter, topic, **more):
        return self.filled(self.rng.choice(BOOK[chapter][topic]), **more)

    def own_words(self, language, **more):
        return self.filled(self.rng.choice(BOOK["own_words"].get(language) or BOOK["own_words"]["en"]), **more)

    def filled(self, text, /, **more):
        return text.format_map(self.facts | more if more else self.facts) if "{" in text else text


PRONOUNS = {
    "woman": {"he": "she", "his": "her", "him": "her", "himself": "herself"},
    "man": {"he": "he", "his": "his", "him": "him", "himself": "himself"},
    "": {"he": "they", "his": "their", "him": "them", "himself": "themselves"},
}


def mission(gender, body, rng):
    """Why somebody wants a car of this kind; a blank follows the person."""
    fitting = [each["words"] for each in BOOK["mission"] if body in each["bodies"].split()]
    return rng.choice(fitting).format_map(PRONOUNS[gender])


def wishes(kind, rng):
    return rng.choice(BOOK["wishes"][kind])


@cache
def with_article(name):
    """An Explorer, an F-150, an XC60; a RAV4."""
    spelled_out = re.match(r"[FHLMNRSX](?![a-zAEIOU])", name)
    return f"an {name}" if spelled_out or name[0] in "AEIOU" else f"a {name}"


@cache
def plural(name):
    return f"{name} models" if name[-1] in "sSxX" else f"{name}s"
