"""Cases of the rules in policies/pack/rules/vpc_endpoints.py."""

from __future__ import annotations

import json
from typing import Any

from policies.pack import types
from policies.pack.verdict import Status
from tests.policies.building import Made, U, cases, of


def endpoint(*statements: dict[str, Any], **props: object) -> Made:
    body = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", **s} for s in statements]}
    return Made(types.EC2_VPC_ENDPOINT, "s3", {"policy": json.dumps(body), **props})


EVERYTHING: dict[str, Any] = {"Action": "*", "Resource": "*"}
ACCOUNT = {"StringEquals": {"aws:PrincipalAccount": "111111111111"}}
SERVICES = {"Bool": {"aws:PrincipalIsAWSService": "true"}}
LAYERS = {"Action": "s3:GetObject", "Resource": "arn:aws:s3:::prod-us-east-1-starport-layer-bucket/*"}

CASES = [
    *cases(
        "vpc-endpoint-policy",
        passing=[
            endpoint({**EVERYTHING, "Condition": ACCOUNT}),
            endpoint({**EVERYTHING, "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-abcdefghij"}}}),
            endpoint({**EVERYTHING, "Condition": ACCOUNT}, {**EVERYTHING, "Condition": SERVICES}, LAYERS),
            endpoint({**EVERYTHING, "Principal": {"AWS": "arn:aws:iam::111111111111:role/app"}}),
            endpoint({"Action": "s3:*", "Resource": "*", "Condition": ACCOUNT}, vpcEndpointType="Interface"),
        ],
        failing=[
            of(types.EC2_VPC_ENDPOINT, "s3", vpcEndpointType="Gateway"),
            endpoint(EVERYTHING),
            endpoint({**EVERYTHING, "Condition": ACCOUNT}, EVERYTHING),
            endpoint({**EVERYTHING, "Condition": {"StringLike": {"aws:PrincipalAccount": "*"}}}),
            endpoint({**EVERYTHING, "Condition": {"Bool": {"aws:PrincipalIsAWSService": "false"}}}),
            endpoint({**LAYERS, "Action": "s3:PutObject"}),
            endpoint({**LAYERS, "Resource": "*"}),
            endpoint({"NotAction": "s3:DeleteBucket", "Resource": "arn:aws:s3:::a/*"}),
        ],
        unknown=[endpoint(policy=U)],
        unknown_is=Status.UNKNOWN,
        skipped=[of(types.EC2_VPC_ENDPOINT, "firewall", vpcEndpointType="GatewayLoadBalancer")],
    ),
]
