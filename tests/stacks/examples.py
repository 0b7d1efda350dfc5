"""For every setting a stack on which it counts, and another value of it: what its change does is held against these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from tests.stacks.planning import Settings, merged, smallest


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A change of one setting.

    Attributes:
        path: the setting, as a stack file has it; `*` stands for the name of a service.
        value: its new value.
        tier: tier of the stack.
        stack: settings of the stack, section by section.
    """

    path: str
    value: Any
    tier: str = "startup"
    stack: Settings | None = None

    @property
    def before(self) -> Settings:
        """The stack's settings."""
        return smallest(self.tier, **(self.stack or {}))

    @property
    def after(self) -> Settings:
        """The settings with the new value."""
        change: Any = self.value
        for key in reversed(self.path.replace("*", "api").split(".")):
            change = {key: change}
        return merged(self.before, change)


IMAGE: Final = "registry.example.com/app:1"
ARN: Final = "arn:aws:secretsmanager:us-east-1:111111111111:secret:key-AbCdEf"
CERTIFICATE: Final = "arn:aws:acm:us-east-1:111111111111:certificate/0a1b2c3d-0000-0000-0000-0a1b2c3d4e5f"
MONITOR: Final = "arn:aws:ce::111111111111:anomalymonitor/0a1b2c3d-0000-0000-0000-0a1b2c3d4e5f"
OTHER: Final = "arn:aws:ce::111111111111:anomalymonitor/0a1b2c3d-0000-0000-0000-0a1b2c3d4e60"
_EXISTING: Final = {"mode": "existing"}
_TWO: Final[Settings] = {
    "compute": {"image": IMAGE},
    "services": {"web": {}, "api": {"kind": "web", "paths": ["/api/*"]}},
}

