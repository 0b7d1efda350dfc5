"""The network ACL of the data subnets, a second wall behind the security groups."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network, collapse_addresses
from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context

if TYPE_CHECKING:
    from collections.abc import Sequence

_EPHEMERAL: Final = (1024, 65535)
"""Ports that answers go to; ACLs are stateless and must let them out by themselves."""


_MOST_RULES: Final = 20
"""Rules of a network ACL in one direction (VPC quotas, the default of "Rules per network ACL")."""


@dataclass(frozen=True, kw_only=True)
class DataAclArgs:
    """Who reaches the data subnets.

    Args:
        context: names and tags.
        vpc_id: the VPC.
        subnet_ids: the data subnets.
        client_cidrs: ranges of the subnets that the application runs in.
        ports: TCP ports that data stores listen on.
        store_cidrs: ranges of the data subnets, where stores talk to each other; none where they do not.

    Raises:
        ValueError: the ACL would have more rules than AWS allows.
    """

    context: Context
    vpc_id: pulumi.Input[str]
    subnet_ids: Sequence[pulumi.Input[str]]
    client_cidrs: Sequence[str]
    ports: Sequence[int]
    store_cidrs: Sequence[str] = ()

    def __post_init__(self) -> None:
        if len(self.inward) > _MOST_RULES:
            raise ValueError(f"the data subnets' ACL would have {len(self.inward)} rules; AWS allows {_MOST_RULES}")

    @property
    def inward(self) -> list[tuple[int, int, str]]:
        """What is let in: first port, last port, range; ranges side by side are one where there is no room for each."""
        among = [(*_EPHEMERAL, cidr) for cidr in _joined(self.store_cidrs)]
        rules = [(port, port, cidr) for port in self.ports for cidr in self.client_cidrs]
        if len(rules) + len(among) > _MOST_RULES:
            rules = [(port, port, cidr) for port in self.ports for cidr in _joined(self.client_cidrs)]
        return [*rules, *among]


def _joined(cidrs: Sequence[str]) -> list[str]:
    return [str(found) for found in collapse_addresses(map(IPv4Network, cidrs))]


class DataAcl(pulumi.ComponentResource):
    """A network ACL: the application's subnets in on the stores' ports, answers out, nothing else."""

    def __init__(self, name: str, args: DataAclArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:network:DataAcl", name, None, opts)
        # What stores ask of each other goes to ports in the range of answers.
        outward = [(*_EPHEMERAL, cidr) for cidr in (*args.client_cidrs, *_joined(args.store_cidrs))]
        aws.ec2.NetworkAcl(
            f"{name}-acl",
            vpc_id=args.vpc_id,
            subnet_ids=list(args.subnet_ids),
            ingress=[
                aws.ec2.NetworkAclIngressArgs(
                    rule_no=100 + 10 * i, action="allow", protocol="tcp", from_port=low, to_port=high, cidr_block=cidr
                )
                for i, (low, high, cidr) in enumerate(args.inward)
            ],
            egress=[
                aws.ec2.NetworkAclEgressArgs(
                    rule_no=100 + 10 * i, action="allow", protocol="tcp", from_port=low, to_port=high, cidr_block=cidr
                )
                for i, (low, high, cidr) in enumerate(outward)
            ],
            tags=args.context.tags(name),
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.register_outputs({})
