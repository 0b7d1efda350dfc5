"""Caches of ElastiCache."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.checks import at_least, is_true, lacking
from policies.pack.layers import DATA
from policies.pack.levels import ALWAYS, Level, mandatory_from
from policies.pack.parameters import whole
from policies.pack.rule import Severity
from policies.pack.values import as_bool, as_number, at, is_set, text
from policies.pack.verdict import Outcome, failed, passed, worst

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, StackFacts
    from policies.pack.parameters import Values

SNAPSHOT_DAYS: Final = whole("days", "Shortest retention of snapshots in days", 1, minimum=1, maximum=35)


def _is_secondary(group: ResourceFacts) -> bool:
    """Whether it belongs to another region's global datastore, from which it has its encryption."""
    return is_set(at(group, "globalReplicationGroupId"))


@DATA.resource(
    "elasticache-at-rest",
    "Caches are encrypted at rest",
    on=(types.ELASTICACHE_REPLICATION_GROUP, types.ELASTICACHE_SERVERLESS_CACHE),
    severity=Severity.MEDIUM,
    levels=ALWAYS,
    why="Snapshots and syncs write sessions and query results to disk; encryption cannot be added later.",
    fix="Set atRestEncryptionEnabled to true, with kmsKeyId for a key of your own.",
    anchors=(
        "FSBP ElastiCache.4",
        "checkov CKV_AWS_29",
        "cdk-nag AwsSolutions-AEC3",
        "trivy AWS-0045",
        "prowler elasticache_redis_cluster_rest_encryption_enabled",
    ),
)
def elasticache_at_rest(group: ResourceFacts) -> Outcome | None:
    """`atRestEncryptionEnabled`, which is on by default for Valkey only."""
    if group.type == types.ELASTICACHE_SERVERLESS_CACHE:
        return passed("a serverless cache is always encrypted")
    if _is_secondary(group):
        return None
    return is_true(group, "atRestEncryptionEnabled", default=text(group, "engine") == "valkey")


@DATA.resource(
    "elasticache-in-transit",
    "Caches speak TLS only",
    on=(types.ELASTICACHE_REPLICATION_GROUP, types.ELASTICACHE_CLUSTER, types.ELASTICACHE_SERVERLESS_CACHE),
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="Without TLS the cache's password and every session in it cross the network readable.",
    fix='Set transitEncryptionEnabled to true and leave transitEncryptionMode at "required".',
    anchors=(
        "FSBP ElastiCache.5",
        "checkov CKV_AWS_30",
        "trivy AWS-0051",
        "prowler elasticache_redis_cluster_in_transit_encryption_enabled",
    ),
)
def elasticache_in_transit(group: ResourceFacts) -> Outcome | None:
    """`transitEncryptionEnabled`; the mode `preferred`, meant for a change-over, still takes plain connections."""
    if group.type == types.ELASTICACHE_SERVERLESS_CACHE:
        return passed("a serverless cache speaks TLS only")
    # A member of a replication group does as its group does.
    if _is_secondary(group) or is_set(at(group, "replicationGroupId")):
        return None
    encrypted = is_true(group, "transitEncryptionEnabled")
    if at(group, "transitEncryptionMode") == "preferred":
        return worst([encrypted, lacking(group, "transitEncryptionMode", "required")])
    return encrypted


@DATA.joined(
    "elasticache-auth",
    "Caches ask who connects",
    on=types.ELASTICACHE_REPLICATION_GROUP,
    severity=Severity.HIGH,
    levels=mandatory_from("startup"),
    why="Without it whatever reaches the cache's port can read all sessions, and write its own.",
    fix="Set userGroupIds to an aws.elasticache.UserGroup, or authTokenWo; both need transitEncryptionEnabled.",
    anchors=("FSBP ElastiCache.6", "checkov CKV_AWS_31", "cdk-nag AwsSolutions-AEC6"),
)
def elasticache_auth(group: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """A token, write-only or not, or a user group whose users all authenticate; neither works without TLS.

    A member of a global datastore has its primary's.
    """
    if _is_secondary(group):
        return None
    given = next((key for key in ("userGroupIds", "authTokenWo", "authToken") if is_set(at(group, key))), "")
    if not given:
        return failed("neither userGroupIds nor a token is set", "one of them")
    if as_bool(at(group, "transitEncryptionEnabled")) is False:
        return failed(f"{given} is set, and transitEncryptionEnabled is false", "a token or users over TLS")
    for users in stack.referred(group, "userGroupIds", types.ELASTICACHE_USER_GROUP):
        for user in stack.referred(users, "userIds", types.ELASTICACHE_USER):
            if _is_open(user):
                return failed(f"user {user.name} needs no password", "users that authenticate")
    return passed(f"{given} is set")


def _is_open(user: ResourceFacts) -> bool:
    """Whether anybody may be a user: it needs no password, and is switched on."""
    free = as_bool(at(user, "noPasswordRequired")) is True
    free = free or at(user, "authenticationMode.type") == "no-password-required"
    return free and not text(user, "accessString").startswith("off")


@DATA.resource(
    "elasticache-failover",
    "Caches have a standby in another zone",
    on=types.ELASTICACHE_REPLICATION_GROUP,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production", before=Level.DISABLED),
    why="When the only node goes, all sessions are lost and the database takes the whole load at once.",
    fix="Set automaticFailoverEnabled and multiAzEnabled to true, with numCacheClusters 2 or more.",
    anchors=(
        "FSBP ElastiCache.3",
        "checkov CKV2_AWS_50",
        "cdk-nag AwsSolutions-AEC4",
        "prowler elasticache_redis_cluster_automatic_failover_enabled",
        "prowler elasticache_redis_cluster_multi_az_enabled",
    ),
)
def elasticache_failover(group: ResourceFacts) -> Outcome:
    """`automaticFailoverEnabled` and `multiAzEnabled`, both off by default, and a replica to fail over to."""
    replicas = as_number(at(group, "replicasPerNodeGroup"))
    nodes = as_number(at(group, "numCacheClusters"))
    alone = (isinstance(replicas, float) and replicas < 1) or (isinstance(nodes, float) and nodes <= 1)
    parts = [is_true(group, key) for key in ("automaticFailoverEnabled", "multiAzEnabled")]
    return worst([*parts, failed("there is no replica", "one or more")] if alone else parts)


@DATA.resource(
    "elasticache-snapshots",
    "Caches are backed up",
    on=(types.ELASTICACHE_REPLICATION_GROUP, types.ELASTICACHE_SERVERLESS_CACHE, types.ELASTICACHE_CLUSTER),
    severity=Severity.LOW,
    levels=mandatory_from("production", before=Level.DISABLED),
    why="An empty cache after a failure or a wrong FLUSHALL logs everybody out and floods the database.",
    fix="Set snapshotRetentionLimit to 1 or more.",
    anchors=("FSBP ElastiCache.1", "checkov CKV_AWS_134", "trivy AWS-0050"),
    parameters=(SNAPSHOT_DAYS,),
    remedy=lambda _, given: {("snapshotRetentionLimit",): given[SNAPSHOT_DAYS]},
)
def elasticache_snapshots(group: ResourceFacts, given: Values) -> Outcome | None:
    """`snapshotRetentionLimit` in days, 0 by default. Memcached has none; a member of a group has its group's."""
    if group.type == types.ELASTICACHE_CLUSTER and (
        is_set(at(group, "replicationGroupId")) or at(group, "engine") == "memcached"
    ):
        return None
    return at_least(group, "snapshotRetentionLimit", given[SNAPSHOT_DAYS], unit="days")
