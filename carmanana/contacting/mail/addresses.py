"""Addresses as mail servers take them."""

import re

PLAIN = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+")


def for_server(address: str) -> str:
    """The address in plain letters, a domain such as müller.example in its coded form; ValueError where it has none."""
    name, _, domain = address.strip().rpartition("@")
    coded = f"{name}@{domain.encode('idna').decode()}"
    if not PLAIN.fullmatch(coded) or name.startswith(".") or name.endswith(".") or ".." in coded:
        raise ValueError(address)
    return coded


def usable(address: str) -> bool:
    try:
        return bool(for_server(address))
    except ValueError:
        return False
