"""The pack as the engine runs it: its real process, over gRPC, gives the verdicts that evaluation gives offline."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import Mock

import grpc
import pytest
from google.protobuf import empty_pb2
from pulumi.runtime import proto
from pulumi.runtime.proto import analyzer_pb2_grpc

from policies.checklist.evaluate import evaluate
from policies.checklist.levels import Level
from policies.checklist.registry import RULES
from policies.checklist.server import Analyzer
from policies.checklist.verdict import Status
from policies.checklist.waivers import Waiver
from tests.policies.building import PROJECT, PROVIDER, STACK, STACK_URN, Case, Made, U, facts, of, wire
from tests.policies.rule_cases import ALL_CASES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import SimpleNamespace

PACK = Path(__file__).resolve().parents[2] / "policies"
CASES = [c for c in ALL_CASES if c.tier == "enterprise"]
COMPUTED = {"id": U, "arn": U, "kmsKeyId": U, "versioning": {"enabled": True}}
"""What a provider adds to a resource's outputs; rules must not be taken in by it."""

Found = set[tuple[str, str, str, int]]


class Pack:
    """A running policy pack."""

    def __init__(self, tier: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "pulumi.policy", "127.0.0.1:1", str(PACK)],
            stdout=subprocess.PIPE,
            text=True,
            env={
                **os.environ,
                "PULUMI_PROJECT": PROJECT,
                "PULUMI_STACK": STACK,
                "PULUMI_DRY_RUN": "true",
                "PULUMI_CONFIG": f'{{"ascent:tier": "{tier}"}}',
            },
        )
        assert self.process.stdout is not None
        self.channel = grpc.insecure_channel(f"127.0.0.1:{int(self.process.stdout.readline())}")
        self.stub = analyzer_pb2_grpc.AnalyzerStub(self.channel)

    def close(self) -> None:
        self.channel.close()
        self.process.kill()
        self.process.communicate()

    def preview(self, *resources: Made) -> Found:
        """What the pack reports about a stack, asked as the engine asks during a preview."""
        registered = wire(*resources)
        providers = {r.urn: r for r in registered if r.type == PROVIDER}
        responses = [self.stub.Analyze(_message(proto.AnalyzeRequest, r, providers)) for r in registered]
        stack = proto.AnalyzeStackRequest(
            resources=[_message(proto.AnalyzerResource, r, providers, outputs=COMPUTED) for r in registered]
        )
        responses.append(self.stub.AnalyzeStack(stack))
        return {(d.policyName, d.urn, d.message, d.enforcementLevel) for r in responses for d in r.diagnostics}


def _message(
    kind: type, resource: SimpleNamespace, providers: dict[str, SimpleNamespace], outputs: dict | None = None
) -> Any:  # noqa: ANN401 - two kinds of message
    message = kind(
        urn=resource.urn,
        type=resource.type,
        name=resource.name,
        options=proto.AnalyzerResourceOptions(protect=resource.options.protect, parent=resource.parent or ""),
    )
    message.properties.update({**(outputs or {}), **resource.inputs})
    if resource.provider:
        provider = providers[resource.provider]
        message.provider.urn, message.provider.type = provider.urn, provider.type
        message.provider.properties.update(provider.inputs)
    if kind is proto.AnalyzerResource:
        message.dependencies.extend(resource.dependencies)
        for key, urns in resource.property_dependencies.items():
            message.propertyDependencies[key].urns.extend(urns)
    return message


def offline(*resources: Made, tier: str = "enterprise") -> Found:
    """The same, from evaluation alone."""
    numbers = {Level.ADVISORY: proto.ADVISORY, Level.MANDATORY: proto.MANDATORY}
    return {
        (
            r.verdict.rule,
            r.verdict.urn,
            r.message,
            proto.ADVISORY if r.verdict.status is Status.UNKNOWN else numbers[r.level],
        )
        for r in evaluate(facts(*resources, tier=tier)).findings
    }


