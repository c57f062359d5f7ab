"""`python -m carmanana.serving.worker`: the worker, without the web application, of which it needs nothing. The web
server splits it off where it is asked to."""

import gc
import signal

from carmanana import opening
from carmanana.core import logs
from carmanana.serving import lifeline, memory


def main() -> None:
    load()
    work(lifeline.given())


def load() -> None:
    """Every rule, which then stays: collecting garbage need not look through it again."""
    opening.load_every_rule()
    import carmanana.worker  # noqa: F401

    gc.collect()
    gc.freeze()
    memory.keep_to_few_heaps()


def work(ends: list[int]) -> None:
    """In this process, which has loaded every rule, until it is told to stop."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    from carmanana.worker import huey, settings

    logs.to_stderr()
    opening.open_with(settings)
    lifeline.end_with(ends)
    huey.post_execute("give back memory")(lambda task, value, error: memory.give_back())
    huey.create_consumer(workers=1, periodic=True, max_delay=1.0).run()


if __name__ == "__main__":
    main()
