"""For every setting a stack on which it counts, and another value of it: what its change does is held against these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from tests.stacks.planning import WATCHED, Settings, merged, smallest


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A change of one setting.

    Attributes:
        path: the setting, as a stack file has it; `*` stands for a name, such as a service's.
        value: its new value.
        named: what stands for `*`.
        tier: tier of the stack.
        stack: settings of the stack, section by section.
    """

    path: str
    value: Any
    tier: str = "startup"
    stack: Settings | None = None
    named: str = "api"

    @property
    def before(self) -> Settings:
        """The stack's settings."""
        return smallest(self.tier, **(self.stack or {}))

    @property
    def after(self) -> Settings:
        """The settings with the new value."""
        change: Any = self.value
        for key in reversed(self.path.replace("*", self.named).split(".")):
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

_HUB: Final = "arn:aws:securityhub:us-east-1:111111111111:hub/default"
_ANALYZER: Final = "arn:aws:access-analyzer:us-east-1:111111111111:analyzer/account"
_TRAIL: Final = "arn:aws:cloudtrail:us-east-1:111111111111:trail/organization"
_CONTACT: Final = {"name": "Ada", "title": "Lead", "email": "a@example.com", "phone": "+1 555 0100"}
_CONTACTS: Final[Settings] = {"account": {"contacts": {"security": _CONTACT}}}
_SIEM: Final = {"export": "http", "siemUrl": "https://siem.example.com/in", "siemSecretArn": ARN}
_ORGANIZATION: Final[Settings] = {"account": {"organization": {"policies": "create", "targetIds": ["r-ab12"]}}}
_PACK: Final[Settings] = {"account": {"config": {"conformancePack": "s3://packs/one.yaml"}}}


def _existing(service: str, **names: str) -> Settings:
    return {"account": {service: {"mode": "existing", **names}}}