@pytest.fixture(scope="module")
def pack() -> Iterator[Pack]:
    running = Pack("enterprise")
    yield running
    running.close()


def test_every_case_gets_the_same_verdicts_in_the_engine_as_offline(pack: Pack) -> None:
    different: list[Case] = [c for c in CASES if pack.preview(*c.resources) != offline(*c.resources)]
    assert [str(c) for c in different] == []
    assert {rule for c in CASES for rule, *_ in offline(*c.resources)} == set(RULES), "each rule reports something"


def test_each_rule_is_a_policy_of_its_own(pack: Pack) -> None:
    info = pack.stub.GetAnalyzerInfo(empty_pb2.Empty())  # ty: ignore[missing-attribute]
    policies = {p.name: p for p in info.policies}
    assert set(policies) == {*RULES, "waivers"}
    assert info.supportsConfig
    assert policies["rds-multi-az"].enforcementLevel == proto.MANDATORY
    assert policies["rds-multi-az"].severity == proto.POLICY_SEVERITY_HIGH
    assert "FSBP RDS.5" in policies["rds-multi-az"].tags
    assert policies["rds-multi-az"].remediation_steps == "Set multiAz to true."


@pytest.mark.parametrize(("tier", "level"), [("mvp", proto.DISABLED), ("no-such-tier", proto.MANDATORY)])
def test_levels_follow_the_stacks_tier(tier: str, level: int) -> None:
    running = Pack(tier)
    try:
        info = running.stub.GetAnalyzerInfo(empty_pb2.Empty())  # ty: ignore[missing-attribute]
        assert {p.name: p.enforcementLevel for p in info.policies}["rds-multi-az"] == level
        if tier == "mvp":
            database = of("aws:rds/instance:Instance")
            assert running.preview(database) == offline(database, tier="mvp")
    finally:
        running.close()


def test_configured_levels_replace_the_tiers() -> None:
    running = Pack("enterprise")
    try:
        levels = {
            "rds-multi-az": proto.ADVISORY,
            "rds-not-public": proto.DISABLED,
            "budget-notifies": proto.DISABLED,
        }
        config = {name: proto.PolicyConfig(enforcementLevel=level) for name, level in levels.items()}
        running.stub.Configure(proto.ConfigureAnalyzerRequest(policyConfig=config))
        found = running.preview(of("aws:rds/instance:Instance", publiclyAccessible=True))
        reported = {rule: level for rule, _, _, level in found}
        assert reported["rds-multi-az"] == proto.ADVISORY
        assert "rds-not-public" not in reported
        assert "budget-notifies" not in reported
    finally:
        running.close()


def test_waivers_are_heeded_and_reported() -> None:
    database = of("aws:rds/instance:Instance", "db", publiclyAccessible=True)
    used = Waiver(
        rule="rds-not-public", urn=database.urn, reason="moved soon", owner="data-team", expires=date(2026, 12, 31)
    )
    idle = replace(used, rule="s3-versioning")
    analyzer = Analyzer(tier="enterprise", waivers=[used, idle], problems=["waivers.yaml waivers[3]: is wrong"])
    registered = wire(database)
    context = Mock(spec=grpc.ServicerContext)

    single = [analyzer.Analyze(_message(proto.AnalyzeRequest, r, {}), context) for r in registered]
    resources = [_message(proto.AnalyzerResource, r, {}) for r in registered]
    whole = analyzer.AnalyzeStack(proto.AnalyzeStackRequest(resources=resources), context)

    (waived,) = (d for r in single for d in r.diagnostics if d.policyName == "rds-not-public")
    assert waived.enforcementLevel == proto.ADVISORY
    assert waived.message.startswith("waived until 2026-12-31 by data-team (moved soon): publiclyAccessible is true")
    assert [(d.message, d.urn) for d in whole.diagnostics if d.policyName == "waivers"] == [
        ("waivers.yaml waivers[3]: is wrong", STACK_URN),
        (f"waiver for s3-versioning on {database.urn} excuses nothing; delete it", STACK_URN),
    ]
