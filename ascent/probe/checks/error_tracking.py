"""Errors that are reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ascent.probe.answer import Said, failed, not_asked, proven
from ascent.probe.proxy import Fault

if TYPE_CHECKING:
    from ascent.probe.subject import Subject

_PATIENCE: Final = 15.0


def ask(subject: Subject) -> Said:
    """Whether an error while the database is dead reaches a stand-in of Sentry."""
    provoke = subject.about.provoke
    if subject.errors is None or subject.database is None or provoke is None:
        return not_asked(
            "no stand-in of an error tracker is in its environment, or nothing is known that fails",
            "set SENTRY_DSN: http://key@{errors}/1 under environment, and describe the database and provoke",
        )
    errors, before = subject.errors, len(subject.errors.deliveries)
    subject.database.fail(Fault.DEAD)
    try:
        status = subject.send(provoke, "probe").status_code
        found = errors.wait_for(lambda one: b"exception" in one.body, _PATIENCE, since=before)
    finally:
        subject.database.fail(Fault.NONE)
        subject.ready_again()
    if found is None:
        return failed(
            f"{provoke.method} {provoke.path} failed with {status}, and nothing was reported within {_PATIENCE:.0f} s",
            "report unexpected errors to an error tracker, such as Sentry",
        )
    leaked = next(
        (name for name in subject.about.secrets if subject.about.environment[name].encode() in found.body), ""
    )
    if leaked:
        return failed(f"the report holds the value of {leaked}", "take secrets out of reports: no local variables")
    return proven(f"{provoke.method} {provoke.path} failed with {status}, and was reported")
