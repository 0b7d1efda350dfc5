"""IAM Access Analyzer, which finds what others can reach and what nobody uses."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context


@dataclass(frozen=True, kw_only=True)
class AccessAnalyzerArgs:
    """What is looked for.

    Args:
        context: names and tags.
        unused_days: days after which access counts as unused; None for no such analyzer.
    """

    context: Context
    unused_days: int | None = None


class AccessAnalyzer(pulumi.ComponentResource):
    """The account's analyzer, free; and one of unused access, $0.20 a month per role and user."""

    def __init__(self, name: str, args: AccessAnalyzerArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:account:AccessAnalyzer", name, None, opts)
        context = args.context
        # An account and region has one of each type, so that a new one can't stand beside the one it replaces.
        child = pulumi.ResourceOptions(parent=self, delete_before_replace=True)
        aws.accessanalyzer.Analyzer(
            f"{name}-external",
            analyzer_name=context.physical_name("external", limit=255),
            type="ACCOUNT",
            tags=context.tags(f"{name}-external"),
            opts=child,
        )
        if args.unused_days is not None:
            aws.accessanalyzer.Analyzer(
                f"{name}-unused",
                analyzer_name=context.physical_name("unused", limit=255),
                type="ACCOUNT_UNUSED_ACCESS",
                configuration=aws.accessanalyzer.AnalyzerConfigurationArgs(
                    unused_access=aws.accessanalyzer.AnalyzerConfigurationUnusedAccessArgs(
                        unused_access_age=args.unused_days
                    )
                ),
                tags=context.tags(f"{name}-unused"),
                opts=child,
            )
        self.register_outputs({})
