"""Security headers, and who may post from where."""

from flask import abort, request

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
POWERS = (
    "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), serial=(), browsing-topics=()"
)
WITH_MICROPHONE = POWERS.replace("microphone=()", "microphone=(self)")
SAFE = ("GET", "HEAD", "OPTIONS")


NO_CONTENT = 204
ALWAYS = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
]
UNLESS_SAID = [("Content-Security-Policy", POLICY), ("Permissions-Policy", POWERS)]


def harden(response):
    headers, of = response.headers, request
    if response.status_code != NO_CONTENT:  # where nothing is sent, nothing could be run or framed
        said = {name.title() for name in headers.keys()}
        # as they stand: to have each looked at takes a twentieth of a small answer
        headers._list += [*ALWAYS, *(header for header in UNLESS_SAID if header[0] not in said)]
    if of.is_secure:
        headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
    if of.endpoint != "static":
        headers["Cache-Control"] = "private, no-store"
        headers["Vary"] = ", ".join(dict.fromkeys([*headers.getlist("Vary"), "HX-Request"]))
    return response


def refuse_foreign_posts():
    """Fetch metadata decides; where it is absent the Origin does; where that is absent too, the token."""
    if request.method in SAFE:
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site not in ("same-origin", "none"):
            abort(403)
        return
    origin = request.headers.get("Origin")
    if origin is not None and origin.partition("://")[2] != request.host:
        abort(403)
