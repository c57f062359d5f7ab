"""`python -m carmanana.serving.web app:app`: the web server. The application is loaded once, and then the process
splits into several that share its memory and its socket."""

import logging
import os
import signal
import socket
import sys
import time
from importlib import import_module

from . import lifeline, listening, memory
from .connections import MEGABYTE, Server

PROCESSES, THREADS = 2, 6
ROOM = 5 * MEGABYTE  # an upload that is a little too large is read, so that the application can say so in its own words


def main(name: str) -> int:
    sock = listening.given_or_new()
    module, _, attribute = name.partition(":")
    application = getattr(import_module(module), attribute)
    logging.getLogger("waitress").setLevel(logging.ERROR)
    memory.leave_alone_what_stays()
    memory.keep_to_few_heaps()
    if not hasattr(os, "fork"):
        answer(application, sock, [])
        return 0
    return Parent(application, sock).run()


class Parent:
    """Splits, splits again for one that dies, and ends with its children."""

    def __init__(self, application, sock: socket.socket):
        self.application, self.sock = application, sock
        self.given = [end for end in [lifeline.given()] if end is not None]
        self.own = lifeline.throw()
        self.children: set[int] = set()
        self.stopping = False

    def run(self) -> int:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches everybody; who started us tells us
        signal.signal(signal.SIGTERM, self._stop)
        while not self.stopping and not lifeline.cut(self.given):
            while len(self.children) < PROCESSES:
                self._split()
            time.sleep(0.1)
            self._bury()
        self._end()
        return 0

    def _stop(self, number, frame) -> None:
        self.stopping = True

    def _split(self) -> None:
        child = os.fork()
        if child:
            self.children.add(child)
            return
        try:
            lifeline.let_go()
            answer(self.application, self.sock, [*self.given, self.own])
        finally:
            os._exit(0)

    def _bury(self) -> None:
        while self.children:
            dead, _ = os.waitpid(-1, os.WNOHANG)
            if not dead:
                return
            self.children.discard(dead)

    def _end(self) -> None:
        for child in self.children:
            os.kill(child, signal.SIGTERM)
        while self.children:
            self._bury()
            time.sleep(0.02)


def answer(application, sock: socket.socket, ends: list[int]) -> None:
    """Serve in this process until it is told to stop."""
    told: list[int] = []
    server = Server(application, sock, THREADS, largest_body(application))

    def stop(number, frame) -> None:
        told.append(number)
        server.pull_trigger()

    signal.signal(signal.SIGTERM, stop)
    lifeline.end_with(ends)
    server.serve(lambda: bool(told))


def largest_body(application) -> int:
    return getattr(application, "config", {}).get("MAX_CONTENT_LENGTH", 20 * MEGABYTE) + ROOM


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
