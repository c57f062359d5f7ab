"""Who asks, where proxies that we trust pass on what others ask of them: the address and the scheme that they saw.
What anybody else writes into X-Forwarded-For and X-Forwarded-Proto is not believed."""

from collections.abc import Callable
from ipaddress import ip_address

from carmanana.config import Network

SCHEMES = ("http", "https")


def behind_proxies(serve: Callable, trusted: int | tuple[Network, ...]) -> Callable:
    """`trusted` is how many of them stand one behind the other, or their addresses."""

    def seen_through(environ, start_response):
        if "HTTP_X_FORWARDED_FOR" not in environ:
            return serve(environ, start_response)
        passed = [environ.get("REMOTE_ADDR", ""), *reversed(_listed(environ, "HTTP_X_FORWARDED_FOR"))]
        hops = _hops(passed, trusted)
        if hops:
            environ["REMOTE_ADDR"] = _plain(passed[hops]) or environ["REMOTE_ADDR"]
            environ["wsgi.url_scheme"] = _scheme(environ, hops) or environ["wsgi.url_scheme"]
        return serve(environ, start_response)

    return seen_through


def _hops(passed: list[str], trusted: int | tuple[Network, ...]) -> int:
    """How far back from us to the first that is not a proxy of ours."""
    furthest = len(passed) - 1
    if isinstance(trusted, int):
        return min(trusted, furthest)
    hops = 0
    while hops < furthest and _is_of(passed[hops], trusted):
        hops += 1
    return hops


def _is_of(text: str, networks: tuple[Network, ...]) -> bool:
    found = _plain(text)
    return bool(found) and any(ip_address(found) in network for network in networks)


def _plain(text: str) -> str:
    """The address without the port that some proxies add; nothing where it is no address."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text)
    except ValueError:
        return ""
    return str(getattr(found, "ipv4_mapped", None) or found)


def _scheme(environ, hops: int) -> str:
    told = _listed(environ, "HTTP_X_FORWARDED_PROTO")[-hops:]
    return told[0] if told and told[0] in SCHEMES else ""


def _listed(environ, name: str) -> list[str]:
    return [part.strip() for part in environ.get(name, "").split(",") if part.strip()]
