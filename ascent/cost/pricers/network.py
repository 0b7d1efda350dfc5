"""NAT, addresses, endpoints, flow logs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ascent.cost.charges import Free, Gap, Line
from ascent.cost.pricers.registry import prices
from policies.pack.types import EC2_EIP, EC2_FLOW_LOG, EC2_NAT_GATEWAY, EC2_VPC_ENDPOINT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.cost.meter import Meter


@prices(EC2_NAT_GATEWAY)
def nat_gateway(meter: Meter) -> Iterator[Line]:
    """By the hour and GB. Its address is charged at the Elastic IP."""
    if meter.text("availabilityMode") == "regional":
        yield Gap("a regional NAT gateway is charged per zone that it grows into, which no plan tells")
        return
    yield meter.hourly("nat.hour", 1, "NAT gateway hours")
    yield meter.used("nat.gb", meter.share(meter.usage.nat_gb), "GB through it")


@prices(EC2_EIP)
def elastic_ip(meter: Meter) -> Iterator[Line]:
    """A public IPv4 address costs the same in use and idle."""
    yield meter.hourly("ipv4.hour", 1, "public IPv4 address hours")


@prices(EC2_VPC_ENDPOINT)
def vpc_endpoint(meter: Meter) -> Iterator[Line]:
    """Interface endpoints by subnet; gateway endpoints charge nothing."""
    kind = meter.text("vpcEndpointType") or "Gateway"
    if kind == "Gateway":
        yield Free("gateway endpoints are free")
        return
    if kind != "Interface":
        yield Gap(f"no price for {kind} endpoints")
        return
    subnets = meter.count("subnetIds")
    if subnets is None:
        yield Gap("how many subnets the endpoint is in is known only after deployment")
        return
    yield meter.hourly("endpoint.hour", subnets, "interface endpoint hours, one endpoint per subnet")
    interfaces = sum(r.inputs.get("vpcEndpointType") == "Interface" for r in meter.plan.by_type[meter.resource.type])
    yield meter.used("endpoint.gb", meter.usage.endpoint_gb / interfaces, "GB through it")


@prices(EC2_FLOW_LOG)
def flow_log(meter: Meter) -> Iterator[Line]:
    """Vended logs; what is stored is charged at the bucket or log group."""
    gigabytes = meter.share(meter.usage.flow_log_gb)
    if (meter.text("logDestinationType") or "cloud-watch-logs") != "s3":
        yield meter.used("logs.ingest", gigabytes, "GB of flow logs delivered to CloudWatch Logs")
        return
    yield meter.used("logs.vended-s3", gigabytes, "GB of flow logs delivered to S3")
    options = meter.inputs.get("destinationOptions")
    if isinstance(options, dict) and options.get("fileFormat") == "parquet":
        yield meter.used("logs.parquet", gigabytes, "GB converted to Parquet")
