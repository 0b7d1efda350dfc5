"""No log files."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ascent.probe.answer import Said, failed, not_asked, proven
from ascent.probe.logs import UNSEEN, lines_after

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.probe.subject import Subject


def ask(subject: Subject) -> Said:
    """Files that its processes hold open to be added to."""
    running, start = subject.running, subject.start
    if running is None or start is None:
        return UNSEEN
    if start.image is not None:
        return proven("its root file system is read-only; only /tmp takes files, and is gone with it")
    if not Path("/proc/self/fdinfo").is_dir():
        return not_asked("this system does not tell which files are open", "probe on Linux")
    if not running.out:
        lines_after(subject, lambda: subject.get(subject.about.paths.page))
    open_ = sorted({path for pid in running.members() for path in _written(pid)})
    if open_:
        return failed(f"it holds {', '.join(open_[:3])} open to write", "log to standard output only")
    if not running.out:
        return failed("it writes nothing to standard output", "log to standard output; the platform collects it")
    return proven("no file is held open to write; it logs to standard output")


def _written(pid: int) -> Iterator[str]:
    for entry in Path(f"/proc/{pid}/fd").glob("*"):
        with suppress(OSError, ValueError, StopIteration):
            target = os.readlink(entry)
            lines = Path(f"/proc/{pid}/fdinfo/{entry.name}").read_text().splitlines()
            flags = int(next(line for line in lines if line.startswith("flags:")).split()[1], 8)
            usual = target.startswith(("/dev/", "/proc/", "/tmp/", "/memfd:")) or target.endswith(" (deleted)")
            added_to = flags & os.O_APPEND or ".log" in target
            if target.startswith("/") and (not usual or ".log" in target) and flags & os.O_ACCMODE and added_to:
                yield target
