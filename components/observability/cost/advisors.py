"""AWS's own services that say where money goes and what would save some."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context
from settings.enums import Presence
from settings.sections.cost import CostSettings


@dataclass(frozen=True, kw_only=True)
class CostAdvisorsArgs:
    """Which of them are on.

    Args:
        context: names and tags.
        settings: the cost section.
    """

    context: Context
    settings: CostSettings


class CostAdvisors(pulumi.ComponentResource):
    """Compute Optimizer, Cost Optimization Hub, S3 Storage Lens and tags in the bill, for the whole account. Free.

    A destroyed stack switches off what it switched on, for all stacks of the account.
    """

    def __init__(self, name: str, args: CostAdvisorsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:observability:CostAdvisors", name, None, opts)
        context, settings, child = args.context, args.settings, pulumi.ResourceOptions(parent=self)
        if settings.compute_optimizer is Presence.CREATE:
            aws.computeoptimizer.EnrollmentStatus(f"{name}-compute-optimizer", status="Active", opts=child)
        if settings.optimization_hub is Presence.CREATE:
            aws.costoptimizationhub.EnrollmentStatus(f"{name}-optimization-hub", opts=child)
        if settings.storage_lens is Presence.CREATE:
            _storage_lens(f"{name}-storage-lens", context, child)
        if settings.allocation_tags is Presence.CREATE:
            for key in context.base_tags:
                aws.costexplorer.CostAllocationTag(
                    f"{name}-tag-{key.lower()}", tag_key=key, status="Active", opts=child
                )
        self.register_outputs({})


def _storage_lens(name: str, context: Context, opts: pulumi.ResourceOptions) -> None:
    lens = aws.s3control
    aws.s3control.StorageLensConfiguration(
        name,
        config_id=context.physical_name("storage", limit=64),
        storage_lens_configuration=lens.StorageLensConfigurationStorageLensConfigurationArgs(
            enabled=True,
            # Activity and advanced metrics are what would be charged.
            account_level=lens.StorageLensConfigurationStorageLensConfigurationAccountLevelArgs(
                bucket_level=lens.StorageLensConfigurationStorageLensConfigurationAccountLevelBucketLevelArgs()
            ),
        ),
        tags=context.tags(name),
        opts=opts,
    )
