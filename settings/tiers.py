"""The tiers' profiles: the only place where tiers differ in values.

A profile names what differs from the field defaults; `explain` shows such values with the tier as their origin.
"""

from __future__ import annotations

from typing import Final

from common.tiers import Tier
from settings.base import Section
from settings.enums import (
    Audience,
    ComputeKind,
    ContainerInsights,
    EndpointAccess,
    EndpointService,
    FindingsExport,
    GuardDutyFeature,
    Ingress,
    InsightsMode,
    InspectorScan,
    KeyPurpose,
    Mode,
    Nat,
    Placement,
    Presence,
    SecurityStandard,
    Severity,
)
from settings.sections.account import (
    AccessAnalyzerSettings,
    AccountSettings,
    BaselineSettings,
    FindingsSettings,
    GuardDutySettings,
    InspectorSettings,
    MacieSettings,
    RecorderSettings,
    SecurityHubSettings,
    TrailSettings,
)
from settings.sections.budget import BudgetSettings
from settings.sections.compute import ComputeSettings
from settings.sections.cost import AnomalySettings, CostSettings, IdleReportSettings
from settings.sections.data import DataSettings, DynamoDbSettings, PostgresSettings
from settings.sections.edge import EdgeSettings
from settings.sections.network import NetworkSettings
from settings.sections.observability import ObservabilitySettings
from settings.sections.resilience import ResilienceSettings
from settings.sections.security import SecuritySettings
from settings.sections.watch.alarms import AlarmSettings
from settings.sections.watch.logs import LogMetricSettings, LogSettings
from settings.sections.watch.service_level import CanarySettings, ServiceLevelSettings
from settings.sections.watch.telemetry import TracingSettings


class Profile(Section):
    """One tier's values, section by section; unset fields keep their defaults."""

    account: AccountSettings = AccountSettings()
    network: NetworkSettings = NetworkSettings()
    edge: EdgeSettings = EdgeSettings()
    compute: ComputeSettings = ComputeSettings()
    data: DataSettings = DataSettings()
    security: SecuritySettings = SecuritySettings()
    observability: ObservabilitySettings = ObservabilitySettings()
    resilience: ResilienceSettings = ResilienceSettings()
    budget: BudgetSettings = BudgetSettings()
    cost: CostSettings = CostSettings()


_ALL_KEYS = (KeyPurpose.DATA, KeyPurpose.LOGS, KeyPurpose.SECRETS)
_TASK_ENDPOINTS = (
    EndpointService.ECR_API,
    EndpointService.ECR_DKR,
    EndpointService.LOGS,
    EndpointService.SECRETS_MANAGER,
    EndpointService.SSM,
)
_WATCHED_COST = CostSettings(
    anomalies=AnomalySettings(mode=Mode.CREATE),
    compute_optimizer=Presence.CREATE,
    optimization_hub=Presence.CREATE,
    storage_lens=Presence.CREATE,
    idle_report=IdleReportSettings(enabled=True),
    monthly_report=True,
)

_BASELINE = BaselineSettings(
    ebs_encryption=Presence.CREATE,
    s3_public_access_block=Presence.CREATE,
    instance_metadata=Presence.CREATE,
    image_block=Presence.CREATE,
    snapshot_block=Presence.CREATE,
    serial_console_block=Presence.CREATE,
    password_policy=Presence.CREATE,
)


def _guarded(*, rotation_days: int) -> SecuritySettings:
    """Keys and secrets where real users' data is."""
    return SecuritySettings(
        customer_managed_keys=_ALL_KEYS,
        keep_application_secret=True,
        secret_recovery_days=30,
        secret_rotation_days=rotation_days,
        watch_secret_reads=True,
    )


_MASKED = ("AwsSecretKey", "CreditCardNumber", "EmailAddress", "OpenSshPrivateKey", "PkcsPrivateKey", "Ssn-US")
"""What no log of ours should hold, and nobody should read where one does."""

_MVP = Profile(
    network=NetworkSettings(nat=Nat.NONE, flow_log_retention_days=14),
    edge=EdgeSettings(access_log_retention_days=14),
    compute=ComputeSettings(
        kind=ComputeKind.EC2, placement=Placement.PUBLIC, instance_type="t4g.micro", min_count=1, max_count=2
    ),
    data=DataSettings(dynamodb=DynamoDbSettings(enabled=True)),
    security=SecuritySettings(key_deletion_window_days=7),
    observability=ObservabilitySettings(
        log_retention_days=14, alarms=AlarmSettings(least_severity=Severity.MEDIUM), dashboards=()
    ),
    resilience=ResilienceSettings(protect=False),
    budget=BudgetSettings(monthly_limit_usd=35),
)

_STARTUP = Profile(
    # What costs nothing; the rest of detection begins where an audit does.
    account=AccountSettings(access_analyzer=AccessAnalyzerSettings(mode=Mode.CREATE), baseline=_BASELINE),
    network=NetworkSettings(nat=Nat.SINGLE),
    compute=ComputeSettings(min_count=2, max_count=4),
    data=DataSettings(
        dynamodb=DynamoDbSettings(enabled=True),
        postgres=PostgresSettings(enabled=True, instance_class="db.t4g.micro", backup_retention_days=14),
    ),
    observability=ObservabilitySettings(
        log_retention_days=90, alarms=AlarmSettings(least_severity=Severity.MEDIUM), dashboards=()
    ),
    budget=BudgetSettings(monthly_limit_usd=200),
)

