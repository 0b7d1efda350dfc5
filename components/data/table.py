"""A DynamoDB table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pulumi
import pulumi_aws as aws

from components.foundation.alarm import AlarmSpec
from components.foundation.encryption_key import EncryptionKey, EncryptionKeyArgs
from components.foundation.event import EventSpec
from components.foundation.policy_document import Statement
from components.foundation.store import RestoreSpec, StoreArgs
from components.foundation.telemetry.graph import Graph
from components.foundation.telemetry.metric import Metric, filled
from settings.enums import Severity, StreamView, TableBilling
from settings.sections.data import DynamoDbSettings, TableVariable
from settings.sections.observability import AlarmSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

_IN_USE_PERCENT: Final = 70
"""Share of the capacity that autoscaling keeps in use."""

_CAPACITY: Final = ("readCapacity", "writeCapacity")
_MOVED: Final = (*_CAPACITY, *(f"globalSecondaryIndexes[*].{capacity}" for capacity in _CAPACITY))
"""What autoscaling moves, which a deployment must leave as it is."""

_SECONDS_BEHIND: Final = 60
"""How far a region may be behind before somebody should hear of it; a second is usual."""


class Table(pulumi.ComponentResource):
    """A table with point-in-time recovery. $0.625 per million writes, $0.25 a month per GB.

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
        self._settings, self._key_arn = settings, args.key_arn
        scaled = settings.billing is TableBilling.AUTOSCALED
        capacity = settings.min_capacity if scaled else None
        table = aws.dynamodb.Table(
            f"{name}-table",
            billing_mode="PROVISIONED" if scaled else "PAY_PER_REQUEST",
            read_capacity=capacity,
            write_capacity=capacity,
            hash_key=settings.partition_key,
            range_key=settings.sort_key,
            attributes=[aws.dynamodb.TableAttributeArgs(name=key, type="S") for key in _keys(settings)],
            global_secondary_indexes=_indexes(settings, capacity) or None,
            point_in_time_recovery=aws.dynamodb.TablePointInTimeRecoveryArgs(
                enabled=True, recovery_period_in_days=settings.recovery_days
            ),
            server_side_encryption=aws.dynamodb.TableServerSideEncryptionArgs(enabled=True, kms_key_arn=args.key_arn),
            deletion_protection_enabled=args.protect,
            **_options(settings, replicated=args.replicated),
            replicas=self._replicas(name, args) or None,
            tags=args.context.tags(name),
            opts=pulumi.ResourceOptions(
                parent=self,
                protect=args.protect,
                ignore_changes=_left_alone(args) or None,
            ),
        )
        self.name, self.arn = table.name, table.arn
        self._stream_arn = table.stream_arn
        if scaled:
            self._scale(name, args, table)
        self.register_outputs({"name": self.name, "arn": self.arn})

    def _replicas(self, name: str, args: StoreArgs[DynamoDbSettings]) -> list[aws.dynamodb.TableReplicaArgs]:
        """Copies in other regions, each as well kept as the table; a key of one's own is one of that region."""
        found = []
        for region in args.settings.global_regions:
            key = None
            if args.key_arn is not None:
                own = EncryptionKeyArgs(
                    context=args.context,
                    purpose=f"table-{region}",
                    deletion_window_days=args.key_deletion_days,
                    protect=args.protect,
                    region=region,
                )
                key = EncryptionKey(f"{name}-{region}", own, opts=pulumi.ResourceOptions(parent=self)).arn
            found.append(
                aws.dynamodb.TableReplicaArgs(
                    region_name=region,
                    kms_key_arn=key,
                    point_in_time_recovery=True,
                    propagate_tags=True,
                    deletion_protection_enabled=args.protect,
                )
            )
        return found

    def _scale(self, name: str, args: StoreArgs[DynamoDbSettings], table: aws.dynamodb.Table) -> None:
        """Autoscaling of reads and writes, of the table and of each index."""
        places = {"table": (pulumi.Output.concat("table/", table.name), "table")}
        for index in self._settings.indexes:
            places[f"index-{index}"] = (pulumi.Output.concat("table/", table.name, "/index/", index), "index")
        for key, (resource, kind) in places.items():
            for what in ("Read", "Write"):
                target = aws.appautoscaling.Target(
                    f"{name}-{key}-{what.lower()}",
                    service_namespace="dynamodb",
                    resource_id=resource,
                    scalable_dimension=f"dynamodb:{kind}:{what}CapacityUnits",
                    min_capacity=self._settings.min_capacity,
                    max_capacity=self._settings.max_capacity,
                    tags=args.context.tags(f"{name}-{key}-{what.lower()}"),
                    opts=pulumi.ResourceOptions(parent=self),
                )
                tracked = aws.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationArgs(
                    target_value=_IN_USE_PERCENT,
                    predefined_metric_specification=_predefined(f"DynamoDB{what}CapacityUtilization"),
                )
                aws.appautoscaling.Policy(
                    f"{name}-{key}-{what.lower()}-policy",
                    policy_type="TargetTrackingScaling",
                    service_namespace=target.service_namespace,
                    resource_id=target.resource_id,
                    scalable_dimension=target.scalable_dimension,
                    target_tracking_scaling_policy_configuration=tracked,
                    opts=pulumi.ResourceOptions(parent=self),
                )

    @property
    def _streams(self) -> bool:
        return self._settings.stream is not StreamView.OFF

    @property
    def variables(self) -> dict[str, pulumi.Input[str]]:
        """Where the application finds the table, and its stream."""
        stream = {TableVariable.STREAM_ARN: self._stream_arn} if self._streams else {}
        return {TableVariable.NAME: self.name, **stream}

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
        statements = [
            Statement(
                sid="UseTable",
                actions=[f"dynamodb:{action}" for action in actions],
                resources=[self.arn, pulumi.Output.concat(self.arn, "/index/*")],
            )
        ]
        if self._streams:
            reads = ["DescribeStream", "GetRecords", "GetShardIterator"]
            statements.append(
                Statement(
                    sid="ReadStream",
                    actions=[f"dynamodb:{action}" for action in reads],
                    resources=[self._stream_arn],
                )
            )
        if self._key_arn is not None:
            statements.append(
                Statement(sid="UseTableKey", actions=["kms:Decrypt", "kms:DescribeKey"], resources=[self._key_arn])
            )
        return statements

    def events(self) -> list[EventSpec]:
        """None: a table has no limits of its own to run into."""
        return []

    def _metric(self, metric: str, label: str = "") -> Metric:
        here = {"TableName": self.name}
        return Metric(namespace="AWS/DynamoDB", metric=metric, dimensions=here, statistic="Sum", label=label)

    def alarms(self, thresholds: AlarmSettings) -> list[AlarmSpec]:
        """An alarm on reads and writes that DynamoDB turns away, and one on each region that falls behind."""
        del thresholds
        return [self._throttled(), *self._behind()]

    def _throttled(self) -> AlarmSpec:
        writes = self._metric("WriteThrottleEvents")
        return AlarmSpec(
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

    def _behind(self) -> Iterator[AlarmSpec]:
        for region in self._settings.global_regions:
            yield AlarmSpec(
                key="table-behind",
                subject=region,
                title=f"the table in {region} is behind",
                namespace="AWS/DynamoDB",
                metric="ReplicationLatency",
                dimensions={"TableName": self.name, "ReceivingRegion": region},
                statistic="Average",
                threshold=_SECONDS_BEHIND * 1000,
                periods=5,
                severity=Severity.HIGH,
            )

    def graphs(self) -> list[Graph]:
        """What the table is charged by, and what it turned away."""
        used = [self._metric(f"Consumed{kind}CapacityUnits", kind.lower()) for kind in ("Read", "Write")]
        refused = [self._metric(f"{kind}ThrottleEvents", kind.lower()) for kind in ("Read", "Write")]
        return [
            Graph(title="Units of the table, per minute", lines=used),
            Graph(title="Requests that the table turned away", lines=refused),
        ]


def _left_alone(args: StoreArgs[DynamoDbSettings]) -> list[str]:
    """What others than the table's own inputs decide: its capacity, and replicas that are resources of their own."""
    scaled = args.settings.billing is TableBilling.AUTOSCALED
    return [*(_MOVED if scaled else ()), *(["replicas"] if args.replicated else [])]


def _predefined(metric: str) -> Any:  # noqa: ANN401 - the SDK's class has a name longer than a line
    kind = aws.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecificationArgs
    return kind(predefined_metric_type=metric)


def _keys(settings: DynamoDbSettings) -> list[str]:
    """Attributes that a key is made of, each once."""
    named = [settings.partition_key, settings.sort_key]
    for index in settings.indexes.values():
        named += [index.partition_key, index.sort_key]
    return list(dict.fromkeys(key for key in named if key))


def _indexes(settings: DynamoDbSettings, capacity: int | None) -> list[aws.dynamodb.TableGlobalSecondaryIndexArgs]:
    return [
        aws.dynamodb.TableGlobalSecondaryIndexArgs(
            name=name,
            projection_type=index.projection.value.upper(),
            key_schemas=[
                aws.dynamodb.TableGlobalSecondaryIndexKeySchemaArgs(attribute_name=key, key_type=kind)
                for key, kind in ((index.partition_key, "HASH"), (index.sort_key, "RANGE"))
                if key
            ],
            read_capacity=capacity,
            write_capacity=capacity,
        )
        for name, index in settings.indexes.items()
    ]


def _options(settings: DynamoDbSettings, *, replicated: bool) -> dict[str, Any]:
    """What a table has only if it is asked for."""
    found: dict[str, Any] = {}
    if settings.expiry_attribute is not None:
        found["ttl"] = aws.dynamodb.TableTtlArgs(enabled=True, attribute_name=settings.expiry_attribute)
    if replicated:
        # What replicas are fed by.
        found |= {"stream_enabled": True, "stream_view_type": StreamView.NEW_AND_OLD_IMAGES.value.upper()}
    elif settings.stream is not StreamView.OFF:
        found |= {"stream_enabled": True, "stream_view_type": settings.stream.value.upper()}
    return found
