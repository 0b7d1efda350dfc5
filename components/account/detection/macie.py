"""Macie, which finds personal data in buckets."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws


class Macie(pulumi.ComponentResource):
    """Macie for the account, which looks into samples of every bucket by itself. $0.10 a month per bucket and more."""

    def __init__(self, name: str, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:account:Macie", name, None, opts)
        aws.macie2.Account(
            f"{name}-account",
            status="ENABLED",
            finding_publishing_frequency="FIFTEEN_MINUTES",
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.register_outputs({})
