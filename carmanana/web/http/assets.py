"""Static files: joined where a page needs them all, compressed once, kept by browsers for a year under their hash."""

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

import brotli
from flask import Flask, Response, abort, request, url_for
from rjsmin import jsmin

from carmanana.config import ROOT

FOLDER = ROOT / "carmanana" / "static"
YEAR = 31_536_000
SQUEEZED = ("text/", "image/svg", "application/json", "application/manifest")
JOINED: dict[str, tuple[str, ...]] = {}


@dataclass(frozen=True)
class Asset:
    body: bytes
    kind: str

    @cached_property
    def hash(self) -> str:
        return hashlib.sha256(self.body).hexdigest()[:10]

    @cached_property
    def brotli(self) -> bytes:
        return brotli.compress(self.body)

    @cached_property
    def gzip(self) -> bytes:
        return gzip.compress(self.body, mtime=0)

    def encoded(self, accepted) -> tuple[bytes, str]:
        if self.kind.startswith(SQUEEZED):
            if accepted["br"]:
                return self.brotli, "br"
            if accepted["gzip"]:
                return self.gzip, "gzip"
        return self.body, ""


def join(name: str, styles: list[str], scripts: list[str]) -> None:
    """One sheet and one script of that name, which hold these in their order."""
    if styles:
        JOINED[f"css/{name}.css"] = tuple(f"css/{style}" for style in styles)
    JOINED[f"js/{name}.js"] = tuple(f"js/{script}" for script in scripts)


def init_assets(app: Flask) -> None:
    mimetypes.add_type("application/manifest+json", ".webmanifest")
    mimetypes.add_type("text/javascript", ".js")
    app.view_functions["static"] = send
    app.jinja_env.globals["asset"] = asset


def asset(name: str) -> str:
    """A static file's address with its content's hash, so that a browser may keep it for a year."""
    return _address(name, request.script_root)


@lru_cache(1024)
def _address(name: str, prefix: str) -> str:
    return url_for("static", filename=name, v=_asset(name).hash)


def send(filename: str) -> Response:
    if filename not in JOINED and filename not in _files():
        abort(404)
    found = _asset(filename)
    body, encoding = found.encoded(request.accept_encodings)
    response = Response(body, mimetype=found.kind)
    response.cache_control.public, response.cache_control.max_age = True, YEAR
    response.vary.add("Accept-Encoding")
    if encoding:
        response.content_encoding = encoding
    response.set_etag(f"{found.hash}-{encoding}")
    return response.make_conditional(request)


COMMENT, INDENTED = re.compile(rb"/\*.*?\*/", re.DOTALL), re.compile(rb"\s*\n\s*")
AFTER_MARK = re.compile(rb"(?<=[{};,])\n")


def without_comments(sheet: bytes) -> bytes:
    """In one line: what is between its marks and the next line says nothing."""
    lines = INDENTED.sub(b"\n", COMMENT.sub(b"", sheet)).strip()
    return AFTER_MARK.sub(b"", lines).replace(b"\n", b" ")


@cache
def _asset(name: str) -> Asset:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    parts = [(FOLDER / part).read_bytes() for part in JOINED.get(name, (name,))]
    if name in JOINED and name.endswith(".js"):  # each keeps its own names, as modules do
        parts = [b"{\n" + jsmin(part) + b"}\n" for part in parts]
    elif name in JOINED:
        parts = [without_comments(part) for part in parts]
    return Asset(b"".join(parts), kind)


@cache
def _files() -> frozenset[str]:
    return frozenset(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file())
