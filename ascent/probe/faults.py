"""How an application answers while something that it needs fails."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from ascent.probe.answer import Said, failed, proven
from ascent.probe.proxy import Fault, FaultProxy

if TYPE_CHECKING:
    from ascent.probe.about import Request
    from ascent.probe.subject import Subject

SLOWEST: Final = 10.0
"""Seconds within which a failing answer must come."""
_TIMES: Final = 3
_FIX: Final = "set timeouts, give up after a few tries (circuit breaker), and answer 503 or something older"


def survives(
    subject: Subject, proxy: FaultProxy, what: str, requests: tuple[Request, ...], good: frozenset[int]
) -> Said:
    """Whether an application answers, and as it should, while something is dead and while it hangs.

    Args:
        subject: the application.
        proxy: stands before what fails.
        what: fails.
        requests: what is asked meanwhile.
        good: statuses that are right meanwhile.
    """
    import httpx

    slowest = 0.0
    for fault in (Fault.DEAD, Fault.HANGS):
        proxy.fail(fault)
        try:
            for request in requests * _TIMES:
                begun = time.monotonic()
                try:
                    status = subject.send(request, "probe").status_code
                except httpx.HTTPError as error:
                    shown = f"{request.method} {request.path}: {type(error).__name__} after {_since(begun)}"
                    return failed(f"{what} {fault.value}: {shown}", _FIX)
                slowest = max(slowest, time.monotonic() - begun)
                if status not in good:
                    return failed(f"{what} {fault.value}: {request.method} {request.path} answers {status}", _FIX)
            alive = subject.status(subject.about.paths.health)
            if alive != 200:
                path = subject.about.paths.health
                return failed(f"{what} {fault.value}: {path} answers {alive or 'nothing'}", _FIX)
        finally:
            proxy.fail(Fault.NONE)
        if not subject.ready_again():
            path = subject.about.paths.ready
            return failed(f"{what} is well again and {path} does not answer 200", "connect again by itself")
    asked = ", ".join(f"{r.method} {r.path}" for r in requests)
    return proven(f"{what} dead and hanging: {asked} answered within {slowest:.1f} s, and recovered")


def _since(begun: float) -> str:
    return f"{time.monotonic() - begun:.1f} s"
