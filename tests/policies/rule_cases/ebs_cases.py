"""Cases of the rules in policies/pack/rules/ebs.py."""

from __future__ import annotations

from policies.pack import types
from tests.policies.building import Made, U, cases, of


def template(*encrypted: object) -> Made:
    """A launch template with a disk for each value of `encrypted`."""
    return of(
        types.EC2_LAUNCH_TEMPLATE,
        blockDeviceMappings=[{"deviceName": "/dev/xvda", "ebs": {"encrypted": e}} for e in encrypted],
    )


CASES = [
    *cases(
        "ebs-encrypted",
        passing=[
            of(types.EBS_VOLUME, encrypted=True),
            template("true"),
            of(types.EC2_INSTANCE, rootBlockDevice={"encrypted": True}, ebsBlockDevices=[{"encrypted": True}]),
            (of(types.EBS_VOLUME), of(types.EBS_ENCRYPTION_BY_DEFAULT, "account")),
            (of(types.EC2_LAUNCH_CONFIGURATION), of(types.EBS_ENCRYPTION_BY_DEFAULT, "account", enabled=True)),
        ],
        failing=[
            of(types.EBS_VOLUME),
            of(types.EC2_LAUNCH_TEMPLATE),
            template(True, False),
            of(types.EC2_LAUNCH_TEMPLATE, blockDeviceMappings=[{"virtualName": "ephemeral0"}]),
            of(types.EC2_INSTANCE),
            of(types.EC2_LAUNCH_CONFIGURATION, rootBlockDevice={"volumeSize": 8}),
            of(types.EC2_INSTANCE, rootBlockDevice={"encrypted": True}, ebsBlockDevices=[{"encrypted": False}]),
            of(types.EC2_INSTANCE, launchTemplate={"id": U}, ebsBlockDevices=[{}]),
            (of(types.EBS_VOLUME), of(types.EBS_ENCRYPTION_BY_DEFAULT, "account", enabled=False)),
        ],
        unknown=[
            of(types.EBS_VOLUME, encrypted=U),
            template(U),
            of(types.EC2_LAUNCH_TEMPLATE, blockDeviceMappings=U),
            of(types.EC2_INSTANCE, ebsBlockDevices=U),
            (of(types.EBS_VOLUME), of(types.EBS_ENCRYPTION_BY_DEFAULT, "account", enabled=U)),
        ],
        skipped=[of(types.EC2_INSTANCE, launchTemplate={"id": U})],
    ),
]
