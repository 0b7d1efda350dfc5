"""Policies of the organisation: documents within their limits, attached where they are asked for.

Not proven: that the organisation takes them, and what they refuse in practice.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from components.account.organization import (
    OrganizationPolicies,
    OrganizationPoliciesArgs,
    guard_policy,
    tag_policy,
)
from settings.enums import Presence
from settings.sections.account import OrganizationSettings
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build


ROLE = "arn:aws:iam::111111111111:role/deploy"
MOST = {"SERVICE_CONTROL_POLICY": 5120, "TAG_POLICY": 10_000}


def settings(**given: Any) -> OrganizationSettings:  # noqa: ANN401
    targets = {"target_ids": ("r-ab12", "ou-ab12-11111111"), **given}
    return OrganizationSettings(policies=Presence.CREATE, **targets)


def policies() -> OrganizationPolicies:
    return OrganizationPolicies("shop-org", OrganizationPoliciesArgs(context=CONTEXT, settings=settings()))


def test_children(build: Build) -> None:
    made = build(policies)
    policy, attachment = "aws:organizations/policy:Policy", "aws:organizations/policyAttachment:PolicyAttachment"
    assert made.children == {
        "shop-org-tags": policy,
        "shop-org-tags-r-ab12": attachment,
        "shop-org-tags-ou-ab12-11111111": attachment,
        "shop-org-guard": policy,
        "shop-org-guard-r-ab12": attachment,
        "shop-org-guard-ou-ab12-11111111": attachment,
    }
    for key in ("tags", "guard"):
        for target in ("r-ab12", "ou-ab12-11111111"):
            found = made.inputs(f"shop-org-{key}-{target}")
            assert found == {"policyId": made[f"shop-org-{key}"].outputs["id"], "targetId": target}


def test_documents_are_within_their_limits(build: Build) -> None:
    for policy in build(policies).of_type("aws:organizations/policy:Policy"):
        content = policy.inputs["content"]
        assert ": " not in content, "AWS counts spaces"
        assert len(content) <= MOST[policy.inputs["type"]]
        assert json.loads(content)


def test_tags() -> None:
    tags = tag_policy(["dev", "prod"])["tags"]
    assert {key: tag["tag_key"] for key, tag in tags.items()} == {
        key.lower(): {"@@assign": key} for key in ("Environment", "Project", "Owner")
    }
    assert tags["environment"]["tag_value"] == {"@@assign": ["dev", "prod"]}
    assert tags["environment"]["enforced_for"] == {"@@assign": ["ec2:instance", "rds:db"]}


def denials(**given: Any) -> dict[str, dict[str, Any]]:  # noqa: ANN401
    document = guard_policy("eu-west-1", settings(**given))
    assert {statement["Effect"] for statement in document["Statement"]} == {"Deny"}
    return {statement["Sid"]: statement for statement in document["Statement"]}


@pytest.mark.parametrize(
    "action", ["cloudtrail:StopLogging", "guardduty:DeleteDetector", "config:StopConfigurationRecorder"]
)
def test_nobody_blinds_detection(action: str) -> None:
    assert action in denials()["Audit"]["Action"]
    assert "Condition" not in denials()["Audit"]


def test_some_roles_are_not_bound() -> None:
    found = denials(exempt_roles=(ROLE,))
    exempt = {"aws:PrincipalArn": [ROLE]}
    assert found["Audit"]["Condition"]["ArnNotLike"] == found["Regions"]["Condition"]["ArnNotLike"] == exempt
    assert "Condition" not in found["Leave"], "nobody leaves"


def test_regions() -> None:
    found = denials(regions=("eu-central-1",))["Regions"]
    assert found["Condition"] == {
        "StringNotEquals": {"aws:RequestedRegion": ["eu-central-1", "eu-west-1", "us-east-1"]}
    }
    assert {"iam:*", "sts:*", "cloudfront:*", "route53:*", "support:*"} <= set(found["NotAction"])
    assert "ec2:*" not in found["NotAction"]
