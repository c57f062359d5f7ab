"""The socket that people connect to. It is made before the application is loaded, so that whoever comes meanwhile waits
instead of being refused, and it outlives a web server that has to be started again."""

import errno
import os
import socket
import time

from carmanana.config import Misconfigured

HOST = "127.0.0.1"
GIVEN = "CARMANANA_SOCKET"
BACKLOG = 1024
PATIENCE = 15  # seconds for processes of a server that was killed to let go of the port


def port() -> int:
    given = os.environ.get("PORT", "8000")
    if not (given.isascii() and given.isdigit() and 0 < int(given) < 65536):
        raise Misconfigured(f"PORT is {given!r}: use a number from 1 to 65535.")
    return int(given)


def listen(port: int) -> socket.socket:
    until, told = time.monotonic() + PATIENCE, False
    while True:
        try:
            return _bound(port)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            if not told:
                print(f"Port {port} is taken. Waiting up to {PATIENCE} s for it ...", flush=True)
                told = True
            if time.monotonic() > until:
                raise Misconfigured(
                    f"Port {port} is taken by another program: end that, or set PORT to another number."
                ) from None
        time.sleep(0.05)


def _bound(port: int) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name != "nt":  # there it would let two servers share a port
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((HOST, port))
        sock.listen(BACKLOG)
    except OSError:
        sock.close()
        raise
    return sock


def given_or_new() -> socket.socket:
    number = os.environ.get(GIVEN, "")
    return socket.socket(fileno=int(number)) if number.isdigit() else listen(port())


def hand_on(sock: socket.socket) -> None:
    """To what this process becomes, and to whom that starts."""
    os.environ[GIVEN] = str(sock.fileno())
    sock.set_inheritable(True)
