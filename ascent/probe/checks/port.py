"""The port."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ascent.probe.answer import Said, failed, not_asked, proven
from ascent.probe.process import free_port

if TYPE_CHECKING:
    from ascent.probe.subject import Subject


def ask(subject: Subject) -> Said:
    """A second process on another port."""
    if subject.start is None:
        return not_asked("it was found running", "probe with --command or --image")
    port = free_port()
    with subject.another(port=port) as other:
        if other.ready_again(subject.about.start):
            return proven(f"listens on {port} when {subject.about.port} says so")
    return failed(f"does not answer on {port} though {subject.about.port} says so", f"listen on {subject.about.port}")
