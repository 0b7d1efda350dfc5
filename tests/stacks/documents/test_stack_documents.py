"""Every policy document of every stack: no action or condition that IAM does not know, and nothing that allows all.

Not proven: that a document suffices for what it is for.
"""

from __future__ import annotations

import fnmatch
import json
from typing import Any

import pytest
from moto.iam.aws_managed_policies import aws_managed_policies_data

from components.security.boundary import ROLES, RUNNING
from tests.stacks.documents.linting import Document, documents_of, linted, shipped_documents
from tests.stacks.planning import OPTIONAL, SHIPPED, smallest

HELD = {
    "backup",
    "backup-storage",
    "cloudwatch",
    "dynamodb",
    "ec2",
    "events",
    "iam",
    "kms",
    "logs",
    "rds",
    "ssm",
    "tag",
}
"""Services of which the stack has something."""

EXTREMES = ("mvp", "enterprise")
"""Tiers between which the others lie, here with everything that is optional."""

STACKS = {
    **{name: lambda name=name: shipped_documents(name) for name in SHIPPED},
    **{tier: lambda tier=tier: documents_of(smallest(tier, **OPTIONAL)) for tier in EXTREMES},
}


@pytest.mark.parametrize("stack", STACKS)
def test_the_linter_finds_nothing(stack: str) -> None:
    documents = STACKS[stack]()
    assert len(documents) >= 5
    assert linted(documents) == []


@pytest.mark.parametrize("stack", STACKS)
def test_nothing_allows_every_action(stack: str) -> None:
    """Nor everything of a service on all resources without a condition, but for a boundary, which gives nothing."""
    for document in STACKS[stack]():
        for statement in document.statements:
            if statement["Effect"] != "Allow":
                continue
            assert "*" not in listed(statement["Action"]), document.name
            assert "NotAction" not in statement, document.name
            everything = "*" in listed(statement.get("Resource", [])) and "Condition" not in statement
            wide = [action for action in listed(statement["Action"]) if action.endswith(":*")]
            bounding = document.name.endswith("-boundary-policy") or document.type == "aws:kms/key:Key"
            assert bounding or not (everything and wide), f"{document.name}: {wide} on *"


def test_the_linter_finds_what_is_wrong() -> None:
    """Each kind of fault, in an identity's document and in a resource's."""
    wrong = {
        "unknown action": {"Action": ["s3:GetObjekt"], "Resource": ["arn:aws:s3:::a/*"]},
        "unknown service": {"Action": ["s4:GetObject"], "Resource": ["*"]},
        "unknown operator": {"Action": ["s3:GetObject"], "Resource": ["*"], "Condition": {"StringIs": {"a": "b"}}},
        "condition without a key": {"Action": ["s3:GetObject"], "Resource": ["*"], "Condition": {"StringLike": "b"}},
        "no resource": {"Action": ["s3:GetObject"]},
        "no ARN": {"Action": ["s3:GetObject"], "Resource": ["a-bucket/*"]},
    }
    for fault, statement in wrong.items():
        body = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **statement}]}
        assert linted([Document("aws:iam/rolePolicy:RolePolicy", "it", body)]), fault
    body = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "kms:X"}]}
    assert linted([Document("aws:kms/key:Key", "it", body)])
    assert linted([Document("aws:ec2/vpcEndpoint:VpcEndpoint", "it", body)])


@pytest.mark.parametrize("tier", EXTREMES)
def test_the_boundary_lets_through_what_roles_may_do(tier: str) -> None:
    """A role that carries it could otherwise not do what its own policy says."""
    bounded = [*(f"{service}:*" for service in RUNNING), *ROLES]
    asked = {
        action
        for document in documents_of(smallest(tier, **OPTIONAL))
        if document.is_identity and "-delivery-" not in document.name and "-boundary-" not in document.name
        for statement in document.statements
        if statement["Effect"] == "Allow"
        for action in listed(statement["Action"])
    }
    assert len(asked) > 10
    assert [action for action in sorted(asked) if not allowed(action, bounded)] == []


@pytest.mark.parametrize(
    "name",
    [
        "AmazonSSMManagedInstanceCore",
        "AmazonRDSEnhancedMonitoringRole",
        "AWSBackupServiceRolePolicyForBackup",
        "AWSBackupServiceRolePolicyForRestores",
    ],
)
def test_the_boundary_lets_through_awss_own_policies(name: str) -> None:
    """Those that the stack attaches; the stand-in of AWS carries their text.

    AWS Backup's are for every service that it knows; the stack has it copy tables and databases.
    """
    bounded = [*(f"{service}:*" for service in RUNNING), *ROLES]
    body = json.loads(aws_managed_policies_data)[name]["Document"]
    allows = [s for s in listed(body["Statement"]) if s["Effect"] == "Allow"]
    asked = sorted({action for statement in allows for action in listed(statement["Action"])})
    missing = {action for action in asked if not allowed(action, bounded)}
    assert len(missing) < len(asked)
    assert [action for action in sorted(missing) if action.partition(":")[0] in HELD] == []


def allowed(action: str, patterns: list[str]) -> bool:
    return any(fnmatch.fnmatchcase(action, pattern) for pattern in patterns)


def listed(value: Any) -> list[Any]:  # noqa: ANN401 - one or several
    return value if isinstance(value, list) else [value]
