"""A DynamoDB table."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.foundation.alarm import AlarmSpec
from components.foundation.context import Context
from components.foundation.policy_document import Statement
from settings.schema import DynamoDbSettings


@dataclass(frozen=True, kw_only=True)
class TableArgs:
    """What the table is like.

    Args:
        context: names and tags.
        settings: keys and recovery window.
        key_arn: KMS key; None for AWS's own.
        protect: Pulumi and DynamoDB refuse to delete it.
    """

    context: Context
    settings: DynamoDbSettings
    key_arn: pulumi.Input[str] | None = None
    protect: bool = False


class Table(pulumi.ComponentResource):
    """An on-demand table with point-in-time recovery. $0.625 per million writes, $0.25 a month per GB.

    Attributes:
        name: the table's name.
        arn: the table's ARN.
    """

    name: pulumi.Output[str]
    arn: pulumi.Output[str]

    def __init__(self, name: str, args: TableArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:data:Table", name, None, opts)
        settings = args.settings
        keys = [settings.partition_key, *([settings.sort_key] if settings.sort_key else [])]
        table = aws.dynamodb.Table(
            f"{name}-table",
            billing_mode="PAY_PER_REQUEST",
            hash_key=settings.partition_key,
            range_key=settings.sort_key,
            attributes=[aws.dynamodb.TableAttributeArgs(name=key, type="S") for key in keys],
            point_in_time_recovery=aws.dynamodb.TablePointInTimeRecoveryArgs(
                enabled=True, recovery_period_in_days=settings.recovery_days
            ),
            server_side_encryption=aws.dynamodb.TableServerSideEncryptionArgs(enabled=True, kms_key_arn=args.key_arn),
            deletion_protection_enabled=args.protect,
            tags=args.context.tags(name),
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
        )
        self.name, self.arn = table.name, table.arn
        self._key_arn = args.key_arn
        self.register_outputs({"name": self.name, "arn": self.arn})

    def statements(self) -> list[Statement]:
        """What an application that reads and writes items may do; not to change or delete the table."""
        actions = ["BatchGetItem", "BatchWriteItem", "ConditionCheckItem", "DeleteItem", "DescribeTable", "GetItem"]
        actions += ["PutItem", "Query", "Scan", "UpdateItem"]
        use = Statement(
            sid="UseTable",
            actions=[f"dynamodb:{action}" for action in actions],
            resources=[self.arn, pulumi.Output.concat(self.arn, "/index/*")],
        )
        if self._key_arn is None:
            return [use]
        return [
            use,
            Statement(sid="UseTableKey", actions=["kms:Decrypt", "kms:DescribeKey"], resources=[self._key_arn]),
        ]

    def alarms(self) -> list[AlarmSpec]:
        """An alarm on writes that DynamoDB turns away."""
        return [
            AlarmSpec(
                key="table-throttled",
                title="DynamoDB throttles writes",
                namespace="AWS/DynamoDB",
                metric="WriteThrottleEvents",
                dimensions={"TableName": self.name},
                statistic="Sum",
                threshold=0,
                periods=5,
            )
        ]
