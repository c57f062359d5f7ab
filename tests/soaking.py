"""`make test` plays a small sample that is the same every time; `make soak` plays long, and anew every time."""

import os

from hypothesis import HealthCheck, settings

SOAK = os.environ.get("SOAK") == "1"

# How long an example takes says how busy the machine is; a fixture that is made once for all examples is meant.
UNHURRIED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]}
settings.register_profile("sample", derandomize=True, **UNHURRIED)
settings.register_profile("soak", print_blob=True, database=None, **UNHURRIED)


def load_profile() -> None:
    settings.load_profile("soak" if SOAK else "sample")


def examples(sample: int, soak: int) -> int:
    return soak if SOAK else sample
