"""Instances of EC2, and the templates that they are made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.pack import types
from policies.pack.checks import is_false, lacking, one_of
from policies.pack.facts import Unknown
from policies.pack.layers import COMPUTE
from policies.pack.levels import ALWAYS, Level, mandatory_from
from policies.pack.rule import Severity
from policies.pack.values import UNSET, as_bool, at, is_set, items
from policies.pack.verdict import Outcome, Status, failed, passed, worst

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, StackFacts
    from policies.pack.parameters import Values
    from policies.pack.rule import Changes


def _require_tokens(resource: ResourceFacts, _: Values) -> Changes:
    """Tokens, except on a launch configuration, which AWS would replace."""
    return {} if resource.type == types.EC2_LAUNCH_CONFIGURATION else {("metadataOptions", "httpTokens"): "required"}


@COMPUTE.resource(
    "imdsv2-required",
    "EC2 instances answer metadata requests only with a session token",
    on=(types.EC2_LAUNCH_TEMPLATE, types.EC2_LAUNCH_CONFIGURATION, types.EC2_INSTANCE),
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="Without it one forged request through the application reads the instance's credentials.",
    fix='Set metadataOptions with httpTokens "required".',
    anchors=("FSBP EC2.8", "checkov CKV_AWS_79"),
    remedy=_require_tokens,
)
def imdsv2_required(resource: ResourceFacts) -> Outcome | None:
    """`metadataOptions.httpTokens`, or no metadata at all; an instance that says neither has its template's."""
    if is_set(at(resource, "launchTemplate")) and not is_set(at(resource, "metadataOptions")):
        return None
    if at(resource, "metadataOptions.httpEndpoint") == "disabled":
        return passed("instance metadata is switched off")
    return one_of(resource, "metadataOptions.httpTokens", ("required",))


@COMPUTE.joined(
    "ec2-no-public-ip",
    "Instances have no public address",
    on=(types.EC2_INSTANCE, types.EC2_LAUNCH_TEMPLATE, types.EC2_LAUNCH_CONFIGURATION),
    severity=Severity.HIGH,
    levels=mandatory_from("startup", before=Level.DISABLED),
    why="An instance with a public address can be reached past the load balancer and its web ACL.",
    fix="Set associatePublicIpAddress to false and use private subnets with NAT or endpoints.",
    anchors=("FSBP EC2.9", "FSBP EC2.25", "checkov CKV_AWS_88"),
)
def ec2_no_public_ip(resource: ResourceFacts, stack: StackFacts) -> Outcome:
    """`associatePublicIpAddress`, in a launch template that of each interface; unset leaves it to the subnet.

    An instance may also be given an elastic address.
    """
    if resource.type == types.EC2_INSTANCE:
        return _addressed(resource, stack)
    if resource.type != types.EC2_LAUNCH_TEMPLATE:
        return is_false(resource, "associatePublicIpAddress")
    interfaces = items(resource, "networkInterfaces")
    if isinstance(interfaces, Unknown):
        return lacking(resource, "networkInterfaces", "no public address")
    return worst((is_false(i, "associatePublicIpAddress") for i in interfaces), "no interface asks for an address")


def _addressed(instance: ResourceFacts, stack: StackFacts) -> Outcome:
    own, wanted = is_false(instance, "associatePublicIpAddress"), "no public address"
    if own.status is not Status.PASS:
        return own
    for token, key in ((types.EC2_EIP, "instance"), (types.EC2_EIP_ASSOCIATION, "instanceId")):
        if found := stack.referring(instance, token, key):
            return failed(f"{found[0].name} gives it a public address", wanted)
    subnets = stack.referred(instance, "subnetId", types.EC2_SUBNET)
    giving = [s for s in subnets if as_bool(at(s, "mapPublicIpOnLaunch")) is True]
    if giving and at(instance, "associatePublicIpAddress") is UNSET:
        return failed(f"associatePublicIpAddress is not set, and {giving[0].name} hands out public addresses", "false")
    return own
