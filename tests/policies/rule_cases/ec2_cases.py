"""Cases of the rules in policies/pack/rules/ec2.py."""

from __future__ import annotations

from policies.pack import types
from tests.policies.building import U, cases, of

CASES = [
    *cases(
        "imdsv2-required",
        passing=[
            of(types.EC2_LAUNCH_TEMPLATE, metadataOptions={"httpTokens": "required"}),
            of(types.EC2_INSTANCE, metadataOptions={"httpEndpoint": "disabled"}),
        ],
        failing=[
            of(types.EC2_LAUNCH_TEMPLATE),
            of(types.EC2_LAUNCH_CONFIGURATION),
            of(types.EC2_INSTANCE, metadataOptions={"httpTokens": "optional"}),
        ],
        unknown=[
            of(types.EC2_LAUNCH_TEMPLATE, metadataOptions={"httpTokens": U}),
            of(types.EC2_LAUNCH_TEMPLATE, metadataOptions=U),
        ],
        skipped=[of(types.EC2_INSTANCE, launchTemplate={"id": "lt-1"})],
    ),
    *cases(
        "ec2-no-public-ip",
        passing=[
            of(types.EC2_INSTANCE),
            of(types.EC2_INSTANCE, associatePublicIpAddress=False),
            of(types.EC2_LAUNCH_TEMPLATE),
            of(types.EC2_LAUNCH_TEMPLATE, networkInterfaces=[{"associatePublicIpAddress": "false"}]),
        ],
        failing=[
            of(types.EC2_INSTANCE, associatePublicIpAddress=True),
            of(types.EC2_LAUNCH_CONFIGURATION, associatePublicIpAddress=True),
            of(types.EC2_LAUNCH_TEMPLATE, networkInterfaces=[{}, {"associatePublicIpAddress": "true"}]),
        ],
        unknown=[
            of(types.EC2_INSTANCE, associatePublicIpAddress=U),
            of(types.EC2_LAUNCH_TEMPLATE, networkInterfaces=U),
        ],
    ),
]
