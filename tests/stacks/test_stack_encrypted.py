"""A stack file with encrypted values plans without a passphrase, and nothing that is printed holds any of them.

Where a value decides what is built, or is part of a name, it cannot be encrypted, and the error says so.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from ascent.output.console.values import HIDDEN, readable
from ascent.plan.config import read_stack
from ascent.plan.errors import PlanError
from ascent.plan.model import UNKNOWN, secret
from ascent.plan.record import record
from ascent.plan.serialize import to_json
from settings.errors import SettingsError
from settings.load import resolve
from tests.stacks.invariants import violations
from tests.stacks.planning import ROOT, config_of, one

if TYPE_CHECKING:
    from pathlib import Path

    from ascent.plan.config import StackConfig
    from ascent.plan.model import Plan

CIPHERTEXT = "v1:x9K2bQ:c2VjcmV0"


def sealed() -> dict[str, str]:
    return {"secure": CIPHERTEXT}


CONFIG: dict[str, Any] = {
    "aws:region": "us-east-1",
    "ascent:tier": "startup",
    "ascent:accountId": sealed(),
    "ascent:edge": {"domain": sealed(), "hostedZoneId": sealed()},
    "ascent:security": {"secrets": {"STRIPE_KEY": sealed()}},
    "ascent:observability": {"alarmEmails": [sealed(), "oncall@example.com"]},
    "ascent:compute": {"environment": {"ENDPOINT": sealed()}},
}


def stack_of(directory: Path, config: dict[str, Any]) -> StackConfig:
    """A project of its own around the repository's program."""
    project = {"name": "ascent", "runtime": "python", "main": str(ROOT)}
    (directory / "Pulumi.yaml").write_text(yaml.safe_dump(project))
    (directory / "Pulumi.sealed.yaml").write_text(yaml.safe_dump({"config": config}))
    return read_stack(directory, "sealed")


def plan_of_file(directory: Path, config: dict[str, Any]) -> Plan:
    found = stack_of(directory, config)
    return record(found.directory, found.project, "sealed", found.values, found.secret_keys, keep_modules=True).plan


def test_encrypted_values_are_secrets_that_are_not_known(tmp_path: Path) -> None:
    plan, hidden = plan_of_file(tmp_path, CONFIG), secret(UNKNOWN)
    assert one(plan, "aws:secretsmanager/secretVersion:SecretVersion").inputs["secretString"] == hidden
    assert one(plan, "aws:cloudfront/distribution:Distribution").inputs["aliases"] == [hidden]
    assert one(plan, "aws:route53/record:Record", "-alias-a").inputs["name"] == hidden
    assert one(plan, "pulumi:providers:aws").inputs["allowedAccountIds"] == hidden
    endpoints = [s.inputs["endpoint"] for s in plan.by_type["aws:sns/topicSubscription:TopicSubscription"]]
    assert endpoints == [hidden, "oncall@example.com"]
    assert plan.outputs["url"] == hidden
    assert violations(plan) == []


def test_nothing_printed_holds_ciphertext_or_placeholder(tmp_path: Path) -> None:
    plan = plan_of_file(tmp_path, CONFIG)
    shown = json.dumps([readable(r.inputs) for r in plan.resources], ensure_ascii=False)
    assert HIDDEN in shown
    for text in (to_json(plan), shown, repr(plan)):
        for trace in (CIPHERTEXT, "⟦", "\\u27e6", "encrypted ascent:"):
            assert trace not in text


def test_secrets_that_a_deployment_reads_stay_out_of_what_is_written() -> None:
    """Pulumi hands a program the text of what is encrypted; it is a secret in the plan all the same."""
    given = config_of({"tier": "mvp", "security": {"secrets": {"STRIPE_KEY": "sk_live_plain"}}})
    plan = record(ROOT, "ascent", "dev", given, ["ascent:security"], keep_modules=True).plan
    assert one(plan, "aws:secretsmanager/secretVersion:SecretVersion").inputs["secretString"] == secret("sk_live_plain")
    assert "sk_live_plain" not in to_json(plan)
    assert "sk_live_plain" not in json.dumps([readable(r.inputs) for r in plan.resources])
    everywhere_else = [r for r in plan.resources if r.type != "aws:secretsmanager/secretVersion:SecretVersion"]
    assert "sk_live_plain" not in repr(everywhere_else)


@pytest.mark.parametrize("beside", [{}, {"OTHER": sealed()}])
def test_secrets_that_nobody_encrypted_are_refused_unseen(tmp_path: Path, beside: dict[str, Any]) -> None:
    config = {**CONFIG, "ascent:security": {"secrets": {"STRIPE_KEY": "sk_live_plain", **beside}}}
    with pytest.raises(PlanError) as caught:
        plan_of_file(tmp_path, config)
    said = str(caught.value)
    assert "ascent:security.secrets.STRIPE_KEY is in plain text" in said
    assert "pulumi config set --secret --stack sealed --path ascent:security.secrets.STRIPE_KEY" in said
    assert "sk_live_plain" not in said


@pytest.mark.parametrize(
    ("key", "value", "path"),
    [
        ("ascent:application", sealed(), "ascent:application"),
        ("ascent:environment", sealed(), "ascent:environment"),
        ("ascent:network", {"cidr": sealed()}, "ascent:network.cidr"),
        ("ascent:network", {"availabilityZones": [sealed(), sealed()]}, "ascent:network.availabilityZones[0]"),
        ("ascent:compute", {"instanceType": sealed()}, "ascent:compute.instanceType"),
        ("ascent:compute", {"minCount": sealed()}, "ascent:compute.minCount"),
    ],
)
def test_what_decides_on_the_stack_must_be_readable(tmp_path: Path, key: str, value: Any, path: str) -> None:  # noqa: ANN401
    found = stack_of(tmp_path, {**CONFIG, key: value})
    with pytest.raises(SettingsError) as caught:
        resolve(found.values, stack="sealed", project="ascent")
    line = str(caught.value).splitlines()[0]
    assert line.startswith(f"Pulumi.sealed.yaml: {path} is encrypted: it decides what is built")
    assert "⟦" not in line