USER: Final = "arn:aws:iam::111111111111:user/emergency"
KEY: Final = "arn:aws:kms:us-east-1:111111111111:key/12345678-1234-1234-1234-123456789012"
_GITHUB: Final[Settings] = {
    "delivery": {"github": {"repository": "acme/shop", "ownerId": 12, "repositoryId": 34, "branches": ["main"]}}
}
_GITLAB: Final[Settings] = {"delivery": {"gitlab": {"project": "acme/shop", "branches": ["main"]}}}
_WATCH: Final = (
    ("notices.slack.workspaceId", "T000000000"),
    ("notices.slack.channelId", "C000000000"),
    ("notices.teams.tenantId", "00000000-1234-1234-1234-123456789012"),
    ("notices.teams.teamId", "00000000-1234-1234-1234-123456789012"),
    ("notices.teams.channelId", "19:other@thread.tacv2"),
    ("notices.pager.url", None),
    ("notices.pager.leastSeverity", "critical"),
    ("logs.masked", ["IpAddress"]),
    ("logs.queries", False),
    ("logs.metrics.errors", False),
    ("logs.metrics.latency", False),
    ("logs.metrics.transactions", False),
    ("logs.metrics.levelField", "severity"),
    ("logs.metrics.latencyField", "took"),
    ("logs.metrics.transactionField", "order"),
    ("logs.metrics.errorsPerMinute", 20),
    ("logs.metrics.leastTransactions", 20),
    ("logs.streamArn", None),
    ("logs.forwarding.to", "new_relic"),
    ("logs.forwarding.secretArn", ARN.replace("key", "other")),
    ("logs.forwarding.secretKeyArn", "arn:aws:kms:us-east-1:111111111111:key/12345678-1234-1234-1234-123456789012"),
    ("logs.forwarding.europe", True),
    ("logs.errorTracking.secretArn", ARN.replace("key", "other")),
    ("tracing.signals", False),
    ("tracing.sampledPercent", 50.0),
    ("serviceLevel.enabled", False),
    ("serviceLevel.percent", 99.5),
    ("serviceLevel.days", 7),
    ("canary.enabled", False),
    ("canary.minutes", 10),
    ("canary.paths", ["/"]),
    ("canary.slowSeconds", 2.0),
    ("canary.runtime", "syn-python-selenium-15.0"),
    ("prometheus.enabled", False),
    ("prometheus.retentionDays", 30),
    ("grafana.enabled", False),
    ("grafana.login", "saml"),
)
"""Another value of each part of `WATCHED`."""

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
    Example("account.guardDuty.mode", "off", "production"),
    Example("account.guardDuty.detectorId", "1" * 32, "production", _existing("guardDuty", detectorId="0" * 32)),
    Example("account.guardDuty.features", ["s3_data_events"], "production"),
    Example("account.securityHub.mode", "off", "production"),
    Example(
        "account.securityHub.hubArn",
        _HUB.replace("111111111111", "222222222222"),
        "production",
        _existing("securityHub", hubArn=_HUB),
    ),
    Example("account.securityHub.standards", ["cis-1.4.0"], "production"),
    Example("account.securityHub.disabledControls", {"IAM.6": "no such device here"}, "production"),
    Example("account.inspector.mode", "off", "production"),
    Example("account.inspector.scans", ["ecr"], "production"),
    Example("account.accessAnalyzer.mode", "off", "production"),
    Example(
        "account.accessAnalyzer.analyzerArn",
        f"{_ANALYZER}-2",
        "production",
        _existing("accessAnalyzer", analyzerArn=_ANALYZER),
    ),
    Example("account.accessAnalyzer.unusedAccessDays", None, "enterprise"),
    Example("account.accessAnalyzer.unusedAccessDays", 30, "enterprise"),
    Example("account.macie.mode", "off", "enterprise"),
    Example("account.trail.mode", "off", "production"),
    Example(
        "account.trail.trailArn",
        f"{_TRAIL}-2",
        "production",
        _existing("trail", trailArn=_TRAIL, logGroup="/audit/trail"),
    ),
    Example(
        "account.trail.logGroup",
        "/audit/other",
        "production",
        _existing("trail", trailArn=_TRAIL, logGroup="/audit/trail"),
    ),
    Example("account.trail.dataEvents", False, "production"),
    Example("account.trail.alarms", False, "production"),
    Example("account.config.mode", "off", "production", {"account": {"securityHub": {"mode": "off"}}}),
    Example("account.config.recorderName", "other", "production", _existing("config", recorderName="default")),
    Example("account.config.recording", "daily", "production"),
    Example("account.config.serviceRole", "existing", "production"),
    Example("account.config.rules", ["EIP_ATTACHED"], "production"),
    Example("account.config.conformancePack", None, "production", _PACK),
    Example("account.findings.severity", "medium", "production"),
    Example("account.findings.webhookSecretArn", ARN, "production"),
    Example("account.findings.export", "off", "enterprise"),
    Example("account.findings.siemUrl", "https://siem.example.com/2", "production", {"account": {"findings": _SIEM}}),
    Example("account.findings.siemSecretArn", f"{ARN}2", "production", {"account": {"findings": _SIEM}}),
    Example("account.baseline.ebsEncryption", "off", "production"),
    Example("account.baseline.s3PublicAccessBlock", "off", "production"),
    Example("account.baseline.instanceMetadata", "off", "production"),
    Example("account.baseline.imageBlock", "off", "production"),
    Example("account.baseline.snapshotBlock", "off", "production"),
    Example("account.baseline.serialConsoleBlock", "off", "production"),
    Example("account.baseline.passwordPolicy", "off", "production"),
    Example("account.contacts", {"security": _CONTACT}, "production"),
    Example("account.contacts.*.name", "Grace", "production", _CONTACTS, named="security"),
    Example("account.contacts.*.title", "Chief", "production", _CONTACTS, named="security"),
    Example("account.contacts.*.email", "g@example.com", "production", _CONTACTS, named="security"),
    Example("account.contacts.*.phone", "+1 555 0101", "production", _CONTACTS, named="security"),
    Example("account.organization.policies", "off", "production", _ORGANIZATION),
    Example("account.organization.targetIds", ["r-cd34"], "production", _ORGANIZATION),
    Example("account.organization.environments", ["prod"], "production", _ORGANIZATION),
    Example("account.organization.regions", ["eu-west-1"], "production", _ORGANIZATION),
    Example("account.organization.exemptRoles", ["arn:aws:iam::111111111111:role/deploy"], "production", _ORGANIZATION),
    Example("account.retentionDays", 400, "production"),
    Example("network.cidr", "10.1.0.0/16"),
    Example("network.azCount", 3),
    Example("network.azCount", 2, "production"),
    Example("network.availabilityZones", ["us-east-1b", "us-east-1c"]),
    Example("network.nat", "per_az"),
    Example("network.nat", "single", "production"),
    Example("network.interfaceEndpoints", ["logs"], "production"),
    Example("network.flowLogRetentionDays", 60),
    Example("network.endpointAccess", "account"),
    Example("network.endpointAccess", "anybody", "production"),
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
    Example("compute.kind", "ec2", "production", {"observability": {"tracing": {"enabled": False}}}),
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
        [KEY],
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
    Example("data.postgres.backupRetentionDays", 21),
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
    Example("security.apiKeys", ["PARTNER_KEY"]),
    Example("security.apiKeys", [], stack={"security": {"apiKeys": ["PARTNER_KEY"]}}),
    Example("security.parameters", []),
    Example("security.parameters", ["STRIPE_KEY"], "mvp"),
    Example("security.secretRotationDays", 30),
    Example("security.secretRotationDays", None, "production"),
    Example("security.secretReplicaRegions", ["us-west-2"], stack={"security": {"secrets": {"STRIPE_KEY": "sk"}}}),
    Example("security.secretReplicaRegions", [], "production", {"security": {"secretReplicaRegions": ["us-west-2"]}}),
    Example("security.watchSecretReads", True),
    Example("security.breakGlass.principals", [USER]),
    Example("security.breakGlass.principals", [], stack={"security": {"breakGlass": {"principals": [USER]}}}),
    Example("security.breakGlass.sessionMinutes", 120, stack={"security": {"breakGlass": {"principals": [USER]}}}),
    Example("delivery.github.repository", "acme/other", stack=_GITHUB),
    Example("delivery.github.ownerId", 13, stack=_GITHUB),
    Example("delivery.github.repositoryId", 35, stack=_GITHUB),
    Example("delivery.github.branches", ["trunk"], stack=_GITHUB),
    Example("delivery.github.tags", ["v*"], stack=_GITHUB),
    Example("delivery.github.environments", ["production"], stack=_GITHUB),
    Example("delivery.github.provider", "existing", stack=_GITHUB),
    Example("delivery.gitlab.project", "acme/other", stack=_GITLAB),
    Example("delivery.gitlab.host", "gitlab.example.com", stack=_GITLAB),
    Example("delivery.gitlab.audience", "https://aws.example.com", stack=_GITLAB),
    Example("delivery.gitlab.branches", ["trunk"], stack=_GITLAB),
    Example("delivery.gitlab.tags", ["v1"], stack=_GITLAB),
    Example("delivery.gitlab.provider", "existing", stack=_GITLAB),
    Example("delivery.stateBucket", "acme-state", stack=_GITLAB),
    Example("delivery.stateKeyArn", KEY, stack=_GITLAB),
    Example("observability.logRetentionDays", 60),
    Example("observability.alarmEmails", ["other@example.com"]),
    Example("observability.alarms.cpuPercent", 70),
    Example("observability.alarms.memoryPercent", 70),
    Example("observability.alarms.latencyP95Seconds", 2.0),
    Example("observability.alarms.serverErrorPercent", 2.5),
    Example("observability.alarms.clientErrorPercent", 50.0, "production"),
    Example("observability.alarms.leastRequests", 100),
    Example("observability.alarms.leastSeverity", "low"),
    Example("observability.alarms.composite", True),
    Example("observability.alarms.anomalyDeviations", 2.0, "production"),
    Example("observability.alarms.firewallBlockPercent", 50.0, "production"),
    Example("observability.alarms.certificateDays", 20),
    Example("observability.alarms.cdnErrorPercent", 2.0),
    Example("observability.alarms.databaseFreeStorageGb", 7),
    Example("observability.alarms.databaseConnections", 50),
    Example("observability.dashboards", ["service", "cost"]),
    Example("observability.tracing.enabled", True),
    Example(
        "observability.logs.forwarding.domainArn",
        "arn:aws:es:us-east-1:111111111111:domain/other",
        stack={
            "observability": {
                "logs": {
                    "forwarding": {"to": "opensearch", "domainArn": "arn:aws:es:us-east-1:111111111111:domain/logs"}
                }
            }
        },
    ),
    *(Example(f"observability.{path}", value, "production", {"observability": WATCHED}) for path, value in _WATCH),
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
