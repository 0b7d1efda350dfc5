"""From Pulumi's wire form, in which plans, previews and gRPC requests hold values, to facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Protocol

from policies.pack import types
from policies.pack.facts import UNKNOWN, Partly, ResourceFacts, Secret, StackFacts, Value, canonical_type
from policies.pack.facts.secret.blotting import secrets_of

if TYPE_CHECKING:
    from collections.abc import Iterable

SPECIAL: Final = "4dabf18193072939515e22adb298388d"
"""Key of an object that stands for something JSON has no word for: a secret, an output, an asset."""

HIDDEN: Final = {
    "state": "encrypted in the state: export it with --show-secrets",
    "preview": "hidden in the preview: check the state, exported with --show-secrets, or use the pack",
}
"""What hides a secret → in words."""

_SECRET: Final = "1b47061264138c4ac30d75fd1eb44270"
_OUTPUT: Final = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
_REFERENCE: Final = "5cf8f73096256a8f31e491e813e4eb8e"
_PARTLY_KNOWN: Final = "8d3f5a2e6c9b4f17a0d24c7be1953a68"
_UNKNOWNS: Final = frozenset(
    {
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
        "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
        "030794c1-ac77-496b-92df-f27374a8bd58",
        "e48ece36-62e2-4504-bad9-02848725956a",
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    }
)
"""One string per type; today's engines send only the third."""


class WireOptions(Protocol):
    """Options of a registered resource, as far as rules look at them."""

    @property
    def protect(self) -> bool:
        """Whether Pulumi refuses to delete it."""
        ...


class WireResource(Protocol):
    """A registered resource with its inputs in wire form."""

    @property
    def urn(self) -> str:
        """URN."""
        ...

    @property
    def type(self) -> str:
        """Type token."""
        ...

    @property
    def name(self) -> str:
        """Logical name."""
        ...

    @property
    def parent(self) -> str | None:
        """URN of the parent."""
        ...

    @property
    def provider(self) -> str:
        """URN of its provider, with or without `::id`; empty for a default provider."""
        ...

    @property
    def inputs(self) -> Mapping[str, Any]:
        """Inputs in wire form."""
        ...

    @property
    def dependencies(self) -> tuple[str, ...]:
        """URNs."""
        ...

    @property
    def property_dependencies(self) -> Mapping[str, tuple[str, ...]]:
        """Property → URNs."""
        ...

    @property
    def options(self) -> WireOptions:
        """Resource options."""
        ...


def is_unknown(value: Value) -> bool:
    """Whether a wire value is known only after deployment."""
    return isinstance(value, str) and value in _UNKNOWNS


def unwrap(value: Value) -> Value:
    """A wire value as facts hold it.

    Unknowns become `UNKNOWN`, secrets `Secret`; whole numbers become ints (protobuf has floats only) and properties
    set to null are left out, as the engine does.
    """
    if isinstance(value, str):
        return UNKNOWN if value in _UNKNOWNS else value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list | tuple):
        return [unwrap(v) for v in value]
    if hasattr(value, "items"):
        return _special(value) if SPECIAL in value else _plain(value)
    return value


def _plain(value: Mapping[str, Any]) -> dict[str, Any]:
    return {k: unwrap(v) for k, v in value.items() if v is not None}


def _special(value: Mapping[str, Any]) -> Value:
    kind = value[SPECIAL]
    if kind == _SECRET:
        return Secret(unwrap(value.get("value")), HIDDEN.get(str(value.get("hidden")), ""))
    if kind == _OUTPUT:
        known = unwrap(value["value"]) if "value" in value else UNKNOWN
        return Secret(known) if value.get("secret") else known
    if kind == _PARTLY_KNOWN:
        return Partly(tuple(p if isinstance(p, str) else None for p in value["parts"]))
    if kind == _REFERENCE:
        return unwrap(value.get("id")) or UNKNOWN
    # Assets and archives: rules only see that there is one.
    return {k: unwrap(v) for k, v in value.items() if k != SPECIAL}


@dataclass(frozen=True, slots=True)
class Deployed:
    """What a state or a preview knows of a resource beside what the program asks for, in wire form."""

    id: str = ""
    outputs: Mapping[str, Any] = field(default_factory=dict)


def facts_from_wire(
    resources: Iterable[WireResource],
    *,
    project: str,
    stack: str,
    tier: str,
    deployed: Mapping[str, Deployed] | None = None,
    partly_known: Mapping[str, Mapping[str, Any]] | None = None,
) -> StackFacts:
    """Facts about a planned stack.

    Args:
        resources: all resources, providers and components included.
        project: name of the Pulumi project.
        stack: name of the stack.
        tier: tier of the stack; one of `levels.TIERS`.
        deployed: what is known of resources beside their inputs, by URN.
        partly_known: URN → property → what is known of its unknown values, in wire form.
    """
    beside, known = deployed or {}, partly_known or {}
    every = tuple(resources)
    unwrapped = {r.urn: _plain(r.inputs) for r in every}
    outputs = {urn: _plain(one.outputs) for urn, one in beside.items()}
    providers = {r.urn: unwrapped[r.urn] for r in every if r.type == types.PULUMI_PROVIDERS_AWS}
    facts = tuple(
        ResourceFacts(
            urn=r.urn,
            type=canonical_type(r.type),
            name=r.name,
            tier=tier,
            props=unwrapped[r.urn],
            partly_known=_plain(known.get(r.urn, {})),
            hidden=_hidden(unwrapped[r.urn]),
            id=beside[r.urn].id if r.urn in beside else "",
            outputs=outputs.get(r.urn, {}),
            parent=r.parent,
            provider=_provider(r.provider, providers),
            dependencies=tuple(r.dependencies),
            property_dependencies={k: tuple(v) for k, v in r.property_dependencies.items()},
            protect=r.options.protect,
            secrets=secrets_of([unwrapped[r.urn], outputs.get(r.urn, {})]),
        )
        for r in every
    )
    return StackFacts(project=project, stack=stack, tier=tier, resources=facts)


def _hidden(value: Value) -> str:
    """Why values inside a value are hidden; empty if none is."""
    if isinstance(value, Secret):
        return value.hidden or _hidden(value.value)
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return next(filter(None, map(_hidden, inner)), "")


def _provider(reference: str, known: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """Properties of a provider by its URN, to which the engine's references append `::id`."""
    return known.get(reference) or known.get(reference.rpartition("::")[0]) or {}
