"""The pack as the engine runs it: its real process, over gRPC, gives the verdicts that evaluation gives offline."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from unittest.mock import Mock

import grpc
import pytest
from google.protobuf import empty_pb2
from pulumi.runtime import proto

from policies.pack.engine.server import Analyzer
from policies.pack.evaluate import evaluate
from policies.pack.levels import Level
from policies.pack.registry import RULES
from policies.pack.verdict import Status
from policies.pack.waivers import Waiver, WaiverBook
from tests.policies.asking import Found, Pack, message
from tests.policies.building import STACK_URN, Case, Made, facts, of, wire
from tests.policies.rule_cases import ALL_CASES

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY = date(2026, 11, 21)
CASES = [c for c in ALL_CASES if c.tier == "enterprise"]


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
    expected = [(case, offline(*case.resources)) for case in CASES]
    different: list[Case] = [c for c, findings in expected if pack.preview(*c.resources) != findings]
    assert [str(c) for c in different] == []
    assert {rule for _, findings in expected for rule, *_ in findings} == set(RULES), "each rule reports something"


def test_each_rule_is_a_policy_of_its_own(pack: Pack) -> None:
    info = pack.stub.GetAnalyzerInfo(empty_pb2.Empty())  # ty: ignore[missing-attribute]
    policies = {p.name: p for p in info.policies}
    assert set(policies) == {*RULES, "waivers"}
    assert info.supportsConfig
    assert policies["rds-multi-az"].enforcementLevel == proto.MANDATORY
    assert policies["rds-multi-az"].severity == proto.POLICY_SEVERITY_HIGH
    assert "FSBP RDS.5" in policies["rds-multi-az"].tags
    assert policies["rds-deletion-protection"].remediation_steps == "Set deletionProtection to true."


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
    book = WaiverBook(today=TODAY, in_force=(used, idle), problems=("waivers.yaml waivers[3]: is wrong",))
    analyzer = Analyzer(tier="enterprise", waivers=book)
    registered = wire(database)
    context = Mock(spec=grpc.ServicerContext)

    single = [analyzer.Analyze(message(proto.AnalyzeRequest, r, {}), context) for r in registered]
    resources = [message(proto.AnalyzerResource, r, {}) for r in registered]
    whole = analyzer.AnalyzeStack(proto.AnalyzeStackRequest(resources=resources), context)

    (waived,) = (d for r in single for d in r.diagnostics if d.policyName == "rds-not-public")
    assert waived.enforcementLevel == proto.ADVISORY
    assert waived.message.startswith("waived until 2026-12-31 by data-team (moved soon): publiclyAccessible is true")
    assert [(d.message, d.urn) for d in whole.diagnostics if d.policyName == "waivers"] == [
        ("waivers.yaml waivers[3]: is wrong", STACK_URN),
        (f"the waiver of s3-versioning for {database.urn} (owner data-team) excuses nothing: delete it", STACK_URN),
    ]
