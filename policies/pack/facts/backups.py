"""What AWS Backup saves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

from policies.pack import types
from policies.pack.facts import Unknown
from policies.pack.facts.tags import tags_of
from policies.pack.values import at, is_set, known_items, text

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


_KIND: Final = {
    types.RDS_INSTANCE: ("db:", "identifier"),
    types.RDS_CLUSTER: ("cluster:", "clusterIdentifier"),
    types.DYNAMODB_TABLE: ("table/", "name"),
    types.EFS_FILE_SYSTEM: ("file-system/", ""),
    types.EBS_VOLUME: ("volume/", ""),
}
"""How the last part of such an ARN begins, and the property with what follows; empty where AWS alone names it."""

_PATTERN: Final = re.compile(r"\*|arn:aws[\w-]*:([\w-]+):([^:]*):[^:]*:(.*\*.*)|arn:aws[\w-]*:([\w-]+):\*")
"""A pattern in a selection's resources; its service, region and last part."""


def selected(store: ResourceFacts, stack: StackFacts) -> str:
    """How a backup selection takes a store, by its ARN, a pattern or a tag; empty if none does.

    A selection takes nothing that its `notResources` name.
    """
    left_out = stack.referring(store, types.BACKUP_SELECTION, "notResources")
    named = stack.referring(store, types.BACKUP_SELECTION, "resources")
    if any(selection not in left_out for selection in named):
        return "a backup selection names it"
    tags = tags_of(store)
    pairs = set() if isinstance(tags, Unknown) else {(k, v) for k, v in tags.items() if isinstance(v, str)}
    selections: _Selections = stack.once(_selections)
    urns = {selection.urn for selection in left_out}
    keys = (("*",), (SAVED_AS[store.type],), *pairs)
    covered = any(_takes(one, store, pairs, urns) for key in keys for one in selections.get(key, ()))
    return "a backup selection covers it" if covered else ""


def _takes(one: _Selected, store: ResourceFacts, pairs: set[tuple[str, str]], left_out: set[str]) -> bool:
    """Whether a way of selecting takes a store with these tags; `left_out` are the selections that name it apart."""
    if (one.owners and one.owners <= left_out) or not _holds(one.conditions, pairs):
        return False
    return _matches_arn(one.pattern, store) and not any(_matches_arn(p, store) for p in one.excluded)


def _matches_arn(pattern: str, store: ResourceFacts) -> bool:
    """Whether a pattern for ARNs can mean a store; by its ARN where that is known, else by its kind and its name."""
    if pattern in ("", "*"):
        return True
    arn = store.outputs.get("arn")
    if isinstance(arn, str) and _as_regex(pattern).fullmatch(arn):
        return True
    match = _PATTERN.fullmatch(pattern)
    if match is None or SAVED_AS[store.type] != (match[1] or match[4]):
        return False
    if match[4]:
        return True
    if store.region and _as_regex(match[2]).fullmatch(store.region) is None:
        return False
    kind, key = _KIND[store.type]
    name = text(store, key) if key else ""
    # A name that AWS makes up can be meant only by what means every name.
    return _as_regex(match[3]).fullmatch(f"{kind}{name or '?'}") is not None


@lru_cache(maxsize=1024)
def _as_regex(pattern: str) -> re.Pattern[str]:
    return re.compile(re.escape(pattern).replace(r"\*", ".*"))


_OPERATORS: Final = {"stringEquals": True, "stringLikes": True, "stringNotEquals": False, "stringNotLikes": False}
"""Operator of a selection's conditions → whether a store must match it, or must not."""

_Conditions: TypeAlias = "frozenset[tuple[str, str, str]]"


@dataclass(frozen=True, slots=True)
class _Selected:
    """One way of selecting, under some conditions. Equal ones are one, so that stores need not ask each."""

    pattern: str
    """Pattern for ARNs; empty for a tag."""
    conditions: _Conditions
    """Operator, key and value of tags."""
    excluded: tuple[str, ...]
    """Patterns of what is not taken."""
    owners: frozenset[str]
    """URN of the selection, where it also leaves out resources by reference; else empty and never left out."""


_Selections: TypeAlias = "dict[tuple[str, ...], set[_Selected]]"
"""What selections take: a service (or `*` for all), or a tag with its value → how."""


def _selections(stack: StackFacts) -> _Selections:
    found: _Selections = {}
    for selection in stack.of_type(types.BACKUP_SELECTION):
        written = [(o, _tag(c)) for o in _OPERATORS for c in known_items(selection, f"conditions.{o}")]
        if any(tag is None for _, tag in written):
            continue
        conditions = frozenset((operator, *tag) for operator, tag in written if tag)
        excluded = tuple(p for p in known_items(selection, "notResources") if isinstance(p, str))
        owners = frozenset((selection.urn,) if is_set(at(selection, "notResources")) else ())
        patterns = [(p, _PATTERN.fullmatch(p)) for p in known_items(selection, "resources") if isinstance(p, str)]
        taken = [((m[1] or m[4] or "*",), p) for p, m in patterns if m]
        tags = [(tag, "") for tag in map(_tag, known_items(selection, "selectionTags"))]
        for key, pattern in (*taken, *tags):
            if key:
                found.setdefault(key, set()).add(_Selected(pattern, conditions, excluded, owners))
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
