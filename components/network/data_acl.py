"""The network ACL of the data subnets, a second wall behind the security groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context

if TYPE_CHECKING:
    from collections.abc import Sequence

_EPHEMERAL: Final = (1024, 65535)
"""Ports that answers go to; ACLs are stateless and must let them out by themselves."""


@dataclass(frozen=True, kw_only=True)
class DataAclArgs:
    """Who reaches the data subnets.

    Args:
        context: names and tags.
        vpc_id: the VPC.
        subnet_ids: the data subnets.
        client_cidrs: ranges of the subnets that the application runs in.
        ports: TCP ports that data stores listen on.
    """

    context: Context
    vpc_id: pulumi.Input[str]
    subnet_ids: Sequence[pulumi.Input[str]]
    client_cidrs: Sequence[str]
    ports: Sequence[int]


class DataAcl(pulumi.ComponentResource):
    """A network ACL: the application's subnets in on the stores' ports, answers out, nothing else."""

    def __init__(self, name: str, args: DataAclArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:network:DataAcl", name, None, opts)
        inward = [(port, port, cidr) for port in args.ports for cidr in args.client_cidrs]
        outward = [(*_EPHEMERAL, cidr) for cidr in args.client_cidrs]
        aws.ec2.NetworkAcl(
            f"{name}-acl",
            vpc_id=args.vpc_id,
            subnet_ids=list(args.subnet_ids),
            ingress=[
                aws.ec2.NetworkAclIngressArgs(
                    rule_no=100 + 10 * i, action="allow", protocol="tcp", from_port=low, to_port=high, cidr_block=cidr
                )
                for i, (low, high, cidr) in enumerate(inward)
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
