"""Facts: what a rule may look at, as plain frozen data.

A rule sees neither Pulumi's SDK nor its wire form, so that one function serves the engine, the offline plan and the
tests. Property names are Pulumi's (camelCase) and values are what the program asked for, not what AWS computed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeAlias

from policies.pack import types
from policies.pack.facts.references import References

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Value: TypeAlias = Any
"""A property's value as rules get it: JSON, `UNKNOWN` or `Secret`, nested at will."""

_S3_V2: Final = re.compile(r"(aws:s3/\w+?)V2:(\w+?)V2")

_LOAD_BALANCING: Final = ("aws:alb/", "aws:applicationloadbalancing/", "aws:elasticloadbalancingv2/")


class Unknown:
    """The type of `UNKNOWN`. It has no truth value: a rule that forgets about unknowns stops instead of passing."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNKNOWN"

    def __bool__(self) -> NoReturn:
        raise TypeError("a value known only after deployment is neither true nor false")


@dataclass(frozen=True, slots=True)
class Partly:
    """A text of which parts are known.

    Args:
        parts: in their order; None for one that only a deployment knows.
    """

    parts: tuple[str | None, ...]


UNKNOWN: Final = Unknown()
"""Stands for a value that is known only after deployment. Compare with `is`."""


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """A value that must not be shown; `value` may itself be `UNKNOWN`."""

    value: Any
    hidden: str = ""
    """Why the file that was read does not tell the value, in words; empty where it tells, or where nothing can."""

    def __repr__(self) -> str:
        return "Secret(...)"


def canonical_type(token: str) -> str:
    """The one spelling of a type that pulumi-aws knows under several, e.g. `aws:alb/…` → `aws:lb/…`."""
    for prefix in _LOAD_BALANCING:
        if token.startswith(prefix):
            return "aws:lb/" + token[len(prefix) :]
    if match := _S3_V2.fullmatch(token):
        return f"{match[1]}:{match[2]}"
    return token


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ResourceFacts:
    """One resource of a stack."""

    urn: str
    type: str
    """Type token, canonical (see `canonical_type`)."""
    name: str
    """Logical name."""
    tier: str
    """Tier of the stack: a rule may ask more of a bigger one."""
    props: Mapping[str, Any]
    """Input properties: JSON values, `UNKNOWN`, `Secret`. A property that is not set is not there."""
    id: str = ""
    """What AWS calls it; empty before it is made, and while a resource is judged alone."""
    outputs: Mapping[str, Any] = field(default_factory=dict)
    """What a state, a preview or the engine knows of it beside its inputs; see `values.known`. Empty while it is judged
    alone."""
    parent: str | None = None
    """URN of the parent."""
    provider: Mapping[str, Any] = field(default_factory=dict)
    """Properties of the provider that manages it (region, defaultTags …)."""
    dependencies: tuple[str, ...] = ()
    """URNs that it depends on; empty while a resource is judged alone."""
    property_dependencies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Property → URNs that its value was made from; empty while a resource is judged alone."""
    partly_known: Mapping[str, Any] = field(default_factory=dict)
    """Property that is unknown in `props` → what the plan knows of it; `documents.document` reads it."""
    hidden: str = ""
    """Why the file that was read hides some of its values, in words; empty where it hides none."""
    protect: bool = False
    """Whether Pulumi refuses to delete it."""
    secrets: frozenset[str] = field(default=frozenset(), repr=False)
    """Texts of its secret properties, from `secrecy.secrets_of`: no message may hold them."""

    @property
    def region(self) -> str:
        """Where it is: as it says itself, or its provider, or the state; empty where none tells."""
        found = (properties.get("region") for properties in (self.props, self.provider, self.outputs))
        return next((value for value in found if isinstance(value, str) and value), "")


Source: TypeAlias = ResourceFacts | Value
"""What values are read from: a resource, or an object or list out of one."""


def lineage(urn: str, parents: Mapping[str, str | None]) -> Iterator[str]:
    """URNs of a resource, its parent, and so on; `parents` maps URNs to URNs."""
    seen: set[str] = set()
    here: str | None = urn
    while here and here not in seen:
        seen.add(here)
        yield here
        here = parents.get(here)


