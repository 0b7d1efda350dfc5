"""The end."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

from ascent.probe.about import Request
from ascent.probe.answer import Said, failed, not_asked, proven

if TYPE_CHECKING:
    from ascent.probe.subject import Subject

_LATEST: Final = 30.0
"""Seconds after which ECS kills."""
_CLEAN: Final = (0, -15, 143)
_AT_ONCE: Final = 12
_SLOW: Final = 0.5
_FIX: Final = "on SIGTERM stop to accept, finish what has begun, and end"


def ask(subject: Subject) -> Said:
    """Requests that are being answered when SIGTERM comes to a process of its own."""
    import httpx

    if subject.start is None:
        return not_asked("it was found running", "probe with --command or --image")
    about = subject.about
    slow = Request(path=about.listing.path) if about.listing else about.search or Request(path=about.paths.page)
    with subject.another() as second, ThreadPoolExecutor(_AT_ONCE) as pool:
        running = second.running
        if running is None or not second.ready_again(about.start):
            return failed("a second process does not become ready", "let several processes run beside each other")
        begun, dropped, done = threading.Barrier(_AT_ONCE + 1), [], []

        def one(number: int) -> None:
            with httpx.Client(timeout=_LATEST, trust_env=False) as client:
                # A connection that has been accepted: what waits to be is another's matter, who balances load.
                client.get(second.url + about.paths.health)
                begun.wait()
                try:
                    done.append(client.get(second.url + slow.path_with(f"probe {number}")).status_code)
                except httpx.ConnectError:
                    pass
                except httpx.HTTPError as error:
                    dropped.append(type(error).__name__)

        if subject.database:
            subject.database.slow_down(_SLOW)
        try:
            asked = [pool.submit(one, number) for number in range(_AT_ONCE)]
            begun.wait()
            time.sleep(0.3 if subject.database else 0.02)
            told = time.monotonic()
            running.ask_to_end()
            for each in asked:
                each.result()
            status = running.wait(_LATEST + 1 - (time.monotonic() - told))
        finally:
            if subject.database:
                subject.database.slow_down(0)
        taken = time.monotonic() - told
    if status is None or taken > _LATEST:
        return failed(f"it still runs {_LATEST:.0f} s after SIGTERM", _FIX)
    if dropped:
        return failed(f"{len(dropped)} of {_AT_ONCE} requests were dropped: {dropped[0]}", _FIX)
    if not done:
        return not_asked("no request had begun when SIGTERM came", "probe on a machine that is less busy")
    wrong = [answer for answer in done if answer >= 500]
    if wrong:
        return failed(f"{len(wrong)} of {_AT_ONCE} requests that had begun are answered with {wrong[0]}", _FIX)
    if status not in _CLEAN:
        return failed(f"it ends with {status} on SIGTERM", "end with 0")
    return proven(f"ended {taken:.1f} s after SIGTERM with {status}; {len(done)} requests that had begun were answered")
