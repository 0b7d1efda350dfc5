"""What an account has once: detection, audit, and how everything in it begins."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from settings.base import Section, setting
from settings.description.changes import IN_PLACE, in_place, removes, replaces
from settings.enums import (
    ContactKind,
    FindingSeverity,
    FindingsExport,
    GuardDutyFeature,
    InspectorScan,
    Mode,
    Presence,
    Recording,
    SecurityStandard,
)
from settings.fields import (
    AnalyzerArn,
    ConfigRuleIdentifier,
    DetectorId,
    Email,
    HttpsEndpoint,
    HubArn,
    IamRoleArn,
    LogGroupName,
    OrganizationTarget,
    PhoneNumber,
    RecorderName,
    RegionName,
    S3Uri,
    SecurityControl,
    TrailArn,
    WebhookSecretArn,
    distinct,
)

_MODE = "create, existing or off; an account and region has only one"


class GuardDutySettings(Section):
    """GuardDuty, which looks for intruders."""

    mode: Mode = setting(
        Mode.OFF,
        _MODE,
        cost="$4 per million management events, $1 per GB of flow and DNS logs",
        changes=removes("GuardDuty", data="its findings"),
    )
    detector_id: DetectorId | None = setting(None, "the detector, where it exists", changes=IN_PLACE)
    features: Annotated[tuple[GuardDutyFeature, ...], AfterValidator(distinct)] = setting(
        (GuardDutyFeature.S3_DATA_EVENTS, GuardDutyFeature.RDS_LOGIN_EVENTS, GuardDutyFeature.RUNTIME_MONITORING),
        "protection plans that are on; the others are turned off, which AWS would not do by itself",
        cost="S3 $0.80 per million events, RDS $1 and runtime $1.50 a month per vCPU, EKS $1.60 per million events, "
        "Lambda $1 per GB, EBS $0.03 per GB scanned",
        changes=IN_PLACE,
    )


class SecurityHubSettings(Section):
    """Security Hub CSPM, which holds the account against standards."""

    mode: Mode = setting(
        Mode.OFF,
        f"{_MODE}; needs AWS Config",
        cost="$0.001 per check",
        changes=removes("Security Hub", data="its findings"),
    )
    hub_arn: HubArn | None = setting(None, "the hub, where it exists", changes=IN_PLACE)
    standards: Annotated[tuple[SecurityStandard, ...], AfterValidator(distinct)] = setting(
        (SecurityStandard.FSBP, SecurityStandard.CIS_5), "standards that are checked", min_length=1, changes=IN_PLACE
    )
    disabled_controls: dict[SecurityControl, Annotated[str, Field(min_length=10, max_length=250)]] = setting(
        dict, "controls that are not checked, by id, each with the reason", changes=IN_PLACE
    )


class InspectorSettings(Section):
    """Inspector, which looks for known flaws in what runs."""

    mode: Mode = setting(
        Mode.OFF,
        _MODE,
        cost="$0.09 per image and $0.01 per rescan, $1.25 a month per instance, $0.30 per function",
        changes=removes("Inspector", data="its findings"),
    )
    scans: Annotated[tuple[InspectorScan, ...], AfterValidator(distinct)] = setting(
        (InspectorScan.ECR, InspectorScan.EC2, InspectorScan.LAMBDA),
        "what is scanned",
        min_length=1,
        changes=in_place(data="findings about what is no longer scanned", lowered=True),
    )


class AccessAnalyzerSettings(Section):
    """IAM Access Analyzer, which finds what others can reach."""

    mode: Mode = setting(Mode.OFF, _MODE, changes=removes("IAM Access Analyzer", data="its findings"))
    analyzer_arn: AnalyzerArn | None = setting(None, "the analyzer, where it exists", changes=IN_PLACE)
    unused_access_days: int | None = setting(
        None,
        "also find roles, keys and permissions that nobody used for so long; null for no such analyzer",
        unit="days",
        cost="$0.20 a month per role and user",
        ge=1,
        le=365,
        changes=replaces("IAM Access Analyzer", data="its findings"),
    )


class MacieSettings(Section):
    """Macie, which finds personal data in buckets."""

    mode: Mode = setting(
        Mode.OFF,
        f"{_MODE}; begins to look into buckets by itself",
        cost="$0.10 a month per bucket, $0.01 per 100,000 objects, $1 per GB looked into",
        changes=removes("Macie", data="its findings"),
    )


class TrailSettings(Section):
    """CloudTrail, the record of who did what."""

    mode: Mode = setting(
        Mode.OFF,
        "create, existing or off; each trail but an account's first is charged",
        cost="the first copy is free; others $2 per 100,000 management events",
        changes=removes("CloudTrail", "S3 bucket", "Log group", data="the record, where resilience.protect is off"),
    )
    trail_arn: TrailArn | None = setting(None, "the trail, where it exists", changes=IN_PLACE)
    log_group: LogGroupName | None = setting(
        None, "the log group that the existing trail writes to, which the alarms watch", changes=IN_PLACE
    )
    data_events: bool = setting(
        True,
        "also record who read and wrote objects in S3",
        cost="$0.10 per 100,000 events, and $0.50 per GB of them in CloudWatch Logs",
        changes=IN_PLACE,
    )
    alarms: bool = setting(
        True,
        "alarms on what the CIS benchmark wants to hear of, from the root user to a changed route",
        cost="$0.10 a month per alarm, $0.30 per metric in a month that has one",
        changes=IN_PLACE,
    )


class RecorderSettings(Section):
    """AWS Config, the record of what everything looked like."""

    mode: Mode = setting(
        Mode.OFF,
        _MODE,
        cost="$0.003 per change, $0.001 per evaluation of a rule",
        changes=removes("AWS Config", "S3 bucket", data="the record, where resilience.protect is off"),
    )
    recorder_name: RecorderName | None = setting(None, "the recorder, where it exists", changes=IN_PLACE)
    recording: Recording = setting(
        Recording.CONTINUOUS,
        "continuous or daily; daily is for what changes many times a day",
        cost="daily $0.012 per resource and day that it changed",
        changes=IN_PLACE,
    )
    service_role: Mode = setting(
        Mode.CREATE,
        "create or existing: AWS's own role for Config, AWSServiceRoleForConfig, which an account has once",
        changes=IN_PLACE,
    )
    rules: Annotated[tuple[ConfigRuleIdentifier, ...], AfterValidator(distinct)] = setting(
        ("EC2_VOLUME_INUSE_CHECK", "EIP_ATTACHED"),
        "managed rules besides REQUIRED_TAGS; Security Hub brings those of its standards itself",
        cost="$0.001 per evaluation",
        changes=IN_PLACE,
    )
    conformance_pack: S3Uri | None = setting(
        None,
        "a conformance pack's template in S3",
        cost="$0.001 per evaluation",
        changes=removes("Conformance pack", data="the pack's history of compliance"),
    )


class FindingsSettings(Section):
    """Where findings go."""

    severity: FindingSeverity = setting(
        FindingSeverity.HIGH, "least severity that the alarm topic and the chat hear of", changes=IN_PLACE
    )
    webhook_secret_arn: WebhookSecretArn | None = setting(
        None,
        "secret that holds a chat's webhook as JSON: url, and token for the header Authorization",
        cost="$0.20 per million findings",
        changes=IN_PLACE,
    )
    export: FindingsExport = setting(
        FindingsExport.OFF,
        "off, bucket or http: where all findings go, whatever their severity",
        cost="$0.029 per GB",
        changes=removes("Firehose stream", "S3 bucket", data="the findings kept, where resilience.protect is off"),
    )
    siem_url: HttpsEndpoint | None = setting(None, "the SIEM's endpoint, for export http", changes=IN_PLACE)
    siem_secret_arn: WebhookSecretArn | None = setting(
        None, 'secret that holds the SIEM\'s key as JSON, {"api_key": …}, for export http', changes=IN_PLACE
    )


class BaselineSettings(Section):
    """How everything in the account and region begins; each create or off."""

    ebs_encryption: Presence = setting(Presence.OFF, "new EBS volumes are encrypted", changes=IN_PLACE)
    s3_public_access_block: Presence = setting(
        Presence.OFF,
        "no bucket of the account can be public, whatever it says of itself",
        changes=in_place(downtime="public buckets of other stacks in the account"),
    )
    instance_metadata: Presence = setting(
        Presence.OFF, "new instances answer for their metadata to sessions only (IMDSv2)", changes=IN_PLACE
    )
    image_block: Presence = setting(Presence.OFF, "machine images can't be shared with everybody", changes=IN_PLACE)
    snapshot_block: Presence = setting(Presence.OFF, "EBS snapshots can't be shared with everybody", changes=IN_PLACE)
    serial_console_block: Presence = setting(
        Presence.OFF, "nobody reaches an instance by its serial console", changes=IN_PLACE
    )
    password_policy: Presence = setting(
        Presence.OFF, "passwords of IAM users: 14 characters, the last 24 never again", changes=IN_PLACE
    )

    @property
    def in_use(self) -> bool:
        """Whether the stack sets any of it."""
        return any(getattr(self, name) is Presence.CREATE for name in type(self).model_fields)


class ContactSettings(Section):
    """One of the account's alternate contacts."""

    name: Annotated[str, Field(min_length=1, max_length=64)] = setting(
        ..., "name of the person or team", changes=IN_PLACE
    )
    title: Annotated[str, Field(min_length=1, max_length=50)] = setting(..., "what they are", changes=IN_PLACE)
    email: Email = setting(..., "address that AWS writes to", changes=IN_PLACE)
    phone: PhoneNumber = setting(..., "number that AWS calls", changes=IN_PLACE)


