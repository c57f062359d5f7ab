"""The lists that are exported here, known by their headings (data/reference/own_lists.toml), so that a file of ours
comes back in as what it is."""

import tomllib
from dataclasses import dataclass, field

from carmanana.importing.columns import LEFT_OUT, plain
from carmanana.importing.fields import REFERENCE


@dataclass(frozen=True)
class OwnList:
    """`columns` names the field of each heading, where the headings of the `kind` do not; the rest as in the file."""

    name: str
    kind: str
    first: list[str]
    needs: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    says: dict[str, list[str]] = field(default_factory=dict)
    silent: dict[str, list[str]] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def why(self) -> str:
        return f"it has the headings of our own list of {self.name.replace('_', ' ')}"

    def fits(self, head: dict) -> bool:
        headings = [plain(heading) for heading in head["headings"]]
        titles = {plain(title) for title in (*self.first, *self.others, *self.columns)}
        told = not self.needs or not set(headings).isdisjoint(map(plain, self.needs))
        return (
            told
            and len(headings) > 2
            and set(headings) <= titles
            and headings[0] in map(plain, self.first)
            and all(_holds(head, title, said) for title, said in self.says.items())
        )

    def columns_of(self, head: dict) -> list[str]:
        known = {plain(title): key for title, key in self.columns.items()}
        mute = {plain(title) for title, said in self.silent.items() if _holds(head, title, said)}
        named = [plain(heading) for heading in head["headings"]]
        return [LEFT_OUT if bare in mute else known[bare] for bare in named]


def _holds(head: dict, title: str, said: list[str]) -> bool:
    """Are all the words of that column, if there is one, among these?"""
    places = [place for place, heading in enumerate(head["headings"]) if plain(heading) == plain(title)]
    return all(text in said for place in places for text, _ in head["columns"][place]["values"] or [("", 0)])


def own_list(head: dict) -> OwnList | None:
    return next((listed for listed in OWN if listed.fits(head)), None)


OWN = [OwnList(name, **told) for name, told in tomllib.loads((REFERENCE / "own_lists.toml").read_text("utf-8")).items()]
