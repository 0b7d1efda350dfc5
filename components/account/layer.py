"""The account layer, composed: what watches the account, what it is recorded in, and where findings go."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pulumi

from components.account.audit.access_logs import AccessLogs, AccessLogsArgs
from components.account.audit.activity_filters import ActivityFilters, ActivityFiltersArgs
from components.account.audit.config_rules import ConfigRules, ConfigRulesArgs
from components.account.audit.recorder import Recorder, RecorderArgs
from components.account.audit.service_use import config_key_use, trail_key_use
from components.account.audit.trail import Trail, TrailArgs
from components.account.baseline import Baseline, BaselineArgs
from components.account.detection.access_analyzer import AccessAnalyzer, AccessAnalyzerArgs
from components.account.detection.guard_duty import GuardDuty, GuardDutyArgs
from components.account.detection.inspector import Inspector, InspectorArgs
from components.account.detection.macie import Macie
from components.account.detection.security_hub import SecurityHub, SecurityHubArgs, controls_of_features
from components.account.findings.events import SOURCES, finding_events, in_use
from components.account.findings.export import FindingsExport, FindingsExportArgs
from components.account.findings.webhook import Webhook, WebhookArgs
from components.account.kept_elsewhere import KeptElsewhere
from components.account.organization import OrganizationPolicies, OrganizationPoliciesArgs
from components.foundation.context import Context
from components.foundation.log_group import LogPolicy
from settings.enums import FindingsExport as Destination
from settings.enums import Mode, Presence
from settings.sections.account import AccountSettings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from components.foundation.alarm import AlarmSpec
    from components.foundation.event import EventSpec
    from components.foundation.policy_document import Statement


@dataclass(frozen=True, kw_only=True)
class AccountArgs:
    """What the account has once.

    Args:
        context: names and tags.
        settings: the account's section.
        logs: retention and key of log groups; the key admits what `key_users` says.
        protect: keep the records when the stack is destroyed.
    """

    context: Context
    settings: AccountSettings
    logs: LogPolicy
    protect: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What the rest of the platform hears of the account.

    Args:
        alarms: what should wake somebody up.
        events: what somebody should hear of that no metric shows.
    """

    alarms: list[AlarmSpec] = field(default_factory=list)
    events: list[EventSpec] = field(default_factory=list)


def key_users(context: Context, settings: AccountSettings) -> list[Statement]:
    """AWS services that the key of logs must admit, for what this stack makes.

    Args:
        context: the account.
        settings: the account's section.
    """
    return [
        *(trail_key_use(context) if settings.trail.mode is Mode.CREATE else ()),
        *(config_key_use(context) if settings.config.mode is Mode.CREATE else ()),
    ]


def account(name: str, args: AccountArgs, opts: pulumi.ResourceOptions) -> Account:
    """Make what the settings ask for; what exists is used.

    Args:
        name: start of the components' names.
        args: what there is.
        opts: options that make them children of the platform.
    """
    context, settings = args.context, args.settings
    made = Account(events=finding_events(settings))
    if settings.existing:
        KeptElsewhere(f"{name}-kept-elsewhere", settings.existing, opts=opts)
    if settings.contacts or settings.baseline.in_use:
        baseline = BaselineArgs(context=context, settings=settings.baseline, contacts=settings.contacts)
        Baseline(f"{name}-baseline", baseline, opts=opts)
    if settings.organization.policies is Presence.CREATE:
        policies = OrganizationPoliciesArgs(context=context, settings=settings.organization)
        OrganizationPolicies(f"{name}-organization", policies, opts=opts)

    access_logs = _access_logs(name, args, opts)
    # What audit services write is not recorded by the trail: it would record itself.
    written = [access_logs.arn] if access_logs else []
    recording: list[pulumi.Resource] = []
    if access_logs and settings.config.mode is Mode.CREATE:
        recorder = Recorder(f"{name}-config", _recorder(args, access_logs), opts=opts)
        written.append(recorder.bucket_arn)
        recording.append(recorder.started)
    if settings.config.mode is not Mode.OFF:
        rules = ConfigRulesArgs(context=context, settings=settings.config, recording=recording)
        made.events.extend(ConfigRules(f"{name}-rules", rules, opts=opts).events())
    _detection(name, args, recording, opts)
    if access_logs and settings.findings.export is not Destination.OFF:
        exported = FindingsExport(f"{name}-findings", _export(args, access_logs), opts=opts)
        written.append(exported.bucket_arn)
        made.alarms.extend(exported.alarms())
    if settings.findings.webhook_secret_arn is not None:
        chat = WebhookArgs(context=context, secret_arn=settings.findings.webhook_secret_arn, specs=made.events)
        made.alarms.extend(Webhook(f"{name}-chat", chat, opts=opts).alarms())
    group: pulumi.Input[str] | None = settings.trail.log_group
    if access_logs and settings.trail.mode is Mode.CREATE:
        trail = Trail(f"{name}-trail", _trail(args, access_logs, written), opts=opts)
        group = trail.log_group
        made.alarms.extend(trail.alarms())
    if settings.trail.alarms and group is not None:
        filters = ActivityFiltersArgs(context=context, log_group=group)
        made.alarms.extend(ActivityFilters(f"{name}-activity", filters, opts=opts).alarms())
    return made


