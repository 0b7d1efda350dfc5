"""The checks there are. Free of imports that take time: readiness reads it too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Check:
    """What is known of a check before its module, `ascent.probe.checks.<id>`, is loaded.

    Attributes:
        title: what is true of an application that passes.
        items: numbers of the checklist items that it proves, or a part of them.
    """

    title: str
    items: tuple[int, ...]


CHECKS: Final = {
    "health-page": Check("The health page tells of the database, the cache, what is outside, and the time", (206,)),
    "readiness-apart": Check("A dead database makes it not ready, and does not make it dead", (38,)),
    "dead-database": Check("It answers in time, and never with 500, while the database is dead or hangs", (207,)),
    "dead-cache": Check("It goes on answering while the cache is dead or hangs", (207,)),
    "cookies": Check("Cookies are Secure, HttpOnly and SameSite", (113,)),
    "tokens": Check("Tokens are refused that are unsigned, expired, altered, or signed with another key", (101,)),
    "compression": Check("Answers are compressed for those who can read it", (208,)),
    "pagination": Check("Long lists come in pages", (209,)),
    "sql-injection": Check("Injected SQL changes no query", (111,)),
    "cross-site-scripting": Check("Scripts in input never come back as code", (112,)),
    "security-headers": Check("Answers carry the headers that protect a browser", (17, 113)),
    "cors": Check("Only named sites may call it from a browser", (108,)),
    "no-debug": Check("No debug mode, no debug pages, no files of the project", (182,)),
    "json-logs": Check("It logs lines of JSON with level, time and message to standard output", (145,)),
    "log-files": Check("It writes no log files", (148,)),
    "request-ids": Check("A request's id and correlation id go into the log and the answer", (146,)),
    "masked-logs": Check("Secrets and personal data never reach the log", (147,)),
    "error-tracking": Check("Errors are reported to an error tracker", (144,)),
    "traces": Check("It passes a request's trace on, as OpenTelemetry spans", (137,)),
    "load": Check("p95 stays under 200 ms under a bounded load", (181, 211)),
    "rate-limits": Check("Callers are limited: 429 with Retry-After", (109,)),
    "validation": Check("Malformed requests are refused with 4xx, never with 5xx", (110,)),
    "shutdown": Check("On SIGTERM it ends within 30 s and drops no request", (57,)),
    "configuration": Check("Wrong settings stop the start, with a message that names them", (185,)),
    "port": Check("It listens on the port that PORT says", ()),
    "non-root": Check("It does not run as root", (189,)),
    "read-only-root": Check("It runs with a read-only root file system", (190,)),
}
"""The checks by id, in the order in which they are asked: what disturbs others comes last."""
