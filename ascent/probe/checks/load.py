"""A bounded load."""

from __future__ import annotations

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from ascent.probe.about import Request
from ascent.probe.answer import Said, failed, proven

if TYPE_CHECKING:
    from ascent.probe.subject import Subject

_WORKERS = 40


def ask(subject: Subject) -> Said:
    """Requests at a fixed rate, whatever the answers take; the time of each counts from when it was due."""
    load = subject.about.load
    requests = load.requests or (Request(path=subject.about.paths.page),)
    total = load.rate * load.seconds
    for request in requests:
        subject.send(request, "probe")
    begun = time.monotonic() + 0.1

    def one(number: int) -> tuple[float, int]:
        due = begun + number / load.rate
        time.sleep(max(0.0, due - time.monotonic()))
        status = subject.send(requests[number % len(requests)], f"probe {number}").status_code
        return time.monotonic() - due, status

    with ThreadPoolExecutor(_WORKERS) as pool:
        found = list(pool.map(one, range(total)))
    statuses = [status for _, status in found]
    wrong = [status for status in statuses if status >= 400]
    asked = ", ".join(f"{r.method} {r.path}" for r in requests)
    if wrong:
        return failed(
            f"{len(wrong)} of {total} answers are errors, such as {wrong[0]}: {asked}", "bear the load without errors"
        )
    points = statistics.quantiles([seconds * 1000 for seconds, _ in found], n=100, method="inclusive")
    text = f"p50 {points[49]:.0f}, p95 {points[94]:.0f}, p99 {points[98]:.0f} ms at {load.rate}/s for {load.seconds} s"
    if points[94] > load.p95:
        return failed(f"{text}: {asked}", f"bring p95 below {load.p95} ms: indexes, caching, fewer questions a request")
    return proven(f"{text}: {asked}")