def _access_logs(name: str, args: AccountArgs, opts: pulumi.ResourceOptions) -> AccessLogs | None:
    """Where access to the records is logged; None where this stack keeps no records."""
    settings = args.settings
    if Mode.CREATE not in (settings.trail.mode, settings.config.mode) and settings.findings.export is Destination.OFF:
        return None
    logs = AccessLogsArgs(context=args.context, retention_days=settings.retention_days, keep=args.protect)
    return AccessLogs(f"{name}-access-logs", logs, opts=opts)


def _recorder(args: AccountArgs, access_logs: AccessLogs) -> RecorderArgs:
    return RecorderArgs(
        context=args.context,
        settings=args.settings.config,
        retention_days=args.settings.retention_days,
        access_log_bucket=access_logs.bucket,
        key_arn=args.logs.key_arn,
        keep=args.protect,
    )


def _export(args: AccountArgs, access_logs: AccessLogs) -> FindingsExportArgs:
    return FindingsExportArgs(
        context=args.context,
        settings=args.settings.findings,
        sources=[SOURCES[service] for service in in_use(args.settings)],
        retention_days=args.settings.retention_days,
        access_log_bucket=access_logs.bucket,
        key_arn=args.logs.key_arn,
        keep=args.protect,
    )


def _trail(args: AccountArgs, access_logs: AccessLogs, written: Sequence[pulumi.Output[str]]) -> TrailArgs:
    return TrailArgs(
        context=args.context,
        retention_days=args.settings.retention_days,
        data_events=args.settings.trail.data_events,
        unrecorded=written,
        logs=args.logs,
        access_log_bucket=access_logs.bucket,
        key_arn=args.logs.key_arn,
        keep=args.protect,
    )


def _detection(name: str, args: AccountArgs, recording: list[pulumi.Resource], opts: pulumi.ResourceOptions) -> None:
    """What looks for intruders, flaws and openings."""
    context, settings = args.context, args.settings
    if settings.guard_duty.mode is Mode.CREATE:
        GuardDuty(f"{name}-guard", GuardDutyArgs(context=context, features=settings.guard_duty.features), opts=opts)
    if settings.inspector.mode is Mode.CREATE:
        Inspector(f"{name}-inspector", InspectorArgs(context=context, scans=settings.inspector.scans), opts=opts)
    if settings.access_analyzer.mode is Mode.CREATE:
        days = settings.access_analyzer.unused_access_days
        AccessAnalyzer(f"{name}-access", AccessAnalyzerArgs(context=context, unused_days=days), opts=opts)
    if settings.macie.mode is Mode.CREATE:
        Macie(f"{name}-macie", opts=opts)
    if settings.security_hub.mode is Mode.CREATE:
        own = settings.guard_duty.mode is Mode.CREATE
        hub = SecurityHubArgs(
            context=context,
            standards=settings.security_hub.standards,
            disabled_controls=settings.security_hub.disabled_controls,
            foundational=controls_of_features(settings.guard_duty.features) if own else {},
            recording=recording,
        )
        SecurityHub(f"{name}-hub", hub, opts=opts)
