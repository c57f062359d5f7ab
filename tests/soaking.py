"""`make test` plays a small sample that is the same every time; `make soak` plays long, and anew every time."""

import os

from hypothesis import settings

SOAK = os.environ.get("SOAK") == "1"

settings.register_profile("sample", derandomize=True, deadline=None)
settings.register_profile("soak", print_blob=True, deadline=None, database=None)


def load_profile() -> None:
    settings.load_profile("soak" if SOAK else "sample")


def examples(sample: int, soak: int) -> int:
    return soak if SOAK else sample
