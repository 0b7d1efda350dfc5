"""Cases of the rules in policies/pack/rules/elasticache.py."""

from __future__ import annotations

from policies.pack import types
from policies.pack.verdict import Status
from tests.policies.building import U, cases, of, secret

SECONDARY = of(types.ELASTICACHE_REPLICATION_GROUP, globalReplicationGroupId=U)


CASES = [
    *cases(
        "elasticache-at-rest",
        passing=[
            of(types.ELASTICACHE_REPLICATION_GROUP, atRestEncryptionEnabled=True),
            of(types.ELASTICACHE_REPLICATION_GROUP, engine="valkey"),
        ],
        failing=[
            of(types.ELASTICACHE_REPLICATION_GROUP),
            of(types.ELASTICACHE_REPLICATION_GROUP, engine="redis"),
            of(types.ELASTICACHE_REPLICATION_GROUP, engine="valkey", atRestEncryptionEnabled=False),
        ],
        unknown=[
            of(types.ELASTICACHE_REPLICATION_GROUP, atRestEncryptionEnabled=U),
            of(types.ELASTICACHE_REPLICATION_GROUP, engine=U),
        ],
        skipped=[SECONDARY],
    ),
    *cases(
        "elasticache-in-transit",
        passing=[
            of(types.ELASTICACHE_REPLICATION_GROUP, transitEncryptionEnabled=True),
            of(types.ELASTICACHE_REPLICATION_GROUP, transitEncryptionEnabled="true", transitEncryptionMode="required"),
        ],
        failing=[
            of(types.ELASTICACHE_REPLICATION_GROUP),
            of(types.ELASTICACHE_REPLICATION_GROUP, transitEncryptionEnabled=False),
            of(types.ELASTICACHE_REPLICATION_GROUP, transitEncryptionEnabled=True, transitEncryptionMode="preferred"),
        ],
        unknown=[of(types.ELASTICACHE_REPLICATION_GROUP, transitEncryptionEnabled=U)],
        skipped=[SECONDARY],
    ),
    *cases(
        "elasticache-auth",
        passing=[
            of(types.ELASTICACHE_REPLICATION_GROUP, userGroupIds=["app"]),
            of(types.ELASTICACHE_REPLICATION_GROUP, authToken=secret("x")),
            of(types.ELASTICACHE_REPLICATION_GROUP, authTokenWo=secret("x")),
        ],
        failing=[
            of(types.ELASTICACHE_REPLICATION_GROUP),
            of(types.ELASTICACHE_REPLICATION_GROUP, userGroupIds=[]),
            of(types.ELASTICACHE_REPLICATION_GROUP, authToken=""),
        ],
        unknown=[
            of(types.ELASTICACHE_REPLICATION_GROUP, userGroupIds=U),
            of(types.ELASTICACHE_REPLICATION_GROUP, userGroupIds=[U]),
            of(types.ELASTICACHE_REPLICATION_GROUP, authToken=secret(U)),
        ],
        unknown_is=Status.PASS,
    ),
    *cases(
        "elasticache-failover",
        passing=[of(types.ELASTICACHE_REPLICATION_GROUP, automaticFailoverEnabled=True, multiAzEnabled=True)],
        failing=[
            of(types.ELASTICACHE_REPLICATION_GROUP),
            of(types.ELASTICACHE_REPLICATION_GROUP, automaticFailoverEnabled=True),
            of(types.ELASTICACHE_REPLICATION_GROUP, multiAzEnabled=True),
        ],
        unknown=[of(types.ELASTICACHE_REPLICATION_GROUP, automaticFailoverEnabled=U, multiAzEnabled=True)],
    ),
    *cases(
        "elasticache-snapshots",
        passing=[
            of(types.ELASTICACHE_REPLICATION_GROUP, snapshotRetentionLimit=1),
            of(types.ELASTICACHE_REPLICATION_GROUP, snapshotRetentionLimit="7"),
        ],
        failing=[
            of(types.ELASTICACHE_REPLICATION_GROUP),
            of(types.ELASTICACHE_REPLICATION_GROUP, snapshotRetentionLimit=0),
        ],
        unknown=[of(types.ELASTICACHE_REPLICATION_GROUP, snapshotRetentionLimit=U)],
    ),
    *cases("elasticache-at-rest", passing=[of(types.ELASTICACHE_SERVERLESS_CACHE)], failing=[], unknown=[]),
    *cases(
        "elasticache-in-transit",
        passing=[
            of(types.ELASTICACHE_SERVERLESS_CACHE),
            of(types.ELASTICACHE_CLUSTER, engine="memcached", transitEncryptionEnabled=True),
        ],
        failing=[of(types.ELASTICACHE_CLUSTER, engine="memcached"), of(types.ELASTICACHE_CLUSTER, engine="redis")],
        unknown=[of(types.ELASTICACHE_CLUSTER, engine="memcached", transitEncryptionEnabled=U)],
        skipped=[of(types.ELASTICACHE_CLUSTER, replicationGroupId="sessions")],
    ),
    *cases(
        "elasticache-snapshots",
        passing=[of(types.ELASTICACHE_SERVERLESS_CACHE, snapshotRetentionLimit=1)],
        failing=[of(types.ELASTICACHE_SERVERLESS_CACHE)],
        unknown=[of(types.ELASTICACHE_SERVERLESS_CACHE, snapshotRetentionLimit=U)],
    ),
]
