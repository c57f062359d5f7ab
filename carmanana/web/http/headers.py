"""Security headers, and who may post from where."""

from flask import abort, g, request

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


def harden(response):
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers.setdefault("Permissions-Policy", POWERS)
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if request.is_secure:
        headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
    if request.endpoint != "static":
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


def answer_with_the_sent_token():
    """A token that was right is that of the forms in the answer, too: making another takes longer than all of these."""
    sent = request.form.get("csrf_token") or request.headers.get("X-CSRFToken") if g.get("csrf_valid") else None
    if sent:
        g.csrf_token = sent
