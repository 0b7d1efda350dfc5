"""The tags that a resource ends up with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.facts import UNKNOWN, Unknown
from policies.pack.values import at, items, reveal, text

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, Value

TAGGABLE: Final = (
    *Path(__file__).with_name("taggable.txt").read_text(encoding="utf-8").split(),
    types.AUTOSCALING_GROUP,
)
"""Types that take tags: those in pulumi-aws with both `tags` and `tagsAll`, and the autoscaling group."""


def tags_of(resource: ResourceFacts) -> dict[str, Value] | Unknown:
    """Tags of a resource, the provider's default tags included.

    `UNKNOWN` if a set of tags is; a single tag's value may be `UNKNOWN` too.
    """
    if resource.type == types.AUTOSCALING_GROUP:
        return _listed(resource)
    everything = at(resource, "tagsAll")
    if isinstance(everything, Mapping):
        return dict(everything)
    own, default = at(resource, "tags"), _default_tags(resource.provider)
    if own is UNKNOWN or default is UNKNOWN:
        return UNKNOWN
    return {
        **(default if isinstance(default, Mapping) else {}),
        **(own if isinstance(own, Mapping) else {}),
    }


def tag(resource: ResourceFacts, key: str) -> str:
    """Value of one of a resource's own tags; the empty text for one that is missing or unknown."""
    own = at(resource, "tags")
    value = reveal(own.get(key)) if isinstance(own, Mapping) else None
    return value if isinstance(value, str) else ""


def _listed(group: ResourceFacts) -> dict[str, Value] | Unknown:
    found = items(group, "tags")
    if isinstance(found, Unknown) or any(t is UNKNOWN for t in found):
        return UNKNOWN
    return {text(t, "key"): at(t, "value") for t in found}


def _default_tags(provider: Mapping[str, Value]) -> Value:
    """`defaultTags.tags` of a provider, whose nested properties the engine holds as JSON text."""
    value = at(provider, "defaultTags")
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return {}
    return at(value, "tags")
