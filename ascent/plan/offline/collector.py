"""The garbage collector, kept out of the way of planning."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator


@contextmanager
def collector_paused() -> Generator[None]:
    """Pause the garbage collector.

    Importing Pulumi's SDK makes millions of objects that all stay, and each full collection visits every one of them.
    A command line that ends after one plan should pause it around its imports as well.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
