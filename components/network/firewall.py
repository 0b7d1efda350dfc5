"""Who may talk to whom: security groups and their rules, written down as flows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context

if TYPE_CHECKING:
    from collections.abc import Sequence


class Group(StrEnum):
    """The parts of the platform that have a security group."""

    LOAD_BALANCER = "load-balancer"
    APPLICATION = "application"
    DATABASE = "database"
    ENDPOINTS = "endpoints"


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


@dataclass(frozen=True, kw_only=True)
class FirewallArgs:
    """The groups and flows of a VPC.

    Args:
        context: names and tags.
        vpc_id: the VPC.
        groups: groups to make.
        flows: everything that is allowed; all else is not.
    """

    context: Context
    vpc_id: pulumi.Input[str]
    groups: Sequence[Group]
    flows: Sequence[Flow]


class Firewall(pulumi.ComponentResource):
    """Security groups with standalone rules only: inline rules and standalone ones would undo each other.

    Attributes:
        group_ids: group → id.
    """

    group_ids: dict[Group, pulumi.Output[str]]

    def __init__(self, name: str, args: FirewallArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:network:Firewall", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        self.group_ids = {}
        for group in args.groups:
            made = aws.ec2.SecurityGroup(
                f"{name}-{group}",
                description=f"{group.value.replace('-', ' ')} of {args.context.application}",
                vpc_id=args.vpc_id,
                revoke_rules_on_delete=True,
                tags=args.context.tags(f"{name}-{group}"),
                opts=child,
            )
            self.group_ids[group] = made.id
        for flow in args.flows:
            tags = args.context.tags(f"{name}-{flow.key}")
            if isinstance(flow.target, Group):
                inward = self._rule(flow, flow.target, flow.source)
                aws.vpc.SecurityGroupIngressRule(f"{name}-{flow.key}-in", **inward, tags=tags, opts=child)
            if isinstance(flow.source, Group):
                outward = self._rule(flow, flow.source, flow.target)
                aws.vpc.SecurityGroupEgressRule(f"{name}-{flow.key}-out", **outward, tags=tags, opts=child)
        self.register_outputs({"group_ids": {str(group): gid for group, gid in self.group_ids.items()}})

    def _rule(self, flow: Flow, group: Group, peer: Group | str) -> dict[str, Any]:
        """A flow as a rule of the group at one of its ends; `peer` is the other end."""
        end = {"referenced_security_group_id": self.group_ids[peer]} if isinstance(peer, Group) else {"cidr_ipv4": peer}
        return {
            "security_group_id": self.group_ids[group],
            "description": flow.why,
            "ip_protocol": "tcp",
            "from_port": flow.port,
            "to_port": flow.port,
            **end,
        }
