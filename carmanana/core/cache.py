"""What takes long to make is kept in memory, here and nowhere else: by a key that holds everything that it depends on,
who looks among it, or until a log of changes tells of it. Each cache has its share of memory; what was longest without
use goes first."""

import sys
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

MEGABYTE = 1024 * 1024
CACHES: list["Cache"] = []


class Cache:
    """Several threads may put and take. `size` tells the bytes of what is kept, `key_size` about how many its key
    takes."""

    def __init__(self, megabytes: float, size: Callable = sys.getsizeof, key_size: int = 1_000):
        self.most, self.size, self.key_size = megabytes * MEGABYTE, size, key_size
        self.kept, self.bytes, self._lock = OrderedDict(), 0, Lock()
        CACHES.append(self)

    def get(self, key):
        with self._lock:
            found = self.kept.get(key)
            if found is None:
                return None
            self.kept.move_to_end(key)
            return found[0]

    def put(self, key, drawn):
        with self._lock:
            self._forget(key)
            self.kept[key] = drawn, (weight := self.size(drawn) + self.key_size)
            self.bytes += weight
            while self.bytes > self.most:
                self._forget(next(iter(self.kept)))
        return drawn

    def clear(self) -> None:
        with self._lock:
            self.kept.clear()
            self.bytes = 0

    def _forget(self, key) -> None:
        if key in self.kept:
            self.bytes -= self.kept.pop(key)[1]


def clear_all() -> None:
    """What was kept of one database is not true of another."""
    for cache in CACHES:
        cache.clear()
