"""The VPC."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from settings.base import Section, setting
from settings.description.changes import IN_PLACE, in_place, removes, replaces
from settings.enums import EndpointAccess, EndpointService, Nat
from settings.fields import VpcCidr, ZoneName, distinct

MIN_AZS = 2
"""Fewest availability zones of a stack: load balancers and databases want so many."""

MAX_AZS = 6
"""Most availability zones a region has (us-east-1); the VPC reserves room for as many."""


class NetworkSettings(Section):
    """The VPC: address ranges, zones, ways out, flow logs."""

    cidr: VpcCidr = setting(
        "10.0.0.0/16",
        "address range of the VPC, /16 to /19",
        changes=replaces(
            "VPC",
            "Subnet",
            "NAT gateway",
            "Load balancer",
            "Target group",
            downtime="until all of it stands again",
            how="Pulumi refuses it under resilience.protect; a database does not move: restore a snapshot elsewhere",
        ),
    )
    az_count: int = setting(
        2,
        "availability zones in use, counted from the region's first; raising it only adds",
        ge=2,
        le=MAX_AZS,
        changes=removes("Subnet", "NAT gateway", downtime="what runs in the zone; AWS refuses where the database does"),
    )
    availability_zones: tuple[ZoneName, ...] | None = setting(
        None,
        "the zones by name instead of by count, in the order of the alphabet",
        min_length=2,
        max_length=MAX_AZS,
        changes=replaces(
            "Subnet",
            "NAT gateway",
            downtime="what runs in a zone that goes; AWS refuses where the database does",
            how="zones that come or go before others take several deployments: a preview refuses one, and names them",
        ),
    )
    nat: Nat = setting(
        Nat.NONE,
        "how private subnets reach the internet",
        cost="a NAT gateway with its address is about $36.50 a month plus $0.045 per GB",
        changes=removes("NAT gateway", downtime="open connections to the internet break"),
    )
    interface_endpoints: Annotated[tuple[EndpointService, ...], AfterValidator(distinct)] = setting(
        (),
        "AWS services reached without the internet",
        cost="$7.30 a month per service and zone plus $0.01 per GB; cheaper than NAT ($0.045 per GB) from about "
        "209 GB a month on, per service and zone",
        changes=IN_PLACE,
    )
    endpoint_access: EndpointAccess = setting(
        EndpointAccess.ANYBODY,
        "whom the endpoints let through: account keeps data from leaving to other accounts through them",
        changes=IN_PLACE,
    )
    flow_log_retention_days: int = setting(
        30,
        "how long flow logs stay in S3",
        unit="days",
        cost="$0.25 per GB delivered",
        ge=1,
        le=3653,
        changes=in_place(data="older flow logs", lowered=True),
    )
