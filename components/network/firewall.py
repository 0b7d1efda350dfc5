"""Security groups and their rules, made of flows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context
from components.foundation.flow import Flow, Group, PrefixList

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_RULES: Final = 60
"""Rules of a security group in one direction (VPC quotas, the default of "Inbound or outbound rules per group")."""


@dataclass(frozen=True, kw_only=True)
class FirewallArgs:
    """The flows of a VPC.

    Args:
        context: names and tags.
        vpc_id: the VPC.
        flows: everything that is allowed; all else is not. Each group that one names is made.

    Raises:
        ValueError: a group would have more rules in one direction than AWS allows.
    """

    context: Context
    vpc_id: pulumi.Input[str]
    flows: Sequence[Flow]

    def __post_init__(self) -> None:
        inward = Counter[Group]()
        outward = Counter[Group]()
        for flow in self.flows:
            if isinstance(flow.target, Group):
                inward[flow.target] += flow.source.weight if isinstance(flow.source, PrefixList) else 1
            if isinstance(flow.source, Group):
                outward[flow.source] += 1
        for group, count in [*inward.items(), *outward.items()]:
            if count > _MOST_RULES:
                raise ValueError(f"the group {group.name} would have {count} rules; AWS allows {_MOST_RULES}")


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
        for group in _groups(args.flows):
            made = aws.ec2.SecurityGroup(
                f"{name}-{group.name}",
                description=f"{group.name.replace('-', ' ')} of {args.context.application}",
                vpc_id=args.vpc_id,
                revoke_rules_on_delete=True,
                tags=args.context.tags(f"{name}-{group.name}"),
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
        self.register_outputs({"group_ids": {group.name: gid for group, gid in self.group_ids.items()}})

    def _rule(self, flow: Flow, group: Group, peer: Group | PrefixList | str) -> dict[str, Any]:
        """A flow as a rule of the group at one of its ends; `peer` is the other end."""
        if isinstance(peer, Group):
            end: dict[str, Any] = {"referenced_security_group_id": self.group_ids[peer]}
        elif isinstance(peer, PrefixList):
            opts = pulumi.InvokeOutputOptions(parent=self)
            end = {"prefix_list_id": aws.ec2.get_managed_prefix_list_output(name=peer.name, opts=opts).id}
        else:
            end = {"cidr_ipv4": peer}
        return {
            "security_group_id": self.group_ids[group],
            "description": flow.why,
            "ip_protocol": "tcp",
            "from_port": flow.port,
            "to_port": flow.last_port or flow.port,
            **end,
        }


def _groups(flows: Sequence[Flow]) -> list[Group]:
    """The groups at the ends of flows, each once."""
    ends = (end for flow in flows for end in (flow.source, flow.target) if isinstance(end, Group))
    return list(dict.fromkeys(ends))
