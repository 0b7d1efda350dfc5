"""Restores that are tried each month, so that a backup is more than a hope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.foundation.alarm import AlarmSpec, described
from components.foundation.context import Context
from components.foundation.function import Function, FunctionArgs, may_invoke
from components.foundation.log_group import LogPolicy
from components.foundation.policy_document import Statement
from components.foundation.store import RestoreSpec
from settings.enums import Severity

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
        logs: retention and encryption of the log of what looks into the restores.
        key_arn: KMS key of the stores; None for AWS's own.
    """

    context: Context
    stores: Mapping[str, RestoreSpec]
    vault_arn: pulumi.Input[str]
    role_arn: pulumi.Input[str]
    logs: LogPolicy
    key_arn: pulumi.Input[str] | None = None


class RestoreTests(pulumi.ComponentResource):
    """The latest recovery point of each store, restored on the first of each month, looked into, and deleted again.

    $1.50 a test, and what was restored for as long as it is there: until it was looked into, an hour at most.
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
        self._look = _looked_into(name, args, plan, self)
        self.register_outputs({})

    def alarms(self) -> list[AlarmSpec]:
        """A restore without the data that should be in it, or that nobody could look into."""
        return self._look.alarms()


def _looked_into(
    name: str, args: RestoreTestsArgs, plan: aws.backup.RestoreTestingPlan, parent: RestoreTests
) -> Function:
    """What looks whether data is in a restore, and tells AWS Backup, called when the restore is done."""
    context, child = args.context, pulumi.ResourceOptions(parent=parent)
    statements = [
        Statement(
            sid="Look",
            actions=["dynamodb:DescribeTable", "rds:DescribeDBInstances"],
            resources=["*"],
            wildcard_reason="AWS Backup chooses the names of what it restores",
        ),
        Statement(
            sid="ReadOneItem",
            actions=["dynamodb:Scan"],
            resources=[context.arn("dynamodb", "table/awsbackup-restore-test-*")],
        ),
        Statement(
            sid="Tell",
            actions=["backup:PutRestoreValidationResult"],
            resources=["*"],
            wildcard_reason="the action takes no resource",
        ),
    ]
    if args.key_arn is not None:
        through = f"dynamodb.{context.region}.{context.dns_suffix}"
        statements.append(
            Statement(
                sid="DecryptItem",
                actions=["kms:Decrypt", "kms:DescribeKey"],
                resources=[args.key_arn],
                conditions={"StringEquals": {"kms:ViaService": through}},
            )
        )
    looking = FunctionArgs(
        context=context,
        purpose="restore-validation",
        description="Looks into what a restore test brought back",
        module="functions/validate_restore.py",
        logs=args.logs,
        statements=statements,
        variables={"PLAN_ARN": plan.arn},
        timeout_seconds=60,
    )
    function = Function(f"{name}-look", looking, opts=child)
    pattern = {
        "source": ["aws.backup"],
        "detail-type": ["Restore Job State Change"],
        "detail": {"status": ["COMPLETED"], "restoreTestingPlanArn": [plan.arn]},
    }
    rule = aws.cloudwatch.EventRule(
        f"{name}-restored",
        description=described("a restore test is done, and is looked into", Severity.LOW, "function-errors"),
        event_pattern=pulumi.Output.json_dumps(pattern),
        tags=context.tags(f"{name}-restored"),
        opts=child,
    )
    allowed = may_invoke(f"{name}-call", function, "events.amazonaws.com", source_arn=rule.arn, parent=parent)
    aws.cloudwatch.EventTarget(
        f"{name}-target",
        rule=rule.name,
        arn=function.arn,
        opts=pulumi.ResourceOptions(parent=parent, depends_on=[allowed]),
    )
    return function
