"""What a browser would send of a form, as it is drawn."""

from html.parser import HTMLParser


class Form(HTMLParser):
    """The first form of a page that carries a version."""

    def __init__(self, page: str):
        super().__init__()
        self.forms, self.text, self.select, self.spare = [], None, None, 0
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        name = told.get("name")
        if tag == "template":
            self.spare += 1
        elif tag == "form":
            self.forms.append({})
        elif self.spare or not self.forms:
            return
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and ("selected" in told or self.select not in self.forms[-1]):
            self.forms[-1][self.select] = told.get("value", "")
        elif tag == "textarea":
            self.text = name
            self.forms[-1][name] = ""
        elif tag == "input" and name and (told.get("type") not in ("checkbox", "radio", "file") or "checked" in told):
            self.forms[-1][name] = told.get("value") or ("y" if told.get("type") == "checkbox" else "")

    def handle_data(self, data):
        if self.text:
            self.forms[-1][self.text] += data.removeprefix("\r\n").removeprefix("\n")

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.text = None
        elif tag == "select":
            self.select = None
        elif tag == "template":
            self.spare -= 1


def filled(page: str, **typed) -> dict:
    """The form with a version, with some of it typed anew."""
    form = next(form for form in Form(page).forms if "version" in form)
    return form | typed
