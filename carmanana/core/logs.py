"""One JSON line for whatever is logged, by the web server and by the worker, without names, numbers, addresses or words
of anybody. Of an exception it tells where it came from and of which kind it is; its own words only where the database
or the system chose them, for any other may quote what somebody typed."""

import json
import logging
import sys
import time
import traceback
from functools import lru_cache

from peewee import PeeweeException

OURS = ("carmanana", "huey")

as_json = json.JSONEncoder().encode


class Line(logging.Formatter):
    def format(self, record):
        at = f"{_second(int(record.created))},{int(record.msecs):03d}"
        told = {"at": at, "level": record.levelname, "what": record.getMessage()}
        told |= getattr(record, "told", {})
        if record.exc_info and record.exc_info[1]:
            told["trace"] = trace_of(record.exc_info[1])
        return as_json(told)


@lru_cache(2)
def _second(at: int) -> str:
    return time.strftime(logging.Formatter.default_time_format, logging.Formatter.converter(at))


def trace_of(error: BaseException | None) -> str:
    """What led to it first, as Python tells it."""
    told, seen = [], set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        told.append("".join(traceback.format_tb(error.__traceback__)) + _kind(error))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n\n".join(reversed(told))


def _kind(error: BaseException) -> str:
    words = str(error) if isinstance(error, PeeweeException) else getattr(error, "strerror", None)
    return f"{type(error).__module__}.{type(error).__qualname__}" + (f": {words}" if words else "")


def to_stderr(level: int = logging.INFO) -> None:
    """No line says where in the code it was written nor by which thread, so that nobody looks."""
    logging._srcfile, logging.logThreads, logging.logProcesses, logging.logMultiprocessing = None, False, False, False
    for name in OURS:
        log = logging.getLogger(name)
        if not log.handlers:
            handler = logging.StreamHandler(sys.stderr)
            handler.setFormatter(Line())
            log.addHandler(handler)
            log.propagate = False
        log.setLevel(level if name == OURS[0] else logging.WARNING)
