"""Volumes of EBS, wherever they are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.checks import is_true, lacking
from policies.pack.facts import Unknown
from policies.pack.layers import COMPUTE
from policies.pack.levels import mandatory_from
from policies.pack.rule import Severity
from policies.pack.values import UNSET, as_bool, at, is_set, items, known
from policies.pack.verdict import Outcome, Status, failed, passed, unverified, worst

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, StackFacts

_ROOTS: Final = ("/dev/xvda", "/dev/sda1", "/dev/sda")
"""Names of the root disk in images of EC2."""


@COMPUTE.joined(
    "ebs-encrypted",
    "Disks are encrypted",
    on=(types.EBS_VOLUME, types.EC2_INSTANCE, types.EC2_LAUNCH_TEMPLATE, types.EC2_LAUNCH_CONFIGURATION),
    severity=Severity.HIGH,
    levels=mandatory_from("startup"),
    why="A copied snapshot of a disk is readable by whoever has it, and a disk cannot be encrypted afterwards.",
    fix="Set encrypted true for each disk, the root disk included, or add aws.ebs.EncryptionByDefault.",
    anchors=("FSBP EC2.3", "FSBP EC2.7", "checkov CKV_AWS_3", "checkov CKV_AWS_8", "trivy AWS-0026"),
)
def ebs_encrypted(resource: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """`encrypted` of every disk; the one of an image is not, unless the account says so for its region."""
    if any(
        is_true(d, "enabled", default=True).status is Status.PASS and d.region in (resource.region, "")
        for d in stack.of_type(types.EBS_ENCRYPTION_BY_DEFAULT)
    ):
        return passed("the account encrypts disks by default")
    if resource.type == types.EBS_VOLUME:
        inherits = at(resource, "encrypted") is UNSET and is_set(at(resource, "snapshotId"))
        if inherits and known(resource, "encrypted") is UNSET:
            return unverified("encrypted is that of the snapshot", "true")
        return passed("the snapshot is encrypted") if inherits and _is_encrypted(resource) else _own(resource)
    if resource.type == types.EC2_LAUNCH_TEMPLATE:
        return _mapped(resource)
    inherits = is_set(at(resource, "launchTemplate")) and not is_set(at(resource, "rootBlockDevice"))
    root = [] if inherits else [is_true(resource, "rootBlockDevice.encrypted")]
    disks = items(resource, "ebsBlockDevices")
    if isinstance(disks, Unknown):
        return lacking(resource, "ebsBlockDevices", "encrypted disks")
    found = [*root, *(is_true(disk, "encrypted") for disk in disks)]
    return worst(found) if found else None


def _own(volume: ResourceFacts) -> Outcome:
    return is_true(volume, "encrypted")


def _is_encrypted(volume: ResourceFacts) -> bool:
    return as_bool(known(volume, "encrypted")) is True


def _mapped(template: ResourceFacts) -> Outcome:
    mappings = items(template, "blockDeviceMappings")
    if isinstance(mappings, Unknown):
        return lacking(template, "blockDeviceMappings", "encrypted disks")
    disks = [m for m in mappings if is_set(at(m, "ebs"))]
    names = [at(m, "deviceName") for m in mappings]
    if not disks or all(isinstance(name, str) and name not in _ROOTS for name in names):
        return failed("blockDeviceMappings leave the root disk as the image has it", "ebs.encrypted true")
    return worst(is_true(disk, "ebs.encrypted") for disk in disks)
