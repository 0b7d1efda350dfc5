"""The Plan: what a stack would register, as plain frozen data.

Everything to the right of planning (rules, readiness, cost, reports) reads a Plan and nothing else. Values are in
Pulumi's wire form: JSON, where `UNKNOWN` stands for a value known only after deployment and a secret is an object
signed with `SECRET_SIGNATURE`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

SCHEMA_VERSION = 1
"""Version of `plan.json`; raised when a reader of the previous version would misread a plan."""

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""Wire form of a value that is not known before deployment."""

SIGNATURE_KEY = "4dabf18193072939515e22adb298388d"
"""Key that marks an object as one of the wire form's special values."""

SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270"
"""Value of `SIGNATURE_KEY` in a secret; the plaintext stands under `value`."""


def secret(value: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON value can be secret
    """Wire form of a secret whose plaintext is `value`."""
    return {SIGNATURE_KEY: SECRET_SIGNATURE, "value": value}


PARTLY_KNOWN_SIGNATURE = "8d3f5a2e6c9b4f17a0d24c7be1953a68"
"""Value of `SIGNATURE_KEY` in a text of which parts are known; `parts` are text, and objects for the unknown ones."""


def partly(parts: Iterable[str | tuple[str, str]]) -> dict[str, Any]:
    """Wire form of a partly known text.

    Args:
        parts: in their order, known text, and for what only a deployment knows its source and the output's path
            there. A source is the URN of a resource, or the token of a look-up.
    """
    written = [part if isinstance(part, str) else {"source": part[0], "output": part[1]} for part in parts]
    return {SIGNATURE_KEY: PARTLY_KNOWN_SIGNATURE, "parts": written}


def hidden_secret(file: str) -> dict[str, Any]:
    """Wire form of a secret that a file of the engine does not show.

    Args:
        file: what hides it, `state` or `preview`.
    """
    return {**secret(UNKNOWN), "hidden": file}


def camel(name: str) -> str:
    """A field's name as the JSON of a plan has it."""
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


AS_DOCUMENT: Final = {"alias_generator": camel, "use_attribute_docstrings": True}
"""How pydantic reads and writes what a plan is made of; `ascent.plan.serialize` does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Resource options that change what an update does to a resource."""

    __pydantic_config__ = AS_DOCUMENT

    protect: bool = False
    retain_on_delete: bool = False
    delete_before_replace: bool = False
    ignore_changes: tuple[str, ...] = ()
    replace_on_changes: tuple[str, ...] = ()
    additional_secret_outputs: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    """URNs (or names) under which the resource was known before."""
    import_id: str = ""
    deleted_with: str = ""
    custom_timeouts: Mapping[str, str] = field(default_factory=dict)
    """`create`, `update`, `delete` → a Go duration such as `40m`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One resource registration, as the engine would see it in a preview of an empty stack."""

    __pydantic_config__ = AS_DOCUMENT

    urn: str
    type: str
    """Type token, such as aws:s3/bucket:Bucket."""
    name: str
    """Logical name."""
    custom: bool
    """True for a resource of a provider, False for a component."""
    inputs: Mapping[str, Any]
    parent: str | None = None
    """URN of the parent; None for the stack itself and for what has no parent."""
    provider: str = ""
    """URN of the explicit provider resource that manages it; empty for components and default providers."""
    dependencies: tuple[str, ...] = ()
    """URNs, sorted."""
    property_dependencies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Input property → URNs, sorted; properties without dependencies are left out."""
    options: Options = field(default_factory=Options)
    partly_known: Mapping[str, Any] = field(default_factory=dict)
    """Input property that is unknown in `inputs`, wholly or in places → what is known of it: the same value, where an
    object signed with `PARTLY_KNOWN_SIGNATURE` stands for a text and names the outputs that it is made of."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """All resources of one stack, in the order of registration (parents before children)."""

    __pydantic_config__ = AS_DOCUMENT

    project: str
    stack: str
    tier: str
    """mvp, startup, production or enterprise; empty when the stack names none."""
    region: str
    """AWS region of the first provider."""
    resources: tuple[Resource, ...]
    """In the order in which the program constructs them: parents before their children."""
    outputs: Mapping[str, Any] = field(default_factory=dict)
    """The stack's exports in wire form."""

    @cached_property
    def by_urn(self) -> Mapping[str, Resource]:
        """Resources by URN."""
        return {r.urn: r for r in self.resources}

    @cached_property
    def by_type(self) -> Mapping[str, tuple[Resource, ...]]:
        """Resources by type token."""
        found: dict[str, list[Resource]] = {}
        for r in self.resources:
            found.setdefault(r.type, []).append(r)
        return {t: tuple(rs) for t, rs in found.items()}
