"""Large work: millions of objects that live to its end and form no cycles.

Python's collector looks through all of them again and again and finds nothing; let it run rarely meanwhile.
What is dropped is freed at once all the same.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_NEW_OBJECTS = 500_000


@contextmanager
def few_collections() -> Iterator[None]:
    """Let the collector of cycles run only once in half a million new objects; as before afterwards."""
    usual = gc.get_threshold()
    gc.set_threshold(_NEW_OBJECTS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
