"""Cases of the rules about how RDS databases are watched, maintained and deleted."""

from tests.policies.building import U, cases, of
from tests.policies.rule_cases.data_cases import CLUSTER, DB, MEMBER, REPLICA, member

CASES = [
    *cases(
        "rds-performance-insights",
        passing=[
            of(DB, performanceInsightsEnabled=True),
            of(MEMBER, performanceInsightsEnabled="true"),
            of(DB, databaseInsightsMode="advanced"),
            (member("one"), of(CLUSTER, "aurora", databaseInsightsMode="advanced")),
            (member("one"), of(CLUSTER, "aurora", performanceInsightsEnabled=True)),
        ],
        failing=[
            of(DB),
            of(DB, performanceInsightsEnabled=False, databaseInsightsMode="standard"),
            of(DB, engine="postgres", instanceClass="db.t4g.micro"),
            (member("one"), of(CLUSTER, "aurora")),
            (member("one"), of(CLUSTER, "other", performanceInsightsEnabled=True)),
        ],
        unknown=[of(DB, performanceInsightsEnabled=U), of(DB, databaseInsightsMode=U)],
        skipped=[of(DB, engine="mysql", instanceClass="db.t4g.micro")],
    ),
    *cases(
        "rds-enhanced-monitoring",
        passing=[
            of(DB, monitoringInterval=60, monitoringRoleArn=U),
            of(MEMBER, monitoringInterval="5", monitoringRoleArn="arn"),
            (member("one"), of(CLUSTER, "aurora", monitoringInterval=30, monitoringRoleArn=U)),
        ],
        failing=[
            of(DB),
            of(DB, monitoringInterval=0, monitoringRoleArn="arn"),
            of(DB, monitoringInterval=60),
            (member("one"), of(CLUSTER, "aurora")),
        ],
        unknown=[of(DB, monitoringInterval=U, monitoringRoleArn="arn")],
    ),
    *cases(
        "rds-log-exports",
        passing=[
            of(DB, engine="postgres", enabledCloudwatchLogsExports=["postgresql", "upgrade"]),
            of(CLUSTER, engine="aurora-mysql", enabledCloudwatchLogsExports=["slowquery", "error", "audit"]),
            of(DB, engine="oracle-se2", enabledCloudwatchLogsExports=["alert", "audit"]),
            of(DB, replicateSourceDb=U, enabledCloudwatchLogsExports=["postgresql"]),
        ],
        failing=[
            of(DB, engine="postgres"),
            of(DB),
            of(DB, engine="postgres", enabledCloudwatchLogsExports=["upgrade"]),
            of(DB, engine="mysql", enabledCloudwatchLogsExports=["error"]),
            of(DB, engine="sqlserver-ex", enabledCloudwatchLogsExports=[]),
        ],
        unknown=[
            of(DB, engine="postgres", enabledCloudwatchLogsExports=U),
            of(DB, engine="mysql", enabledCloudwatchLogsExports=["error", U]),
        ],
        skipped=[of(DB, engine="custom-oracle-ee")],
    ),
    *cases(
        "rds-iam-auth",
        passing=[
            of(DB, engine="postgres", iamDatabaseAuthenticationEnabled=True),
            of(CLUSTER, engine="aurora-mysql", iamDatabaseAuthenticationEnabled="true"),
        ],
        failing=[of(DB), of(DB, engine="mysql"), of(CLUSTER, iamDatabaseAuthenticationEnabled=False)],
        unknown=[of(DB, iamDatabaseAuthenticationEnabled=U)],
        skipped=[of(DB, engine="oracle-ee"), of(DB, engine="sqlserver-web")],
    ),
    *cases(
        "rds-auto-minor-upgrade",
        passing=[of(DB), of(MEMBER), of(DB, autoMinorVersionUpgrade=True)],
        failing=[of(DB, autoMinorVersionUpgrade=False), of(MEMBER, autoMinorVersionUpgrade="false")],
        unknown=[of(DB, autoMinorVersionUpgrade=U)],
    ),
    *cases(
        "rds-copy-tags",
        passing=[of(DB, copyTagsToSnapshot=True), of(CLUSTER, copyTagsToSnapshot=True)],
        failing=[of(DB), of(CLUSTER, copyTagsToSnapshot=False)],
        unknown=[of(DB, copyTagsToSnapshot=U)],
    ),
    *cases(
        "rds-final-snapshot",
        passing=[of(DB), of(CLUSTER, skipFinalSnapshot=False, finalSnapshotIdentifier="shop-final")],
        failing=[of(DB, skipFinalSnapshot=True), of(CLUSTER, skipFinalSnapshot="true")],
        unknown=[of(DB, skipFinalSnapshot=U)],
        skipped=[REPLICA],
    ),
]