EXAMPLES: Final = (
    Example("application", "other"),
    Example("environment", "other"),
    Example("tier", "production"),
    Example("tier", "startup", "mvp"),
    Example("tier", "enterprise", "production"),
    Example("region", "eu-west-1"),
    Example("accountId", "222222222222"),
    Example("owner", "payments"),
    Example("costCenter", "research"),
    Example("dataClass", "restricted"),
    Example("network.cidr", "10.1.0.0/16"),
    Example("network.azCount", 3),
    Example("network.azCount", 2, "production"),
    Example("network.availabilityZones", ["us-east-1b", "us-east-1c"]),
    Example("network.nat", "per_az"),
    Example("network.nat", "single", "production"),
    Example("network.interfaceEndpoints", ["logs"], "production"),
    Example("network.flowLogRetentionDays", 60),
    Example("edge.ingress", "alb"),
    Example("edge.ingress", "cloudfront", "production"),
    Example("edge.domain", "www.example.com"),
    Example("edge.domain", "app.example.com", "mvp", {"edge": {"domain": None, "hostedZoneId": None}}),
    Example("edge.domain", "www.example.com", "production"),
    Example("edge.hostedZoneId", "Z9876543210FEDCBA"),
    Example("edge.hostedZoneId", None),
    Example("edge.certificateArn", CERTIFICATE),
    Example("edge.tlsPolicy", "ELBSecurityPolicy-TLS13-1-2-2021-06"),
    Example("edge.waf", True),
    Example("edge.waf", False, "production"),
    Example("edge.rateLimit", 1000, "production"),
    Example("edge.sessionRateLimit", 1000, "production"),
    Example("edge.sessionCookie", "sid", "production"),
    Example("edge.accessLogRetentionDays", 30),
    Example("edge.idleTimeoutSeconds", 30),
    Example("compute.kind", "fargate", "mvp"),
    Example("compute.kind", "ec2", "production"),
    Example("compute.image", IMAGE),
    Example("compute.image", IMAGE, "mvp"),
    Example("compute.command", ["serve"]),
    Example("compute.port", 9000),
    Example("compute.port", 9000, "mvp"),
    Example("compute.healthCheckPath", "/up"),
    Example("compute.healthCheckGraceSeconds", 30),
    Example("compute.architecture", "x86_64"),
    Example("compute.placement", "public"),
    Example("compute.cpu", 512, stack={"compute": {"memory": 1024}}),
    Example("compute.memory", 1024),
    Example("compute.instanceType", "t4g.small", "mvp"),
    Example("compute.volumeGb", 20, "mvp"),
    Example("compute.maxInstanceDays", 7, "mvp"),
    Example("compute.detailedMonitoring", True, "mvp"),
    Example("compute.minCount", 3),
    Example("compute.maxCount", 9),
    Example("compute.targetCpuPercent", 50),
    Example("compute.targetMemoryPercent", 50),
    Example("compute.environment", {"MODE": "slow"}),
    Example("compute.secrets", {"TOKEN": ARN}),
    Example(
        "compute.secretKeyArns",
        ["arn:aws:kms:us-east-1:111111111111:key/12345678-1234-1234-1234-123456789012"],
        stack={"compute": {"secrets": {"TOKEN": ARN}}},
    ),
    Example("compute.rootReadOnly", False),
    Example("compute.user", "1000:1000"),
    Example("services", {"api": {}, "jobs": {"kind": "worker"}}, "startup", {"compute": {"image": IMAGE}}),
    Example("services.*.kind", "worker", stack={**_TWO, "services": {"web": {"paths": ["/w/*"]}, "api": {}}}),
    Example("services.*.image", "registry.example.com/api:2", stack=_TWO),
    Example("services.*.command", ["api"], stack=_TWO),
    Example("services.*.port", 9000, stack=_TWO),
    Example("services.*.healthCheckPath", "/up", stack=_TWO),
    Example(
        "services.*.cpu", 512, stack={**_TWO, "services": {"web": {}, "api": {"paths": ["/api/*"], "memory": 1024}}}
    ),
    Example("services.*.memory", 1024, stack=_TWO),
    Example("services.*.minCount", 3, stack=_TWO),
    Example("services.*.maxCount", 9, stack=_TWO),
    Example("services.*.hosts", ["api.example.com"], stack=_TWO),
    Example("services.*.paths", ["/v2/*"], stack=_TWO),
    Example("services.*.priority", 7, stack=_TWO),
    Example("services.*.environment", {"MODE": "slow"}, stack=_TWO),
    Example("services.*.secrets", {"TOKEN": ARN}, stack=_TWO),
    Example("data.dynamodb.enabled", False),
    Example("data.dynamodb.partitionKey", "id"),
    Example("data.dynamodb.sortKey", "range"),
    Example("data.dynamodb.recoveryDays", 7),
    Example("data.postgres.enabled", False),
    Example("data.postgres.engineVersion", "18"),
    Example("data.postgres.instanceClass", "db.m7g.large"),
    Example("data.postgres.storageGb", 40),
    Example("data.postgres.maxStorageGb", 400),
    Example("data.postgres.databaseName", "shop"),
    Example("data.postgres.multiAz", True),
    Example("data.postgres.backupRetentionDays", 14),
    Example("data.postgres.finalSnapshot", False),
    Example("data.postgres.applyChanges", "window"),
    Example("data.postgres.monitoringIntervalSeconds", 0),
    Example("data.postgres.insightsMode", "advanced"),
    Example("security.customerManagedKeys", [], "production"),
    Example("security.customerManagedKeys", ["data", "logs", "secrets"], "mvp"),
    Example("security.customerManagedKeys", ["data"], "production"),
    Example("security.keyDeletionWindowDays", 14),
    Example("security.keyRotationDays", 180),
    Example("security.applicationSecretLength", 32),
    Example("security.secrets", {"STRIPE_KEY": "sk_live_1"}),
    Example("security.keepApplicationSecret", True),
    Example("security.secretRecoveryDays", 14),
    Example("observability.logRetentionDays", 14),
    Example("observability.alarmEmails", ["other@example.com"]),
    Example("observability.alarms.cpuPercent", 70),
    Example("observability.alarms.memoryPercent", 70),
    Example("observability.alarms.latencyP95Seconds", 2.0),
    Example("observability.alarms.serverErrorsPerMinute", 5),
    Example("observability.alarms.cdnErrorPercent", 2.0),
    Example("observability.alarms.databaseFreeStorageGb", 7),
    Example("observability.alarms.databaseConnections", 50),
    Example("observability.dashboard", False, "production"),
    Example("observability.containerInsights", "disabled", "production"),
    Example("resilience.backup", False, "production"),
    Example("resilience.dailyRetentionDays", 10, "production"),
    Example("resilience.weekly", False, "production"),
    Example("resilience.weeklyRetentionDays", 30, "production"),
    Example("resilience.vaultLock", False, "enterprise"),
    Example("resilience.copies", False, "enterprise"),
    Example("resilience.copyRegion", "eu-west-1", "enterprise"),
    Example("resilience.copyRetentionDays", 60, "enterprise"),
    Example("resilience.restoreTests", False, "enterprise"),
    Example("resilience.protect", False),
    Example("budget.monthlyLimitUsd", 100),
    Example("budget.actualPercent", [90]),
    Example("budget.forecastPercent", 90),
    Example("cost.anomalies.mode", "off", "production"),
    Example("cost.anomalies.monitorArn", MONITOR, stack={"cost": {"anomalies": {**_EXISTING, "monitorArn": OTHER}}}),
    Example("cost.anomalies.minimumUsd", 50, "production"),
    Example("cost.anomalies.minimumPercent", 50, "production"),
    Example("cost.allocationTags", "off", stack={"cost": {"allocationTags": "create"}}),
    Example("cost.computeOptimizer", "off", "production"),
    Example("cost.optimizationHub", "off", "production"),
    Example("cost.storageLens", "off", "production"),
    Example("cost.idleReport.enabled", False, "production"),
    Example("cost.idleReport.idleDays", 30, "production"),
    Example("cost.idleReport.snapshotDays", 30, "production"),
    Example("cost.monthlyReport", False, "production"),
)
