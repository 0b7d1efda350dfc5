"""The one immutable source of names and tags."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pulumi

from settings.offers.regions import dns_suffix, partition

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX_LIMIT: Final = 24
"""Longest prefix of logical names.

With a suffix of up to 30 characters and the eight that Pulumi adds it stays inside 63, the limit of S3 buckets and
RDS identifiers, and inside 64, that of IAM roles.
"""


def bounded(text: str, limit: int) -> str:
    """`text` cut to `limit` characters; what is cut off is replaced by a hash of the whole, so names stay distinct.

    Args:
        text: the name wanted.
        limit: most characters that the service allows, at least 8.
    """
    if len(text) <= limit:
        return text
    return f"{text[: limit - 7].rstrip('-')}-{digest(text, 6)}"


def digest(text: str, length: int = 4) -> str:
    """A few characters that stand for a text in a name.

    Args:
        text: what the name depends on.
        length: characters; two texts share one by chance once in 16 to that power.
    """
    return hashlib.sha256(text.encode()).hexdigest()[:length]


@dataclass(frozen=True, kw_only=True)
class Context:
    """Who and where a stack is; every component receives it.

    Args:
        application: name of the product.
        environment: name of the environment.
        tier: maturity, for the Tier tag.
        owner: team that answers for the stack.
        cost_center: who pays.
        data_class: sensitivity of the data.
        region: AWS region of the resources.
        account_id: the AWS account, known only at deployment unless the settings name it.
        more_tags: tags of the stack's own besides ours, from `aws:defaultTags`.
        boundary_arn: policy that bounds what every role of the stack may do; None for none.
    """

    application: str
    environment: str
    tier: str
    owner: str
    cost_center: str
    data_class: str
    region: str
    account_id: pulumi.Input[str]
    more_tags: Mapping[str, str] = field(default_factory=dict)
    boundary_arn: pulumi.Input[str] | None = None

    @property
    def prefix(self) -> str:
        """Start of every logical name, at most `PREFIX_LIMIT` characters."""
        return bounded(f"{self.application}-{self.environment}", PREFIX_LIMIT)

    @property
    def base_tags(self) -> dict[str, str]:
        """Tags of everything in the stack; also the provider's default tags."""
        return {
            **self.more_tags,
            "Project": self.application,
            "Environment": self.environment,
            "Tier": self.tier,
            "Owner": self.owner,
            "CostCenter": self.cost_center,
            "DataClass": self.data_class,
            "ManagedBy": "pulumi",
        }

    def tags(self, name: str) -> dict[str, str]:
        """Tags of one resource: those of the stack and its Name."""
        return {**self.base_tags, "Name": name}

    def physical_name(self, *parts: str, limit: int) -> str:
        """A fixed physical name of at most `limit` characters, for contracts that need one.

        Everything else is named by Pulumi from its logical name.
        """
        return bounded("-".join((self.application, self.environment, *parts)), limit)

    @property
    def partition(self) -> str:
        """Partition of ARNs: `aws`, `aws-cn` or `aws-us-gov`."""
        return partition(self.region)

    @property
    def dns_suffix(self) -> str:
        """Domain of AWS's endpoints."""
        return dns_suffix(self.region)

    def arn(self, service: str, resource: pulumi.Input[str], *, region: str | None = None) -> pulumi.Output[str]:
        """ARN of something in this account.

        Args:
            service: such as `logs`.
            resource: what follows the account, such as `log-group:/app`.
            region: the resource's region; the context's own by default, an empty text for global services.
        """
        where = self.region if region is None else region
        return pulumi.Output.concat(
            "arn:", self.partition, ":", service, ":", where, ":", self.account_id, ":", resource
        )
