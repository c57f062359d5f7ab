"""`python -m carmanana.serving.web_watch app:app HELD CHILD ...`: what the process becomes that has loaded the
application and split. It holds nothing of the application, starts another web server for one that dies, and ends with
its children; `HELD` are the ends of lifelines that only it may hold."""

import os
import signal
import sys
import time

from . import lifeline

ALONE = "alone"  # how a web server is started that takes the place of one
PAUSE = 0.1  # seconds
AT_MOST_EVERY = 1.0  # seconds, where one dies as soon as it is started


def become(name: str, held: list[int], children: list[int]) -> None:
    command = [sys.executable, "-m", __name__, name, ",".join(map(str, held)), *map(str, children)]
    os.execv(command[0], command)


class Watch:
    def __init__(self, name: str, held: str, *children: str):
        self.name, self.held, self.children = name, [int(end) for end in held.split(",")], set(map(int, children))
        self.missing, self.started_at = 0, 0.0
        self.ends = lifeline.given()
        self.stopping = False

    def run(self) -> int:
        signal.signal(signal.SIGTERM, self._stop)
        while not self.stopping:
            self.missing += self._bury()
            if lifeline.cut(self.ends):  # they died of it, and nobody is to take their place
                break
            if self.missing and time.monotonic() - self.started_at > AT_MOST_EVERY:
                self._replace()
            time.sleep(PAUSE)
        self._end()
        return 0

    def _stop(self, number, frame) -> None:
        self.stopping = True

    def _bury(self) -> int:
        """How many have died."""
        before = len(self.children)
        while self.children:
            dead, _ = os.waitpid(-1, os.WNOHANG)
            if not dead:
                break
            self.children.discard(dead)
        return before - len(self.children)

    def _replace(self) -> None:
        self.missing, self.started_at = self.missing - 1, time.monotonic()
        child = os.fork()
        if child:
            self.children.add(child)
            return
        for end in self.held:
            os.close(end)
        os.execv(sys.executable, [sys.executable, "-m", "carmanana.serving.web", self.name, ALONE])

    def _end(self) -> None:
        """Told again and again: one that was only just started may not have listened."""
        while self.children:
            for child in self.children:
                os.kill(child, signal.SIGTERM)
            time.sleep(0.05)
            self._bury()


if __name__ == "__main__":
    sys.exit(Watch(*sys.argv[1:]).run())
