"""A stand-in AWS per test, and a stack to ask about."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from ascent.verify.answer import Said
from ascent.verify.checks.table import Check
from ascent.verify.deployed import Deployed, Found
from ascent.verify.session import aws_of
from ascent.verify.subject import Subject
from settings.load import resolve
from tests.cli.cli_project import MVP, Project
from tests.verify.standin import REGION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ascent.verify.aws import Aws

SERVICES = (
    *("acm", "autoscaling", "backup", "budgets", "cloudfront", "cloudwatch", "dynamodb", "ecs", "elbv2", "rds"),
    *("secretsmanager", "sns", "sts"),
)


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
    import urllib.request

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
def project(tmp_path: Path, config: dict[str, Any]) -> Project:
    made = Project(tmp_path)
    made.stack("dev", **config)
    return made


@pytest.fixture
def client(address: str) -> Callable[[str], Any]:
    """Clients that make what is asked about."""
    return lambda service: boto3.client(service, region_name=REGION, endpoint_url=address)


@pytest.fixture
def subject_of(config: dict[str, Any]) -> Callable[..., Subject]:
    """A stack of some resources."""
    import json

    def make(*resources: Found, outputs: dict[str, Any] | None = None, aws: Aws | None = None, **more: Any) -> Subject:  # noqa: ANN401
        extra = more.pop("config", {})
        flat = {
            key: value if isinstance(value, str) else json.dumps(value) for key, value in {**config, **extra}.items()
        }
        resolved = resolve(flat, stack="dev", project="ascent")
        return Subject(
            stack="dev",
            settings=resolved.settings,
            deployed=Deployed(resources=resources, outputs=outputs or {}),
            aws=aws or aws_of(resolved, "dev"),
            days=14,
            **more,
        )

    return make


@pytest.fixture
def aws(subject_of: Callable[..., Subject]) -> Aws:
    return subject_of().aws


def asked(check: Callable[[Found, Subject], Iterator[Said]], thing: Found, subject: Subject) -> list[Said]:
    """What a check says of a thing, as the command would have it."""
    from ascent.verify.asking import said_of

    return said_of(Check("check", lambda _: [thing], check), thing, subject)
