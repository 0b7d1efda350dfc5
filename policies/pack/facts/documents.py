"""JSON documents inside properties: IAM, bucket and key policies, container definitions.

A document is JSON text or an object. Of one with values that are known only after deployment, an offline plan knows the
rest: the readers here say `UNKNOWN` for those values, and for the whole document where nothing of it is known.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from policies.pack.facts import UNKNOWN, Partly, ResourceFacts, Source, Unknown, Value
from policies.pack.values import LATER, UNSET, Unset, as_bool, at, items, known_items, reveal

if TYPE_CHECKING:
    from collections.abc import Iterator


_HOLE: Final = "\N{OBJECT REPLACEMENT CHARACTER}hole\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for an unknown part while the text around it is parsed; no document has it."""

_DECISIVE: Final = ("Effect", "Action", "NotAction", "Condition")
"""What of a statement must be known for anything to be said of it."""


def document(source: Source, path: str) -> Value:
    """The parsed document at a path: `UNSET`, a list or an object; `UNKNOWN` also for what cannot be read as either."""
    value = at(source, path)
    if value is UNKNOWN and isinstance(source, ResourceFacts):
        return _partly_known(source, path)
    if isinstance(value, str):
        if not value.strip():
            return UNSET
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return UNKNOWN
    # Something else says nothing about what is allowed or run: neither a pass nor a failure.
    return value if value is UNSET or isinstance(value, Mapping | list | tuple) else UNKNOWN


def record(source: Source, path: str) -> Value:
    """The parsed document at a path where it must be an object: `UNSET`, an object, or `UNKNOWN` for anything else."""
    value = document(source, path)
    return UNKNOWN if isinstance(value, list | tuple) else value


def open_text(source: Source, path: str, what: str = "") -> str:
    """Why nothing can be said of a document that is `UNKNOWN`, for a message.

    Args:
        source: what holds it.
        path: where.
        what: what messages call it; its path by default.
    """
    if at(source, path) is UNKNOWN:
        return f"{what or path} is {LATER}"
    if _is_unreadable(source, path):
        return f"{what or path} cannot be read"
    return f"a part of {what or path} is {LATER}"


def _is_unreadable(source: Source, path: str) -> bool:
    value = at(source, path)
    if not isinstance(value, str):
        return not isinstance(value, Mapping | list | tuple) or not _holds_unknown(value)
    return True


def _holds_unknown(value: Value) -> bool:
    value = reveal(value)
    if isinstance(value, Mapping):
        return any(map(_holds_unknown, value.values()))
    if isinstance(value, list | tuple):
        return any(map(_holds_unknown, value))
    return value is UNKNOWN


def _partly_known(resource: ResourceFacts, path: str) -> Value:
    """What the plan knows of an unknown document."""
    value = at(resource.partly_known, path)
    if value is UNSET:
        return UNKNOWN
    if not isinstance(value, Partly):
        return _opened(value)
    if None not in value.parts or not any(value.parts):
        return UNKNOWN
    try:
        return _opened(json.loads("".join(_HOLE if part is None else part for part in value.parts)))
    except (ValueError, RecursionError):
        # What is missing may be the part that makes it a document.
        return UNKNOWN


def known_text(resource: ResourceFacts, path: str) -> str:
    """The known parts of a text of which others are unknown, with spaces for those; empty where none is known."""
    value = at(resource.partly_known, path)
    return " ".join(part for part in value.parts if part) if isinstance(value, Partly) else ""


def _opened(value: Value) -> Value:
    """A value with `UNKNOWN` for each text that has a hole, and for each object with one in a key."""
    if isinstance(value, Partly):
        return UNKNOWN
    if isinstance(value, str):
        return UNKNOWN if _HOLE in value else value
    if isinstance(value, Mapping):
        return UNKNOWN if any(_HOLE in key for key in value) else {k: _opened(v) for k, v in value.items()}
    return [_opened(entry) for entry in value] if isinstance(value, Sequence) else value


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

    Something that is no policy document cannot be judged: it is `UNKNOWN` too.
    """
    content = document(source, path)
    if content is UNKNOWN:
        return UNKNOWN
    if content is UNSET:
        return UNSET
    raw = items(content, "Statement") if isinstance(content, Mapping) else UNKNOWN
    if isinstance(raw, Unknown):
        return UNKNOWN
    readable = [s for s in raw if isinstance(s, Mapping) and not _is_open(s)]
    return [_statement(s) for s in readable] if len(readable) == len(raw) else UNKNOWN


def _is_open(statement: Mapping[str, Value]) -> bool:
    """Whether it is not known what a statement does, or under which conditions."""
    found = [at(statement, key) for key in _DECISIVE]
    actions = [value for key in ("Action", "NotAction") for value in _entries(items(statement, key))]
    conditions = at(statement, "Condition")
    blocks = [reveal(block) for block in conditions.values()] if isinstance(conditions, Mapping) else []
    return any(value is UNKNOWN for value in (*found, *actions, *blocks))


def _entries(values: list[Value] | Unknown) -> list[Value]:
    """The elements of a list; the one `UNKNOWN` for a list that is."""
    return [UNKNOWN] if isinstance(values, Unknown) else values


def _statement(raw: Mapping[str, Value]) -> Statement:
    return Statement(
        # AWS refuses a statement without an effect; until it does, the worse is taken.
        allow=str(at(raw, "Effect")).lower() != "deny",
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
    if isinstance(found, Unknown):
        return UNKNOWN
    readable = [c for c in found if isinstance(c, Mapping)]
    return readable if len(readable) == len(found) else UNKNOWN


def means(value: Value, *, want: bool) -> bool:
    """Whether a condition's value is the boolean; policies write booleans as text."""
    return as_bool(value) is want
