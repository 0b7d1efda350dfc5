"""What AWS Backup saves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

from policies.pack import types
from policies.pack.facts import Unknown
from policies.pack.facts.tags import tags_of
from policies.pack.values import at, known_items, text

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, StackFacts, Value

SAVED_AS: Final = {
    types.RDS_INSTANCE: "rds",
    types.RDS_CLUSTER: "rds",
    types.DYNAMODB_TABLE: "dynamodb",
    types.EFS_FILE_SYSTEM: "elasticfilesystem",
    types.EBS_VOLUME: "ec2",
}
"""What holds data that AWS Backup can save → the service in its ARN."""


_WHOLE_SERVICE: Final = re.compile(r"\*|arn:aws[\w-]*:([\w-]+):.*\*")


def selected(store: ResourceFacts, stack: StackFacts) -> str:
    """How a backup selection takes a store, by its ARN, a pattern or a tag; empty if none does."""
    if stack.referring(store, types.BACKUP_SELECTION, "resources"):
        return "a backup selection names it"
    tags = tags_of(store)
    pairs = set() if isinstance(tags, Unknown) else {(k, v) for k, v in tags.items() if isinstance(v, str)}
    selections: _Selections = stack.once(_selections)
    keys = (("*",), (SAVED_AS[store.type],), *pairs)
    covered = any(_holds(conditions, pairs) for key in keys for conditions in selections.get(key, ()))
    return "a backup selection covers it" if covered else ""


_OPERATORS: Final = {"stringEquals": True, "stringLikes": True, "stringNotEquals": False, "stringNotLikes": False}
"""Operator of a selection's conditions → whether a store must match it, or must not."""

_Conditions: TypeAlias = "frozenset[tuple[str, str, str]]"

_Selections: TypeAlias = "dict[tuple[str, ...], set[_Conditions]]"
"""What selections take, a service (or `*` for all) or a tag with its value → the conditions under which they do:
operator, key and value of tags. Equal selections are one, so that stores need not ask each."""


def _selections(stack: StackFacts) -> _Selections:
    found: _Selections = {}
    for selection in stack.of_type(types.BACKUP_SELECTION):
        written = [(o, _tag(c)) for o in _OPERATORS for c in known_items(selection, f"conditions.{o}")]
        if any(tag is None for _, tag in written):
            continue
        conditions = frozenset((operator, *tag) for operator, tag in written if tag)
        services = (_WHOLE_SERVICE.fullmatch(p) for p in known_items(selection, "resources") if isinstance(p, str))
        taken = [(match[1] or "*",) for match in services if match]
        for key in (*taken, *map(_tag, known_items(selection, "selectionTags"))):
            if key:
                found.setdefault(key, set()).add(conditions)
    return found


def _holds(conditions: _Conditions, pairs: set[tuple[str, str]]) -> bool:
    """Whether a store with these tags meets all conditions."""
    return all(_matches(operator, key, value, pairs) is _OPERATORS[operator] for operator, key, value in conditions)


def _matches(operator: str, key: str, value: str, pairs: set[tuple[str, str]]) -> bool:
    if "Like" not in operator:
        return (key, value) in pairs
    pattern = re.compile(re.escape(value).replace(r"\*", ".*"))
    return any(k == key and pattern.fullmatch(v) for k, v in pairs)


def _tag(wanted: Value) -> tuple[str, str] | None:
    """Key and value of a tag that a selection asks for; None where either is not known."""
    value = at(wanted, "value")
    key = text(wanted, "key").removeprefix("aws:ResourceTag/")
    return (key, value) if key and isinstance(value, str) else None
