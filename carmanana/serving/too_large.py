"""What is larger than anything that is taken is answered before all of it has come."""

from waitress.parser import HTTPRequestParser
from waitress.utilities import RequestEntityTooLarge

MEGABYTE = 1024 * 1024
ROOM = 5 * MEGABYTE  # an upload that is a little too large is read, so that the application can say so in its own words


class TooLarge(RequestEntityTooLarge):
    def __init__(self, most: int):
        super().__init__(
            f"That is too large: up to {(most - ROOM) // MEGABYTE} MB are taken. Nothing of it was kept.\n"
        )

    def to_response(self, ident=None):
        return f"{self.code} {self.reason}", [("Content-Type", "text/plain; charset=utf-8")], self.body.encode()


class Request(HTTPRequestParser):
    def received(self, data):
        taken = super().received(data)
        if type(self.error) is RequestEntityTooLarge:
            self.error = TooLarge(self.adj.max_request_body_size)
        return taken
