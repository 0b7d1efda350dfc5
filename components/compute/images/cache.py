"""A cache of public images in the account's own registry."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi

from components.foundation.context import Context, bounded
from components.foundation.policy_document import Statement

_LONGEST_PREFIX = 30


@dataclass(frozen=True, kw_only=True)
class PublicCache:
    """Where images of AWS's public registry are kept, and how they are named there.

    Args:
        context: account, region and names.
    """

    context: Context
    upstream: str = "public.ecr.aws"

    @property
    def prefix(self) -> str:
        """Start of the names of its repositories, which ECR makes by itself."""
        return bounded(f"{self.context.prefix}-pub", _LONGEST_PREFIX)

    def named(self, image: str) -> pulumi.Input[str]:
        """What an image is called in the cache; itself, if it is of another registry.

        Args:
            image: as it is called upstream.
        """
        context = self.context
        if not image.startswith(f"{self.upstream}/"):
            return image
        rest = image.removeprefix(self.upstream)
        registry = f".dkr.ecr.{context.region}.{context.dns_suffix}/{self.prefix}{rest}"
        return pulumi.Output.concat(context.account_id, registry)

    def statements(self) -> list[Statement]:
        """What whoever pulls through it may do."""
        actions = ["BatchCheckLayerAvailability", "BatchGetImage", "BatchImportUpstreamImage", "CreateRepository"]
        return [
            Statement(
                sid="RegistryLogin",
                actions=["ecr:GetAuthorizationToken"],
                resources=["*"],
                wildcard_reason="the action takes no resource",
            ),
            Statement(
                sid="PullThroughCache",
                actions=[f"ecr:{action}" for action in (*actions, "GetDownloadUrlForLayer")],
                resources=[self.context.arn("ecr", f"repository/{self.prefix}/*")],
            ),
        ]
