"""Serving what was kept: pictures and recordings in place, everything else as a download."""

from flask import Response, abort, request, send_file

from carmanana.contacting.attachments import INLINE, path_of


def serve(file) -> Response:
    """`file` knows its stored name, its own name and its type."""
    if not path_of(file).exists():
        abort(404)
    inline = file.media_type in INLINE and request.args.get("download") != "1"
    response = send_file(path_of(file), file.media_type, not inline, file.name, conditional=True)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
