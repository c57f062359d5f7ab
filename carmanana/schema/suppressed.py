"""Whom we erased and who asked not to be contacted: a number or an address is kept as a keyed hash alone, so that
nobody can be found by it, and whoever comes in with it again is not contacted (domain 10, *Privacy*).

The keys lie in a file beside the database, one a line, the first is used for new hashes; a backup takes the file
along."""

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from peewee import Table

from carmanana.core.db import database
from carmanana.core.query import prepared

KEYS = "suppression.keys"
CHANNELS = {"no_calls": "phone", "no_texts": "phone", "no_emails": "email"}
AT_ONCE = 400


def folder() -> Path:
    return Path(database.database).parent


def keys(make: bool = False) -> list[bytes]:
    path = folder() / KEYS
    if not path.exists() and make:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(secrets.token_hex(32) + "\n")
            file.flush()
            os.fsync(file.fileno())
    return [bytes.fromhex(line) for line in path.read_text().split()] if path.exists() else []


def digest(channel: str, value: str, key: bytes) -> str:
    return hmac.new(key, f"{channel}:{value.lower()}".encode(), hashlib.sha256).hexdigest()


def suppress(values: Iterable[tuple[str, str]], since: str) -> set[str]:
    """Keep (channel, value) as hashes; gives them."""
    made = {digest(channel, value, keys(make=True)[0]) for channel, value in values}
    keep(made, since)
    return made


def keep(digests: Iterable[str], since: str) -> None:
    for one in sorted(digests):
        database.execute_sql(
            "INSERT INTO suppressed_contact (digest, since) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING", (one, since)
        )


def forbids(value: str, channel: str) -> bool:
    return _any() and bool(_known({digest(channel, value, key) for key in keys()}))


def awaken(customer_ids: Iterable[int]) -> None:
    """After numbers or addresses were written: what was asked of us before it was erased holds again, in plain
    words."""
    ids = list(customer_ids)
    if not ids or not _any():
        return
    for start in range(0, len(ids), AT_ONCE):
        _awaken(ids[start : start + AT_ONCE], keys())


def _awaken(ids: list[int], known_keys: list[bytes]) -> None:
    places = ", ".join("?" * len(ids))
    found = {
        "phone": f"SELECT person_id, e164 FROM customer_phone WHERE customer_id IN ({places}) AND e164 <> ''",
        "email": f"SELECT person_id, address FROM customer_email WHERE customer_id IN ({places}) AND address <> ''",
    }
    reach = {kind: database.execute_sql(sql, ids).fetchall() for kind, sql in found.items()}
    for channel, kind in CHANNELS.items():
        asked = {digest(channel, value, key): person for person, value in reach[kind] for key in known_keys if person}
        for one in _known(asked):
            database.execute_sql(
                f"UPDATE person SET {channel} = 1, version = version + 1 WHERE id = ? AND NOT {channel}", (asked[one],)
            )


def _any() -> bool:
    return bool(suppressed())


@prepared
def suppressed():
    table = Table("suppressed_contact", ("digest",)).bind(database)
    return table.select(table.digest).limit(1).tuples()


def _known(digests: Iterable[str]) -> list[str]:
    listed, found = list(digests), []
    for start in range(0, len(listed), AT_ONCE):
        part = listed[start : start + AT_ONCE]
        sql = f"SELECT digest FROM suppressed_contact WHERE digest IN ({', '.join('?' * len(part))})"
        found += [one for (one,) in database.execute_sql(sql, part).fetchall()]
    return found
