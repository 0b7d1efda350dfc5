"""Restores that are tried each month, so that a backup is more than a hope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context
from components.foundation.store import RestoreSpec

if TYPE_CHECKING:
    from collections.abc import Mapping

_MONTHLY: Final = "cron(0 6 1 * ? *)"


@dataclass(frozen=True, kw_only=True)
class RestoreTestsArgs:
    """What is restored, from where.

    Args:
        context: names and tags.
        stores: name → how it is restored.
        vault_arn: ARN of the vault that holds the recovery points.
        role_arn: role that AWS Backup restores with.
    """

    context: Context
    stores: Mapping[str, RestoreSpec]
    vault_arn: pulumi.Input[str]
    role_arn: pulumi.Input[str]


class RestoreTests(pulumi.ComponentResource):
    """The latest recovery point of each store, restored on the first of each month and deleted an hour later.

    $1.50 a test, and what was restored for as long as it is there.
    """

    def __init__(self, name: str, args: RestoreTestsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:resilience:RestoreTests", name, None, opts)
        context, child = args.context, pulumi.ResourceOptions(parent=self)
        # AWS takes letters, digits and underscores in these names.
        plain = context.physical_name("restores", limit=50).replace("-", "_")
        plan = aws.backup.RestoreTestingPlan(
            f"{name}-plan",
            name=plain,
            schedule_expression=_MONTHLY,
            recovery_point_selection=aws.backup.RestoreTestingPlanRecoveryPointSelectionArgs(
                algorithm="LATEST_WITHIN_WINDOW",
                include_vaults=[args.vault_arn],
                recovery_point_types=["SNAPSHOT"],
                selection_window_days=7,
            ),
            tags=context.tags(name),
            opts=child,
        )
        for key, spec in args.stores.items():
            aws.backup.RestoreTestingSelection(
                f"{name}-{key}",
                name=key.replace("-", "_"),
                restore_testing_plan_name=plan.name,
                iam_role_arn=args.role_arn,
                protected_resource_type=spec.kind,
                protected_resource_arns=[spec.arn],
                restore_metadata_overrides=dict(spec.where) or None,
                validation_window_hours=1,
                opts=child,
            )
        self.register_outputs({})
