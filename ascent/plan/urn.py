"""URNs, built and taken apart as the engine does it."""

from __future__ import annotations

from typing import Final

from policies.pack.types import PULUMI_PULUMI_STACK

PROVIDERS: Final = "pulumi:providers:"
"""Start of the type of every provider resource."""


def qualified_type(urn: str) -> str:
    """The types of all ancestors and of the resource itself, joined with `$`."""
    return urn.split("::", 3)[2]


def urn_type(urn: str) -> str:
    """The type token of the resource itself."""
    return qualified_type(urn).rsplit("$", 1)[-1]


def urn_name(urn: str) -> str:
    """The logical name of the resource."""
    return urn.split("::", 3)[3]


def make_urn(stack: str, project: str, parent: str, type_: str, name: str) -> str:
    """The URN of a resource; `parent` is a URN, or empty for none."""
    if parent:
        parents = qualified_type(parent)
        # The root is never part of another resource's qualified type.
        if parents != PULUMI_PULUMI_STACK:
            type_ = f"{parents}${type_}"
    return f"urn:pulumi:{stack}::{project}::{type_}::{name}"


def urn_under(parent: str, type_: str, name: str) -> str:
    """The URN of a child of the resource with the URN `parent`."""
    head, project, _ = parent.split("::", 2)
    return make_urn(head.removeprefix("urn:pulumi:"), project, parent, type_, name)


def provider_urn(reference: str) -> str:
    """The URN in a provider reference (`urn::id`); empty for an empty reference."""
    return reference.rpartition("::")[0]
