"""Cases of the rules in policies/pack/rules/tags.py."""

from __future__ import annotations

import json

from policies.pack import types
from policies.pack.rules.tags import REQUIRED_TAGS
from policies.pack.verdict import Status
from tests.policies.building import PROVIDER, U, cases, of, secret

TAGS = dict.fromkeys(REQUIRED_TAGS, "x")

FEWER = {k: v for k, v in TAGS.items() if k != "Owner"}


CASES = [
    *cases(
        "required-tags",
        passing=[
            of(types.EC2_VPC, tags=TAGS),
            of(types.EC2_VPC, tags={**TAGS, "Owner": U}),
            of(types.EC2_VPC, tags={}, tagsAll=TAGS),
            (of(types.EC2_VPC, provider="main"), of(PROVIDER, "main", defaultTags=json.dumps({"tags": TAGS}))),
            (
                of(types.EC2_VPC, tags={"Owner": "x"}, provider="main"),
                of(PROVIDER, "main", defaultTags=secret({"tags": FEWER})),
            ),
            of(
                types.AUTOSCALING_GROUP,
                tags=[{"key": k, "value": v, "propagateAtLaunch": True} for k, v in TAGS.items()],
            ),
        ],
        failing=[
            of(types.EC2_VPC),
            of(types.EC2_VPC, tags=FEWER),
            of(types.EC2_VPC, tags={**TAGS, "Owner": ""}),
            (of(types.EC2_VPC, provider="main"), of(PROVIDER, "main", defaultTags=json.dumps({"tags": FEWER}))),
            (of(types.EC2_VPC), of(PROVIDER, "main", defaultTags=json.dumps({"tags": TAGS}))),
            (
                of(types.AUTOSCALING_GROUP, provider="main"),
                of(PROVIDER, "main", defaultTags=json.dumps({"tags": TAGS})),
            ),
        ],
        unknown=[
            of(types.EC2_VPC, tags=U),
            (of(types.EC2_VPC, provider="main"), of(PROVIDER, "main", defaultTags=U)),
            of(types.AUTOSCALING_GROUP, tags=U),
        ],
        unknown_is=Status.UNKNOWN,
    ),
]
