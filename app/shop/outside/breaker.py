"""A circuit breaker: what fails again and again is left alone for a while."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable


T = TypeVar("T")


class OpenError(Exception):
    """It is not tried: it failed too often just now."""


class Breaker:
    """Counts failures of one neighbour."""

    def __init__(self, name: str, *, failures: int = 5, rest: float = 10.0) -> None:
        """Begin closed.

        Args:
            name: for errors.
            failures: in a row, after which it opens.
            rest: seconds that it stays open, before one call may try.
        """
        self.name, self._most, self._rest = name, failures, rest
        self._failures, self._opened, self._lock = 0, 0.0, threading.Lock()

    @property
    def is_open(self) -> bool:
        """Whether calls are refused."""
        return self._failures >= self._most and time.monotonic() - self._opened < self._rest

    def call(self, do: Callable[[], T]) -> T:
        """Do it, unless it failed too often just now.

        Args:
            do: asks the neighbour.

        Raises:
            OpenError: it failed too often just now.
        """
        with self._lock:
            if self.is_open:
                raise OpenError(self.name)
            if self._failures >= self._most:
                # One may try; the others wait for what comes of it.
                self._opened = time.monotonic()
        try:
            found = do()
        except Exception:
            with self._lock:
                self._failures += 1
                self._opened = time.monotonic()
            raise
        self._failures = 0
        return found
