"""What a component of another process registers and answers in a preview: `awsx.ec2.Vpc`, by its prediction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from ascent.plan.awsx.prediction import Ref, VpcPrediction
from ascent.plan.model import SIGNATURE_KEY, UNKNOWN, Options, Resource
from ascent.plan.urn import urn_under

if TYPE_CHECKING:
    from collections.abc import Mapping

_RESOURCE_SIGNATURE: Final = "5cf8f73096256a8f31e491e813e4eb8e"
"""Value of `SIGNATURE_KEY` in a reference to a resource."""


@dataclass(frozen=True, slots=True)
class Constructed:
    """The children of one component and its answer."""

    children: tuple[Resource, ...]
    outputs: Mapping[str, Any]
    """Outputs that a preview knows, in wire form; the SDK takes the others for unknown, as in the engine."""
    output_dependencies: Mapping[str, tuple[str, ...]]
    """Output → URNs of the children that its user depends on."""


def construct(prediction: VpcPrediction, component: Resource, provider: str) -> Constructed:
    """Place predicted children under their component.

    Args:
        prediction: what the component registers.
        component: the component itself.
        provider: URN of the provider that manages the children; empty for a default provider.
    """
    inherited = Options(
        protect=component.options.protect,
        retain_on_delete=component.options.retain_on_delete,
        deleted_with=component.options.deleted_with,
    )
    urns: dict[str, str] = {}
    children: list[Resource] = []
    for child in prediction.children:
        parent = urns[child.parent] if child.parent else component.urn
        urns[child.key] = urn_under(parent, child.type, child.name)
        inputs = {**child.inputs, **child.preview_inputs}
        children.append(
            Resource(
                urn=urns[child.key],
                type=child.type,
                name=child.name,
                parent=parent,
                custom=True,
                provider=provider,
                inputs={k: UNKNOWN if isinstance(v, Ref) else v for k, v in inputs.items()},
                dependencies=tuple(sorted(urns[key] for key in child.dependencies)),
                property_dependencies={
                    name: tuple(sorted(urns[key] for key in keys))
                    for name, keys in sorted(child.property_dependencies.items())
                },
                options=inherited,
            )
        )
    return Constructed(
        children=tuple(children),
        outputs={k: _wire(v, urns) for k, v in prediction.outputs.items() if not _has_unknown(v)},
        output_dependencies={k: tuple(urns[key] for key in keys) for k, keys in prediction.output_dependencies.items()},
    )


def _has_unknown(value: Any) -> bool:  # noqa: ANN401 - an output's value is any tree
    """Whether a value holds anything that only a deployment knows; a child itself is known by its URN."""
    if isinstance(value, list):
        return any(_has_unknown(item) for item in value)
    return isinstance(value, Ref) and bool(value.output)


def reference(urn: str, ident: str = "") -> dict[str, Any]:
    """Wire form of a resource.

    Args:
        urn: its URN.
        ident: its id; empty while nobody knows it.
    """
    return {SIGNATURE_KEY: _RESOURCE_SIGNATURE, "urn": urn, "id": ident, "packageVersion": ""}


def _wire(value: Any, urns: Mapping[str, str]) -> Any:  # noqa: ANN401 - an output's value is any tree
    if isinstance(value, Ref):
        return reference(urns[value.child])
    if isinstance(value, list):
        return [_wire(item, urns) for item in value]
    return value
