"""Configuration, remedies and waivers in code through the real engine, wherever a Pulumi CLI is on PATH."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tests.engine.sandbox import REPOSITORY, Sandbox

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(shutil.which("pulumi") is None, reason="there is no Pulumi CLI on PATH")

PROGRAM = """
import datetime

import pulumi
import pulumi_aws as aws

from components.foundation.waiver import Waiver, carrying

today = datetime.datetime.now(datetime.timezone.utc).date()


class Vault(pulumi.ComponentResource):
    def __init__(self, name):
        said = dict(rule="kms-rotation", reason="rotated by hand", owner="security")
        week, past = (str(today + datetime.timedelta(days=n)) for n in (7, -7))
        waivers = (
            Waiver(**said, resource=f"{name}-key", expires=week),
            Waiver(**said, resource=f"{name}-gone", expires=past),
        )
        super().__init__("acme:safe:Vault", name, carrying(*waivers))
        aws.kms.Key(f"{name}-key", opts=pulumi.ResourceOptions(parent=self))
        self.register_outputs({})


tags = {"Owner": pulumi.Output.secret("hunter2")}
Vault("vault")
aws.kms.Key("other-key")
logs = aws.cloudwatch.LogGroup("logs", retention_in_days=1, tags=tags)
"""
CONFIG = {
    "all": "disabled",
    "waivers": "advisory",
    "kms-rotation": "advisory",
    "log-retention": {"enforcementLevel": "remediate", "days": 100},
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> tuple[Sandbox, Path]:
    sandbox = Sandbox.create(tmp_path_factory.mktemp("policies"))
    project = sandbox.project(REPOSITORY, "project")
    (project / "__main__.py").write_text(PROGRAM)
    created = sandbox.pulumi(project, "stack", "init", "dev")
    assert created.returncode == 0, created.stderr
    return sandbox, project


def preview(place: tuple[Sandbox, Path], config: dict[str, object]) -> tuple[str, list[dict[str, Any]]]:
    """What the engine prints, and its events."""
    sandbox, project = place
    path, log = sandbox.root / "config.json", sandbox.root / "events.json"
    log.unlink(missing_ok=True)
    path.write_text(json.dumps(config))
    ran = sandbox.pulumi(
        project,
        *("preview", "--skip-plugin-pre-install", "--policy-pack", "policies", "--policy-pack-config", str(path)),
        *("--event-log", str(log)),
    )
    events = [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
    return ran.stdout + ran.stderr, events


def test_engine_remedies_waives_and_reports(place: tuple[Sandbox, Path]) -> None:
    said, events = preview(place, dict(CONFIG))

    findings = {
        (e["policyEvent"]["policyName"], e["policyEvent"]["resourceUrn"].rpartition("::")[2]): e["policyEvent"][
            "message"
        ]
        for e in events
        if "policyEvent" in e
    }
    assert set(findings) == {("kms-rotation", "vault-key"), ("kms-rotation", "other-key"), ("waivers", "ascent-dev")}, (
        said
    )
    assert "by security (rotated by hand): enableKeyRotation is not set" in findings["kms-rotation", "vault-key"]
    assert "waived" not in findings["kms-rotation", "other-key"]
    assert "expired on" in findings["waivers", "ascent-dev"]
    (remedied,) = [e["policyRemediationEvent"] for e in events if "policyRemediationEvent" in e]
    assert remedied["policyName"] == "log-retention"
    assert (remedied["before"]["retentionInDays"], remedied["after"]["retentionInDays"]) == (1, 120)
    (made,) = [
        e["resourcePreEvent"]["metadata"]["new"]["inputs"]
        for e in events
        if e.get("resourcePreEvent", {}).get("metadata", {}).get("urn", "").endswith("::logs")
    ]
    assert made["retentionInDays"] == 120
    assert "hunter2" not in said
    assert "hunter2" not in json.dumps([e for e in events if "policyEvent" in e or "policyRemediationEvent" in e])


@pytest.mark.parametrize(
    ("config", "says"),
    [
        ({"log-retention": {"days": 0}}, "log-retention: days: Must be greater than or equal to 1"),
        (
            {"log-retention": {"weeks": 1}},
            "log-retention.weeks is not a field: fields here are enforcementLevel, days; remove it",
        ),
        (
            {"no-such-rule": "advisory"},
            "no-such-rule is no rule: allowed are the ids of rules, waivers and all; take an id from",
        ),
    ],
)
def test_engine_refuses_a_wrong_configuration(
    place: tuple[Sandbox, Path], config: dict[str, object], says: str
) -> None:
    said, _ = preview(place, config)
    assert says in said
    assert "Traceback" not in said
