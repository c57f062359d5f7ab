"""The host that a request names, looked at once: whether it is one of ours, and how addresses are made for it."""

from collections.abc import Callable, Iterable

from flask import Request
from werkzeug.routing import MapAdapter

NAMED_BY = (
    "wsgi.url_scheme",
    "HTTP_HOST",
    "SERVER_NAME",
    "SERVER_PORT",
    "SCRIPT_NAME",
    "HTTP_CONNECTION",
    "HTTP_UPGRADE",
)
MOST = 100


class Hosts:
    """Of one application."""

    def __init__(self, bind: Callable[[Request], MapAdapter]):
        self.bind, self.known = bind, {}

    def bound(self, request: Request, trusted: Iterable[str]) -> MapAdapter:
        """As Flask binds it; a host that is not ours it refuses each time."""
        named = (*map(request.environ.get, NAMED_BY), *trusted)
        if known := self.known.get(named):
            request.host, adapter = known
            return _for_this_request(adapter, request)
        adapter = self.bind(request)
        if len(self.known) >= MOST:
            self.known.clear()
        self.known[named] = request.host, adapter
        return adapter


def _for_this_request(adapter: MapAdapter, request: Request) -> MapAdapter:
    return MapAdapter(
        adapter.map,
        adapter.server_name,
        adapter.script_name,
        adapter.subdomain,
        adapter.url_scheme,
        request.path,
        request.environ["REQUEST_METHOD"],
        request.query_string.decode(errors="replace"),
    )
