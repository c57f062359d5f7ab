"""What a screen reader makes of a page: its headings, the names of its controls, tables and regions."""

from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
NAMED = ("aria-label", "aria-labelledby", "title")
REFERS = ("aria-labelledby", "aria-describedby", "aria-controls", "popovertarget", "list")
FILLED_LATER = {"dialog-title", "review-title"}  # the dialogs are empty until a fragment fills them


class Markup(HTMLParser):
    def __init__(self, page: str):
        super().__init__()
        self.faults: list[str] = []
        self.open: list[list] = []  # tag, attributes, what it says
        self.ids: set[str] = set()
        self.refers: list[tuple[str, str]] = []
        self.labels: set[str] = set()
        self.unnamed: list[tuple[str, dict]] = []
        self.headings: list[int] = []
        self.title = ""
        self.feed(page)
        self._ended()

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        self._noted(tag, told)
        if tag not in VOID:
            self.open.append([tag, told, ""])
        if tag == "img":
            self._say(told.get("alt") or "")
            self._must("alt" in told, tag, told, "has no text")

    def _noted(self, tag, told):
        if (name := told.get("id")) and not self._within("template"):
            self._must(name not in self.ids, tag, told, "stands twice")
            self.ids.add(name)
        if self._within("template", "svg"):
            return
        self.refers += [(name, tag) for each in REFERS for name in (told.get(each) or "").split()]
        if tag == "label" and told.get("for"):
            self.labels.add(told["for"])
            self.refers.append((told["for"], tag))
        typed = tag in ("select", "textarea") or (
            tag == "input" and told.get("type") not in ("hidden", "submit", "button")
        )
        if typed and not any(map(told.get, NAMED)) and not self._within("label"):
            self.unnamed.append((tag, told))
        self._must(tag != "th" or "scope" in told, tag, told, "has no scope")
        self._must(tag != "nav" or any(map(told.get, NAMED)), tag, told, "has no name")
        hidden = "aria-hidden" in told or "role" in told or any("aria-hidden" in each[1] for each in self.open)
        self._must(tag != "svg" or hidden, tag, told, "is neither hidden nor named")

    def handle_startendtag(self, tag, attributes):
        if not self._within("svg"):
            self.handle_starttag(tag, attributes)

    def handle_data(self, data):
        self._say(data)

    def handle_endtag(self, tag):
        while self.open:
            closed, told, says = self.open.pop()
            self._say("" if told.get("aria-hidden") else says + (told.get("aria-label") or ""))
            self._closed(closed, told, says.strip())
            if closed == tag:
                return

    def _closed(self, tag, told, says):
        if tag == "title" and not self._within("svg"):
            self.title = says
        if self._within("template"):
            return
        if tag in ("a", "button") and "hidden" not in told and ("href" in told or tag == "button"):
            self._must(says or any(map(told.get, NAMED)), tag, told, "has no name")
        if tag == "caption" and self.open and says:
            self.open[-1][1]["captioned"] = True
        if tag == "table":
            self._must("captioned" in told or any(map(told.get, NAMED)), tag, told, "has no caption")
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self._must(says, tag, told, "is empty")
            self.headings.append(int(tag[1]))

    def _ended(self):
        self.faults += [
            f"<{tag}> refers to #{name}" for name, tag in self.refers if name not in self.ids | FILLED_LATER
        ]
        self.faults += [
            f"<{tag} name={told.get('name')}> has no label"
            for tag, told in self.unnamed
            if told.get("id") not in self.labels
        ]
        if self.headings.count(1) != 1 or self.headings[0] != 1:
            self.faults.append(f"headings {self.headings}")
        steps = zip(self.headings, self.headings[1:], strict=False)
        self.faults += [f"h{before} is followed by h{after}" for before, after in steps if after > before + 1]
        if self.title.strip() in ("", "CarManana"):
            self.faults.append("no title")

    def _within(self, *tags) -> bool:
        return any(each[0] in tags for each in self.open)

    def _say(self, words):
        if self.open:
            self.open[-1][2] += words

    def _must(self, holds, tag, told, what):
        if not holds:
            shown = " ".join(
                f"{name}={value}" for name, value in told.items() if name in ("id", "class", "href", "name")
            )
            self.faults.append(f"<{tag} {shown}> {what}")
