"""The words in which components say who may talk to whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the platform that has a security group of its own.

    Args:
        name: unique in the stack; part of the group's name.
    """

    name: str


LOAD_BALANCER: Final = Group("load-balancer")
ENDPOINTS: Final = Group("endpoints")
ANYWHERE: Final = "0.0.0.0/0"


@dataclass(frozen=True, slots=True)
class PrefixList:
    """A list of address ranges that AWS keeps, looked up by its name at deployment.

    Args:
        name: as AWS calls it.
        weight: rules that one reference to it counts as, against the quota of a security group.
    """

    name: str
    weight: int


CLOUDFRONT_ORIGIN_FACING: Final = PrefixList("com.amazonaws.global.cloudfront.origin-facing", weight=55)
"""Where CloudFront's requests to origins come from (VPC user guide, "AWS-managed prefix lists")."""


def service_group(service: str) -> Group:
    """The group of a service's tasks or instances.

    Args:
        service: the service's name.
    """
    return Group(f"service-{service}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """One allowed direction of TCP traffic; between two groups it opens both ends.

    Args:
        key: name of the flow, unique and stable; part of the rules' names.
        source: a group, a list that AWS keeps, or an IPv4 range.
        target: a group, or an IPv4 range.
        port: TCP port at the target.
        why: what the flow is for.
        last_port: last TCP port of a range that begins at `port`; None for `port` alone.
    """

    key: str
    source: Group | PrefixList | str
    target: Group | str
    port: int
    why: str
    last_port: int | None = None
