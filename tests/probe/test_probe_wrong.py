"""Every check finds what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ascent.probe.answer import Verdict
from ascent.probe.table import CHECKS
from tests.probe.conftest import OF_IMAGES, said, started

if TYPE_CHECKING:
    from collections.abc import Callable

WRONG = [
    ("health-page", "poor-health", "/health says nothing of the database, the cache, what is outside, the time"),
    ("health-page", "wrong-time", "tells a time that is"),
    ("readiness-apart", "readiness-apart", "/health answers 503 while the database is dead"),
    ("readiness-apart", "always-ready", "/ready answers 200 while the database is dead"),
    ("dead-database", "broken-when-down", "the database is dead: GET /find?q={text} answers 500"),
    ("dead-database", "patient-database", "the database hangs: GET /find?q={text}: ReadTimeout after 3"),
    ("dead-cache", "needs-cache", "the cache is dead: GET /things answers 503"),
    ("compression", "compression", "bytes as they are"),
    ("pagination", "pagination", "entries where one was asked for"),
    ("pagination", "same-page", "the next page is empty or the same again"),
    ("pagination", "endless", "a page holds"),
    ("validation", "validation", "POST /things answers 500 to the body {"),
    ("sql-injection", "sql-injection", "finds more than a search for"),
    ("sql-injection", "sql-error", "shows an error of the database"),
    ("cross-site-scripting", "cross-site-scripting", "comes back in text/html"),
    ("security-headers", "security-headers", "/ (200) lacks Strict-Transport-Security of a year"),
    ("security-headers", "loose-policy", "lacks a Content-Security-Policy without inline scripts"),
    ("security-headers", "versioned-server", "says Server: small/1.2.3"),
    ("cookies", "cookies", "the cookie session lacks secure, samesite"),
    ("cors", "cors", "GET / from https://evil.example is answered with"),
    ("cors", "any-origin", "Access-Control-Allow-Origin: *"),
    ("cors", "closed", "from https://shop.example is not allowed"),
    ("tokens", "unsigned-tokens", "/me answers 200 to a token that is unsigned (alg none)"),
    ("tokens", "expired-tokens", "/me answers 200 to a token that is expired an hour ago"),
    ("tokens", "open-door", "/me answers 200 without a token"),
    ("tokens", "short-secret", "it starts with a secret of 16 characters"),
    ("no-debug", "no-debug", "/debug answers 200"),
    ("no-debug", "stack", "shows a stack trace"),
    ("json-logs", "json-logs", "lines are no JSON: info: begun"),
    ("log-files", "log-files", "small.log open to write"),
    ("request-ids", "request-ids", "does not answer with the X-Correlation-ID that it got"),
    ("request-ids", "odd-ids", "an id of 5000 characters is taken over"),
    ("request-ids", "request-ids-log", "the log lines of a request do not carry its ids"),
    ("masked-logs", "masked-logs", "a bearer token stands in the log"),
    ("masked-logs", "logging-body", "a password stands in the log"),
    ("error-tracking", "error-tracking", "nothing was reported within"),
    ("error-tracking", "leaking-report", "the report holds the value of JWT_SECRET"),
    ("traces", "traces", "no span came"),
    ("traces", "other-traces", "spans of other traces came"),
    ("load", "slow", "p95 "),
    ("rate-limits", "rate-limits", "30 requests to /dear are not limited"),
    ("rate-limits", "no-retry-after", "answers 429 with Retry-After missing"),
    ("shutdown", "dropping", "requests were dropped"),
    ("shutdown", "deaf", "it still runs 1 s after SIGTERM"),
    ("configuration", "configuration", "it starts with a wrong PORT"),
    ("configuration", "configuration-silent", "with a wrong PORT it ends, and does not say why"),
]


def test_every_check_finds_something_wrong() -> None:
    """`port` is in a test of its own; what only images show, with the images."""
    assert {check for check, *_ in WRONG} == set(CHECKS) - OF_IMAGES - {"port"}


SHORTER: dict[str, dict[str, float]] = {
    "always-ready": {"checks.readiness_apart._PATIENCE": 1},
    "deaf": {"checks.shutdown._LATEST": 1, "process._GRACE": 1},
    "error-tracking": {"checks.error_tracking._PATIENCE": 1},
    "other-traces": {"checks.traces._PATIENCE": 4},
    "patient-database": {"subject.PATIENCE": 3},
    "request-ids": {"logs._PATIENCE": 1},
    "request-ids-log": {"logs._PATIENCE": 1},
    "traces": {"checks.traces._PATIENCE": 1},
}
"""What is not waited for as long as in earnest, where waiting longer would change nothing."""

TOLD: dict[str, dict[str, Any]] = {
    "configuration": {"start": 15},
    "slow": {"load": {"rate": 20, "seconds": 1}},
}
"""What the probe is told otherwise, to wait or to load it for less long."""


@pytest.mark.parametrize(("check", "bad", "words"), WRONG, ids=[bad for _, bad, _ in WRONG])
def test_it_finds_what_is_wrong(
    described: Callable[..., dict[str, Any]], check: str, bad: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, seconds in SHORTER.get(bad, {}).items():
        monkeypatch.setattr(f"ascent.probe.{name}", seconds)
    with started(described(bad, **TOLD.get(bad, {}))) as subject:
        found = said(subject, check)
    assert found.verdict is Verdict.FAILED, found
    assert words in found.evidence
    assert found.fix
