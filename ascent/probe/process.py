"""A process that the probe starts, and what it writes."""

from __future__ import annotations

import os
import shlex
import signal
import socket
import subprocess
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self

from common.problems import InputError, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SSL_CERT_FILE", "DOCKER_HOST", "XDG_RUNTIME_DIR")
"""Variables of the probe's own that a process gets; nothing else leaks into it."""


_GRACE = 10.0
"""Seconds after which what does not end is killed."""


def free_port() -> int:
    """A port of loopback on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


def arguments_of(command: str) -> list[str]:
    """The arguments of a command line.

    Args:
        command: as in a shell, without a shell's features.

    Raises:
        InputError: it is none.
    """
    try:
        found = shlex.split(command)
    except ValueError as error:
        raise InputError(f"ascent probe --command {command!r}: {error}; quote it as for a shell") from None
    if not found:
        raise InputError("ascent probe --command: is empty; write what starts the application")
    return found


class Running:
    """A process with its output."""

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str], directory: Path) -> None:
        """Start it.

        Args:
            arguments: what to start.
            environment: its variables, beside a few of the probe's own.
            directory: where.

        Raises:
            InputError: there is no such program.
        """
        self.out: list[str] = []
        """Lines of standard output so far."""
        self.err: list[str] = []
        """Lines of standard error so far."""
        inherited = {key: os.environ[key] for key in _INHERITED if key in os.environ}
        try:
            self._process = subprocess.Popen(
                arguments,
                cwd=directory,
                env={**inherited, **environment},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                errors="replace",
                # A group of its own: what it starts ends with it.
                start_new_session=True,
            )
        except OSError as error:
            raise InputError(
                f"ascent probe: {printable(arguments[0])} cannot be started: {error.strerror}; name a program"
            ) from None
        self._readers = [
            threading.Thread(target=_keep, args=(stream, kept), daemon=True)
            for stream, kept in ((self._process.stdout, self.out), (self._process.stderr, self.err))
        ]
        for reader in self._readers:
            reader.start()

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def exit_status(self) -> int | None:
        """How it ended; None while it runs."""
        return self._process.poll()

    @property
    def last_words(self) -> str:
        """The end of what it wrote, for a message."""
        lines = [line for line in (*self.out, *self.err) if line.strip()]
        return printable(lines[-1])[:300] if lines else "it wrote nothing"

    def ask_to_end(self) -> None:
        """Send SIGTERM."""
        with suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGTERM)

    def wait(self, seconds: float) -> int | None:
        """How it ended; None if it did not in time.

        Args:
            seconds: how long to wait.
        """
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        if self.exit_status is not None:
            for reader in self._readers:
                reader.join(2)
        return self.exit_status

    def members(self) -> list[int]:
        """Ids of the processes of its group, itself among them; empty where /proc does not tell."""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            with suppress(OSError, ValueError, IndexError):
                if int((entry / "stat").read_text().rpartition(")")[2].split()[2]) == self.pid:
                    found.append(int(entry.name))
        return found

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.ask_to_end()
        if self.wait(_GRACE) is None:
            with suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
            self.wait(5)
        # Whatever it left behind in its group.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)


def _keep(stream: IO[str] | None, lines: list[str]) -> None:
    for line in stream or ():
        lines.append(line.rstrip("\n"))


def until(true: Callable[[], object], seconds: float) -> bool:
    """Whether something becomes true in time.

    Args:
        true: a function without arguments.
        seconds: how long to wait.
    """
    end = time.monotonic() + seconds
    while True:
        if true():
            return True
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
