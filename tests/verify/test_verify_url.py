"""The URL and the certificate that it shows, against servers on loopback."""

from __future__ import annotations

import socket
import ssl
from http.server import ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from ascent.verify.answer import Verdict
from ascent.verify.checks.certificate import check_shown
from ascent.verify.checks.url import check_url
from ascent.verify.door import Door
from tests.verify.site import self_made, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ascent.verify.subject import Subject

    Of = Callable[..., Subject]

HOST = "app.example.com"
DOMAIN = {"ascent:edge": {"domain": HOST, "hostedZoneId": "Z0123456789A"}}
OUTPUTS = {"url": f"https://{HOST}"}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Callable[..., Door]]:
    """Starts a site, and gives the door to it."""
    running: list[ThreadingHTTPServer] = []

    def serve(answers: dict[str, Any], certificate: Path | None) -> int:
        running.append(serving(answers, certificate))
        return running[-1].server_address[1]

    def start(
        secure: dict[str, Any],
        plain: dict[str, Any] | None = None,
        *,
        host: str = HOST,
        days: int = 90,
        trust: bool = True,
    ) -> Door:
        certificate = self_made(tmp_path, host=host, days=days)
        ports = {443: serve(secure, certificate), 80: serve(plain or {}, None)}
        context = ssl.create_default_context(cafile=str(certificate)) if trust else ssl.create_default_context()
        return Door(trust=context, connect=lambda _, port: socket.create_connection(("127.0.0.1", ports[port]), 5))

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


def test_a_site_that_is_well(site: Callable[..., Door], subject_of: Of) -> None:
    door = site({"/health": (200, "")}, {"/": (301, f"https://{HOST}/")})
    subject = subject_of(outputs=OUTPUTS, config=DOMAIN, door=door)
    answers, redirects = check_url(subject)
    assert answers.verdict is redirects.verdict is Verdict.WELL
    assert answers.text.startswith(f"https://{HOST}/health answers 200 in ")
    (shown,) = check_shown(subject)
    assert shown.verdict is Verdict.WELL
    assert "90 days" in shown.text


@pytest.mark.parametrize(
    ("status", "runbook"),
    [
        (500, "runbooks/server-errors.md"),
        (502, "runbooks/balancer-errors.md"),
        (503, "runbooks/no-healthy-targets.md"),
        (504, "runbooks/balancer-errors.md"),
        (404, "verify.md#url"),
        (204, "verify.md#url"),
        (301, "verify.md#url"),
    ],
)
def test_another_status_is_not_well(status: int, runbook: str, site: Callable[..., Door], subject_of: Of) -> None:
    (said,) = check_url(subject_of(outputs=OUTPUTS, door=site({"/health": (status, "")})))
    assert said.verdict is Verdict.NOT_WELL
    assert f"answers {status}" in said.text
    assert said.runbook == f"docs/{runbook}"
    assert said.command == f"curl -sSi https://{HOST}/health"


@pytest.mark.parametrize(
    ("plain", "words"),
    [
        ((200, ""), "answers 200, not to https"),
        ((301, "http://app.example.com/x"), "leads to http://app.example.com/x, not to https"),
        ((302, "https://other.example.com/"), "leads to https://other.example.com/, not to https"),
    ],
)
def test_a_missing_redirect(plain: tuple[int, str], words: str, site: Callable[..., Door], subject_of: Of) -> None:
    door = site({"/health": (200, "")}, {"/": plain})
    _, said = check_url(subject_of(outputs=OUTPUTS, config=DOMAIN, door=door))
    assert said.verdict is Verdict.NOT_WELL
    assert words in said.text


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"trust": False}, "the certificate is no good: self"),
        ({"host": "other.example.com"}, "the certificate is no good: Hostname mismatch"),
        ({"days": -2}, "the certificate is no good: certificate has expired"),
    ],
)
def test_a_certificate_that_is_no_good(more: Any, words: str, site: Callable[..., Door], subject_of: Of) -> None:  # noqa: ANN401
    subject = subject_of(outputs=OUTPUTS, door=site({"/health": (200, "")}, **more))
    for said in (*check_url(subject), *check_shown(subject)):
        assert said.verdict is Verdict.NOT_WELL
        assert words in said.text


def test_a_certificate_that_ends_soon(site: Callable[..., Door], subject_of: Of) -> None:
    (said,) = check_shown(subject_of(outputs=OUTPUTS, door=site({}, days=10)))
    assert said.verdict is Verdict.NOT_WELL
    assert said.text.endswith("10 days; wanted: more than 14")


def refuse(*_: object) -> socket.socket:
    raise ConnectionRefusedError(111, "Connection refused")


def unknown(*_: object) -> socket.socket:
    raise socket.gaierror(-2, "Name or service not known")


def silent(*_: object) -> socket.socket:
    raise TimeoutError("timed out")


@pytest.mark.parametrize(
    ("connect", "words"),
    [(refuse, "connection refused"), (unknown, "the name has no address"), (silent, "no answer in 10 s")],
)
def test_nobody_answers(connect: Any, words: str, subject_of: Of) -> None:  # noqa: ANN401
    subject = subject_of(outputs=OUTPUTS, config=DOMAIN, door=Door(connect=connect))
    said = [*check_url(subject), *check_shown(subject)]
    assert [one.verdict for one in said] == [Verdict.NOT_WELL] * 3
    assert all(words in one.text for one in said)


def test_what_is_no_http(subject_of: Of) -> None:
    ours, theirs = socket.socketpair()
    theirs.sendall(b"SSH-2.0-OpenSSH_9.6\r\n")
    door = Door(connect=lambda _, port: ours if port == 80 else refuse())
    _, said = check_url(subject_of(outputs=OUTPUTS, config=DOMAIN, door=door))
    assert said.verdict is Verdict.NOT_WELL
    assert "no HTTP: BadStatusLine" in said.text
    theirs.close()


def test_without_a_url_nothing_is_asked(subject_of: Of) -> None:
    for outputs in ({}, {"url": {"4dabf18193072939515e22adb298388d": "secret"}}):
        subject = subject_of(outputs=outputs)
        assert [one.verdict for one in (*check_url(subject), *check_shown(subject))] == [Verdict.NOT_ASKED] * 2


def test_each_service_is_asked_where_its_path_leads(site: Callable[..., Door], subject_of: Of) -> None:
    services = {
        "web": {"kind": "web"},
        "api": {"kind": "web", "paths": ["/api/*"], "healthCheckPath": "/api/health"},
        "inner": {"kind": "web", "paths": ["/inner/*"], "healthCheckPath": "/other"},
        "jobs": {"kind": "worker"},
    }
    config = {"ascent:tier": "startup", "ascent:services": services, **DOMAIN}
    config["ascent:observability"] = {"alarmEmails": ["oncall@example.com"]}
    door = site({"/health": (200, ""), "/api/health": (503, "")}, {"/": (301, f"https://{HOST}/")})
    said = list(check_url(subject_of(outputs=OUTPUTS, config=config, door=door)))
    assert [one.verdict for one in said] == [Verdict.WELL, Verdict.NOT_WELL, Verdict.WELL]
