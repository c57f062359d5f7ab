"""Work done ahead, in a process of its own, while what came of it before is put to use."""

from collections.abc import Callable, Iterator
from multiprocessing import get_all_start_methods, get_context

from carmanana.db import database


def ahead(make: Callable[[], Iterator]) -> Iterator:
    """What `make` yields, one ahead. The database is closed first: no connection may live in two processes."""
    if "fork" not in get_all_start_methods():
        yield from make()
        return
    database.close()
    fork = get_context("fork")
    here, there = fork.Pipe(duplex=False)
    maker = fork.Process(target=_send, args=(make, here, there), daemon=True)
    maker.start()
    there.close()
    while (made := here.recv()) is not None:
        yield made
    maker.join()


def _send(make, here, there) -> None:
    """Without an end of its own to hear at, it stops when nobody listens any more."""
    here.close()
    for made in make():
        there.send(made)
    there.send(None)
