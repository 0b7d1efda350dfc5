"""The network of the shipped stacks, input by input.

These tests read inputs. They don't prove that packets flow as meant, or that log delivery may write.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.stacks.planning import SHIPPED, one

if TYPE_CHECKING:
    from collections.abc import Callable

    from ascent.plan.model import Plan

ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
COMPANIONS = (
    "bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    "bucketOwnershipControls:BucketOwnershipControls",
    "bucketPolicy:BucketPolicy",
    "bucketPublicAccessBlock:BucketPublicAccessBlock",
    "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "bucketVersioning:BucketVersioning",
)


@pytest.mark.parametrize(("stack", "zones"), [("dev", "ab"), ("staging", "ab"), ("prod", "abc")])
def test_zones_and_kinds_of_subnets(stack: str, zones: str, plan_of: Callable[[str], Plan]) -> None:
    subnets = plan_of(stack).by_type["aws:ec2/subnet:Subnet"]
    found = {(s.inputs["tags"]["SubnetType"], s.inputs["availabilityZone"]) for s in subnets}
    kinds = ("Public", "Private", "Isolated")
    assert found == {(kind, f"us-east-1{zone}") for kind in kinds for zone in zones}


@pytest.mark.parametrize("stack", SHIPPED)
def test_data_subnets_have_no_way_out(stack: str, plan_of: Callable[[str], Plan]) -> None:
    plan = plan_of(stack)
    routes = {route.name for route in plan.by_type["aws:ec2/route:Route"]}
    assert routes
    assert not [name for name in routes if "-data-" in name]


def test_private_subnets_leave_through_their_zones_gateway(plan_of: Callable[[str], Plan]) -> None:
    plan = plan_of("prod")
    routes = [r for r in plan.by_type["aws:ec2/route:Route"] if "-private-" in r.name]
    gateways = {g.urn for g in plan.by_type["aws:ec2/natGateway:NatGateway"]}
    used = [urn for route in routes for urn in route.property_dependencies["natGatewayId"]]
    assert len(used) == 3
    assert set(used) == gateways


@pytest.mark.parametrize(("stack", "tables"), [("dev", 6), ("staging", 6), ("prod", 9)])
def test_gateway_endpoints_are_in_every_route_table(stack: str, tables: int, plan_of: Callable[[str], Plan]) -> None:
    plan = plan_of(stack)
    for service in ("s3", "dynamodb"):
        endpoint = one(plan, ENDPOINT, f"-endpoints-{service}").inputs
        assert endpoint["vpcEndpointType"] == "Gateway"
        assert len(endpoint["routeTableIds"]) == tables == len(plan.by_type["aws:ec2/routeTable:RouteTable"])


def test_interface_endpoints_of_prod(plan_of: Callable[[str], Plan]) -> None:
    plan = plan_of("prod")
    found = {e.name.partition("-endpoints-")[2]: e for e in plan.by_type[ENDPOINT]}
    group = one(plan, "aws:ec2/securityGroup:SecurityGroup", "-endpoints")
    for service in ("ecr-api", "ecr-dkr", "logs", "secretsmanager", "ssm"):
        inputs = found.pop(service).inputs
        assert (inputs["vpcEndpointType"], inputs["privateDnsEnabled"], len(inputs["subnetIds"])) == (
            "Interface",
            True,
            3,
        )
    assert set(found) == {"s3", "dynamodb"}
    opening = one(plan, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "-endpoints-in")
    assert opening.property_dependencies["securityGroupId"] == (group.urn,)


@pytest.mark.parametrize("stack", SHIPPED)
def test_default_security_group_is_empty(stack: str, plan_of: Callable[[str], Plan]) -> None:
    group = one(plan_of(stack), "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup")
    assert set(group.inputs) == {"tags", "vpcId"}


@pytest.mark.parametrize(("stack", "ports"), [("dev", set()), ("staging", {5432}), ("prod", {5432, 6379})])
def test_network_acl_of_the_data_subnets(stack: str, ports: set[int], plan_of: Callable[[str], Plan]) -> None:
    plan = plan_of(stack)
    acl = one(plan, "aws:ec2/networkAcl:NetworkAcl").inputs
    public = stack == "dev"
    clients = {
        s.inputs["cidrBlock"]
        for s in plan.by_type["aws:ec2/subnet:Subnet"]
        if ("-public-" if public else "-private-") in s.name
    }
    # The proxy and its database may lie in different data subnets.
    stores = {"10.0.8.0/23", "10.0.10.0/24"} if stack == "prod" else set()
    from_clients = [rule for rule in acl["ingress"] if rule["cidrBlock"] in clients]
    assert {rule["fromPort"] for rule in from_clients} == ports
    assert {rule["cidrBlock"] for rule in acl["ingress"]} <= clients | stores
    assert {rule["cidrBlock"] for rule in acl["egress"]} == clients | stores
    for rules in (acl["ingress"], acl["egress"]):
        numbers = [rule["ruleNo"] for rule in rules]
        assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize(("stack", "days"), [("dev", 14), ("staging", 30), ("prod", 365)])
def test_flow_log_of_all_traffic_into_a_bucket(stack: str, days: int, plan_of: Callable[[str], Plan]) -> None:
    plan = plan_of(stack)
    log = one(plan, "aws:ec2/flowLog:FlowLog")
    assert (log.inputs["trafficType"], log.inputs["logDestinationType"]) == ("ALL", "s3")
    bucket = one(plan, "aws:s3/bucket:Bucket", "-flow-logs-store-bucket")
    assert log.property_dependencies["logDestination"] == (bucket.urn,)
    assert one(plan, "aws:s3/bucketPolicy:BucketPolicy", "-flow-logs-store-bucket-policy").urn in log.dependencies
    lifecycle = one(plan, f"aws:s3/{COMPANIONS[0]}", "-flow-logs-store-lifecycle")
    assert lifecycle.inputs["rules"][0]["expiration"] == {"days": days}


@pytest.mark.parametrize("stack", SHIPPED)
def test_every_bucket_has_its_companions(stack: str, plan_of: Callable[[str], Plan]) -> None:
    plan = plan_of(stack)
    for bucket in plan.by_type["aws:s3/bucket:Bucket"]:
        for companion in COMPANIONS:
            mine = [
                r for r in plan.by_type[f"aws:s3/{companion}"] if r.property_dependencies.get("bucket") == (bucket.urn,)
            ]
            assert len(mine) == 1, f"{bucket.name}: {len(mine)} {companion}"
    for block in plan.by_type["aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"]:
        assert [v for k, v in block.inputs.items() if k not in ("bucket", "region")] == [True] * 4
    for versioning in plan.by_type["aws:s3/bucketVersioning:BucketVersioning"]:
        assert versioning.inputs["versioningConfiguration"] == {"status": "Enabled"}


def test_flow_log_buckets_are_encrypted_with_the_stacks_key_where_there_is_one(plan_of: Callable[[str], Plan]) -> None:
    type_ = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
    expected = {"dev": "AES256", "staging": "AES256", "prod": "aws:kms", "enterprise": "aws:kms"}
    for stack, algorithm in expected.items():
        rule = one(plan_of(stack), type_, "-flow-logs-store-encryption").inputs["rules"][0]
        assert rule["applyServerSideEncryptionByDefault"]["sseAlgorithm"] == algorithm
