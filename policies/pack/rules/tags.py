"""Tags, whatever the service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.facts import Unknown
from policies.pack.facts.tags import TAGGABLE, tags_of
from policies.pack.layers import OBSERVABILITY
from policies.pack.levels import mandatory_from
from policies.pack.parameters import pairs, texts
from policies.pack.rule import Severity
from policies.pack.verdict import Outcome, failed, passed, unverified

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policies.pack.facts import ResourceFacts, Value
    from policies.pack.parameters import Values
    from policies.pack.rule import Changes

REQUIRED_TAGS: Final = ("Project", "Environment", "Tier", "Owner", "CostCenter", "DataClass", "ManagedBy")
"""Keys that every taggable resource carries."""

TAG_KEYS: Final = texts("keys", "Keys of the tags that everything carries", REQUIRED_TAGS)

TAG_VALUES: Final = pairs("values", "Values that the remedy gives to missing tags, by key", {})


def _missing(tags: Mapping[str, Value], given: Values) -> list[str]:
    return [key for key in given[TAG_KEYS] if tags.get(key) in (None, "")]


def _tag(resource: ResourceFacts, given: Values) -> Changes:
    """Values for the missing tags. An autoscaling group's are a list, which is left to people."""
    tags = tags_of(resource)
    if isinstance(tags, Unknown) or resource.type == types.AUTOSCALING_GROUP:
        return {}
    values = given[TAG_VALUES]
    return {("tags", key): values[key] for key in _missing(tags, given) if key in values}


@OBSERVABILITY.resource(
    "required-tags",
    "Everything says whose it is and what for",
    on=TAGGABLE,
    severity=Severity.MEDIUM,
    levels=mandatory_from("startup"),
    why="A resource without an owner and a cost centre is nobody's when it breaks and nobody's on the bill.",
    fix="Set the tags, best once as the provider's defaultTags.",
    parameters=(TAG_KEYS, TAG_VALUES),
    remedy=_tag,
)
def required_tags(resource: ResourceFacts, given: Values) -> Outcome:
    """All the tags with a value, from the resource or from its provider."""
    wanted = f"tags {', '.join(given[TAG_KEYS])}"
    tags = tags_of(resource)
    if isinstance(tags, Unknown):
        return unverified("tags are known only after deployment", wanted)
    missing = _missing(tags, given)
    return failed(f"missing tags: {', '.join(missing)}", wanted) if missing else passed("all required tags are set")
