"""What is traced, where somebody looks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context
from settings.sections.watch.telemetry import TracingSettings

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, kw_only=True)
class TracingArgs:
    """Whose requests are traced.

    Args:
        context: names and tags.
        settings: what is collected.
        services: names of the services.
    """

    context: Context
    settings: TracingSettings
    services: Sequence[str]


class Tracing(pulumi.ComponentResource):
    """A group of X-Ray: this stack's traces apart from others of the account. Free; traces are $5 a million."""

    def __init__(self, name: str, args: TracingArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:observability:Tracing", name, None, opts)
        context = args.context
        collected = "traces and signals" if args.settings.signals else "traces"
        aws.xray.Group(
            f"{name}-group",
            group_name=context.physical_name(limit=32),
            filter_expression=" OR ".join(f'service("{context.application}-{service}")' for service in args.services),
            tags={**context.tags(name), "Collects": collected},
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.register_outputs({})
