"""Ways to AWS services that do not cross the internet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context
from components.network.endpoint_policies import Perimeter, endpoint_policy

if TYPE_CHECKING:
    from collections.abc import Sequence

_GATEWAYS: Final = ("s3", "dynamodb")


@dataclass(frozen=True, kw_only=True)
class VpcEndpointsArgs:
    """Which endpoints a VPC has.

    Args:
        context: names and tags.
        vpc_id: the VPC.
        route_table_ids: tables that get routes to the S3 and DynamoDB gateways, which are free.
        interfaces: services such as `ecr.api`; each costs $7.30 a month per subnet plus $0.01 per GB.
        subnet_ids: subnets of the interface endpoints, one per zone.
        security_group_id: group of the interface endpoints; required with `interfaces`.
        perimeter: what they let through; None lets everything through.

    Raises:
        ValueError: interface endpoints without a security group.
    """

    context: Context
    vpc_id: pulumi.Input[str]
    route_table_ids: Sequence[pulumi.Input[str]]
    interfaces: Sequence[str] = ()
    subnet_ids: Sequence[pulumi.Input[str]] = ()
    security_group_id: pulumi.Input[str] | None = None
    perimeter: Perimeter | None = None

    def __post_init__(self) -> None:
        if self.interfaces and self.security_group_id is None:
            raise ValueError("interface endpoints need a security_group_id")


class VpcEndpoints(pulumi.ComponentResource):
    """Gateway endpoints for S3 and DynamoDB, and interface endpoints by list."""

    def __init__(self, name: str, args: VpcEndpointsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:network:VpcEndpoints", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        for service in _GATEWAYS:
            aws.ec2.VpcEndpoint(
                f"{name}-{service}",
                vpc_id=args.vpc_id,
                service_name=f"com.amazonaws.{args.context.region}.{service}",
                vpc_endpoint_type="Gateway",
                route_table_ids=list(args.route_table_ids),
                policy=_policy(service, args),
                tags=args.context.tags(f"{name}-{service}"),
                opts=child,
            )
        for service in args.interfaces:
            key = service.replace(".", "-")
            group = args.security_group_id
            aws.ec2.VpcEndpoint(
                f"{name}-{key}",
                vpc_id=args.vpc_id,
                service_name=f"com.amazonaws.{args.context.region}.{service}",
                vpc_endpoint_type="Interface",
                subnet_ids=list(args.subnet_ids),
                security_group_ids=[group] if group is not None else None,
                private_dns_enabled=True,
                policy=_policy(service, args),
                tags=args.context.tags(f"{name}-{key}"),
                opts=child,
            )
        self.register_outputs({})


def _policy(service: str, args: VpcEndpointsArgs) -> pulumi.Output[str] | None:
    return endpoint_policy(service, args.context, args.perimeter) if args.perimeter else None
