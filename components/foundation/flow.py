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
        source: a group, or an IPv4 range.
        target: a group, or an IPv4 range.
        port: TCP port at the target.
        why: what the flow is for.
    """

    key: str
    source: Group | str
    target: Group | str
    port: int
    why: str
