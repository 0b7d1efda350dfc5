"""A vector store of S3 Vectors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from components.foundation.policy_document import Statement
from components.foundation.store import StoreArgs
from settings.sections.stores.vectors import VectorsSettings, VectorsVariable

if TYPE_CHECKING:
    from components.foundation.alarm import AlarmSpec
    from components.foundation.context import Context
    from components.foundation.event import EventSpec
    from components.foundation.store import RestoreSpec
    from components.foundation.telemetry.graph import Graph
    from settings.sections.observability import AlarmSettings


class Vectors(pulumi.ComponentResource):
    """A bucket of vectors and its index, encrypted. $0.06 a month per GB, $2.50 per million queries.

    Attributes:
        bucket: the bucket's name.
        arn: its ARN.
        index: the index's name.
    """

    bucket: pulumi.Output[str]
    arn: pulumi.Output[str]
    index: str

    def __init__(self, name: str, args: StoreArgs[VectorsSettings], opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:data:Vectors", name, None, opts)
        context, settings = args.context, args.settings
        self.index = "items"
        own_key = (
            [aws.s3.VectorsVectorBucketEncryptionConfigurationArgs(sse_type="aws:kms", kms_key_arn=args.key_arn)]
            if args.key_arn is not None
            else None
        )
        bucket = aws.s3.VectorsVectorBucket(
            f"{name}-bucket",
            vector_bucket_name=context.physical_name("vectors", limit=63),
            encryption_configurations=own_key,
            force_destroy=not args.protect,
            tags=context.tags(name),
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect, delete_before_replace=True),
        )
        index = aws.s3.VectorsIndex(
            f"{name}-index",
            index_name=self.index,
            vector_bucket_name=bucket.vector_bucket_name,
            data_type="float32",
            dimension=settings.dimension,
            distance_metric=settings.distance.value,
            metadata_configuration=aws.s3.VectorsIndexMetadataConfigurationArgs(
                non_filterable_metadata_keys=list(settings.unfiltered)
            )
            if settings.unfiltered
            else None,
            tags=context.tags(f"{name}-index"),
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect, delete_before_replace=True),
        )
        self.bucket, self.arn = bucket.vector_bucket_name, bucket.vector_bucket_arn
        self._index_arn, self._args = index.index_arn, args
        self.register_outputs({"bucket": self.bucket, "arn": self.arn})

    @property
    def variables(self) -> dict[str, pulumi.Input[str]]:
        """Where the application finds its vectors."""
        return {VectorsVariable.BUCKET: self.bucket, VectorsVariable.INDEX: self.index}

    @property
    def outputs(self) -> dict[str, pulumi.Input[object]]:
        """The bucket's name."""
        return {"vectorBucket": self.bucket}

    @property
    def backed_up(self) -> pulumi.Output[str] | None:
        """Nothing: AWS Backup does not know it. Vectors are made again from what they stand for."""
        return None

    @property
    def restored(self) -> RestoreSpec | None:
        """Nothing, as nothing is copied."""
        return None

    def statements(self) -> list[Statement]:
        """What the application may do: put, read, query and delete vectors of the one index."""
        args = self._args
        use = Statement(
            sid="UseVectors",
            actions=[
                "s3vectors:DeleteVectors",
                "s3vectors:GetIndex",
                "s3vectors:GetVectors",
                "s3vectors:ListVectors",
                "s3vectors:PutVectors",
                "s3vectors:QueryVectors",
            ],
            resources=[self._index_arn],
        )
        if args.key_arn is None:
            return [use]
        through = f"s3vectors.{args.context.region}.{args.context.dns_suffix}"
        return [
            use,
            Statement(
                sid="UseVectorKey",
                actions=["kms:Decrypt", "kms:GenerateDataKey"],
                resources=[args.key_arn],
                conditions={"StringEquals": {"kms:ViaService": through}},
            ),
        ]

    def alarms(self, thresholds: AlarmSettings) -> list[AlarmSpec]:
        """None: S3 Vectors has no metrics of its own yet; the application's errors tell of it."""
        del thresholds
        return []

    def events(self) -> list[EventSpec]:
        """None: S3 Vectors tells EventBridge nothing."""
        return []

    def graphs(self) -> list[Graph]:
        """None: there are no metrics to draw."""
        return []


def key_users(context: Context) -> list[Statement]:
    """What S3 Vectors must be let do with the data's key: it builds indexes by itself.

    Args:
        context: the account.
    """
    return [
        Statement(
            sid="VectorIndexing",
            actions=["kms:Decrypt"],
            resources=["*"],
            principals={"Service": ["indexing.s3vectors.amazonaws.com"]},
            conditions={"StringEquals": {"aws:SourceAccount": context.account_id}},
            wildcard_reason="a key policy's resource is the key itself",
        )
    ]
