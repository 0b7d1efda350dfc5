"""The root file system."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ascent.probe.answer import Said, failed, not_asked, proven

if TYPE_CHECKING:
    from ascent.probe.subject import Subject


def ask(subject: Subject) -> Said:
    """An image is probed with a read-only root from the start; that it still answers is the proof."""
    if subject.start is None or subject.start.image is None:
        return not_asked("only containers have a root of their own", "probe with --image, where containers can be run")
    path = subject.about.paths.ready
    if subject.status(path) != 200:
        return failed(f"{path} does not answer 200", "write below /tmp only")
    return proven("was probed with a read-only root, an empty /tmp, and no capability")
