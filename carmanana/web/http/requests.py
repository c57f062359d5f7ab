"""What a request is to the application."""

from collections.abc import Callable

from flask import Request
from flask.globals import _cv_app
from werkzeug.exceptions import BadRequest


def of_this_request() -> dict:
    """What stands in `g`, for what is asked a thousand times by a page: a proxy takes ten steps to get there."""
    return vars(_cv_app.get().g)


def once_a_request(name: str, ask: Callable):
    """What `ask` answers, asked when it is first needed."""
    known = of_this_request()
    return known[name] if name in known else known.setdefault(name, ask())


class PageRequest(Request):
    """A HEAD is a GET whose answer is sent without its body, so that a view which shows on GET and saves on anything
    else never saves on it: no token and no origin are asked of a HEAD."""

    def __init__(self, *given, **more):
        super().__init__(*given, **more)
        if self.method == "HEAD":
            self.method = "GET"

    def _load_form_data(self):
        """A part of a form that has no name is nothing that we could ask for."""
        super()._load_form_data()
        if None in self.form or None in self.files:
            raise BadRequest
