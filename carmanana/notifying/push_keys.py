"""The pair of keys by which push services know that a push is from us: made once by the worker, kept beside the
database, closed to others. A new pair would make every device strange to us."""

import base64
import json
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

NAME = "push-keys.json"


@dataclass(frozen=True)
class PushKeys:
    """Both as base64url: what browsers are told, and what signs."""

    public: str
    private: str


def known(data: Path) -> PushKeys | None:
    """None until the worker has made them. A backup that is put back adds its own, which its devices know: the last
    count."""
    try:
        return PushKeys(**json.loads((data / NAME).read_text().splitlines()[-1]))
    except FileNotFoundError:
        return None


def made(data: Path) -> PushKeys:
    """They appear whole and once, whoever else makes some at this moment."""
    if known(data) is None:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=data) as file:  # 0600, as tempfile makes them
            file.write(json.dumps(_new().__dict__) + "\n")
            file.flush()
            with suppress(FileExistsError):
                os.link(file.name, data / NAME)
    return known(data)


def _new() -> PushKeys:
    from cryptography.hazmat.primitives.asymmetric import ec  # only the worker needs it
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    key = ec.generate_private_key(ec.SECP256R1())
    public = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return PushKeys(_written(public), _written(key.private_numbers().private_value.to_bytes(32, "big")))


def _written(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
