"""A keep-alive connection that does as little as it can, so that the server is measured and not its customer."""

import gzip
import socket
import time
import zlib
from dataclasses import dataclass

import brotli

try:
    from compression import zstd
except ImportError:  # before Python 3.14
    from backports import zstd

KEPT = 30.0  # the server lets go of a silent connection after 75 seconds
PATIENCE = 300  # a report of a million deals whose rows come from the disk
UNDO = {
    "": bytes,
    "gzip": gzip.decompress,
    "deflate": zlib.decompress,
    "br": brotli.decompress,
    "zstd": zstd.decompress,
}


@dataclass
class Answer:
    status: int
    head: str
    body: bytes  # as it came over the wire
    seconds: float = 0.0

    def header(self, name: str) -> str:
        for line in self.head.split("\r\n")[1:]:
            key, _, value = line.partition(":")
            if key.lower() == name:
                return value.strip()
        return ""

    @property
    def text(self) -> str:
        whole = UNDO[self.header("content-encoding")](self.body)
        return whole.decode("utf-8", "replace")

    @property
    def queries(self) -> int:
        return int(self.header("x-queries") or 0)

    @property
    def spent(self) -> float:
        """Milliseconds that the processor had spent on the server's process when the request came."""
        return float(self.header("x-spent") or 0)

    @property
    def steps(self) -> int:
        return int(self.header("x-steps") or 0)


class Wire:
    def __init__(self, port: int):
        self.port, self.socket, self.used = port, None, 0.0

    def ask(self, request: bytes) -> Answer:
        """Send one request, and read its answer; the seconds are from the first byte out to the last byte in."""
        self._connect()
        try:
            began = time.perf_counter()
            self.socket.sendall(request)
            answer = self._read()
            answer.seconds = time.perf_counter() - began
        except OSError:
            self.close()
            raise
        self.used = time.monotonic()
        if answer.header("connection").lower() == "close":
            self.close()
        return answer

    def close(self) -> None:
        if self.socket:
            self.socket.close()
        self.socket = None

    def _connect(self) -> None:
        if self.socket and time.monotonic() - self.used > KEPT:
            self.close()
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port), PATIENCE)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def _read(self) -> Answer:
        got = self._more(b"")
        while (end := got.find(b"\r\n\r\n")) < 0:
            got += self._more(got)
        head = got[:end].decode("latin-1")
        answer = Answer(int(head[9:12]), head, got[end + 4 :])
        return self._read_body(answer)

    def _read_body(self, answer: Answer) -> Answer:
        length = answer.header("content-length")
        if not length and answer.status not in (204, 304):
            raise ConnectionError(f"an answer without a length:\n{answer.head}")
        parts, missing = [answer.body], int(length or 0) - len(answer.body)
        while missing > 0:
            parts.append(self._more(answer.body))
            missing -= len(parts[-1])
        answer.body = b"".join(parts)
        return answer

    def _more(self, so_far: bytes) -> bytes:
        more = self.socket.recv(262_144)
        if not more:
            raise ConnectionError(f"the server hung up after {so_far[:200]!r}")
        return more
