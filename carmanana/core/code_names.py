"""What the codes that a record holds are called."""

from collections.abc import Mapping
from operator import attrgetter


def named(field: str, names: Mapping[str, str], *unknown: str) -> property:
    """The name of the code in a field. A code that has none is a mistake, unless it is said what is `unknown`."""
    code = attrgetter(field)
    if unknown:
        return property(lambda record: names.get(code(record), *unknown))
    return property(lambda record: names[code(record)])
