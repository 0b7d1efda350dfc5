"""A TCP proxy on loopback that can fail: what stands between an application and its database or cache."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from enum import Enum
from typing import Self


class Fault(Enum):
    """How the thing behind the proxy behaves."""

    NONE = "is well"
    DEAD = "is dead"
    """Connections break and new ones are closed at once."""
    HANGS = "hangs"
    """Connections stay and nothing passes."""


class FaultProxy:
    """Listens on a free port of loopback and passes everything on, until it is told to fail."""

    def __init__(self, target: tuple[str, int]) -> None:
        """Start to listen.

        Args:
            target: host and port of what is behind it.
        """
        self._target, self._fault, self._delay = target, Fault.NONE, 0.0
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"
        """Where it listens, `host:port`."""
        threading.Thread(target=self._accept, daemon=True).start()

    def fail(self, fault: Fault) -> None:
        """Change how it behaves.

        Args:
            fault: from now on.
        """
        self._fault = fault
        # What hung is broken when it is well again, as after a failover: nothing in flight is delivered late.
        self._break_all(unless=fault is Fault.HANGS)

    def slow_down(self, seconds: float) -> None:
        """Hold back whatever the thing behind says.

        Args:
            seconds: for how long.
        """
        self._delay = seconds

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()
        self._break_all()

    def _break_all(self, *, unless: bool = False) -> None:
        if unless:
            return
        with self._lock:
            broken, self._open = self._open, set()
        for one in broken:
            _close(one)

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if self._fault is Fault.DEAD:
                _close(near)
                continue
            threading.Thread(target=self._serve, args=(near,), daemon=True).start()

    def _serve(self, near: socket.socket) -> None:
        with self._lock:
            self._open.add(near)
        while self._fault is Fault.HANGS:
            time.sleep(0.02)
        try:
            far = socket.create_connection(self._target, 5)
        except OSError:
            _close(near)
            return
        far.settimeout(None)
        with self._lock:
            self._open.add(far)
        threading.Thread(target=self._pass_on, args=(near, far, False), daemon=True).start()
        self._pass_on(far, near, True)

    def _pass_on(self, source: socket.socket, sink: socket.socket, answers: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if answers and self._delay:
                    time.sleep(self._delay)
                while self._fault is Fault.HANGS:
                    time.sleep(0.02)
                sink.sendall(data)
        for one in (source, sink):
            _close(one)
            with self._lock:
                self._open.discard(one)


def _close(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
