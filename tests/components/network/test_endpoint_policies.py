"""Policies of endpoints: this account's principals, its own resources, and what AWS's services need.

Not proven: that AWS's services read nothing but the buckets that its documentation names, and that each request carries
the account of its resource.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from components.network.aws_buckets import aws_buckets
from components.network.endpoint_policies import Perimeter, endpoint_policy
from components.network.endpoints import VpcEndpoints, VpcEndpointsArgs
from settings.enums import EndpointService
from settings.offers.regions import REGIONS
from tests.components.mocks import ACCOUNT, statements
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build

SERVICES = ["s3", "dynamodb", *(service.value for service in EndpointService)]


def policies(**perimeter: Any) -> VpcEndpoints:  # noqa: ANN401
    given = VpcEndpointsArgs(
        context=CONTEXT,
        vpc_id="vpc-1",
        route_table_ids=["rtb-1"],
        interfaces=[service.value for service in EndpointService],
        subnet_ids=["subnet-1"],
        security_group_id="sg-1",
        perimeter=Perimeter(**perimeter),
    )
    return VpcEndpoints("shop-endpoints", given)


def found(made: Any, service: str) -> dict[str, Any]:  # noqa: ANN401
    return statements(made.inputs(f"shop-endpoints-{service.replace('.', '-')}")["policy"])


@pytest.mark.parametrize("service", SERVICES)
def test_every_endpoint_admits_this_account_alone(build: Build, service: str) -> None:
    for sid, statement in found(build(policies), service).items():
        conditions = statement.get("Condition", {})
        if sid == "AwsServices":
            assert conditions == {"Bool": {"aws:PrincipalIsAWSService": "true"}}
        elif sid == "AwsBuckets":
            assert (statement["Action"], "Condition" in statement) == (["s3:GetObject"], False)
        else:
            assert conditions["StringEquals"]["aws:PrincipalAccount"] == ACCOUNT


@pytest.mark.parametrize("service", ["s3", "dynamodb", "secretsmanager", "kms", "sqs", "sns", "events", "ecr.api"])
def test_data_goes_to_this_accounts_own_resources(build: Build, service: str) -> None:
    own = found(build(policies), service)["Own"]
    assert own["Condition"]["StringEquals"]["aws:ResourceAccount"] == [ACCOUNT]


def test_no_endpoint_lets_every_action_through(build: Build) -> None:
    made = build(policies)
    for service in SERVICES:
        assert all("*" not in statement["Action"] for statement in found(made, service).values())
    assert found(made, "monitoring")["Own"]["Action"] == ["cloudwatch:*"]


def test_shared_secrets_of_other_accounts_stay_within_reach(build: Build) -> None:
    made = build(lambda: policies(trusted_accounts=["222222222222"]))
    own = found(made, "secretsmanager")["Own"]["Condition"]["StringEquals"]
    assert own == {"aws:PrincipalAccount": ACCOUNT, "aws:ResourceAccount": [ACCOUNT, "222222222222"]}


def test_images_can_be_pulled_from_anywhere_and_pushed_nowhere_else(build: Build) -> None:
    """Sidecars lie in AWS's registries."""
    for service in ("ecr.api", "ecr.dkr"):
        pull = found(build(policies), service)["PullImages"]
        assert "ecr:BatchGetImage" in pull["Action"]
        assert not any("Put" in action or "Upload" in action for action in pull["Action"])


def test_image_layers_are_read_from_ecrs_own_bucket(build: Build) -> None:
    """Without it no image can be pulled; the request carries no credentials of ours."""
    readable = found(build(policies), "s3")["AwsBuckets"]["Resource"]
    assert "arn:aws:s3:::prod-us-east-1-starport-layer-bucket/*" in readable
    assert "arn:aws:s3:::al2023-repos-us-east-1-de612dc2/*" in readable


@pytest.mark.parametrize("region", REGIONS)
def test_buckets_are_those_of_the_region(region: str) -> None:
    names = aws_buckets(region)
    assert len(names) == len(set(names))
    assert f"prod-{region}-starport-layer-bucket" in names
    assert not any("{" in name or "*" in name for name in names)


def test_arns_are_those_of_the_partition(build: Build) -> None:
    beijing = replace(CONTEXT, region="cn-north-1")
    made = build(lambda: endpoint_policy("s3", beijing, Perimeter()), lambda policy: policy)
    assert statements(made.answer)["AwsBuckets"]["Resource"][0].startswith("arn:aws-cn:s3:::prod-cn-north-1-")
