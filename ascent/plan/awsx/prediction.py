"""What `awsx.ec2.Vpc` registers: its children, predicted from the component's arguments.

awsx runs in a plugin of its own, so a program recorded offline shows one request and no children. This module states
what awsx 3.11 makes of that request. It covers what it can vouch for (the Auto strategy with explicit CIDR blocks and
availability zones) and refuses everything else, because a prediction that is silently wrong is worse than none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ascent.plan.awsx.arguments import SubnetSpec, VpcRequest, read_request
from policies.pack import types

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Ref:
    """An output of another child; the child itself where `output` is empty."""

    child: str
    """Key of the child."""
    output: str
    """Output property, such as `id`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """One resource that the component registers. Its only options are a parent and `depends_on`."""

    key: str
    """`type::name`, unique among the children of one component."""
    type: str
    name: str
    parent: str | None
    """Key of the parent child; None for the component itself."""
    inputs: Mapping[str, Any]
    """Inputs in wire form, with a `Ref` in the place of another child's output."""
    preview_inputs: Mapping[str, Ref] = field(default_factory=dict)
    """Inputs that a preview cannot know and that turn out to be absent once their `Ref` is known."""
    depends_on: tuple[str, ...] = ()
    """Keys of the children that it depends on besides those in its inputs."""

    @property
    def property_dependencies(self) -> dict[str, tuple[str, ...]]:
        """Input property → keys of the children it refers to; those without a reference are left out."""
        inputs = {**self.inputs, **self.preview_inputs}
        return {name: (value.child,) for name, value in inputs.items() if isinstance(value, Ref)}

    @property
    def dependencies(self) -> tuple[str, ...]:
        """Keys of all children that it depends on, each once."""
        of_inputs = (key for keys in self.property_dependencies.values() for key in keys)
        return tuple(dict.fromkeys((*self.depends_on, *of_inputs)))


@dataclass(frozen=True, slots=True, kw_only=True)
class VpcPrediction:
    """All that one `awsx.ec2.Vpc` registers and returns."""

    children: tuple[Child, ...]
    """In the order in which awsx constructs them: parents before their children."""
    outputs: Mapping[str, Any]
    """Output property → its value, with `Ref` for what the children yield."""
    output_dependencies: Mapping[str, tuple[str, ...]]
    """Output property → keys of the children that its user depends on."""


def predict_vpc(name: str, inputs: Mapping[str, Any]) -> VpcPrediction:
    """Predict the children and outputs of an `awsx.ec2.Vpc`.

    Args:
        name: logical name of the component.
        inputs: the request's inputs in wire form (camelCase keys).

    Raises:
        PlanError: the arguments are outside of what the prediction covers, or awsx would refuse them.
    """
    request = read_request(name, inputs)
    builder = _Builder(request)
    builder.build()
    return VpcPrediction(
        children=tuple(builder.children.values()),
        outputs=builder.outputs(),
        output_dependencies=builder.output_dependencies(),
    )