@dataclass(frozen=True, kw_only=True, eq=False)
class StackFacts:
    """All resources of a stack, indexed so that no rule has to search."""

    project: str
    stack: str
    tier: str
    """One of `levels.TIERS`."""
    resources: tuple[ResourceFacts, ...]
    _indexes: dict[tuple[str, str], dict[str, list[ResourceFacts]]] = field(
        default_factory=dict, init=False, repr=False
    )
    _made: dict[Any, Any] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def by_urn(self) -> Mapping[str, ResourceFacts]:
        """Resources by URN."""
        return {r.urn: r for r in self.resources}

    @cached_property
    def by_type(self) -> Mapping[str, tuple[ResourceFacts, ...]]:
        """Resources by canonical type token."""
        found: dict[str, list[ResourceFacts]] = {}
        for resource in self.resources:
            found.setdefault(resource.type, []).append(resource)
        return {token: tuple(resources) for token, resources in found.items()}

    @property
    def uses_aws(self) -> bool:
        """Whether it makes anything in AWS; nothing is missing from one that does not."""
        return any(token.startswith("aws:") for token in self.by_type)

    @property
    def is_ours(self) -> bool:
        """Whether Ascent's own components made it."""
        return any(token.startswith("ascent:") for token in self.by_type)

    @cached_property
    def secrets(self) -> frozenset[str]:
        """Texts of all secret properties of all resources."""
        return frozenset().union(*(r.secrets for r in self.resources))

    def lineage(self, urn: str) -> Iterator[str]:
        """URNs of a resource, its parent, and so on up to the stack."""
        return lineage(urn, self._parents)

    @cached_property
    def _parents(self) -> Mapping[str, str | None]:
        return {r.urn: r.parent for r in self.resources}

    @property
    def urn(self) -> str:
        """URN of the stack itself, for verdicts about no resource in particular."""
        for resource in self.of_type(types.PULUMI_PULUMI_STACK):
            return resource.urn
        return f"urn:pulumi:{self.stack}::{self.project}::{types.PULUMI_PULUMI_STACK}::{self.project}-{self.stack}"

    def of_type(self, *tokens: str) -> Iterator[ResourceFacts]:
        """Resources of any of these types."""
        for token in tokens:
            yield from self.by_type.get(canonical_type(token), ())

    def once(self, build: Callable[[StackFacts], Any]) -> Any:  # noqa: ANN401 - whatever is built
        """What a function makes of this stack, made when it is first asked for: for an index that a rule needs."""
        if build not in self._made:
            self._made[build] = build(self)
        return self._made[build]

    def targets(self, source: ResourceFacts, key: str) -> tuple[ResourceFacts, ...]:
        """The resources that the source's property `key` refers to.

        A reference is a recorded dependency of the property, or an id, an ARN or a name of a resource of the stack
        that stands anywhere in its value, JSON documents included.
        """
        recorded = (self.by_urn.get(urn) for urn in source.property_dependencies.get(key, ()))
        found = {t.urn: t for t in recorded if t is not None}
        found.update((t.urn, t) for t in self._references.meant(source, source.props.get(key)))
        return tuple(found.values())

    def referring(self, target: ResourceFacts, token: str, key: str, *names: str) -> tuple[ResourceFacts, ...]:
        """Companions: resources of type `token` whose property `key` refers to `target`; see `targets`.

        The target's own value of one of its properties `names`, written out, is a reference too.
        """
        index = self._reference_index(canonical_type(token), key)
        found = {r.urn: r for r in index.get(target.urn, ())}
        for name in names:
            value = target.props.get(name)
            if isinstance(value, str) and value:
                found.update((r.urn, r) for r in index.get(value, ()))
        return tuple(found.values())

    def referred(self, source: ResourceFacts, key: str, *tokens: str) -> tuple[ResourceFacts, ...]:
        """The other way round: resources of these types that the source's property `key` refers to."""
        wanted = {canonical_type(t) for t in tokens}
        return tuple(t for t in self.targets(source, key) if t.type in wanted)

    @cached_property
    def _references(self) -> References:
        return References(self.resources)

    def _reference_index(self, token: str, key: str) -> dict[str, list[ResourceFacts]]:
        """URN or literal → the resources of a type that name it in `key`; built once per type and property."""
        index = self._indexes.get((token, key))
        if index is None:
            index = {}
            for resource in self.by_type.get(token, ()):
                for target in self.targets(resource, key):
                    index.setdefault(target.urn, []).append(resource)
                value = resource.props.get(key)
                if isinstance(value, str):
                    index.setdefault(value, []).append(resource)
            self._indexes[token, key] = index
        return index
