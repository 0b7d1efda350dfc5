"""A DynamoDB table."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

from components.foundation.alarm import AlarmSpec
from components.foundation.event import EventSpec
from components.foundation.policy_document import Statement
from components.foundation.store import RestoreSpec, StoreArgs
from components.foundation.telemetry.graph import Graph
from components.foundation.telemetry.metric import Metric, filled
from settings.sections.data import DynamoDbSettings, TableVariable
from settings.sections.observability import AlarmSettings


class Table(pulumi.ComponentResource):
    """An on-demand table with point-in-time recovery. $0.625 per million writes, $0.25 a month per GB.

    Attributes:
        name: the table's name.
        arn: the table's ARN.
    """

    name: pulumi.Output[str]
    arn: pulumi.Output[str]

    def __init__(
        self, name: str, args: StoreArgs[DynamoDbSettings], opts: pulumi.ResourceOptions | None = None
    ) -> None:
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
            # What replicas are fed by.
            stream_enabled=args.replicated or None,
            stream_view_type="NEW_AND_OLD_IMAGES" if args.replicated else None,
            tags=args.context.tags(name),
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
        )
        self.name, self.arn = table.name, table.arn
        self._key_arn = args.key_arn
        self.register_outputs({"name": self.name, "arn": self.arn})

    @property
    def variables(self) -> dict[str, pulumi.Input[str]]:
        """Where the application finds the table."""
        return {TableVariable.NAME: self.name}

    @property
    def outputs(self) -> dict[str, pulumi.Input[object]]:
        """The table's name."""
        return {"tableName": self.name}

    @property
    def backed_up(self) -> pulumi.Output[str]:
        """The table."""
        return self.arn

    @property
    def restored(self) -> RestoreSpec:
        """A table of another name."""
        return RestoreSpec(kind="DynamoDB", arn=self.arn)

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

    def events(self) -> list[EventSpec]:
        """None: a table has no limits of its own to run into."""
        return []

    def _metric(self, metric: str, label: str = "") -> Metric:
        here = {"TableName": self.name}
        return Metric(namespace="AWS/DynamoDB", metric=metric, dimensions=here, statistic="Sum", label=label)

    def alarms(self, thresholds: AlarmSettings) -> list[AlarmSpec]:
        """An alarm on reads and writes that DynamoDB turns away."""
        writes = self._metric("WriteThrottleEvents")
        return [
            AlarmSpec(
                key="table-throttled",
                title="DynamoDB throttles reads or writes",
                namespace=writes.namespace,
                metric=writes.metric,
                dimensions=writes.dimensions,
                statistic=writes.statistic,
                beside={"m2": self._metric("ReadThrottleEvents")},
                expression=f"{filled('m1')} + {filled('m2')}",
                threshold=0,
                periods=5,
            )
        ]

    def graphs(self) -> list[Graph]:
        """What the table is charged by, and what it turned away."""
        used = [self._metric(f"Consumed{kind}CapacityUnits", kind.lower()) for kind in ("Read", "Write")]
        refused = [self._metric(f"{kind}ThrottleEvents", kind.lower()) for kind in ("Read", "Write")]
        return [
            Graph(title="Units of the table, per minute", lines=used),
            Graph(title="Requests that the table turned away", lines=refused),
        ]
