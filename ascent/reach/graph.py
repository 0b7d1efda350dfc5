"""Which resource an input means, and which resources mean one: a plan's references, as exactly as the plan tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ascent.plan.model import PARTLY_KNOWN_SIGNATURE, SIGNATURE_KEY, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.plan.model import Plan, Resource


class Graph:
    """The references of a plan.

    Args:
        plan: planned with what is known in part; without, an input means all that its value was made from.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._referring: dict[tuple[str, str], dict[str, list[Resource]]] = {}

    def of(self, resource: Resource, path: str, *types: str) -> tuple[Resource, ...]:
        """Resources of some types that an input means, each once.

        Args:
            resource: whose input it is.
            path: the input, such as `networkConfiguration.subnets`.
            types: tokens of the types that are looked for; any type without one.
        """
        found = (self.plan.by_urn.get(urn) for urn in dict.fromkeys(_sources(resource, path)))
        return tuple(one for one in found if one is not None and (not types or one.type in types))

    def referring(self, target: Resource, type_: str, path: str) -> tuple[Resource, ...]:
        """Resources of a type one input of which means `target`."""
        index = self._referring.get((type_, path))
        if index is None:
            index = {}
            for resource in self.plan.by_type.get(type_, ()):
                for urn in dict.fromkeys(_sources(resource, path)):
                    index.setdefault(urn, []).append(resource)
            self._referring[type_, path] = index
        return tuple(index.get(target.urn, ()))


def value_at(resource: Resource, path: str) -> Any:  # noqa: ANN401 - any JSON value
    """An input, or what is in it; None where there is none. A block that comes as a list of one is that one."""
    value: Any = resource.inputs
    for key in path.split("."):
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        value = value.get(key) if isinstance(value, dict) or hasattr(value, "get") else None
    return value


def truth(value: Any) -> bool | None:  # noqa: ANN401 - any JSON value
    """A boolean, written as one or as text; None where it is not known, or missing."""
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(str(value).lower())


def _sources(resource: Resource, path: str) -> Iterator[str]:
    """URNs of what an input's value is made of."""
    top, *rest = path.split(".")
    value = resource.partly_known.get(top, resource.inputs.get(top))
    for leaf in _leaves(value, rest):
        if isinstance(leaf, dict):
            yield from (str(part["source"]) for part in leaf["parts"] if isinstance(part, dict))
        elif leaf == UNKNOWN:
            yield from resource.property_dependencies.get(top, ())


def _leaves(value: Any, path: list[str]) -> Iterator[Any]:  # noqa: ANN401 - any JSON value
    """What stands at a path and below, in every element of the lists on the way."""
    if isinstance(value, list):
        for element in value:
            yield from _leaves(element, path)
    elif isinstance(value, dict) and value.get(SIGNATURE_KEY) != PARTLY_KNOWN_SIGNATURE:
        if path:
            yield from _leaves(value.get(path[0]), path[1:])
        else:
            for inner in value.values():
                yield from _leaves(inner, [])
    elif value is not None:
        yield value
