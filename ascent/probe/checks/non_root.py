"""The user."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ascent.probe.answer import Said, failed, not_asked, proven

if TYPE_CHECKING:
    from ascent.probe.subject import Subject


def ask(subject: Subject) -> Said:
    """Whom an image names; nothing else says what a container runs as."""
    image = subject.start.image if subject.start else None
    if image is None:
        uids = {uid for pid in (subject.running.members() if subject.running else []) for uid in _uid(pid)}
        seen = f"its processes run as {', '.join(map(str, sorted(uids)))} here; " if uids else ""
        return not_asked(f"{seen}the user of an image is not known", "probe with --image, where containers can be run")
    user = image.user.partition(":")[0]
    if user in ("", "0", "root"):
        return failed(
            f"the image runs as {user or 'root, since it names nobody'}", "add USER with a number to the Dockerfile"
        )
    return proven(f"the image runs as {image.user}")


def _uid(pid: int) -> list[int]:
    with suppress(OSError, StopIteration):
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        return [int(next(line for line in lines if line.startswith("Uid:")).split()[1])]
    return []
