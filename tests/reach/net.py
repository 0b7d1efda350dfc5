"""Small networks, written as resources that refer to each other by name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from ascent.plan.model import UNKNOWN, Plan, Resource, partly
from ascent.plan.urn import make_urn
from policies.pack import types

PROJECT, STACK = "shop", "live"
ROOT = make_urn(STACK, PROJECT, "", types.PULUMI_PULUMI_STACK, f"{PROJECT}-{STACK}")


@dataclass(frozen=True)
class Ref:
    """The id, or ARN, of another resource of the network."""

    type: str
    name: str
    output: str = "id"

    @property
    def urn(self) -> str:
        return make_urn(STACK, PROJECT, "", self.type, self.name)


def made(type_: str, name: str, **inputs: Any) -> Resource:  # noqa: ANN401 - wire values and references
    """A resource whose inputs may name others by `Ref`."""
    known = {key: _partly(value) for key, value in inputs.items() if _refers(value)}
    return Resource(
        urn=make_urn(STACK, PROJECT, "", type_, name),
        type=type_,
        name=name,
        custom=True,
        parent=ROOT,
        inputs={key: _plain(value) for key, value in inputs.items()},
        partly_known=known,
    )


def _refers(value: Any) -> bool:  # noqa: ANN401
    if isinstance(value, Ref):
        return True
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(map(_refers, inner))


def _each(value: Any, change: Any) -> Any:  # noqa: ANN401
    if isinstance(value, Ref):
        return change(value)
    if isinstance(value, dict):
        return {key: _each(one, change) for key, one in value.items()}
    return [_each(one, change) for one in value] if isinstance(value, list) else value


def _partly(value: Any) -> Any:  # noqa: ANN401
    return _each(value, lambda ref: partly([(ref.urn, ref.output)]))


def _plain(value: Any) -> Any:  # noqa: ANN401
    return _each(value, lambda _: UNKNOWN)


def plan(*resources: Resource) -> Plan:
    """The plan of a stack that is made of these."""
    stack = Resource(
        urn=ROOT, type=types.PULUMI_PULUMI_STACK, name=f"{PROJECT}-{STACK}", custom=False, inputs={}, parent=None
    )
    return Plan(project=PROJECT, stack=STACK, tier="", region="us-east-1", resources=(stack, *resources))


def without(whole: Plan, *names: str) -> Plan:
    """The same stack without some of its resources."""
    kept = tuple(one for one in whole.resources if one.name not in names)
    assert len(kept) == len(whole.resources) - len(names), f"no resource for one of {names}"
    return replace(whole, resources=kept)


def changed(whole: Plan, name: str, **inputs: Any) -> Plan:  # noqa: ANN401 - wire values
    """The same stack, but one resource with other inputs."""
    found = tuple(replace(one, inputs={**one.inputs, **inputs}) if one.name == name else one for one in whole.resources)
    assert found != whole.resources, f"{name} has these inputs already, or is not there"
    return replace(whole, resources=found)


VPC: Final = Ref(types.EC2_VPC, "vpc")
OUTER: Final = Ref(types.EC2_SUBNET, "outer")
INNER: Final = Ref(types.EC2_SUBNET, "inner")
OUTER_TABLE: Final = Ref(types.EC2_ROUTE_TABLE, "outer-table")
INNER_TABLE: Final = Ref(types.EC2_ROUTE_TABLE, "inner-table")
GROUP: Final = Ref(types.EC2_SECURITY_GROUP, "group")
DOOR: Final = Ref(types.EC2_SECURITY_GROUP, "door")
ANYWHERE: Final = "0.0.0.0/0"


def network(*more: Resource) -> Plan:
    """A VPC with an outer and an inner subnet, NAT between, a machine `box` in the inner and `gate` in the outer."""
    return plan(
        made(types.EC2_VPC, "vpc", cidrBlock="10.0.0.0/16"),
        made(types.EC2_INTERNET_GATEWAY, "gateway", vpcId=VPC),
        made(types.EC2_SUBNET, "outer", vpcId=VPC, cidrBlock="10.0.0.0/24", mapPublicIpOnLaunch=True),
        made(types.EC2_SUBNET, "inner", vpcId=VPC, cidrBlock="10.0.1.0/24", mapPublicIpOnLaunch=False),
        made(types.EC2_ROUTE_TABLE, "outer-table", vpcId=VPC),
        made(types.EC2_ROUTE_TABLE, "inner-table", vpcId=VPC),
        made(types.EC2_ROUTE_TABLE_ASSOCIATION, "outer-link", subnetId=OUTER, routeTableId=OUTER_TABLE),
        made(types.EC2_ROUTE_TABLE_ASSOCIATION, "inner-link", subnetId=INNER, routeTableId=INNER_TABLE),
        made(
            types.EC2_ROUTE,
            "outer-way",
            routeTableId=OUTER_TABLE,
            destinationCidrBlock=ANYWHERE,
            gatewayId=Ref(types.EC2_INTERNET_GATEWAY, "gateway"),
        ),
        made(types.EC2_NAT_GATEWAY, "nat", subnetId=OUTER),
        made(
            types.EC2_ROUTE,
            "inner-way",
            routeTableId=INNER_TABLE,
            destinationCidrBlock=ANYWHERE,
            natGatewayId=Ref(types.EC2_NAT_GATEWAY, "nat"),
        ),
        made(types.EC2_SECURITY_GROUP, "group", vpcId=VPC),
        made(types.EC2_SECURITY_GROUP, "door", vpcId=VPC),
        made(types.EC2_INSTANCE, "gate", subnetId=OUTER, vpcSecurityGroupIds=[DOOR]),
        made(types.EC2_INSTANCE, "box", subnetId=INNER, vpcSecurityGroupIds=[GROUP]),
        made(types.RDS_SUBNET_GROUP, "home", subnetIds=[INNER]),
        made(
            types.RDS_INSTANCE,
            "base",
            engine="postgres",
            dbSubnetGroupName=Ref(types.RDS_SUBNET_GROUP, "home", "name"),
            vpcSecurityGroupIds=[GROUP],
        ),
        *more,
    )


def rule(name: str, way: str, group: Ref, port: int, peer: Ref | str, **more: Any) -> Resource:  # noqa: ANN401
    """A rule of a security group; `peer` is a group or a range."""
    type_ = types.VPC_SECURITY_GROUP_INGRESS_RULE if way == "in" else types.VPC_SECURITY_GROUP_EGRESS_RULE
    end = {"referencedSecurityGroupId": peer} if isinstance(peer, Ref) else {"cidrIpv4": peer}
    ports = {"ipProtocol": "tcp", "fromPort": port, "toPort": port}
    return made(type_, name, securityGroupId=group, **{**ports, **end, **more})
