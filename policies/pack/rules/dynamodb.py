"""Tables of DynamoDB."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.checks import at_least, is_true
from policies.pack.facts import Secret, Unknown
from policies.pack.facts.keys import own_key
from policies.pack.layers import DATA
from policies.pack.levels import ALWAYS, Level, mandatory_from
from policies.pack.rule import Severity, sets
from policies.pack.values import items, text
from policies.pack.verdict import Outcome, Status, failed, unverified, worst

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, Value
    from policies.pack.parameters import Values
    from policies.pack.rule import Changes


def _recover(table: ResourceFacts, _: Values) -> Changes:
    """Recovery of a table and of its replicas; one not all known, or with a secret, is left to people."""
    if table.type == types.DYNAMODB_TABLE_REPLICA:
        return {("pointInTimeRecovery",): True}
    replicas = items(table, "replicas")
    if isinstance(replicas, Unknown) or not all(_is_plain(replica) for replica in replicas):
        return {}
    whole = {("replicas",): [{**replica, "pointInTimeRecovery": True} for replica in replicas]} if replicas else {}
    return {("pointInTimeRecovery", "enabled"): True, **whole}


def _is_plain(replica: Value) -> bool:
    return isinstance(replica, Mapping) and not any(isinstance(v, Unknown | Secret) for v in replica.values())


_RECOVERY_DAYS: Final = 7
"""Shortest time that recovery reaches back; AWS's default is its longest, 35 days."""


@DATA.resource(
    "dynamodb-pitr",
    "Tables can be restored to any second of the last weeks",
    on=(types.DYNAMODB_TABLE, types.DYNAMODB_TABLE_REPLICA),
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="DynamoDB keeps no other backup by itself: a bad write is final. Recovery costs $0.20 per GB and month.",
    fix="Set pointInTimeRecovery with enabled true, and pointInTimeRecovery of each replica to true.",
    anchors=("FSBP DynamoDB.2", "checkov CKV_AWS_28", "cdk-nag AwsSolutions-DDB3", "trivy AWS-0024"),
    remedy=_recover,
)
def dynamodb_pitr(table: ResourceFacts) -> Outcome:
    """`pointInTimeRecovery.enabled`; replicas have a switch of their own each, off by default."""
    if table.type == types.DYNAMODB_TABLE_REPLICA:
        return is_true(table, "pointInTimeRecovery")
    days = at_least(table, "pointInTimeRecovery.recoveryPeriodInDays", _RECOVERY_DAYS, unit="days", default=35)
    own = worst((is_true(table, "pointInTimeRecovery.enabled"), days))
    replicas = items(table, "replicas")
    if isinstance(replicas, Unknown):
        return worst((own, unverified("replicas are known only after deployment", "recovery of each replica")))
    return worst((own, *(_recovers(replica) for replica in replicas)))


def _recovers(replica: Value) -> Outcome:
    found = is_true(replica, "pointInTimeRecovery")
    if found.status is Status.PASS:
        return found
    return failed(f"the replica in {text(replica, 'regionName') or 'another region'}: {found.found}", found.wanted)


@DATA.resource(
    "dynamodb-deletion-protection",
    "Tables cannot be deleted by accident",
    on=types.DYNAMODB_TABLE,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production", before=Level.DISABLED),
    why="A wrong destroy, or a change of keys that replaces the table, takes the data with it.",
    fix="Set deletionProtectionEnabled to true.",
    anchors=("FSBP DynamoDB.6",),
    remedy=sets({"deletionProtectionEnabled": True}),
)
def dynamodb_deletion_protection(table: ResourceFacts) -> Outcome:
    """`deletionProtectionEnabled`."""
    return is_true(table, "deletionProtectionEnabled")


@DATA.resource(
    "dynamodb-cmk",
    "Tables are encrypted with a key of our own",
    on=types.DYNAMODB_TABLE,
    severity=Severity.LOW,
    levels=mandatory_from("production", before=Level.DISABLED),
    why="Nobody can see who used AWS's shared key, or take the use of it away.",
    fix="Set serverSideEncryption with enabled true and kmsKeyArn.",
    anchors=("checkov CKV_AWS_119", "trivy AWS-0025", "prowler dynamodb_tables_kms_cmk_encryption_enabled"),
)
def dynamodb_cmk(table: ResourceFacts) -> Outcome:
    """`serverSideEncryption.kmsKeyArn`, switched on."""
    on = is_true(table, "serverSideEncryption.enabled")
    return own_key(table, "serverSideEncryption.kmsKeyArn") if not on.wanted else on