class _Builder:
    """Collects the children of one component, in awsx's order."""

    def __init__(self, request: VpcRequest) -> None:
        self.request = request
        self.children: dict[str, Child] = {}
        self.nat_gateways: list[Child] = []

    def build(self) -> None:
        request = self.request
        shared_tags = {"Name": request.name, **request.tags}
        vpc = self._add(types.EC2_VPC, request.name, None, {**request.vpc_inputs, "tags": shared_tags})
        igw = self._add(
            types.EC2_INTERNET_GATEWAY, request.name, vpc, {"vpcId": Ref(vpc.key, "id"), "tags": shared_tags}
        )
        for az_index, zone in enumerate(request.zones):
            for spec in request.specs:
                self._subnet(vpc, igw, spec, az_index, zone)

    def _subnet(self, vpc: Child, igw: Child, spec: SubnetSpec, az_index: int, zone: str) -> None:
        request = self.request
        kind = spec.kind.lower()
        name = f"{request.name}-{spec.name}-{az_index + 1}"
        shared_tags = {"Name": request.name, **request.tags}
        own_tags = {"Name": name, "SubnetType": spec.kind}
        vpc_id = Ref(vpc.key, "id")
        subnet = self._add(
            types.EC2_SUBNET,
            name,
            vpc,
            {
                "vpcId": vpc_id,
                "availabilityZone": zone,
                "mapPublicIpOnLaunch": kind == "public",
                "cidrBlock": spec.cidr_blocks[az_index],
                "assignIpv6AddressOnCreation": False,
                "tags": {**shared_tags, **spec.tags, **own_tags},
            },
            # Derived from the VPC's own IPv6 block even when none is assigned: known, and absent, only later.
            preview_inputs={"ipv6CidrBlock": Ref(vpc.key, "ipv6CidrBlock")},
        )
        table = self._add(types.EC2_ROUTE_TABLE, name, subnet, {"vpcId": vpc_id, "tags": {**shared_tags, **own_tags}})
        table_id = Ref(table.key, "id")
        self._add(
            types.EC2_ROUTE_TABLE_ASSOCIATION,
            name,
            table,
            {"routeTableId": table_id, "subnetId": Ref(subnet.key, "id")},
        )
        target: dict[str, Ref] = {}
        if kind == "public":
            self._nat_gateway(subnet, az_index)
            target = {"gatewayId": Ref(igw.key, "id")}
        elif kind == "private" and request.nat != "none":
            gateway = self.nat_gateways[0 if request.nat == "single" else az_index]
            target = {"natGatewayId": Ref(gateway.key, "id")}
        if target:
            route = {"routeTableId": table_id, **target, "destinationCidrBlock": "0.0.0.0/0"}
            self._add(types.EC2_ROUTE, name, table, route)

    def _nat_gateway(self, subnet: Child, az_index: int) -> None:
        wanted = {"none": 0, "single": 1, "oneperaz": az_index + 1}[self.request.nat]
        if len(self.nat_gateways) >= wanted:
            return
        name = f"{self.request.name}-{az_index + 1}"
        tags = {**self.request.tags, "Name": name}
        eip = self._add(types.EC2_EIP, name, subnet, {"tags": tags})
        gateway = {
            "subnetId": Ref(subnet.key, "id"),
            "allocationId": Ref(eip.key, "allocationId"),
            "tags": tags,
        }
        self.nat_gateways.append(self._add(types.EC2_NAT_GATEWAY, name, subnet, gateway))

    def _add(
        self,
        type_: str,
        name: str,
        parent: Child | None,
        inputs: Mapping[str, Any],
        preview_inputs: Mapping[str, Ref] | None = None,
    ) -> Child:
        region = {"region": self.request.region} if self.request.region else {}
        child = Child(
            key=f"{type_}::{name}",
            type=type_,
            name=name,
            parent=parent.key if parent else None,
            inputs={**region, **inputs},
            preview_inputs=preview_inputs or {},
            depends_on=(parent.key,) if parent else (),
        )
        self.children[child.key] = child
        return child

    def _of_type(self, type_: str) -> list[Child]:
        return [c for c in self.children.values() if c.type == type_]

    def _subnets(self, kind: str = "") -> list[Child]:
        subnets = self._of_type(types.EC2_SUBNET)
        return [s for s in subnets if not kind or s.inputs["tags"]["SubnetType"].lower() == kind]

    def outputs(self) -> dict[str, Any]:
        """The component's outputs; a child itself is a `Ref` without output property."""
        vpc, igw = self._of_type(types.EC2_VPC)[0], self._of_type(types.EC2_INTERNET_GATEWAY)[0]

        def selves(children: list[Child]) -> list[Ref]:
            return [Ref(c.key, "") for c in children]

        by_kind: dict[str, Any] = {}
        for kind in ("public", "private", "isolated"):
            subnets = self._subnets(kind)
            by_kind[f"{kind}Subnets"] = selves(subnets)
            by_kind[f"{kind}SubnetIds"] = [Ref(s.key, "id") for s in subnets]
        return {
            "vpc": Ref(vpc.key, ""),
            "vpcId": Ref(vpc.key, "id"),
            "internetGateway": Ref(igw.key, ""),
            "subnets": selves(self._subnets()),
            **by_kind,
            "subnetLayout": [spec.layout() for spec in self.request.declared],
            "routeTables": selves(self._of_type(types.EC2_ROUTE_TABLE)),
            "routeTableAssociations": selves(self._of_type(types.EC2_ROUTE_TABLE_ASSOCIATION)),
            "routes": selves(self._of_type(types.EC2_ROUTE)),
            "natGateways": selves(self._of_type(types.EC2_NAT_GATEWAY)),
            "eips": selves(self._of_type(types.EC2_EIP)),
            "vpcEndpoints": [],
        }

    def output_dependencies(self) -> dict[str, tuple[str, ...]]:
        """Keys of the children behind each output.

        awsx derives all outputs from one value that holds the ids of the VPC and of every subnet, so the user of any
        output depends on all of these, and on the children that the output itself contains.
        """
        everywhere = (self._of_type(types.EC2_VPC)[0].key, *(s.key for s in self._subnets()))
        return {
            output: tuple(dict.fromkeys((*everywhere, *_children_in(value))))
            for output, value in self.outputs().items()
        }


def _children_in(value: Any) -> list[str]:  # noqa: ANN401 - an output's value is any tree
    if isinstance(value, Ref):
        return [value.child]
    if isinstance(value, list):
        return [key for item in value for key in _children_in(item)]
    return []
