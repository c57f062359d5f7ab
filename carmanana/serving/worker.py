"""`python -m carmanana.serving.worker`: the worker, without the web application, of which it needs nothing."""

import gc

from carmanana import opening
from carmanana.core import logs
from carmanana.serving import lifeline


def main() -> None:
    opening.load_every_rule()
    from carmanana.worker import huey, settings

    logs.to_stderr()
    opening.open_with(settings)
    gc.collect()
    gc.freeze()
    lifeline.end_with_the_server()
    huey.create_consumer(workers=1, periodic=True, max_delay=1.0).run()


if __name__ == "__main__":
    main()
