"""What a planned stack will ask of its account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ascent.plan.model import UNKNOWN
from policies.pack import types

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ascent.plan.model import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What a stack needs.

    Attributes:
        region: where.
        vpcs: number of networks.
        addresses: number of elastic addresses.
        instances: instance type → most instances that run at once in everyday work.
        fargate_vcpus: vCPUs of all tasks in everyday work.
        zones: names of the zones that its subnets lie in.
        distributions: whether it has one of CloudFront.
        load_balancers: whether it has one.
    """

    region: str
    vpcs: int
    addresses: int
    instances: Mapping[str, int]
    fargate_vcpus: float
    zones: tuple[str, ...]
    distributions: bool
    load_balancers: bool


def needs_of(plan: Plan) -> Needs:
    """What a plan needs; what only a deployment knows counts as one.

    Args:
        plan: the stack.
    """
    by_type = plan.by_type
    zones = {z for subnet in by_type.get(types.EC2_SUBNET, ()) if (z := _text(subnet.inputs.get("availabilityZone")))}
    return Needs(
        region=plan.region,
        vpcs=len(by_type.get(types.EC2_VPC, ())),
        addresses=len(by_type.get(types.EC2_EIP, ())),
        instances=_instances(plan),
        fargate_vcpus=_fargate(plan),
        zones=tuple(sorted(zones)),
        distributions=types.CLOUDFRONT_DISTRIBUTION in by_type,
        load_balancers=types.LB_LOAD_BALANCER in by_type,
    )


def _instances(plan: Plan) -> Mapping[str, int]:
    """Instances of Auto Scaling groups, by the type in their launch template."""
    found: dict[str, int] = {}
    templates = plan.by_type.get(types.EC2_LAUNCH_TEMPLATE, ())
    for group in plan.by_type.get(types.AUTOSCALING_GROUP, ()):
        led = {urn for urns in group.property_dependencies.values() for urn in urns}
        for template in (one for one in templates if one.urn in led):
            kind = _text(template.inputs.get("instanceType"))
            if kind:
                found[kind] = found.get(kind, 0) + int(_number(group.inputs.get("maxSize")))
    return found


def _fargate(plan: Plan) -> float:
    total = 0.0
    for service in plan.by_type.get(types.ECS_SERVICE, ()):
        led = {urn for urns in service.property_dependencies.values() for urn in urns}
        for task in (one for one in plan.by_type.get(types.ECS_TASK_DEFINITION, ()) if one.urn in led):
            if "FARGATE" in (task.inputs.get("requiresCompatibilities") or ()):
                total += _number(task.inputs.get("cpu")) / 1024 * _number(service.inputs.get("desiredCount"))
    return total


def _text(value: Any) -> str:  # noqa: ANN401 - any wire value
    return value if isinstance(value, str) and value != UNKNOWN else ""


def _number(value: Any) -> float:  # noqa: ANN401 - any wire value
    try:
        return float(value)
    except (TypeError, ValueError):
        return 1.0
