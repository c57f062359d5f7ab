"""The service worker: its parts in one script, before them what it keeps and the version of that."""

import hashlib
import json
from functools import cache

from flask import current_app, request, url_for

from carmanana.web.http.assets import FOLDER, asset

PARTS = ("js/phone_store.js", "service-worker/offline.js", "service-worker/push.js")
FILES = (
    "css/carmanana.css",
    "css/screens.css",
    "vendor/htmx.min.js",
    "js/carmanana.js",
    "js/screens.js",
    "icons.svg",
    "favicon.svg",
    "icon-192.png",
    "manifest.webmanifest",
)
TEMPLATES = ("base.html", "offline/index.html", "offline/forms.html", "activities/_composer.html", "shared/ui.html")


def script() -> str:
    return _script(request.script_root)


@cache
def _script(prefix: str) -> str:
    files = [*map(asset, FILES), url_for("offline.index"), url_for("offline.forms")]
    parts = "\n".join((FOLDER / part).read_text(encoding="utf-8") for part in PARTS)
    told = {"files": files, "page": url_for("offline.index"), "shared": url_for("sharing.index")}
    version = hashlib.sha256("".join([*files, *_sources(), parts]).encode()).hexdigest()[:10]
    return f"const KEPT = {json.dumps(told | {'version': version})}\n{parts}"


def _sources() -> list[str]:
    environment = current_app.jinja_env
    return [environment.loader.get_source(environment, name)[0] for name in TEMPLATES]
