"""A stand-in AWS per test, and a project whose stack uses it."""

from __future__ import annotations

import logging
import urllib.request
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from ascent.plan.workers import worker
from ascent.verify.session import aws_of
from common.problems import InputError
from settings.load import resolve
from tests.cli.cli_project import MVP, Project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from ascent.plan.offline.recording import Recording
    from ascent.verify.aws import Aws

SERVICES = ("ce", "cloudfront", "ec2", "elbv2", "servicequotas", "sts")


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
def config(address: str) -> dict[str, Any]:
    """Configuration of a stack that uses the stand-in."""
    return {**MVP, "aws:endpoints": [dict.fromkeys(SERVICES, address)], "aws:maxRetries": 1}


@pytest.fixture
def project(tmp_path: Path, config: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project with one stack, planned in this process; a worker of its own would cost seconds."""

    def plan_stacks(_workers: object, stacks: Sequence[str], *, partly: bool) -> list[Recording]:
        answers = [worker.answer(tmp_path, stack, partly=partly) for stack in stacks]
        if errors := [answer.error for answer in answers if answer.recording is None]:
            raise InputError("\n".join(errors))
        return [answer.recording for answer in answers if answer.recording is not None]

    monkeypatch.setattr("ascent.planning.start_workers", lambda _directory, _most: [])
    monkeypatch.setattr("ascent.planning.plan_stacks", plan_stacks)
    made = Project(tmp_path)
    made.stack("dev", **config)
    return made


@pytest.fixture
def client(address: str) -> Callable[[str], Any]:
    """Clients that make what is asked about."""
    return lambda service: boto3.client(service, region_name="us-east-1", endpoint_url=address)


@pytest.fixture
def aws(config: dict[str, Any]) -> Aws:
    """AWS as the stack uses it."""
    import json

    text = {key: value if isinstance(value, str) else json.dumps(value) for key, value in config.items()}
    return aws_of(resolve(text, stack="dev", project="ascent"), "dev", "ascent doctor dev")
