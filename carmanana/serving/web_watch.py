"""`python -m carmanana.serving.web_watch app:app HELD web:CHILD ... worker:CHILD`: what the process becomes that has
loaded the application and split. It holds nothing of the application, starts another web server or worker for one that
dies, and ends with its children; `HELD` are the ends of lifelines that only it may hold."""

import os
import signal
import sys
import time

from . import lifeline

ALONE = "alone"  # how a web server is started that takes the place of one
WEB, WORKER = "web", "worker"
BESIDE = "CARMANANA_WORKER_BESIDE"  # whoever starts a web server asks for a worker by it
PAUSE = 0.1  # seconds
AT_MOST_EVERY = 1.0  # seconds, where one dies as soon as it is started


def become(name: str, held: list[int], children: dict[int, str]) -> None:
    named = [f"{kind}:{child}" for child, kind in children.items()]
    command = [sys.executable, "-m", __name__, name, ",".join(map(str, held)), *named]
    os.execv(command[0], command)


class Watch:
    def __init__(self, name: str, held: str, *children: str):
        self.commands = {WEB: ["carmanana.serving.web", name, ALONE], WORKER: ["carmanana.serving.worker"]}
        self.held = [int(end) for end in held.split(",")]
        self.children = {int(child): kind for kind, child in (named.split(":") for named in children)}
        self.missing: list[str] = []
        self.started_at = 0.0
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

    def _bury(self) -> list[str]:
        """Which kinds have died."""
        died = []
        while self.children:
            dead, _ = os.waitpid(-1, os.WNOHANG)
            if not dead:
                break
            died += [self.children.pop(dead)] if dead in self.children else []
        return died

    def _replace(self) -> None:
        kind, self.started_at = self.missing.pop(0), time.monotonic()
        child = os.fork()
        if child:
            self.children[child] = kind
            return
        for end in self.held:
            os.close(end)
        signal.signal(signal.SIGINT, signal.SIG_DFL if kind == WORKER else signal.SIG_IGN)
        os.execv(sys.executable, [sys.executable, "-m", *self.commands[kind]])

    def _end(self) -> None:
        """Told again and again: one that was only just started may not have listened. A worker is told once, since it
        then finishes what it is at."""
        for worker in self._of(WORKER):
            os.kill(worker, signal.SIGINT)
        while self.children:
            for web in self._of(WEB):
                os.kill(web, signal.SIGTERM)
            time.sleep(0.05)
            self._bury()

    def _of(self, kind: str) -> list[int]:
        return [child for child, its in self.children.items() if its == kind]


if __name__ == "__main__":
    sys.exit(Watch(*sys.argv[1:]).run())
