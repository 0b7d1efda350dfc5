"""Endpoints: the free gateways always, interfaces by list.

Not proven: that a region has the service, and that private names resolve.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from components.network.endpoints import VpcEndpoints, VpcEndpointsArgs
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build

ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
GATEWAYS = {"shop-endpoints-s3": ENDPOINT, "shop-endpoints-dynamodb": ENDPOINT}


def endpoints(**args: Any) -> VpcEndpoints:  # noqa: ANN401
    given = VpcEndpointsArgs(context=CONTEXT, vpc_id="vpc-1", route_table_ids=["rtb-1", "rtb-2"], **args)
    return VpcEndpoints("shop-endpoints", given)


def test_gateways_are_always_there_and_stand_in_the_route_tables(build: Build) -> None:
    made = build(endpoints)
    assert made.children == GATEWAYS
    for service in ("s3", "dynamodb"):
        name = f"shop-endpoints-{service}"
        assert made.inputs(name) == {
            "vpcId": "vpc-1",
            "serviceName": f"com.amazonaws.us-east-1.{service}",
            "vpcEndpointType": "Gateway",
            "routeTableIds": ["rtb-1", "rtb-2"],
            "tags": CONTEXT.tags(name),
        }


def test_interfaces_by_list(build: Build) -> None:
    made = build(lambda: endpoints(interfaces=["ecr.api", "logs"], subnet_ids=["subnet-1"], security_group_id="sg-1"))
    assert made.children == {**GATEWAYS, "shop-endpoints-ecr-api": ENDPOINT, "shop-endpoints-logs": ENDPOINT}
    assert made.inputs("shop-endpoints-ecr-api") == {
        "vpcId": "vpc-1",
        "serviceName": "com.amazonaws.us-east-1.ecr.api",
        "vpcEndpointType": "Interface",
        "subnetIds": ["subnet-1"],
        "securityGroupIds": ["sg-1"],
        "privateDnsEnabled": True,
        "tags": CONTEXT.tags("shop-endpoints-ecr-api"),
    }


def test_interfaces_need_a_group() -> None:
    with pytest.raises(ValueError, match="interface endpoints need a security_group_id"):
        VpcEndpointsArgs(context=CONTEXT, vpc_id="vpc-1", route_table_ids=[], interfaces=["logs"])
