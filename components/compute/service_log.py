"""The log of a service, which stays when what runs the service is replaced by something else."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi

from components.foundation.context import Context
from components.foundation.log_group import LogPolicy, log_group


@dataclass(frozen=True, kw_only=True)
class ServiceLogArgs:
    """Whose output is kept, and how.

    Args:
        context: names and tags.
        service: name of the service.
        logs: retention and encryption.
    """

    context: Context
    service: str
    logs: LogPolicy


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
        self.register_outputs({"name": self.name})
