"""The log of a service, which stays when what runs the service is replaced by something else."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context
from components.foundation.log_group import LogPolicy, log_group

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, kw_only=True)
class ServiceLogArgs:
    """Whose output is kept, and how.

    Args:
        context: names and tags.
        service: name of the service.
        logs: retention and encryption.
        masked: kinds of data that readers see as ****, by CloudWatch's names; $0.12 per GB.
    """

    context: Context
    service: str
    logs: LogPolicy
    masked: Sequence[str] = ()


class ServiceLog(pulumi.ComponentResource):
    """The log group of one service. $0.50 per GB taken in.

    Attributes:
        name: the group's name.
        arn: its ARN, without the `:*` that stands for its streams.
    """

    name: pulumi.Output[str]
    arn: pulumi.Output[str]

    def __init__(self, name: str, args: ServiceLogArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:compute:ServiceLog", name, None, opts)
        context = args.context
        group = log_group(
            f"{name}-group",
            context,
            args.logs,
            parent=self,
            physical_name=f"/{context.application}/{context.environment}/{args.service}",
        )
        self.name, self.arn = group.name, group.arn
        if args.masked:
            aws.cloudwatch.LogDataProtectionPolicy(
                f"{name}-mask",
                log_group_name=group.name,
                policy_document=json.dumps(_mask(context, args.masked)),
                opts=pulumi.ResourceOptions(parent=self),
            )
        self.register_outputs({"name": self.name})

    def driver(self, region: str, prefix: str) -> dict[str, Any]:
        """How a container of ECS writes to it.

        Args:
            region: where the group is.
            prefix: start of the names of its streams.
        """
        return {
            "logDriver": "awslogs",
            "options": {
                "awslogs-group": self.name,
                "awslogs-region": region,
                "awslogs-stream-prefix": prefix,
                "mode": "non-blocking",
            },
        }


def _mask(context: Context, kinds: Sequence[str]) -> dict[str, Any]:
    """CloudWatch demands both statements, about the same data."""
    data = [f"arn:{context.partition}:dataprotection::aws:data-identifier/{kind}" for kind in kinds]
    operations = (
        ("audit", {"Audit": {"FindingsDestination": {}}}),
        ("mask", {"Deidentify": {"MaskConfig": {}}}),
    )
    return {
        "Name": "mask",
        "Description": "What nobody should read in a log",
        "Version": "2021-06-01",
        "Statement": [{"Sid": sid, "DataIdentifier": data, "Operation": operation} for sid, operation in operations],
    }
