"""A stand-in AWS per test, and a stack to do something to."""

from __future__ import annotations

import json
import logging
import urllib.request
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from ascent.cli import main
from tests.cli.cli_project import Answer, Project
from tests.ops.standin import REGION, SERVICES, entry, state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture(scope="package")
def server() -> Iterator[str]:
    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture
def address(server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where the stand-in is; it has forgotten what other tests made."""
    for variable in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(variable, raising=False)
    for variable in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(variable, "testing")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    urllib.request.urlopen(urllib.request.Request(f"{server}/moto-api/reset", method="POST")).read()
    return server


@pytest.fixture
def client(address: str) -> Callable[..., Any]:
    """Clients that make what is operated on."""
    return lambda service, region=REGION: boto3.client(service, region_name=region, endpoint_url=address)


@pytest.fixture
def project(tmp_path: Path, address: str) -> Project:
    made = Project(tmp_path)
    given: dict[str, Any] = {
        "aws:region": REGION,
        "ascent:tier": "production",
        "ascent:edge": {"domain": "app.example.com", "hostedZoneId": "Z0123456789ABC"},
        "ascent:observability": {"alarmEmails": ["a@example.com"]},
        "ascent:accountId": "123456789012",
        "aws:endpoints": [dict.fromkeys(SERVICES, address)],
        "aws:maxRetries": 1,
    }
    made.stack("dev", **given)
    return made


@pytest.fixture
def ops(project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Answer]:
    """Runs an operation on a stack of some resources; it never sleeps."""
    monkeypatch.setattr("ascent.ops.running._PAUSE", 0)
    deployed = project.directory / "state.json"

    def call(*words: str, resources: list[dict[str, Any]] | None = None, **outputs: Any) -> Answer:  # noqa: ANN401
        if resources is not None:
            # A state names at least one resource of AWS.
            made = [entry("aws:sns/topic:Topic", "ascent-dev-topic", "topic"), *resources]
            deployed.write_text(json.dumps(state(*made, outputs=outputs)))
        # The stand-in is at once what it becomes, or never.
        short = [] if "--minutes" in words else ["--minutes", "0.02"]
        status = main(["ops", *words, *short, "--state", str(deployed), "--cwd", str(project.directory)])
        captured = capsys.readouterr()
        return Answer(status, captured.out, captured.err)

    return call
