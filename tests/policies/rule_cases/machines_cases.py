"""Cases of the rules about instances, disks and groups."""

from tests.policies.building import Made, U, cases, of, ref

GROUP = "aws:autoscaling/group:Group"
ATTACHMENT = "aws:autoscaling/attachment:Attachment"
INSTANCE = "aws:ec2/instance:Instance"
TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
CONFIGURATION = "aws:ec2/launchConfiguration:LaunchConfiguration"
VOLUME = "aws:ebs/volume:Volume"
BY_DEFAULT = "aws:ebs/encryptionByDefault:EncryptionByDefault"


def template(*encrypted: object) -> Made:
    """A launch template with a disk for each value of `encrypted`."""
    return of(TEMPLATE, blockDeviceMappings=[{"deviceName": "/dev/xvda", "ebs": {"encrypted": e}} for e in encrypted])


CASES = [
    *cases(
        "asg-instance-refresh",
        passing=[of(GROUP, instanceRefresh={"strategy": "Rolling"})],
        failing=[of(GROUP), of(GROUP, instanceRefresh={})],
        unknown=[of(GROUP, instanceRefresh=U), of(GROUP, instanceRefresh={"strategy": U})],
    ),
    *cases(
        "asg-elb-health-check",
        passing=[of(GROUP, targetGroupArns=[U], healthCheckType="ELB")],
        failing=[
            of(GROUP, targetGroupArns=["arn"]),
            of(GROUP, targetGroupArns=U),
            of(GROUP, loadBalancers=["classic"], healthCheckType="EC2"),
            (of(GROUP), of(ATTACHMENT, "attachment", autoscalingGroupName=ref("it"))),
        ],
        unknown=[of(GROUP, targetGroupArns=["arn"], healthCheckType=U)],
        skipped=[of(GROUP), (of(GROUP), of(ATTACHMENT, "attachment", autoscalingGroupName="other"))],
    ),
    *cases(
        "ebs-encrypted",
        passing=[
            of(VOLUME, encrypted=True),
            template("true"),
            of(INSTANCE, rootBlockDevice={"encrypted": True}, ebsBlockDevices=[{"encrypted": True}]),
            (of(VOLUME), of(BY_DEFAULT, "account")),
            (of(CONFIGURATION), of(BY_DEFAULT, "account", enabled=True)),
        ],
        failing=[
            of(VOLUME),
            of(TEMPLATE),
            template(True, False),
            of(TEMPLATE, blockDeviceMappings=[{"virtualName": "ephemeral0"}]),
            of(INSTANCE),
            of(CONFIGURATION, rootBlockDevice={"volumeSize": 8}),
            of(INSTANCE, rootBlockDevice={"encrypted": True}, ebsBlockDevices=[{"encrypted": False}]),
            of(INSTANCE, launchTemplate={"id": U}, ebsBlockDevices=[{}]),
            (of(VOLUME), of(BY_DEFAULT, "account", enabled=False)),
        ],
        unknown=[
            of(VOLUME, encrypted=U),
            template(U),
            of(TEMPLATE, blockDeviceMappings=U),
            of(INSTANCE, ebsBlockDevices=U),
            (of(VOLUME), of(BY_DEFAULT, "account", enabled=U)),
        ],
        skipped=[of(INSTANCE, launchTemplate={"id": U})],
    ),
    *cases(
        "ec2-no-public-ip",
        passing=[
            of(INSTANCE),
            of(INSTANCE, associatePublicIpAddress=False),
            of(TEMPLATE),
            of(TEMPLATE, networkInterfaces=[{"associatePublicIpAddress": "false"}]),
        ],
        failing=[
            of(INSTANCE, associatePublicIpAddress=True),
            of(CONFIGURATION, associatePublicIpAddress=True),
            of(TEMPLATE, networkInterfaces=[{}, {"associatePublicIpAddress": "true"}]),
        ],
        unknown=[of(INSTANCE, associatePublicIpAddress=U), of(TEMPLATE, networkInterfaces=U)],
    ),
]
