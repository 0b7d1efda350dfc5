"""Reads the arguments of an `awsx.ec2.Vpc` request, and refuses those that the prediction does not cover."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from ascent.plan.errors import PlanError
from ascent.plan.model import SIGNATURE_KEY, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Refuse = Callable[[str, str], PlanError]

_VPC_INPUTS: Final = (
    "cidrBlock",
    "enableDnsHostnames",
    "enableDnsSupport",
    "enableNetworkAddressUsageMetrics",
    "instanceTenancy",
)
"""Arguments that awsx hands to the VPC as they are."""

_READ_HERE: Final = {"availabilityZoneNames", "natGateways", "region", "subnetSpecs", "subnetStrategy", "tags"}
_SPEC_KEYS: Final = {"name", "type", "cidrBlocks", "tags"}
_ORDER: Final = {"public": 0, "private": 1, "isolated": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class SubnetSpec:
    """One kind of subnet, made once per availability zone."""

    name: str
    """Part of the children's names: the given name, else the type in lower case."""
    given_name: str
    kind: str
    """`Public`, `Private` or `Isolated`, as given."""
    cidr_blocks: tuple[str, ...]
    """One per availability zone, in their order."""
    tags: Mapping[str, str]

    def layout(self) -> dict[str, Any]:
        """The entry of this spec in the component's `subnetLayout` output."""
        named = {"name": self.given_name} if self.given_name else {}
        return {**named, "cidrBlocks": list(self.cidr_blocks), "type": self.kind}


@dataclass(frozen=True, slots=True, kw_only=True)
class VpcRequest:
    """The arguments of one component, checked."""

    name: str
    vpc_inputs: Mapping[str, Any]
    zones: tuple[str, ...]
    nat: str
    """`none`, `single` or `oneperaz`."""
    declared: tuple[SubnetSpec, ...]
    """Specs in the order in which they were given."""
    tags: Mapping[str, str]
    region: str

    @property
    def specs(self) -> tuple[SubnetSpec, ...]:
        """Specs in the order in which awsx makes their subnets: public, private, isolated."""
        return tuple(sorted(self.declared, key=lambda s: _ORDER[s.kind.lower()]))


def read_request(name: str, inputs: Mapping[str, Any]) -> VpcRequest:
    """Check the arguments of the component called `name`.

    Raises:
        PlanError: an argument is not covered by the prediction, or awsx would refuse it.
    """

    def refuse(argument: str, problem: str) -> PlanError:
        return PlanError(f"awsx.ec2.Vpc {name!r}: {argument}: {problem}")

    for argument, value in inputs.items():
        if argument not in _READ_HERE and argument not in _VPC_INPUTS:
            raise refuse(argument, "this argument is not covered by the offline plan; leave it out")
        # awsx hands the values of tags on as they are; only which tags there are must be known.
        if _is_partly_unknown(list(value) if _is_plain_map(argument, value) else value):
            raise refuse(argument, "is secret or not known before deployment; give it as plain values")
    if inputs.get("subnetStrategy") != "Auto":
        found = inputs.get("subnetStrategy", "left out, which means Legacy")
        raise refuse("subnetStrategy", f'is {found}; the offline plan covers "Auto" with explicit cidrBlocks')
    zones = tuple(inputs.get("availabilityZoneNames") or ())
    if not zones:
        raise refuse("availabilityZoneNames", "is left out, so awsx would look the zones up; name them")
    specs = tuple(_spec(refuse, i, spec, zones) for i, spec in enumerate(inputs.get("subnetSpecs") or ()))
    _check_specs(refuse, specs)
    return VpcRequest(
        name=name,
        vpc_inputs={
            "cidrBlock": "10.0.0.0/16",
            **{key: inputs[key] for key in _VPC_INPUTS if inputs.get(key) is not None},
        },
        zones=zones,
        nat=_nat(refuse, inputs.get("natGateways") or {}, specs),
        declared=specs,
        tags=inputs.get("tags") or {},
        region=inputs.get("region") or "",
    )


def _is_plain_map(argument: str, value: Any) -> bool:  # noqa: ANN401 - any wire value
    return argument == "tags" and isinstance(value, dict) and SIGNATURE_KEY not in value


def _is_partly_unknown(value: Any) -> bool:  # noqa: ANN401 - any wire value
    if isinstance(value, dict):
        return SIGNATURE_KEY in value or any(_is_partly_unknown(v) for v in value.values())
    if isinstance(value, list):
        return any(_is_partly_unknown(v) for v in value)
    return value == UNKNOWN


def _spec(refuse: Refuse, index: int, spec: Mapping[str, Any], zones: tuple[str, ...]) -> SubnetSpec:
    place = f"subnetSpecs[{index}]"
    if extra := sorted(key for key, value in spec.items() if key not in _SPEC_KEYS and value is not None):
        raise refuse(f"{place}.{extra[0]}", "this argument is not covered by the offline plan; leave it out")
    kind = str(spec.get("type"))
    if kind.lower() not in _ORDER:
        raise refuse(f"{place}.type", f"is {kind}; the offline plan covers Public, Private and Isolated")
    blocks = tuple(spec.get("cidrBlocks") or ())
    if len(blocks) != len(zones):
        raise refuse(f"{place}.cidrBlocks", f"has {len(blocks)} blocks for {len(zones)} zones; give one per zone")
    given = spec.get("name") or ""
    return SubnetSpec(
        name=given or kind.lower(),
        given_name=given,
        kind=kind,
        cidr_blocks=blocks,
        tags=spec.get("tags") or {},
    )


def _check_specs(refuse: Refuse, specs: tuple[SubnetSpec, ...]) -> None:
    if not specs:
        raise refuse("subnetSpecs", "is left out; give at least one spec with cidrBlocks")
    for first, second in combinations(specs, 2):
        if first.name == second.name:
            raise refuse("subnetSpecs", f"two specs are called {first.name!r}; names must differ")
    blocks = [ipaddress.ip_network(block, strict=False) for spec in specs for block in spec.cidr_blocks]
    for one, other in combinations(blocks, 2):
        if one.overlaps(other):
            raise refuse("subnetSpecs", f"the blocks {one} and {other} overlap; awsx refuses that")


def _nat(refuse: Refuse, nat: Mapping[str, Any], specs: tuple[SubnetSpec, ...]) -> str:
    if nat.get("elasticIpAllocationIds"):
        raise refuse("natGateways.elasticIpAllocationIds", "is not covered by the offline plan; leave it out")
    strategy = str(nat.get("strategy") or "OnePerAz")
    if strategy.lower() not in ("none", "single", "oneperaz"):
        raise refuse("natGateways.strategy", f"is {strategy}; allowed are None, Single and OnePerAz")
    kinds = {spec.kind.lower() for spec in specs}
    if strategy.lower() != "none" and not ("public" in kinds and kinds & {"private", "isolated"}):
        raise refuse("natGateways.strategy", f"{strategy} needs public subnets and private or isolated ones")
    return strategy.lower()
