"""Which resources one plan has and another has not, and what differs in those that both have."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from ascent.catalog.layers import OTHER, group_of
from ascent.catalog.tokens import REMOTE, is_built
from ascent.compare.neutral import Neutral
from ascent.output.console.values import readable
from ascent.plan.model import UNKNOWN
from common.layers import LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ascent.plan.model import Plan, Resource

_TAGS: Final = frozenset({"tags", "tagsAll", "tagSpecifications"})
"""Properties that change on nearly every resource when the tier does, and change nothing about it."""


@dataclass(frozen=True, slots=True)
class Property:
    """An input that differs.

    Attributes:
        name: the top-level input.
        before: its value in the first plan for people; None where it is not given.
        after: its value in the second plan.
    """

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Found:
    """A resource that only one of the plans has."""

    resource: Resource
    name: str
    """Its name with `*` for the stack's own."""
    layer: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A resource that both plans have."""

    before: Resource
    after: Resource
    name: str
    layer: str
    properties: tuple[Property, ...]
    """What differs, tags aside; empty where nothing but tags does."""


@dataclass(frozen=True)
class Differences:
    """All differences, each list by layer, then type, then name."""

    added: tuple[Found, ...]
    removed: tuple[Found, ...]
    changed: tuple[Changed, ...]
    tagged: tuple[Changed, ...]
    """Resources of which only tags change."""
    unchanged: tuple[Changed, ...]
    """Resources of which nothing changes."""

    @property
    def same(self) -> int:
        """Number of resources of which nothing changes."""
        return len(self.unchanged)

    @cached_property
    def by_layer(self) -> Mapping[str, tuple[int, int, int]]:
        """Layer → number added, removed, changed; layers without any are left out."""
        counts = [Counter(one.layer for one in part) for part in (self.added, self.removed, self.changed)]
        rows = {layer: (counts[0][layer], counts[1][layer], counts[2][layer]) for layer in (*LAYERS, OTHER)}
        return {layer: row for layer, row in rows.items() if any(row)}


def differences(before: Plan, after: Plan) -> Differences:
    """Match the resources of two plans and say what differs. Components and Pulumi's own records are left out.

    Args:
        before: the plan to start from.
        after: the plan to arrive at. A resource there that lists a URN of `before` among its aliases is the same one.
    """
    two = (before.project, before.stack) != (after.project, after.stack)
    names = Neutral(before, accounts=two), Neutral(after, accounts=two)
    old = {names[0].key(r.urn): r for r in before.resources if is_built(r)}
    new = {_earlier(r, names, old): r for r in after.resources if is_built(r)}
    changed: list[Changed] = []
    tagged: list[Changed] = []
    unchanged: list[Changed] = []
    for key in old.keys() & new.keys():
        one, other = old[key], new[key]
        found, by_tags = _properties(one, other, names)
        entry = Changed(one, other, names[1].name(other), group_of(after, other)[0], found)
        (changed if found else tagged if by_tags else unchanged).append(entry)
    added = [Found(r, names[1].name(r), group_of(after, r)[0]) for key, r in new.items() if key not in old]
    removed = [Found(r, names[0].name(r), group_of(before, r)[0]) for key, r in old.items() if key not in new]
    return Differences(_sorted(added), _sorted(removed), *map(_by_place, (changed, tagged, unchanged)))


def _earlier(
    resource: Resource, names: tuple[Neutral, Neutral], old: Mapping[tuple[str, str], Resource]
) -> tuple[str, str]:
    """The key under which a resource of the second plan is known in the first."""
    key = names[1].key(resource.urn)
    aliases = (names[1].key(alias) for alias in resource.options.aliases if alias.startswith("urn:"))
    return next((k for k in (key, *aliases) if k in old), key)


def _properties(before: Resource, after: Resource, names: tuple[Neutral, Neutral]) -> tuple[tuple[Property, ...], bool]:
    """Inputs that differ, and whether tags do."""
    found: list[Property] = []
    by_tags = False
    for name in sorted({*before.inputs, *after.inputs}):
        one, other = (n.value(r.inputs.get(name)) for n, r in zip(names, (before, after), strict=True))
        if name in _TAGS:
            by_tags |= one != other
        elif one != other:
            found.append(Property(name, readable(before.inputs.get(name)), readable(after.inputs.get(name))))
        elif _unknown(one):
            # Two values that only AWS can tell look the same; what they are made of does not.
            sources = [_sources(r, name, n) for r, n in zip((before, after), names, strict=True)]
            if _differ(*sources):
                found.append(Property(name, *(f"from {', '.join(n for _, n in s) or 'nothing'}" for s in sources)))
    return tuple(found), by_tags


def _unknown(value: Any) -> bool:  # noqa: ANN401 - any wire value
    if isinstance(value, dict):
        return any(map(_unknown, value.values()))
    if isinstance(value, list):
        return any(map(_unknown, value))
    return isinstance(value, str) and UNKNOWN in value


def _sources(resource: Resource, name: str, neutral: Neutral) -> list[tuple[str, str]]:
    """Keys of the resources that an input comes from."""
    return sorted({neutral.key(urn) for urn in resource.property_dependencies.get(name, ())})


def _differ(before: list[tuple[str, str]], after: list[tuple[str, str]]) -> bool:
    """Whether an input comes from something else."""
    # The outputs of a remote component depend on all that is in it: a subnet more does not change the VPC.
    if any(REMOTE in types for types, _ in (*before, *after)):
        return not set(before) & set(after)
    return before != after


def _sorted(found: Iterable[Found]) -> tuple[Found, ...]:
    return tuple(sorted(found, key=lambda f: (_rank(f.layer), f.resource.type, f.name, f.resource.urn)))


def _by_place(changed: Iterable[Changed]) -> tuple[Changed, ...]:
    return tuple(sorted(changed, key=lambda c: (_rank(c.layer), c.after.type, c.name, c.after.urn)))


def _rank(layer: str) -> int:
    return (*LAYERS, OTHER).index(layer)
