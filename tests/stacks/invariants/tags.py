"""Checks on tags."""

from __future__ import annotations

import inspect
import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pulumi

from ascent.plan.offline.wire import is_secret

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ascent.plan.model import Plan

SEVEN = frozenset({"Project", "Environment", "Tier", "Owner", "CostCenter", "DataClass", "ManagedBy"})
"""Tags that everything carries."""

GROUP = "aws:autoscaling/group:Group"
TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"


@cache
def sdk_arguments(type_: str) -> frozenset[str]:
    """Names of the arguments that the SDK's class of a type accepts; the plan has imported that class.

    Raises:
        LookupError: the SDK has no such class.
    """
    for known in _subclasses(pulumi.CustomResource):
        if getattr(known, "pulumi_type", "") == type_:
            return frozenset(inspect.signature(getattr(known, "_internal_init")).parameters)  # noqa: B009
    raise LookupError(f"no class of the SDK has the type {type_}")


def _subclasses(base: type) -> Iterator[type]:
    for below in base.__subclasses__():
        yield below
        yield from _subclasses(below)


def taggable(type_: str) -> bool:
    """Whether resources of a type take a map of tags."""
    return type_.startswith("aws:") and "tags" in sdk_arguments(type_)


def _lacks(where: str, tags: Any) -> list[str]:  # noqa: ANN401 - whatever the plan holds
    if is_secret(tags):
        return []
    missing = SEVEN - set(tags or ())
    return [f"{where} lacks {', '.join(sorted(missing))}"] if missing else []


def tagged(plan: Plan) -> list[str]:
    """Every resource that takes tags carries the seven, not only through the provider's defaults."""
    resources = [r for r in plan.resources if r.custom and taggable(r.type) and r.type != GROUP]
    assert len(resources) > 20, "the SDK's signatures no longer say what takes tags"
    return [line for r in resources for line in _lacks(f"{r.type} {r.name}", r.inputs.get("tags"))]


def group_tagged(plan: Plan) -> list[str]:
    """Auto Scaling groups carry the tags as a list and hand them on to their instances."""
    found = []
    for group in plan.by_type.get(GROUP, ()):
        entries: list[Mapping[str, Any]] = group.inputs.get("tags") or []
        found += _lacks(group.name, {entry["key"] for entry in entries})
        found += [f"{group.name} keeps {e['key']} to itself" for e in entries if e.get("propagateAtLaunch") is not True]
    return found


def template_tagged(plan: Plan) -> list[str]:
    """Launch templates tag instances, volumes and network interfaces."""
    found = []
    for template in plan.by_type.get(TEMPLATE, ()):
        by_kind = {s["resourceType"]: s.get("tags") for s in template.inputs.get("tagSpecifications") or []}
        for kind in ("instance", "volume", "network-interface"):
            found += _lacks(f"{template.name} {kind}", by_kind.get(kind))
    return found


def defaults_tagged(plan: Plan) -> list[str]:
    """The provider has the seven as default tags: for what takes tags only through the provider."""
    providers = plan.by_type["pulumi:providers:aws"]
    found = []
    for provider in providers:
        text = provider.inputs.get("defaultTags")
        tags = json.loads(text)["tags"] if isinstance(text, str) else text
        found += _lacks(provider.name, tags)
    return found


def tag_values(plan: Plan) -> list[str]:
    """Tag values are 1 to 256 of the characters that every service takes (Tagging AWS Resources user guide)."""
    found = []
    for resource in plan.resources:
        tags = resource.inputs.get("tags")
        if not isinstance(tags, dict) or is_secret(tags):
            continue
        plain = {key: value for key, value in tags.items() if isinstance(value, str)}
        bad = [key for key, value in plain.items() if not re.fullmatch(r"[\w .:/=+@-]{1,256}", value)]
        found += [f"{resource.name}: tag {key} is {tags[key]!r}" for key in bad]
    return found
