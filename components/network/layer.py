"""The network layer, composed: the VPC with its firewall, its flow logs and its ways to AWS's services."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi

from components.foundation.context import Context
from components.foundation.flow import ENDPOINTS, Flow, Group
from components.network.data_acl import DataAcl, DataAclArgs
from components.network.endpoint_policies import Perimeter
from components.network.endpoints import VpcEndpoints, VpcEndpointsArgs
from components.network.firewall import Firewall, FirewallArgs
from components.network.flow_logs import FlowLogs, FlowLogsArgs
from components.network.layout import SubnetLayout
from components.network.vpc import Vpc, VpcArgs
from settings.enums import EndpointAccess, Placement
from settings.sections.network import NetworkSettings

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, kw_only=True)
class NetworkArgs:
    """What the network is like, and who uses it.

    Args:
        context: names and tags.
        settings: the network's section.
        layout: address ranges of the subnets.
        zones: availability zones in use, by name.
        placement: subnets that the application runs in.
        flows: everything that is allowed.
        store_ports: TCP ports of the stores in the data subnets.
        stores_talk: stores talk to each other, as a proxy does to its database.
        log_key_arn: KMS key of the flow logs; None for S3's own.
        trusted_accounts: other accounts whose resources the application reads.
        protect: keep the flow logs when the stack is destroyed.
    """

    context: Context
    settings: NetworkSettings
    layout: SubnetLayout
    zones: Sequence[str]
    placement: Placement
    flows: Sequence[Flow]
    store_ports: Sequence[int]
    stores_talk: bool
    log_key_arn: pulumi.Input[str] | None
    trusted_accounts: Sequence[str]
    protect: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """What the other layers need of the network.

    Args:
        vpc: the VPC with its subnets.
        group_ids: security groups by the part of the platform that they belong to.
        application_subnet_ids: subnets that the application runs in.
    """

    vpc: Vpc
    group_ids: dict[Group, pulumi.Output[str]]
    application_subnet_ids: list[pulumi.Output[str]]


def network(name: str, args: NetworkArgs, opts: pulumi.ResourceOptions) -> Network:
    """Make the network.

    Args:
        name: start of the components' names.
        args: what it is like.
        opts: options that make them children of the platform.
    """
    context, settings, public = args.context, args.settings, args.placement is Placement.PUBLIC
    vpc = Vpc(
        f"{name}-vpc",
        VpcArgs(
            context=context,
            cidr=settings.cidr,
            layout=args.layout,
            zones=args.zones,
            nat=settings.nat,
            protect=args.protect,
        ),
        opts=opts,
    )
    FlowLogs(
        f"{name}-flow-logs",
        FlowLogsArgs(
            context=context,
            vpc_id=vpc.vpc_id,
            retention_days=settings.flow_log_retention_days,
            key_arn=args.log_key_arn,
            keep=args.protect,
        ),
        opts=opts,
    )
    firewall = Firewall(
        f"{name}-firewall",
        FirewallArgs(context=context, vpc_id=vpc.vpc_id, flows=args.flows),
        opts=opts,
    )
    VpcEndpoints(
        f"{name}-endpoints",
        VpcEndpointsArgs(
            context=context,
            vpc_id=vpc.vpc_id,
            route_table_ids=vpc.route_table_ids,
            interfaces=[service.value for service in settings.interface_endpoints],
            subnet_ids=vpc.private_subnet_ids,
            security_group_id=firewall.group_ids.get(ENDPOINTS),
            perimeter=(
                Perimeter(trusted_accounts=args.trusted_accounts)
                if settings.endpoint_access is EndpointAccess.ACCOUNT
                else None
            ),
        ),
        opts=opts,
    )
    DataAcl(
        f"{name}-data-acl",
        DataAclArgs(
            context=context,
            vpc_id=vpc.vpc_id,
            subnet_ids=vpc.data_subnet_ids,
            client_cidrs=args.layout.public if public else args.layout.private,
            ports=args.store_ports,
            store_cidrs=args.layout.data if args.stores_talk else (),
        ),
        opts=opts,
    )
    return Network(
        vpc=vpc,
        group_ids=firewall.group_ids,
        application_subnet_ids=vpc.public_subnet_ids if public else vpc.private_subnet_ids,
    )
