"""Backups that outlive the stores' own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context
from components.foundation.event import EventSpec
from components.foundation.role import ServiceRole, ServiceRoleArgs
from settings.sections.resilience import ResilienceSettings

if TYPE_CHECKING:
    from collections.abc import Mapping

_DAILY: Final = "cron(0 2 * * ? *)"
_WEEKLY: Final = "cron(0 2 ? * SUN *)"


@dataclass(frozen=True, kw_only=True)
class BackupArgs:
    """What is backed up and for how long.

    Args:
        context: names and tags.
        settings: which backups there are and how long they are kept.
        resources: name → ARN of what is backed up.
        key_arn: KMS key of the vault; None for AWS's own. A change replaces the vault.
    """

    context: Context
    settings: ResilienceSettings
    resources: Mapping[str, pulumi.Input[str]]
    key_arn: pulumi.Input[str] | None = None


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
        vault = aws.backup.Vault(
            f"{name}-vault",
            kms_key_arn=args.key_arn,
            # A vault with recovery points can't be deleted; only a disposable stack throws them away with it.
            force_destroy=not settings.protect,
            tags=context.tags(name),
            opts=pulumi.ResourceOptions(parent=self, protect=settings.protect),
        )
        schedules = [("daily", _DAILY, settings.daily_retention_days)]
        if settings.weekly:
            schedules.append(("weekly", _WEEKLY, settings.weekly_retention_days))
        plan = aws.backup.Plan(
            f"{name}-plan",
            rules=[
                aws.backup.PlanRuleArgs(
                    rule_name=key,
                    target_vault_name=vault.name,
                    schedule=schedule,
                    start_window=60,
                    completion_window=360,
                    lifecycle=aws.backup.PlanRuleLifecycleArgs(delete_after=days),
                    recovery_point_tags=context.tags(f"{name}-{key}"),
                )
                for key, schedule, days in schedules
            ],
            tags=context.tags(name),
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
        self.vault = vault.name
        self.register_outputs({"vault": self.vault})

    def events(self) -> list[EventSpec]:
        """Backups that did not come about; a day without one is noticed when somebody needs it."""
        return [
            EventSpec(
                key="backup-failed",
                title="a backup failed",
                pattern={
                    "source": ["aws.backup"],
                    "detail-type": ["Backup Job State Change"],
                    "detail": {"backupVaultName": [self.vault], "state": ["ABORTED", "EXPIRED", "FAILED"]},
                },
            )
        ]
