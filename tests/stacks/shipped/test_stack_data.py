"""Data stores, keys, secrets and backups of the shipped stacks, and how each tier protects them.

These tests read inputs and options. They don't prove that a backup can be restored.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.stacks.planning import SHIPPED, one

if TYPE_CHECKING:
    from collections.abc import Callable

    from ascent.plan.model import Plan

DATABASE = "aws:rds/instance:Instance"
TABLE = "aws:dynamodb/table:Table"
KEY = "aws:kms/key:Key"
VAULT = "aws:backup/vault:Vault"
PARAMETER = "aws:ssm/parameter:Parameter"
SECRET = "aws:cloudcontrol/resource:Resource"
BUCKET = "aws:s3/bucket:Bucket"
NETWORK = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"
"""Stands for its VPC: replaced with it, and with nothing else."""
CACHE = "aws:elasticache/replicationGroup:ReplicationGroup"
BALANCER = "aws:lb/loadBalancer:LoadBalancer"

REFUSALS = [
    # type, input, value with which AWS refuses a deletion
    (BALANCER, "enableDeletionProtection", True),
    (BUCKET, "forceDestroy", False),
    (DATABASE, "deletionProtection", True),
    (TABLE, "deletionProtectionEnabled", True),
    (VAULT, "forceDestroy", False),
]


@pytest.mark.parametrize("stack", ["staging", "prod", "enterprise"])
def test_database(stack: str, plan_of: Callable[[str], Plan]) -> None:
    plan = plan_of(stack)
    inputs = one(plan, DATABASE, "-postgres-instance").inputs
    wanted = {
        "autoMinorVersionUpgrade": True,
        "copyTagsToSnapshot": True,
        "deletionProtection": True,
        "engine": "postgres",
        "iamDatabaseAuthenticationEnabled": True,
        "manageMasterUserPassword": True,
        "multiAz": stack != "staging",
        "performanceInsightsEnabled": True,
        "publiclyAccessible": False,
        "skipFinalSnapshot": False,
        "storageEncrypted": True,
    }
    assert {key: inputs[key] for key in wanted} == wanted
    assert "password" not in inputs
    assert inputs["finalSnapshotIdentifier"] == f"ascent-{stack}-postgres-final"
    assert inputs["backupRetentionPeriod"] == {"staging": 14, "prod": 30, "enterprise": 35}[stack]
    parameters = one(plan, "aws:rds/parameterGroup:ParameterGroup").inputs["parameters"]
    assert {"name": "rds.force_ssl", "value": "1", "applyMethod": "immediate"} in parameters
    groups = set(one(plan, DATABASE, "-postgres-instance").property_dependencies["vpcSecurityGroupIds"])
    assert groups == {one(plan, "aws:ec2/securityGroup:SecurityGroup", "-database").urn}


@pytest.mark.parametrize("stack", SHIPPED)
def test_table(stack: str, plan_of: Callable[[str], Plan]) -> None:
    plan = plan_of(stack)
    table = one(plan, TABLE)
    assert table.inputs["billingMode"] == "PAY_PER_REQUEST"
    assert table.inputs["pointInTimeRecovery"] == {"enabled": True, "recoveryPeriodInDays": 35}
    assert table.inputs["serverSideEncryption"]["enabled"] is True
    assert table.property_dependencies["serverSideEncryption"] == (one(plan, KEY, "-keys-data-key").urn,)
    assert table.inputs["deletionProtectionEnabled"] is (stack != "dev")


@pytest.mark.parametrize(
    ("stack", "purposes"), [*((s, ["data"]) for s in ("dev", "staging")), ("prod", ["data", "logs", "secrets"])]
)
def test_keys_rotate(stack: str, purposes: list[str], plan_of: Callable[[str], Plan]) -> None:
    keys = plan_of(stack).by_type[KEY]
    assert [key.name.removeprefix(f"ascent-{stack}-keys-").removesuffix("-key") for key in keys] == purposes
    for key in keys:
        assert key.inputs["enableKeyRotation"] is True
        assert key.inputs["rotationPeriodInDays"] == 365
        assert key.inputs["deletionWindowInDays"] == (7 if stack == "dev" else 30)


@pytest.mark.parametrize("stack", SHIPPED)
def test_protection(stack: str, plan_of: Callable[[str], Plan]) -> None:
    """`pulumi destroy` takes dev down as it is; elsewhere what holds data must be released first."""
    kept = {BALANCER, BUCKET, DATABASE, KEY, NETWORK, PARAMETER, SECRET, TABLE}
    wanted = {"dev": set(), "staging": kept}.get(stack, kept | {VAULT, CACHE})
    assert protection(plan_of(stack)) == wanted


def test_a_released_stack_can_be_destroyed(plan_with: Callable[..., Plan]) -> None:
    assert protection(plan_with("enterprise", resilience={"protect": False})) == set()


def protection(plan: Plan) -> set[str]:
    """The types that Pulumi protects; AWS protects neither more nor less of them."""
    protected = {r.type for r in plan.resources if r.options.protect}
    for type_, key, kept in REFUSALS:
        for resource in plan.by_type.get(type_, ()):
            assert (resource.inputs[key] is kept) is resource.options.protect, resource.name
    return protected


def test_a_disposable_database_leaves_nothing(plan_with: Callable[..., Plan]) -> None:
    plan = plan_with("startup", data={"postgres": {"finalSnapshot": False}}, resilience={"protect": False})
    inputs = one(plan, DATABASE).inputs
    assert (inputs["skipFinalSnapshot"], inputs["deleteAutomatedBackups"]) == (True, True)
    assert inputs["deletionProtection"] is False
    assert "finalSnapshotIdentifier" not in inputs


@pytest.mark.parametrize(
    ("stack", "rules"),
    [
        ("prod", {"daily": ("cron(0 2 * * ? *)", 30), "weekly": ("cron(0 2 ? * SUN *)", 90)}),
        ("enterprise", {"daily": ("cron(0 2 * * ? *)", 35), "weekly": ("cron(0 2 ? * SUN *)", 365)}),
    ],
)
def test_backups(stack: str, rules: dict[str, tuple[str, int]], plan_of: Callable[[str], Plan]) -> None:
    plan = plan_of(stack)
    found = one(plan, "aws:backup/plan:Plan").inputs["rules"]
    assert {r["ruleName"]: (r["schedule"], r["lifecycle"]["deleteAfter"]) for r in found} == rules
    selection = one(plan, "aws:backup/selection:Selection")
    assert set(selection.property_dependencies["resources"]) == {
        one(plan, TABLE).urn,
        one(plan, DATABASE, "-postgres-instance").urn,
    }
    role = one(plan, "aws:iam/role:Role", "-backup-service-role").inputs
    assert json.loads(role["assumeRolePolicy"])["Statement"][0]["Principal"] == {"Service": ["backup.amazonaws.com"]}


@pytest.mark.parametrize("stack", SHIPPED)
def test_the_signing_key_is_made_by_aws(stack: str, plan_of: Callable[[str], Plan]) -> None:
    plan = plan_of(stack)
    made = one(plan, "aws:cloudcontrol/resource:Resource", "-jwt-secret")
    assert made.inputs["typeName"] == "AWS::SecretsManager::Secret"
    assert "aws:secretsmanager/secretVersion:SecretVersion" not in plan.by_type, "its value would be in the state"
