"""The VPC with its subnets, routes and NAT gateways."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws
import pulumi_awsx as awsx

from components.foundation.context import Context
from components.network.layout import SubnetLayout
from settings.enums import Nat

if TYPE_CHECKING:
    from collections.abc import Sequence

_STRATEGY: Final = {
    Nat.NONE: awsx.ec2.NatGatewayStrategy.NONE,
    Nat.SINGLE: awsx.ec2.NatGatewayStrategy.SINGLE,
    Nat.PER_AZ: awsx.ec2.NatGatewayStrategy.ONE_PER_AZ,
}

_TABLES_PER_ZONE: Final = 3
"""awsx makes one route table per subnet, and there are public, private and data subnets."""


@dataclass(frozen=True, kw_only=True)
class VpcArgs:
    """The network's shape.

    Args:
        context: names and tags.
        cidr: address range, /16 to /19.
        layout: address ranges of the subnets in it.
        zones: names of the availability zones; append, never reorder.
        protect: Pulumi refuses to replace the VPC.
        nat: how private subnets reach the internet; a NAT gateway with its address is about $36.50 a month.
    """

    context: Context
    cidr: str
    layout: SubnetLayout
    zones: Sequence[str]
    nat: Nat
    protect: bool = False


class Vpc(pulumi.ComponentResource):
    """A VPC over several zones: public, private and data subnets, the last without a route to the internet.

    Attributes:
        vpc_id: the VPC's id.
        public_subnet_ids: ids of the public subnets, in the order of the zones.
        private_subnet_ids: ids of the private subnets, in the order of the zones.
        data_subnet_ids: ids of the data subnets, in the order of the zones.
        route_table_ids: ids of all route tables but the VPC's unused main one.
    """

    vpc_id: pulumi.Output[str]
    public_subnet_ids: list[pulumi.Output[str]]
    private_subnet_ids: list[pulumi.Output[str]]
    data_subnet_ids: list[pulumi.Output[str]]
    route_table_ids: list[pulumi.Output[str]]

    def __init__(self, name: str, args: VpcArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:network:Vpc", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        zones = len(args.zones)
        vpc = awsx.ec2.Vpc(
            f"{name}-net",
            cidr_block=args.cidr,
            availability_zone_names=list(args.zones),
            enable_dns_hostnames=True,
            nat_gateways=awsx.ec2.NatGatewayConfigurationArgs(strategy=_STRATEGY[args.nat]),
            subnet_strategy=awsx.ec2.SubnetAllocationStrategy.AUTO,
            subnet_specs=[
                _subnets(awsx.ec2.SubnetType.PUBLIC, "public", args.layout.public),
                _subnets(awsx.ec2.SubnetType.PRIVATE, "private", args.layout.private),
                _subnets(awsx.ec2.SubnetType.ISOLATED, "data", args.layout.data),
            ],
            tags=args.context.tags(name),
            opts=child,
        )
        self.vpc_id = vpc.vpc_id
        self.public_subnet_ids = _each(vpc.public_subnet_ids, zones)
        self.private_subnet_ids = _each(vpc.private_subnet_ids, zones)
        self.data_subnet_ids = _each(vpc.isolated_subnet_ids, zones)
        self.route_table_ids = [_nth_table(vpc.route_tables, i) for i in range(_TABLES_PER_ZONE * zones)]
        # AWS's default group lets its members talk to each other; adopted without rules, it lets nobody.
        # It is replaced with its VPC and with nothing else, so protecting it refuses another VPC, with all that is in
        # it, before a single call; awsx's children can't be protected one by one.
        aws.ec2.DefaultSecurityGroup(
            f"{name}-default-group",
            vpc_id=self.vpc_id,
            tags=args.context.tags(f"{name}-default"),
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
        )
        self.register_outputs({"vpc_id": self.vpc_id})


def _subnets(kind: awsx.ec2.SubnetType, name: str, blocks: tuple[str, ...]) -> awsx.ec2.SubnetSpecArgs:
    return awsx.ec2.SubnetSpecArgs(type=kind, name=name, cidr_blocks=list(blocks))


def _each(ids: pulumi.Output[Sequence[str]], count: int) -> list[pulumi.Output[str]]:
    """One output per id: awsx's list is unknown as a whole in a preview, but how many there are is not."""

    def nth(index: int) -> pulumi.Output[str]:
        return ids.apply(lambda known: known[index])

    return [nth(i) for i in range(count)]


def _nth_table(tables: pulumi.Output[Sequence[aws.ec2.RouteTable]], index: int) -> pulumi.Output[str]:
    return tables.apply(lambda known: known[index].id)