class OrganizationSettings(Section):
    """Policies of the organisation, for a stack in its management account."""

    policies: Presence = setting(
        Presence.OFF,
        "create or off: a tag policy and a service control policy; only in the management account",
        changes=IN_PLACE,
    )
    target_ids: Annotated[tuple[OrganizationTarget, ...], AfterValidator(distinct)] = setting(
        (), "roots, units or accounts that the policies are attached to", changes=IN_PLACE
    )
    environments: Annotated[tuple[str, ...], AfterValidator(distinct)] = setting(
        ("dev", "staging", "prod", "enterprise"), "values that the tag Environment may have", changes=IN_PLACE
    )
    regions: Annotated[tuple[RegionName, ...], AfterValidator(distinct)] = setting(
        (), "regions that accounts may use besides the stack's own", changes=IN_PLACE
    )
    exempt_roles: Annotated[tuple[IamRoleArn, ...], AfterValidator(distinct)] = setting(
        (), "roles that the service control policy does not bind, such as the one that deploys", changes=IN_PLACE
    )


class AccountSettings(Section):
    """What an account has once."""

    guard_duty: GuardDutySettings = setting(GuardDutySettings, "GuardDuty")
    security_hub: SecurityHubSettings = setting(SecurityHubSettings, "Security Hub")
    inspector: InspectorSettings = setting(InspectorSettings, "Inspector")
    access_analyzer: AccessAnalyzerSettings = setting(AccessAnalyzerSettings, "IAM Access Analyzer")
    macie: MacieSettings = setting(MacieSettings, "Macie")
    trail: TrailSettings = setting(TrailSettings, "CloudTrail")
    config: RecorderSettings = setting(RecorderSettings, "AWS Config")
    findings: FindingsSettings = setting(FindingsSettings, "where findings go")
    baseline: BaselineSettings = setting(BaselineSettings, "how everything in the account begins")
    contacts: dict[ContactKind, ContactSettings] = setting(
        dict, "whom AWS writes to: billing, operations, security", changes=IN_PLACE
    )
    organization: OrganizationSettings = setting(OrganizationSettings, "policies of the organisation")
    retention_days: int = setting(
        365,
        "how long the trail, the record of AWS Config and findings are kept in S3",
        unit="days",
        cost="$0.023 a month per GB",
        ge=1,
        le=3653,
        changes=in_place(data="older records", lowered=True),
    )

    @property
    def modes(self) -> dict[str, Mode]:
        """Who keeps each service, by its name in a stack file."""
        return {
            "guardDuty": self.guard_duty.mode,
            "securityHub": self.security_hub.mode,
            "inspector": self.inspector.mode,
            "accessAnalyzer": self.access_analyzer.mode,
            "macie": self.macie.mode,
            "trail": self.trail.mode,
            "config": self.config.mode,
        }

    @property
    def existing(self) -> dict[str, str]:
        """What there is already: service → what names it, in a stack file's words; empty text where nothing does."""
        named = {
            "guardDuty": self.guard_duty.detector_id,
            "securityHub": self.security_hub.hub_arn,
            "accessAnalyzer": self.access_analyzer.analyzer_arn,
            "trail": self.trail.trail_arn,
            "config": self.config.recorder_name,
        }
        return {key: named.get(key) or "" for key, mode in self.modes.items() if mode is Mode.EXISTING}

    @property
    def in_use(self) -> bool:
        """Whether the stack makes or uses anything of the account's."""
        return (
            any(mode is not Mode.OFF for mode in self.modes.values())
            or self.baseline.in_use
            or bool(self.contacts)
            or self.organization.policies is Presence.CREATE
        )
