"""Backups that outlive the stores' own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.foundation.alarm import AlarmSpec
from components.foundation.context import Context
from components.foundation.event import EventSpec
from components.foundation.log_group import LogPolicy
from components.foundation.role import ServiceRole, ServiceRoleArgs
from components.foundation.store import RestoreSpec
from components.resilience.restore_tests import RestoreTests, RestoreTestsArgs
from components.resilience.vault import air_gapped_vault, vault
from settings.sections.resilience import ResilienceSettings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_DAILY: Final = "cron(0 2 * * ? *)"
_WEEKLY: Final = "cron(0 2 ? * SUN *)"


@dataclass(frozen=True, kw_only=True)
class BackupArgs:
    """What is backed up and for how long.

    Args:
        context: names and tags.
        settings: which backups there are and how long they are kept.
        resources: name → ARN of what is backed up.
        logs: retention and encryption of the logs of functions.
        key_arn: KMS key of the vault; None for AWS's own. A change replaces the vault.
        copies_arn: ARN of a vault in another region that daily backups are copied to; None for no copies.
        restored: name → how it is restored each month; empty for no such tests.
    """

    context: Context
    settings: ResilienceSettings
    resources: Mapping[str, pulumi.Input[str]]
    logs: LogPolicy
    key_arn: pulumi.Input[str] | None = None
    copies_arn: pulumi.Input[str] | None = None
    restored: Mapping[str, RestoreSpec] = field(default_factory=dict)


class Backup(pulumi.ComponentResource):
    """An AWS Backup plan: daily at 02:00 UTC, and on Sundays one that is kept longer. RDS $0.095 a month per GB.

    Attributes:
        vault: name of the vault.
    """

    vault: pulumi.Output[str]

    def __init__(self, name: str, args: BackupArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:resilience:Backup", name, None, opts)
        context, settings = args.context, args.settings
        child = pulumi.ResourceOptions(parent=self)
        days = [settings.daily_retention_days, *([settings.weekly_retention_days] if settings.weekly else ())]
        self._copied_to = _copied_to(name, args, self)
        held = vault(name, context, settings, parent=self, key_arn=args.key_arn, least_days=min(days))
        schedules = [("daily", _DAILY, settings.daily_retention_days)]
        if settings.weekly:
            schedules.append(("weekly", _WEEKLY, settings.weekly_retention_days))
        plan = aws.backup.Plan(
            f"{name}-plan",
            rules=[
                aws.backup.PlanRuleArgs(
                    rule_name=key,
                    target_vault_name=held.name,
                    schedule=schedule,
                    start_window=60,
                    completion_window=360,
                    lifecycle=aws.backup.PlanRuleLifecycleArgs(delete_after=days),
                    recovery_point_tags=context.tags(f"{name}-{key}"),
                    copy_actions=self._copied_to if key == "daily" else None,
                )
                for key, schedule, days in schedules
            ],
            tags={**context.tags(name), **_objectives(settings)},
            opts=child,
        )
        role = ServiceRole(
            f"{name}-service",
            ServiceRoleArgs(
                context=context,
                description="AWS Backup, to back up and restore",
                services=["backup.amazonaws.com"],
                managed_policies=[
                    "service-role/AWSBackupServiceRolePolicyForBackup",
                    "service-role/AWSBackupServiceRolePolicyForRestores",
                ],
            ),
            opts=child,
        )
        aws.backup.Selection(
            f"{name}-selection",
            plan_id=plan.id,
            iam_role_arn=role.arn,
            resources=list(args.resources.values()),
            opts=child,
        )
        self._tests: RestoreTests | None = None
        if args.restored:
            tests = RestoreTestsArgs(
                context=context,
                stores=args.restored,
                vault_arn=held.arn,
                role_arn=role.arn,
                logs=args.logs,
                key_arn=args.key_arn,
            )
            self._tests = RestoreTests(f"{name}-restores", tests, opts=child)
        self.vault, self._vault_arn = held.name, held.arn
        self.register_outputs({"vault": self.vault})

    def alarms(self) -> list[AlarmSpec]:
        """Restores that were tried and brought nothing back."""
        return self._tests.alarms() if self._tests else []

    def events(self) -> list[EventSpec]:
        """Backups, copies and restores that did not come about; nobody would notice before they are needed."""
        events = [
            _failed(
                "",
                "a backup failed",
                "Backup Job State Change",
                {"backupVaultName": [self.vault], "state": ["ABORTED", "EXPIRED", "FAILED"]},
            )
        ]
        if self._copied_to:
            # Of the vault that it is copied from: the other one may be another account's.
            which = {"sourceBackupVaultArn": [self._vault_arn], "state": ["FAILED"]}
            events.append(_failed("copy", "a backup was not copied", "Copy Job State Change", which))
        which = {"status": ["ABORTED", "FAILED"], "backupVaultArn": [self._vault_arn]}
        events.append(_failed("restore", "a backup could not be restored", "Restore Job State Change", which))
        return events


def _objectives(settings: ResilienceSettings) -> dict[str, str]:
    """What may be lost with a store, where whoever restores it sees it."""
    given = {"RpoMinutes": settings.rpo_minutes, "RtoMinutes": settings.rto_minutes}
    return {key: str(minutes) for key, minutes in given.items() if minutes is not None}


def _failed(subject: str, title: str, kind: str, which: Mapping[str, Sequence[pulumi.Input[str]]]) -> EventSpec:
    return EventSpec(
        key="backup-failed",
        subject=subject,
        title=title,
        pattern={"source": ["aws.backup"], "detail-type": [kind], "detail": which},
    )


def _copied_to(name: str, args: BackupArgs, parent: Backup) -> list[aws.backup.PlanRuleCopyActionArgs] | None:
    """Where daily backups are copied to, and how long each place keeps them."""
    settings = args.settings
    places: list[tuple[pulumi.Input[str], int]] = []
    if args.copies_arn is not None:
        places.append((args.copies_arn, settings.copy_retention_days))
    if settings.copy_vault_arn is not None:
        places.append((settings.copy_vault_arn, settings.copy_retention_days))
    if settings.air_gapped_days is not None:
        gapped = air_gapped_vault(f"{name}-air-gapped", args.context, parent=parent, protect=settings.protect)
        places.append((gapped, settings.air_gapped_days))
    return [
        aws.backup.PlanRuleCopyActionArgs(
            destination_vault_arn=arn, lifecycle=aws.backup.PlanRuleCopyActionLifecycleArgs(delete_after=days)
        )
        for arn, days in places
    ] or None
