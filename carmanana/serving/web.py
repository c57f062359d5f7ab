"""`python -m carmanana.serving.web app:app`: the web server. The application is loaded once, and then the process
splits into several that share its memory and its socket, and watches over them. Where whoever starts it asks for it
(`web_watch.BESIDE`), one of these is the worker, which by itself would load most of the same again."""

import logging
import os
import signal
import socket
import sys
from collections.abc import Callable
from importlib import import_module

from carmanana.core.connection import database

from . import lifeline, listening, memory, web_watch, worker
from .connections import Server
from .too_large import MEGABYTE

PROCESSES, THREADS = 2, 4


def main(name: str, how: str = "") -> int:
    sock = listening.given_or_new()
    alone = how == web_watch.ALONE or not hasattr(os, "fork")
    ends = lifeline.given() if alone else [*lifeline.given(), lifeline.throw()]
    works = [] if alone else split_worker(ends)
    application = loaded(name)
    if alone:
        answer(application, sock, ends)
    else:
        split_and_watch(name, application, sock, ends, works)
    return 0


def loaded(name: str):
    module, _, attribute = name.partition(":")
    application = getattr(import_module(module), attribute)
    if os.environ.get("CARMANANA_ENV") == "production":  # elsewhere a quick start is worth more
        from carmanana.web.templating import load_every_template  # the worker does without

        load_every_template()  # once, where each process would make its own of them
    logging.getLogger("waitress").setLevel(logging.ERROR)
    memory.leave_alone_what_stays()
    memory.keep_to_few_heaps()
    memory.give_back()
    return application


def split_worker(ends: list[int]) -> list[int]:
    """Before the pages are loaded, which it does not need."""
    if not os.environ.pop(web_watch.BESIDE, ""):
        return []
    worker.load()
    return [split(worker.work, ends)]


def split_and_watch(name: str, application, sock: socket.socket, ends: list[int], works: list[int]) -> None:
    """This process holds nothing that is written, so that what the others share with it would be counted for naught:
    it becomes another, which has little memory of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches everybody; who started us tells us
    answers = [split(answer, application, sock, ends) for _ in range(PROCESSES)]
    listening.hand_on(sock)
    children = dict.fromkeys(answers, web_watch.WEB) | dict.fromkeys(works, web_watch.WORKER)
    web_watch.become(name, lifeline.hand_on(ends), children)


def split(run: Callable, *given) -> int:
    """Run this in a process of its own; gives its id."""
    child = os.fork()
    if child:
        return child
    try:
        lifeline.let_go()
        run(*given)
    finally:
        os._exit(0)


def answer(application, sock: socket.socket, ends: list[int]) -> None:
    """Serve in this process until it is told to stop."""
    told: list[int] = []
    server = Server(application, sock, THREADS, largest_body(application))

    def stop(number, frame) -> None:
        told.append(number)
        server.pull_trigger()

    signal.signal(signal.SIGTERM, stop)
    lifeline.end_with(ends)
    database.renews = True
    server.serve(lambda: bool(told))


def largest_body(application) -> int:
    return getattr(application, "config", {}).get("MAX_CONTENT_LENGTH", 20 * MEGABYTE)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