_PRODUCTION = Profile(
    account=AccountSettings(
        guard_duty=GuardDutySettings(mode=Mode.CREATE),
        security_hub=SecurityHubSettings(mode=Mode.CREATE),
        inspector=InspectorSettings(mode=Mode.CREATE),
        access_analyzer=AccessAnalyzerSettings(mode=Mode.CREATE),
        trail=TrailSettings(mode=Mode.CREATE),
        config=RecorderSettings(mode=Mode.CREATE),
        baseline=_BASELINE,
    ),
    network=NetworkSettings(
        az_count=3,
        nat=Nat.PER_AZ,
        interface_endpoints=_TASK_ENDPOINTS,
        endpoint_access=EndpointAccess.ACCOUNT,
        flow_log_retention_days=365,
    ),
    edge=EdgeSettings(ingress=Ingress.ALB, waf=True, access_log_retention_days=365),
    compute=ComputeSettings(cpu=512, memory=1024, min_count=3, max_count=12),
    data=DataSettings(
        dynamodb=DynamoDbSettings(enabled=True),
        postgres=PostgresSettings(
            enabled=True,
            instance_class="db.t4g.medium",
            storage_gb=50,
            max_storage_gb=500,
            multi_az=True,
            backup_retention_days=30,
        ),
    ),
    security=_guarded(rotation_days=90),
    observability=ObservabilitySettings(
        log_retention_days=365,
        alarms=AlarmSettings(composite=True),
        dashboards=(Audience.SERVICE, Audience.DATA, Audience.EDGE),
        container_insights=ContainerInsights.ENHANCED,
        logs=LogSettings(
            masked=_MASKED,
            queries=True,
            metrics=LogMetricSettings(errors=True, latency=True, transactions=True),
        ),
        tracing=TracingSettings(enabled=True),
        service_level=ServiceLevelSettings(enabled=True),
        canary=CanarySettings(enabled=True),
    ),
    resilience=ResilienceSettings(backup=True, weekly=True, copies=True, copy_retention_days=7, restore_tests=True),
    budget=BudgetSettings(monthly_limit_usd=800, actual_percent=(50, 80, 100)),
    cost=_WATCHED_COST,
)

_ENTERPRISE = Profile(
    account=AccountSettings(
        guard_duty=GuardDutySettings(mode=Mode.CREATE, features=tuple(GuardDutyFeature)),
        security_hub=SecurityHubSettings(
            mode=Mode.CREATE, standards=(SecurityStandard.FSBP, SecurityStandard.CIS_5, SecurityStandard.NIST_800_53)
        ),
        inspector=InspectorSettings(mode=Mode.CREATE, scans=tuple(InspectorScan)),
        access_analyzer=AccessAnalyzerSettings(mode=Mode.CREATE, unused_access_days=90),
        macie=MacieSettings(mode=Mode.CREATE),
        trail=TrailSettings(mode=Mode.CREATE),
        config=RecorderSettings(mode=Mode.CREATE),
        findings=FindingsSettings(export=FindingsExport.BUCKET),
        baseline=_BASELINE,
        retention_days=2557,
    ),
    network=NetworkSettings(
        az_count=3,
        nat=Nat.PER_AZ,
        interface_endpoints=(
            *_TASK_ENDPOINTS,
            EndpointService.KMS,
            EndpointService.STS,
            EndpointService.MONITORING,
        ),
        endpoint_access=EndpointAccess.ACCOUNT,
        flow_log_retention_days=731,
    ),
    edge=EdgeSettings(ingress=Ingress.ALB, waf=True, access_log_retention_days=731),
    compute=ComputeSettings(cpu=1024, memory=2048, min_count=6, max_count=100),
    data=DataSettings(
        dynamodb=DynamoDbSettings(enabled=True),
        postgres=PostgresSettings(
            enabled=True,
            instance_class="db.r7g.large",
            storage_gb=200,
            max_storage_gb=4000,
            multi_az=True,
            backup_retention_days=35,
            insights_mode=InsightsMode.ADVANCED,
        ),
    ),
    security=_guarded(rotation_days=30),
    observability=ObservabilitySettings(
        log_retention_days=731,
        alarms=AlarmSettings(composite=True, anomaly_deviations=3),
        dashboards=tuple(Audience),
        container_insights=ContainerInsights.ENHANCED,
        logs=LogSettings(
            masked=_MASKED,
            queries=True,
            metrics=LogMetricSettings(errors=True, latency=True, transactions=True),
        ),
        tracing=TracingSettings(enabled=True),
        service_level=ServiceLevelSettings(enabled=True),
        canary=CanarySettings(enabled=True),
    ),
    resilience=ResilienceSettings(
        backup=True,
        weekly=True,
        daily_retention_days=35,
        weekly_retention_days=365,
        vault_lock=True,
        copies=True,
        restore_tests=True,
    ),
    budget=BudgetSettings(monthly_limit_usd=10_000, actual_percent=(50, 80, 90, 100)),
    cost=_WATCHED_COST.model_copy(update={"anomalies": AnomalySettings(mode=Mode.CREATE, minimum_usd=100)}),
)

PROFILES: Final = {
    Tier.MVP: _MVP,
    Tier.STARTUP: _STARTUP,
    Tier.PRODUCTION: _PRODUCTION,
    Tier.ENTERPRISE: _ENTERPRISE,
}
"""The profile of each tier."""

LEAST_RETENTION_DAYS: Final = {Tier.MVP: 1, Tier.STARTUP: 90, Tier.PRODUCTION: 365, Tier.ENTERPRISE: 731}
"""Fewest days that each tier keeps what an audit asks for; a stack file may say more, not less."""
