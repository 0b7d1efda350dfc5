"""Regions, their partitions and availability-zone letters.

AZ names follow from this table instead of a look-up, so that a plan is the same on every machine and needs no
account. Letters are those that AWS documents for a region (EC2 user guide, "Availability Zones", read in November
2026); an account may see fewer of them, which only AWS can tell, at deployment.
"""

from __future__ import annotations

from typing import Final

_LETTERS: Final = {
    "af-south-1": "abc",
    "ap-east-1": "abc",
    "ap-east-2": "abc",
    "ap-northeast-1": "acd",
    "ap-northeast-2": "abcd",
    "ap-northeast-3": "abc",
    "ap-south-1": "abc",
    "ap-south-2": "abc",
    "ap-southeast-1": "abc",
    "ap-southeast-2": "abc",
    "ap-southeast-3": "abc",
    "ap-southeast-4": "abc",
    "ap-southeast-5": "abc",
    "ap-southeast-6": "abc",
    "ap-southeast-7": "abc",
    "ca-central-1": "abd",
    "ca-west-1": "abc",
    "cn-north-1": "abd",
    "cn-northwest-1": "abc",
    "eu-central-1": "abc",
    "eu-central-2": "abc",
    "eu-north-1": "abc",
    "eu-south-1": "abc",
    "eu-south-2": "abc",
    "eu-west-1": "abc",
    "eu-west-2": "abc",
    "eu-west-3": "abc",
    "il-central-1": "abc",
    "me-central-1": "abc",
    "me-south-1": "abc",
    "mx-central-1": "abc",
    "sa-east-1": "abc",
    "us-east-1": "abcdef",
    "us-east-2": "abc",
    "us-gov-east-1": "abc",
    "us-gov-west-1": "abc",
    "us-west-1": "abc",
    "us-west-2": "abcd",
}

REGIONS: Final = tuple(_LETTERS)
"""Every region a stack can be in."""


def availability_zones(region: str) -> tuple[str, ...]:
    """Names of the region's availability zones, in order."""
    return tuple(region + letter for letter in _LETTERS[region])


def partition(region: str) -> str:
    """The ARN partition of a region: `aws`, `aws-cn` or `aws-us-gov`."""
    if region.startswith("cn-"):
        return "aws-cn"
    return "aws-us-gov" if region.startswith("us-gov-") else "aws"


def global_region(region: str) -> str:
    """The region in which services without one, such as IAM and CloudFront, count as being for policies."""
    if region.startswith("cn-"):
        return "cn-north-1"
    return "us-gov-west-1" if region.startswith("us-gov-") else "us-east-1"


def dns_suffix(region: str) -> str:
    """The domain of AWS's endpoints in a region's partition."""
    return "amazonaws.com.cn" if region.startswith("cn-") else "amazonaws.com"


_PAIRS: Final = (
    ("us-east-1", "us-west-2"),
    ("us-east-2", "us-west-2"),
    ("us-west-1", "us-east-2"),
    ("eu-west-1", "eu-central-1"),
    ("eu-west-2", "eu-west-1"),
    ("eu-west-3", "eu-central-1"),
    ("eu-north-1", "eu-central-1"),
    ("ap-northeast-1", "ap-northeast-3"),
    ("cn-north-1", "cn-northwest-1"),
    ("us-gov-east-1", "us-gov-west-1"),
)


def neighbour(region: str) -> str | None:
    """A region far enough to survive what ends this one, under the same law; None where that is for people to say.

    Only regions that every account may use: others must be switched on first.

    Args:
        region: one of `REGIONS`.
    """
    there = dict(_PAIRS)
    back = {other: one for one, other in reversed(_PAIRS)}
    return there.get(region) or back.get(region)
