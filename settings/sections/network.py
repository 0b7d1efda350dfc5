"""The VPC."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from settings.base import Section, setting
from settings.enums import EndpointService, Nat
from settings.fields import VpcCidr, ZoneName, distinct

MAX_AZS = 6
"""Most availability zones a region has (us-east-1); the VPC reserves room for as many."""


class NetworkSettings(Section):
    """The VPC: address ranges, zones, ways out, flow logs."""

    cidr: VpcCidr = setting("10.0.0.0/16", "address range of the VPC, /16 to /19; changing it replaces the network")
    az_count: int = setting(
        2,
        "availability zones in use, counted from the region's first; raising it only adds",
        ge=2,
        le=MAX_AZS,
    )
    availability_zones: tuple[ZoneName, ...] | None = setting(
        None, "the zones by name instead of by count; append, never reorder", min_length=2, max_length=MAX_AZS
    )
    nat: Nat = setting(
        Nat.NONE,
        "how private subnets reach the internet",
        cost="a NAT gateway with its address is about $36.50 a month plus $0.045 per GB",
    )
    interface_endpoints: Annotated[tuple[EndpointService, ...], AfterValidator(distinct)] = setting(
        (),
        "AWS services reached without the internet",
        cost="$7.30 a month per service and zone plus $0.01 per GB",
    )
    flow_log_retention_days: int = setting(
        30, "how long flow logs stay in S3", unit="days", cost="$0.25 per GB delivered", ge=1, le=3653
    )
