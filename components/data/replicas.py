"""Copies of the stores in a second region."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context
from components.foundation.policy_document import Statement
from settings.sections.data import DatabaseVariable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_NOBODY = "set-by-failover"
"""What stands where a failover writes the address of the database that it restores."""

_TABLE_ACTIONS = (
    *("BatchGetItem", "BatchWriteItem", "ConditionCheckItem", "DeleteItem", "DescribeTable", "GetItem"),
    *("PutItem", "Query", "Scan", "UpdateItem"),
)


@dataclass(frozen=True, kw_only=True)
class CopyArgs:
    """A copy of a store.

    Args:
        context: names and tags; its region is the second one.
        source_arn: ARN of the store in the stack's own region.
        variables: what the containers there are told of it.
        key_arn: KMS key of the copy; None for AWS's own.
        subnet_ids: data subnets in the second region.
        keep_days: how far back the copy reaches.
        protect: Pulumi and AWS refuse to delete it.
    """

    context: Context
    source_arn: pulumi.Input[str]
    variables: Mapping[str, pulumi.Input[str]]
    key_arn: pulumi.Input[str] | None
    subnet_ids: Sequence[pulumi.Input[str]]
    keep_days: int
    protect: bool


class TableCopy(pulumi.ComponentResource):
    """A replica of a DynamoDB table, a second behind: as many replicated writes and as much storage as the table's."""

    def __init__(self, name: str, args: CopyArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:data:TableCopy", name, None, opts)
        replica = aws.dynamodb.TableReplica(
            f"{name}-replica",
            global_table_arn=args.source_arn,
            kms_key_arn=args.key_arn,
            point_in_time_recovery=True,
            deletion_protection_enabled=args.protect,
            tags=args.context.tags(name),
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
        )
        self._arn, self._args = replica.arn, args
        self.register_outputs({})

    @property
    def variables(self) -> Mapping[str, pulumi.Input[str]]:
        """The same as in the stack's own region: a replica has its table's name."""
        return self._args.variables

    def statements(self) -> list[Statement]:
        """What an application that reads and writes items may do."""
        use = Statement(
            sid="UseTable",
            actions=[f"dynamodb:{action}" for action in _TABLE_ACTIONS],
            resources=[self._arn, pulumi.Output.concat(self._arn, "/index/*")],
        )
        return [use, *_decrypt("UseTableKey", self._args.key_arn)]


class PostgresCopy(pulumi.ComponentResource):
    """Replicated backups of a database, minutes behind, and where a failover restores them.

    $0.095 a month per GB, and $0.02 per GB on the way. AWS refuses a replica of a database whose password it keeps.
    """

    def __init__(self, name: str, args: CopyArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:data:PostgresCopy", name, None, opts)
        context = args.context
        aws.rds.SubnetGroup(
            f"{name}-subnets",
            description=f"Data subnets of {context.application} {context.environment}",
            subnet_ids=list(args.subnet_ids),
            tags=context.tags(name),
            opts=pulumi.ResourceOptions(parent=self),
        )
        aws.rds.InstanceAutomatedBackupsReplication(
            f"{name}-backups",
            source_db_instance_arn=args.source_arn,
            kms_key_id=args.key_arn,
            retention_period=args.keep_days,
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
        )
        self._args = args
        self.register_outputs({})

    @property
    def variables(self) -> dict[str, pulumi.Input[str]]:
        """Those of the database, with what only a failover knows left open."""
        open_ = {DatabaseVariable.HOST: _NOBODY, DatabaseVariable.SECRET_ARN: _NOBODY}
        return {**self._args.variables, **open_}

    def statements(self) -> list[Statement]:
        """What an application that connects may do: read the password of whatever database is restored."""
        read = Statement(
            sid="ReadDatabasePassword",
            actions=["secretsmanager:GetSecretValue"],
            # AWS makes it, and calls it so, when a failover restores the database.
            resources=[self._args.context.arn("secretsmanager", "secret:rds!db-*")],
        )
        return [read, *_decrypt("DecryptDatabasePassword", self._args.key_arn)]


def _decrypt(sid: str, key_arn: pulumi.Input[str] | None) -> list[Statement]:
    if key_arn is None:
        return []
    return [Statement(sid=sid, actions=["kms:Decrypt", "kms:DescribeKey"], resources=[key_arn])]
