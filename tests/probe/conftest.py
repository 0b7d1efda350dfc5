"""A small application, what it needs, and how it is probed."""

from __future__ import annotations

import socketserver
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ascent.probe.about import About
from ascent.probe.asking import ask
from ascent.probe.subject import Start, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from ascent.probe.answer import Said
    from ascent.probe.subject import Subject

OF_IMAGES = {"non-root", "read-only-root"}
"""Checks that only an image answers."""

APPLICATION = Path(__file__).parent / "small" / "application.py"


class _Pong(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        while self.rfile.readline():
            self.wfile.write(b"pong\n")


@pytest.fixture(scope="package")
def needed() -> Iterator[str]:
    """Address of what stands for a database and a cache."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Pong) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture(scope="package")
def described(needed: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., dict[str, Any]]:
    """Makes what a probe is told of the small application."""
    directory = tmp_path_factory.mktemp("small")

    def make(bad: str = "", **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
        environment = {
            "BAD": bad,
            "JWT_SECRET": "a-secret-of-the-small-application-0123456789",
            "DATABASE": "{database}",
            "CACHE": "{cache}",
            "ERRORS": "http://{errors}",
            "TRACES": "http://{traces}",
            "LOG_FILE": str(directory / "small.log"),
        }
        return {
            "environment": environment,
            "start": 60,
            "listing": {"path": "/things", "most": 50},
            "search": {"path": "/find?q={text}"},
            "write": {"path": "/things", "method": "POST", "body": {"name": "{text}"}},
            "sign_in": {"path": "/sign-in", "method": "POST", "body": {"password": "{text}"}},
            "limited": {"path": "/dear"},
            "limit": 30,
            "provoke": {"path": "/things"},
            "token": {"secret": "JWT_SECRET", "protected": "/me"},
            "origin": "https://shop.example",
            "database": {"address": needed},
            "cache": {"address": needed},
            "load": {"rate": 40, "seconds": 1, "p95": 10_000},
            "secrets": ["JWT_SECRET"],
            "wrong": [{"variable": "JWT_SECRET"}, {"variable": "PORT", "value": "many"}],
            **changes,
        }

    return make


@contextmanager
def started(about: dict[str, Any]) -> Generator[Subject]:
    """The small application, started and ready."""
    start = Start(arguments=(sys.executable, str(APPLICATION)))
    with opened(About.model_validate(about), start) as subject:
        yield subject


def said(subject: Subject, check: str) -> Said:
    """What one check says."""
    [answer] = ask(subject, [check], lambda _: None)
    return answer.said
