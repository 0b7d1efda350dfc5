"""Inspector, which looks for known flaws in what runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context
from settings.enums import InspectorScan

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, kw_only=True)
class InspectorArgs:
    """What is scanned.

    Args:
        context: the account.
        scans: kinds of what runs.
    """

    context: Context
    scans: Sequence[InspectorScan]


class Inspector(pulumi.ComponentResource):
    """Inspector for the account. By the image, the instance and the function."""

    def __init__(self, name: str, args: InspectorArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:account:Inspector", name, None, opts)
        aws.inspector2.Enabler(
            f"{name}-enabler",
            account_ids=[args.context.account_id],
            resource_types=[scan.upper() for scan in args.scans],
            # The provider's own five minutes are often too short, and the resource counts as failed then.
            opts=pulumi.ResourceOptions(
                parent=self, custom_timeouts=pulumi.CustomTimeouts(create="30m", update="30m", delete="30m")
            ),
        )
        self.register_outputs({})
