"""Evaluation: levels by tier, counts, what stops a deployment."""

from __future__ import annotations

from dataclasses import replace

from policies.pack.configuration import Configuration
from policies.pack.evaluate import Result, evaluate
from policies.pack.levels import Level
from policies.pack.registry import RULES
from policies.pack.verdict import Status, Verdict
from tests.policies.building import STACK_URN, U, facts, of

DB = of("aws:rds/instance:Instance", "db", storageEncrypted=True, password="x")
POLICY = of("aws:iam/policy:Policy", "policy", policy=U)


def test_levels_follow_the_tier() -> None:
    stack = facts(DB, tier="mvp")
    assert "rds-multi-az" not in evaluate(stack).by_rule()

    results = evaluate(replace(stack, tier="production")).by_rule()["rds-multi-az"]

    assert [(r.level, r.verdict.status, r.stops_deployment) for r in results] == [(Level.MANDATORY, Status.FAIL, True)]


def test_levels_can_be_set_by_rule() -> None:
    configured = Configuration(levels={"rds-multi-az": Level.ADVISORY, "rds-not-public": Level.DISABLED})
    results = evaluate(facts(DB), configured=configured).by_rule()
    assert "rds-not-public" not in results
    assert results["rds-multi-az"][0].stops_deployment is False


def test_unverified_is_counted_apart_and_stops_nothing() -> None:
    report = evaluate(facts(POLICY), rules=[RULES["iam-no-full-admin"]])
    assert report.counts == {Status.PASS: 0, Status.FAIL: 0, Status.UNKNOWN: 1, Status.ERROR: 0}
    assert report.mandatory_failures == ()
    assert report.findings[0].message.startswith("unverified: the policy is known only after deployment; wanted: ")


def test_an_error_stops_the_deployment() -> None:
    error = Verdict(rule="r", urn="u", status=Status.ERROR, found="r raised KeyError", wanted="", fix="")
    assert Result(verdict=error, level=Level.MANDATORY).stops_deployment
    assert "could not be applied" in error.message


def test_a_failure_says_what_was_found_what_is_wanted_and_how_to_fix_it() -> None:
    (result,) = evaluate(facts(DB), rules=[RULES["rds-deletion-protection"]]).results
    assert result.message == "deletionProtection is not set; wanted: true. Set deletionProtection to true."


def test_secrets_do_not_reach_messages() -> None:
    hidden = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": "hunter2"}
    resources = [
        of("aws:rds/instance:Instance", "db", password=hidden, storageEncrypted=hidden, multiAz=hidden, engine=hidden),
        of("aws:lb/listener:Listener", "l", protocol="HTTPS", sslPolicy=hidden),
        of("aws:cloudfront/distribution:Distribution", "d", defaultCacheBehavior={"viewerProtocolPolicy": hidden}),
        of("aws:ecs/cluster:Cluster", "c", settings=[{"name": "containerInsights", "value": hidden}]),
    ]
    report = evaluate(facts(*resources))
    assert len(report.findings) > 10
    assert "hunter2" not in repr(report)


def test_verdicts_about_the_stack_carry_its_urn() -> None:
    (result,) = evaluate(facts(DB), rules=[RULES["budget-notifies"]]).results
    assert result.verdict.urn == STACK_URN


def test_an_empty_stack_has_nothing_to_fail() -> None:
    report = evaluate(facts())
    assert {r.verdict.status for r in report.results} == {Status.PASS}
