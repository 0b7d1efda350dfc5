"""No debug mode."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ascent.probe.answer import Said, failed, proven

if TYPE_CHECKING:
    from ascent.probe.subject import Subject

_HIDDEN: Final = (
    "/debug", "/__debug__/", "/_debug", "/console", "/debug/pprof/", "/debug/vars", "/actuator/env",
    "/actuator/heapdump", "/phpinfo.php", "/server-status", "/.env", "/.git/config", "/.git/HEAD", "/config.json",
    "/Dockerfile", "/requirements.txt", "/package.json", "/_profiler", "/trace", "/heapdump",
)  # fmt: skip
_TRACE: Final = re.compile(
    r"Traceback \(most recent call last\)|File \"[^\"]+\", line \d+|\bat [\w.$]+\([\w]+\.java:\d+\)|"
    r"werkzeug\.debug|Whoops, looks like something|DEBUG = True|goroutine \d+ \[|\.js:\d+:\d+\)"
)
_REQUESTS: Final = ("/no-such-page-qzxjv", "/%00", "/%ff%fe", "/..%2f..%2fetc%2fpasswd", "/?a[]=%00&a=%ff")


def ask(subject: Subject) -> Said:
    """Pages that only developers need, and what an error shows."""
    missing = subject.get("/no-such-page-qzxjv")
    for path in _HIDDEN:
        answer = subject.get(path)
        # An application of one page answers all paths with that page.
        if (
            answer.is_success
            and answer.content != missing.content
            and "text/html" not in answer.headers.get("Content-Type", "")
        ):
            return failed(f"{path} answers {answer.status_code}", "take it out of what is delivered")
        if answer.is_success and re.search("debug|console|profiler", answer.text[:2000], re.IGNORECASE):
            return failed(f"{path} answers {answer.status_code}, and speaks of debugging", "turn debug mode off")
        if _TRACE.search(answer.text):
            return failed(f"{path} shows a stack trace", "turn debug mode off")
    for path in _REQUESTS:
        answer = subject.get(path)
        if _TRACE.search(answer.text):
            return failed(f"{path} shows a stack trace", "turn debug mode off; answer errors with their kind alone")
        if answer.status_code >= 500:
            return failed(f"{path} answers {answer.status_code}", "answer 4xx to what is not there")
    allowed = subject.client.request("TRACE", subject.url + "/", headers={"X-Probe": "qzxjv"})
    if "qzxjv" in allowed.text:
        return failed("TRACE sends the request back", "refuse the method TRACE")
    return proven(f"{len(_HIDDEN)} paths of developers are not there; errors show no stack")
