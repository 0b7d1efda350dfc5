"""JSON documents inside properties: IAM, bucket and key policies, container definitions.

A document is JSON text or an object. One value in it that is known only after deployment makes the whole text unknown,
so the readers here say `UNKNOWN` for a document, and rules then answer "unverified".
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policies.pack.facts import UNKNOWN, ResourceFacts, Source, Unknown, Value
from policies.pack.values import UNSET, Unset, as_bool, at, items, known_items, reveal

if TYPE_CHECKING:
    from collections.abc import Iterator


def document(source: Source, path: str) -> Value:
    """The parsed document at a path: `UNKNOWN`, `UNSET`, or JSON; text that is no JSON is None."""
    value = at(source, path)
    if isinstance(value, str):
        if not value.strip():
            return UNSET
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return None
    return value


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a policy document; patterns in lower case where AWS ignores case."""

    allow: bool
    actions: tuple[str, ...]
    not_actions: tuple[str, ...]
    resources: tuple[Value, ...]
    not_resources: tuple[Value, ...]
    not_principals: tuple[tuple[str, Value], ...]
    principals: tuple[tuple[str, Value], ...]
    """Pairs of kind (`AWS`, `Service`, `Federated` …; `*` for the bare star) and who."""
    conditions: tuple[tuple[str, str, tuple[Value, ...]], ...]
    """Operator and key in lower case, and values."""

    @property
    def for_everyone(self) -> bool:
        """Whether any AWS principal is meant."""
        return any(who == "*" and kind in ("*", "AWS") for kind, who in self.principals)

    def condition(self, key: str) -> Iterator[tuple[str, tuple[Value, ...]]]:
        """Operators and values of the conditions on a key."""
        for operator, name, values in self.conditions:
            if name == key.lower():
                yield operator, values


def statements(source: Source, path: str) -> list[Statement] | Unknown | Unset:
    """The statements of a policy document; `UNKNOWN` if the document or any of its statements is.

    Something that is no policy document has no statements: the provider rejects it.
    """
    content = document(source, path)
    if content is UNKNOWN:
        return UNKNOWN
    if content is UNSET:
        return UNSET
    raw = items(content, "Statement") if isinstance(content, Mapping) else []
    if isinstance(raw, Unknown) or any(s is UNKNOWN for s in raw):
        return UNKNOWN
    return [_statement(s) for s in raw if isinstance(s, Mapping)]


def _statement(raw: Mapping[str, Value]) -> Statement:
    return Statement(
        allow=str(at(raw, "Effect")).lower() == "allow",
        actions=_lower(raw, "Action"),
        not_actions=_lower(raw, "NotAction"),
        resources=_all(raw, "Resource"),
        not_resources=_all(raw, "NotResource"),
        not_principals=tuple(_principals(raw, "NotPrincipal")),
        principals=tuple(_principals(raw, "Principal")),
        conditions=tuple(_conditions(raw)),
    )


def _lower(raw: Mapping[str, Value], key: str) -> tuple[str, ...]:
    return tuple(v.lower() for v in known_items(raw, key) if isinstance(v, str))


def _all(raw: Mapping[str, Value], key: str) -> tuple[Value, ...]:
    found = items(raw, key)
    return (UNKNOWN,) if isinstance(found, Unknown) else tuple(found)


def _principals(raw: Mapping[str, Value], key: str) -> Iterator[tuple[str, Value]]:
    value = at(raw, key)
    if value == "*":
        yield "*", "*"
    elif isinstance(value, Mapping):
        for kind in value:
            yield from ((str(kind), who) for who in known_items(value.get(kind)))


def _conditions(raw: Mapping[str, Value]) -> Iterator[tuple[str, str, tuple[Value, ...]]]:
    blocks = at(raw, "Condition")
    if not isinstance(blocks, Mapping):
        return
    for operator, block in blocks.items():
        block = reveal(block)
        if isinstance(block, Mapping):
            for key, values in block.items():
                found = items(values)
                yield str(operator).lower(), str(key).lower(), () if isinstance(found, Unknown) else tuple(found)


def containers(source: ResourceFacts) -> list[Mapping[str, Value]] | Unknown:
    """Containers of an ECS task definition."""
    content = document(source, "containerDefinitions")
    if content is UNKNOWN:
        return UNKNOWN
    found = items(content)
    if isinstance(found, Unknown) or any(c is UNKNOWN for c in found):
        return UNKNOWN
    return [c for c in found if isinstance(c, Mapping)]


def means(value: Value, *, want: bool) -> bool:
    """Whether a condition's value is the boolean; policies write booleans as text."""
    return as_bool(value) is want
