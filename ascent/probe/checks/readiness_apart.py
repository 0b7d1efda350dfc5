"""Liveness and readiness."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ascent.probe.answer import Said, failed, not_asked, proven
from ascent.probe.process import until
from ascent.probe.proxy import Fault

_PATIENCE: Final = 15.0

if TYPE_CHECKING:
    from ascent.probe.subject import Subject


def ask(subject: Subject) -> Said:
    """What both pages answer while the database is well, is dead, and is well again."""
    health, ready = subject.about.paths.health, subject.about.paths.ready
    for path in (health, ready):
        status = subject.status(path)
        if status != 200:
            return failed(f"{path} answers {status or 'nothing'} though all is well", f"answer 200 on {path}")
    if health == ready:
        return failed(f"{health} is both", "tell apart whether it lives and whether it can serve")
    if subject.database is None:
        return not_asked(
            "no proxy stands before its database",
            "probe with --command or --image, and describe the database and {database} in the environment",
        )
    subject.database.fail(Fault.DEAD)
    try:
        gone = until(lambda: subject.status(ready) == 503, _PATIENCE)
        status, alive = subject.status(ready), subject.status(health)
    finally:
        subject.database.fail(Fault.NONE)
    if not gone:
        return failed(
            f"{ready} answers {status or 'nothing'} while the database is dead",
            f"answer 503 on {ready} until it is back",
        )
    if alive != 200:
        return failed(
            f"{health} answers {alive or 'nothing'} while the database is dead, so every instance would be replaced",
            f"answer 200 on {health} while the process lives, whatever it depends on",
        )
    if not subject.ready_again():
        return failed(f"{ready} stays away from 200 after the database is back", "connect again by itself")
    return proven(f"while the database is dead {ready} answers 503 and {health} 200; {ready} comes back with it")
