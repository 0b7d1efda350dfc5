"""Cases of the rules about ElastiCache."""

from policies.pack.verdict import Status
from tests.policies.building import U, cases, of, secret

GROUP = "aws:elasticache/replicationGroup:ReplicationGroup"
SECONDARY = of(GROUP, globalReplicationGroupId=U)

CASES = [
    *cases(
        "elasticache-at-rest",
        passing=[of(GROUP, atRestEncryptionEnabled=True), of(GROUP, engine="valkey")],
        failing=[of(GROUP), of(GROUP, engine="redis"), of(GROUP, engine="valkey", atRestEncryptionEnabled=False)],
        unknown=[of(GROUP, atRestEncryptionEnabled=U), of(GROUP, engine=U)],
        skipped=[SECONDARY],
    ),
    *cases(
        "elasticache-in-transit",
        passing=[
            of(GROUP, transitEncryptionEnabled=True),
            of(GROUP, transitEncryptionEnabled="true", transitEncryptionMode="required"),
        ],
        failing=[
            of(GROUP),
            of(GROUP, transitEncryptionEnabled=False),
            of(GROUP, transitEncryptionEnabled=True, transitEncryptionMode="preferred"),
        ],
        unknown=[of(GROUP, transitEncryptionEnabled=U)],
        skipped=[SECONDARY],
    ),
    *cases(
        "elasticache-auth",
        passing=[of(GROUP, userGroupIds=["app"]), of(GROUP, authToken=secret("x")), of(GROUP, authTokenWo=secret("x"))],
        failing=[of(GROUP), of(GROUP, userGroupIds=[]), of(GROUP, authToken="")],
        unknown=[of(GROUP, userGroupIds=U), of(GROUP, userGroupIds=[U]), of(GROUP, authToken=secret(U))],
        unknown_is=Status.PASS,
    ),
    *cases(
        "elasticache-failover",
        passing=[of(GROUP, automaticFailoverEnabled=True, multiAzEnabled=True)],
        failing=[of(GROUP), of(GROUP, automaticFailoverEnabled=True), of(GROUP, multiAzEnabled=True)],
        unknown=[of(GROUP, automaticFailoverEnabled=U, multiAzEnabled=True)],
    ),
    *cases(
        "elasticache-snapshots",
        passing=[of(GROUP, snapshotRetentionLimit=1), of(GROUP, snapshotRetentionLimit="7")],
        failing=[of(GROUP), of(GROUP, snapshotRetentionLimit=0)],
        unknown=[of(GROUP, snapshotRetentionLimit=U)],
    ),
]
