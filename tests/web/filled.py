"""What a browser would send of a form, as it is drawn."""

from html.parser import HTMLParser


class Page(HTMLParser):
    """Its forms, by what they are sent to, with what they hold."""

    def __init__(self, page: str):
        super().__init__()
        self.forms: list[tuple[str, dict]] = []
        self.text = self.select = None
        self.spare = 0
        self.feed(page)

    @property
    def fields(self) -> dict:
        return self.forms[-1][1]

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        name = told.get("name")
        if tag == "template":
            self.spare += 1
        elif tag == "form":
            self.forms.append((told.get("action", ""), {}))
        elif self.spare or not self.forms:
            return
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and ("selected" in told or self.select not in self.fields):
            self.fields[self.select] = told.get("value", "")
        elif tag == "textarea":
            self.text, self.fields[name] = name, ""
        elif (
            tag == "input"
            and name
            and told.get("type") != "file"
            and (told.get("type") not in ("checkbox", "radio") or "checked" in told)
        ):
            self.fields[name] = told.get("value") or ("y" if told.get("type") == "checkbox" else "")

    def handle_data(self, data):
        if self.text:
            self.fields[self.text] += data.removeprefix("\r\n").removeprefix("\n")

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.text = None
        elif tag == "select":
            self.select = None
        elif tag == "template":
            self.spare -= 1


def filled(page: str, **typed) -> dict:
    """The form with a version, with some of it typed anew."""
    return next(form for _, form in Page(page).forms if "version" in form) | typed


def filled_for(page: str, path: str, typed: dict) -> dict:
    """The form that is sent to the path."""
    forms = [form for action, form in Page(page).forms if action.split("?")[0] == path]
    return next((form for form in forms if "once" in form), forms[0]) | typed
