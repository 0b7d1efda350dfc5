"""The web application firewall: its rules, its log, and what it stands before.

Not proven: what AWS's managed rules block, and that the rules fit into the free capacity.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from components.edge.web_acl import WebAcl, WebAclArgs
from tests.components.mocks import UNKNOWN
from tests.components.surroundings import CONTEXT, KEY, LOGS

if TYPE_CHECKING:
    from tests.components.mocks import Build

CLOUDFRONT = {
    "shop-waf-acl": "aws:wafv2/webAcl:WebAcl",
    "shop-waf-log": "aws:cloudwatch/logGroup:LogGroup",
    "shop-waf-logging": "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
}


def web_acl(region: str = "us-east-1", **args: Any) -> WebAcl:  # noqa: ANN401
    given: dict[str, Any] = {
        "rate_limit": 2000,
        "session_rate_limit": 500,
        "session_cookie": "sid",
        "logs": LOGS,
        **args,
    }
    return WebAcl("shop-waf", WebAclArgs(context=replace(CONTEXT, region=region), **given))


def test_for_cloudfront(build: Build) -> None:
    made = build(lambda: web_acl("eu-west-1"))
    assert made.children == CLOUDFRONT
    assert made.inputs("shop-waf-acl")["scope"] == "CLOUDFRONT"
    assert {made.inputs(name)["region"] for name in CLOUDFRONT} == {"us-east-1"}
    assert made.outputs == made.attributes == {"arn": made["shop-waf-acl"].outputs["arn"]}
    assert made.preview.attributes == {"arn": UNKNOWN}


def test_for_a_load_balancer(build: Build) -> None:
    made = build(lambda: web_acl("eu-west-1", load_balancer_arn="lb-arn"))
    association = "aws:wafv2/webAclAssociation:WebAclAssociation"
    assert made.children == {**CLOUDFRONT, "shop-waf-association": association}
    assert made.inputs("shop-waf-acl")["scope"] == "REGIONAL"
    assert {made.inputs(name)["region"] for name in CLOUDFRONT} == {"eu-west-1"}
    assert made.inputs("shop-waf-association") == {
        "resourceArn": "lb-arn",
        "webAclArn": made["shop-waf-acl"].outputs["arn"],
    }


def test_floods_are_judged_first_then_awss_rules(build: Build) -> None:
    inputs = build(web_acl).inputs("shop-waf-acl")
    assert inputs["defaultAction"] == {"allow": {}}
    assert [(rule["priority"], rule["name"]) for rule in inputs["rules"]] == [
        (0, "rate-per-address"),
        (1, "rate-per-session"),
        (2, "reputation"),
        (3, "common"),
        (4, "bad-inputs"),
        (5, "sql-injection"),
    ]
    assert all(rule["visibilityConfig"]["cloudwatchMetricsEnabled"] for rule in inputs["rules"])


def test_rate_limits_block(build: Build) -> None:
    address, session = build(web_acl).inputs("shop-waf-acl")["rules"][:2]
    assert address["action"] == session["action"] == {"block": {}}
    assert address["statement"]["rateBasedStatement"] == {
        "aggregateKeyType": "IP",
        "limit": 2000,
        "evaluationWindowSec": 300,
    }
    assert session["statement"]["rateBasedStatement"] == {
        "aggregateKeyType": "CUSTOM_KEYS",
        "limit": 500,
        "evaluationWindowSec": 300,
        "customKeys": [{"cookie": {"name": "sid", "textTransformations": [{"priority": 0, "type": "NONE"}]}}],
    }


def test_managed_rules_act_but_for_the_one_that_blocks_uploads(build: Build) -> None:
    rules = build(web_acl).inputs("shop-waf-acl")["rules"][2:]
    groups = {rule["name"]: rule["statement"]["managedRuleGroupStatement"] for rule in rules}
    assert {group["vendorName"] for group in groups.values()} == {"AWS"}
    assert groups["sql-injection"]["name"] == "AWSManagedRulesSQLiRuleSet"
    assert all(rule["overrideAction"] == {"none": {}} for rule in rules)
    counted = {name: group["ruleActionOverrides"] for name, group in groups.items() if group.get("ruleActionOverrides")}
    assert counted == {"common": [{"name": "SizeRestrictions_BODY", "actionToUse": {"count": {}}}]}


def test_the_log_keeps_what_was_stopped_without_credentials(build: Build) -> None:
    made = build(web_acl)
    assert made.inputs("shop-waf-log")["name"] == "aws-waf-logs-shop-dev"
    assert made.inputs("shop-waf-log")["retentionInDays"] == 30
    inputs = made.inputs("shop-waf-logging")
    assert inputs["resourceArn"] == made["shop-waf-acl"].outputs["arn"]
    assert inputs["logDestinationConfigs"] == [made["shop-waf-log"].outputs["arn"]]
    assert inputs["redactedFields"] == [
        {"singleHeader": {"name": "authorization"}},
        {"singleHeader": {"name": "cookie"}},
    ]
    assert inputs["loggingFilter"]["defaultBehavior"] == "DROP"
    (kept,) = inputs["loggingFilter"]["filters"]
    actions = [condition["actionCondition"]["action"] for condition in kept["conditions"]]
    assert (kept["behavior"], kept["requirement"], actions) == ("KEEP", "MEETS_ANY", ["BLOCK", "COUNT"])


@pytest.mark.parametrize(
    ("region", "balancer", "key"),
    [("us-east-1", None, KEY), ("eu-west-1", None, None), ("eu-west-1", "lb-arn", KEY)],
    ids=["cloudfront, same region", "cloudfront, other region", "load balancer"],
)
def test_the_logs_key_serves_its_own_region_only(
    build: Build, region: str, balancer: str | None, key: str | None
) -> None:
    made = build(lambda: web_acl(region, load_balancer_arn=balancer, logs=replace(LOGS, key_arn=KEY)))
    assert made.inputs("shop-waf-log").get("kmsKeyId") == key
