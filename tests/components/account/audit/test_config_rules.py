"""Rules of AWS Config, and who hears what breaks them.

Not proven: that each rule judges the types one thinks of.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pulumi_aws as aws

from components.account.audit.config_rules import ConfigRules, ConfigRulesArgs
from settings.sections.account import RecorderSettings
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build


RULE = "aws:cfg/rule:Rule"


def rules(recording: tuple[aws.cfg.RecorderStatus, ...] = (), **settings: Any) -> ConfigRules:  # noqa: ANN401
    args = ConfigRulesArgs(context=CONTEXT, settings=RecorderSettings(**settings), recording=recording)
    return ConfigRules("shop-rules", args)


def test_tags_are_asked_for_whatever_else_is(build: Build) -> None:
    made = build(lambda: rules(rules=()))
    assert made.children == {"shop-rules-required-tags": RULE}
    inputs = made.inputs("shop-rules-required-tags")
    assert inputs["source"] == {"owner": "AWS", "sourceIdentifier": "REQUIRED_TAGS"}
    assert json.loads(inputs["inputParameters"]) == {
        "tag1Key": "Environment",
        "tag2Key": "Project",
        "tag3Key": "Owner",
    }


def test_more_rules_and_a_pack(build: Build) -> None:
    made = build(lambda: rules(rules=("EIP_ATTACHED", "REQUIRED_TAGS"), conformance_pack="s3://packs/one.yaml"))
    assert made.children == {
        "shop-rules-required-tags": RULE,
        "shop-rules-eip-attached": RULE,
        "shop-rules-pack": "aws:cfg/conformancePack:ConformancePack",
    }
    assert "inputParameters" not in made.inputs("shop-rules-eip-attached")
    assert made.inputs("shop-rules-pack") == {"templateS3Uri": "s3://packs/one.yaml"}


def test_rules_wait_for_the_recorder(build: Build) -> None:
    made = build(lambda: rules((aws.cfg.RecorderStatus("status", is_enabled=True),)))
    assert {frozenset({"status"})} == {one.options.depends_on for one in made.of_type(RULE)}


def test_what_breaks_a_rule_is_told(build: Build) -> None:
    made = build(rules, ask=lambda one: [(e.key, e.subject, e.pattern) for e in one.events()])
    ((key, subject, pattern),) = made.answer
    assert (key, subject) == ("finding", "config")
    assert pattern["source"] == ["aws.config"]
    assert pattern["detail"]["newEvaluationResult"] == {"complianceType": ["NON_COMPLIANT"]}
    assert sorted(pattern["detail"]["configRuleName"]) == sorted(one.outputs["name"] for one in made.of_type(RULE))
