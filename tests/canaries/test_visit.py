"""The canary's script, against a site on loopback with a certificate of its own.

Not proven: that Synthetics runs it, and what its robot's network looks like.
"""

from __future__ import annotations

import json
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Final

import pytest

from canaries import visit
from tests.verify.site import Site, self_made

ROOT: Final = Path(__file__).resolve().parents[2]
DAYS: Final = 40
ANSWERS: Final = {"/health": (200, ""), "/": (301, "/home"), "/home": (200, ""), "/broken": (500, "")}


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return self_made(tmp_path_factory.mktemp("site"), host="localhost", days=DAYS)


@pytest.fixture(scope="module")
def port(certificate: Path) -> Iterator[int]:
    """A site that speaks TLS."""
    server = ThreadingHTTPServer(("localhost", 0), Site)
    vars(server)["answers"] = ANSWERS
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.fixture
def trusting(certificate: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate))


def told(port: int, *paths: str, **more: str) -> dict[str, str]:
    given = {"VISIT_URL": f"https://localhost:{port}", "VISIT_HEALTH": "/health", "VISIT_PATHS": json.dumps(paths)}
    return {**given, **{f"VISIT_{key}": value for key, value in more.items()}}


def test_a_good_visit_says_what_it_saw(port: int, trusting: ssl.SSLContext) -> None:
    seen = visit.visit(told(port, "/", "/home"), context=trusting, now=time.time())
    assert seen == ["/health: 200", "/: 301", "/home: 200", f"TLS: {DAYS} days left"]


@pytest.mark.parametrize(
    ("paths", "health", "said"),
    [
        ((), "/broken", "health check /broken: answers 500, not 200"),
        # Where users are led to a page for people who are not signed in, the application is not healthy.
        ((), "/", "health check /: answers 301, not 200"),
        (("/broken",), "/health", "/broken: answers 500"),
        (("/", "/nowhere"), "/health", "/nowhere: answers 404"),
    ],
)
def test_the_first_step_that_fails_is_named(
    port: int, trusting: ssl.SSLContext, paths: tuple[str, ...], health: str, said: str
) -> None:
    with pytest.raises(visit.VisitError, match=said):
        visit.visit(told(port, *paths, HEALTH=health), context=trusting, now=time.time())


def test_a_certificate_that_ends_soon_fails_before_it_does(port: int, trusting: ssl.SSLContext) -> None:
    assert visit.visit(told(port, CERTIFICATE_DAYS=str(DAYS - 1)), context=trusting, now=time.time())
    later = time.time() + 30 * visit.DAY_SECONDS
    with pytest.raises(visit.VisitError, match=r"the certificate of localhost ends in 10 days, fewer than 14"):
        visit.visit(told(port), context=trusting, now=later)


def test_a_certificate_that_browsers_refuse_is_no_answer(port: int) -> None:
    with pytest.raises(visit.VisitError, match=r"/health: no answer: .*certificate"):
        visit.visit(told(port), context=ssl.create_default_context(), now=time.time())
    with pytest.raises(visit.VisitError, match="TLS: "):
        visit.days_left("localhost", ssl.create_default_context(), time.time(), port)


def test_nobody_there(trusting: ssl.SSLContext) -> None:
    with pytest.raises(visit.VisitError, match="/health: no answer: "):
        visit.visit(told(9), context=trusting, now=time.time())


def test_by_hand_it_ends_with_one_line(port: int, certificate: Path) -> None:
    """As the runbook calls it; a self-made certificate is trusted by OpenSSL's own variable."""
    script = [sys.executable, str(ROOT / "canaries" / "visit.py")]
    good = subprocess.run(
        script, env={**told(port, "/"), "SSL_CERT_FILE": str(certificate)}, capture_output=True, text=True, check=False
    )
    assert (good.returncode, good.stderr.splitlines()[0]) == (0, "/health: 200")
    bad = subprocess.run(script, env=told(port), capture_output=True, text=True, check=False)
    assert bad.returncode == 1
    assert bad.stderr.startswith("failed: /health: no answer")
    assert "Traceback" not in bad.stderr
