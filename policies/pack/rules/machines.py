"""Compute, continued: EC2 instances, their disks and groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..checks import is_false, is_true, one_of
from ..facts import Unknown
from ..levels import Level, mandatory_from
from ..rule import Layer, Severity
from ..values import at, is_set, items, show
from ..verdict import Outcome, Status, failed, passed, worst

if TYPE_CHECKING:
    from ..facts import ResourceFacts, StackFacts

layer = Layer("compute")

GROUP: Final = "aws:autoscaling/group:Group"
ATTACHMENT: Final = "aws:autoscaling/attachment:Attachment"
INSTANCE: Final = "aws:ec2/instance:Instance"
LAUNCH_TEMPLATE: Final = "aws:ec2/launchTemplate:LaunchTemplate"
LAUNCH_CONFIGURATION: Final = "aws:ec2/launchConfiguration:LaunchConfiguration"
VOLUME: Final = "aws:ebs/volume:Volume"
ENCRYPTION_BY_DEFAULT: Final = "aws:ebs/encryptionByDefault:EncryptionByDefault"


@layer.resource(
    "asg-instance-refresh",
    "A new launch template reaches the instances by itself",
    on=GROUP,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="Otherwise a deployment changes nothing until instances happen to be replaced, and old images run for months.",
    fix='Set instanceRefresh with strategy "Rolling" and preferences.minHealthyPercentage.',
    items=(33, 53),
)
def asg_instance_refresh(group: ResourceFacts) -> Outcome:
    """`instanceRefresh.strategy`."""
    return one_of(group, "instanceRefresh.strategy", ("Rolling",))


@layer.joined(
    "asg-elb-health-check",
    "Instances behind a load balancer are replaced when it finds them unhealthy",
    on=GROUP,
    severity=Severity.MEDIUM,
    levels=mandatory_from("startup"),
    why="With EC2's own check an instance whose application hangs counts as healthy for ever.",
    fix='Set healthCheckType to "ELB" and healthCheckGracePeriod to the time that the application needs to start.',
    anchors=("FSBP AutoScaling.1",),
    items=(12, 57),
)
def asg_elb_health_check(group: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """`healthCheckType` of a group with target groups; AWS's default is `EC2`."""
    attached = any(is_set(at(group, key)) for key in ("targetGroupArns", "loadBalancers", "trafficSources"))
    if not attached and not stack.referring(group, ATTACHMENT, "autoscalingGroupName", "name"):
        return None
    return one_of(group, "healthCheckType", ("ELB",), default="EC2")


@layer.joined(
    "ebs-encrypted",
    "Disks are encrypted",
    on=(VOLUME, INSTANCE, LAUNCH_TEMPLATE, LAUNCH_CONFIGURATION),
    severity=Severity.HIGH,
    levels=mandatory_from("startup"),
    why="A copied snapshot of a disk is readable by whoever has it, and a disk cannot be encrypted afterwards.",
    fix="Set encrypted true for each disk, the root disk included, or add aws.ebs.EncryptionByDefault.",
    anchors=("FSBP EC2.3", "FSBP EC2.7", "checkov CKV_AWS_3", "checkov CKV_AWS_8", "trivy AWS-0026"),
    items=(78,),
)
def ebs_encrypted(resource: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """`encrypted` of every disk; the one that an image brings along is not, unless the account says so."""
    if any(is_true(d, "enabled", default=True).status is Status.PASS for d in stack.of_type(ENCRYPTION_BY_DEFAULT)):
        return passed("the account encrypts disks by default")
    if resource.type == VOLUME:
        return is_true(resource, "encrypted")
    if resource.type == LAUNCH_TEMPLATE:
        return _mapped(resource)
    inherits = is_set(at(resource, "launchTemplate")) and not is_set(at(resource, "rootBlockDevice"))
    root = [] if inherits else [is_true(resource, "rootBlockDevice.encrypted")]
    disks = items(resource, "ebsBlockDevices")
    if isinstance(disks, Unknown):
        return failed(show(resource, "ebsBlockDevices"), "encrypted disks")
    found = [*root, *(is_true(disk, "encrypted") for disk in disks)]
    return worst(found) if found else None


def _mapped(template: ResourceFacts) -> Outcome:
    mappings = items(template, "blockDeviceMappings")
    if isinstance(mappings, Unknown):
        return failed(show(template, "blockDeviceMappings"), "encrypted disks")
    disks = [m for m in mappings if is_set(at(m, "ebs"))]
    if not disks:
        return failed("blockDeviceMappings leave the root disk as the image has it", "ebs.encrypted true")
    return worst(is_true(disk, "ebs.encrypted") for disk in disks)


@layer.resource(
    "ec2-no-public-ip",
    "Instances have no public address",
    on=(INSTANCE, LAUNCH_TEMPLATE, LAUNCH_CONFIGURATION),
    severity=Severity.HIGH,
    levels=mandatory_from("startup", before=Level.DISABLED),
    why="An instance with a public address can be reached past the load balancer and its web ACL.",
    fix="Set associatePublicIpAddress to false and use private subnets with NAT or endpoints.",
    anchors=("FSBP EC2.9", "FSBP EC2.25", "checkov CKV_AWS_88"),
    items=(1, 3, 8),
)
def ec2_no_public_ip(resource: ResourceFacts) -> Outcome:
    """`associatePublicIpAddress`, in a launch template that of each interface; unset leaves it to the subnet."""
    if resource.type != LAUNCH_TEMPLATE:
        return is_false(resource, "associatePublicIpAddress")
    interfaces = items(resource, "networkInterfaces")
    if isinstance(interfaces, Unknown):
        return failed(show(resource, "networkInterfaces"), "no public address")
    return worst((is_false(i, "associatePublicIpAddress") for i in interfaces), "no interface asks for an address")
