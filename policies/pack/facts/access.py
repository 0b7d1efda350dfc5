"""Whom a statement of a policy admits, judged as IAM does: what conditions, exceptions and denials leave over.

Libraries that read policies (policyuniverse, parliament, policy_sentry) know neither values that are known only after
deployment nor whether a condition leaves out strangers, and bring catalogues of all actions that planning would load.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from policies.pack.facts import UNKNOWN
from policies.pack.values import as_bool

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policies.pack.facts import Value
    from policies.pack.facts.documents import Statement

_EQUALS: Final = ("stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike")
_DIFFERS: Final = ("stringnotequals", "stringnotequalsignorecase", "stringnotlike", "arnnotequals", "arnnotlike")

_ALWAYS_THERE: Final = ("kms:calleraccount",)
"""Keys that every request has: for them alone IfExists changes nothing."""

_ARN_KEYS: Final = ("aws:principalarn", "aws:sourcearn")

_CALLER_KEYS: Final = (
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:principalaccount",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
    "aws:sourceaccount",
    "aws:sourceowner",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:userid",
    "kms:calleraccount",
    *_ARN_KEYS,
)
"""Keys whose value belongs to one account or organisation."""

_INSIDE: Final = ("elasticfilesystem:accessedviamounttarget",)
"""Keys that are true only of callers in a VPC that we let in."""

_EVERY_ACTION: Final = re.compile(r"\*+(:\*+)?")
_EVERY_RESOURCE: Final = re.compile(r"\*+|arn:[\w*-]+(:\*+){1,4}")


def any_action(patterns: Iterable[str]) -> bool:
    """Whether one of some patterns means every action of every service."""
    return any(_EVERY_ACTION.fullmatch(p) for p in patterns)


def any_resource(patterns: Iterable[Value]) -> bool:
    """Whether one of some patterns means every resource."""
    return any(isinstance(p, str) and _EVERY_RESOURCE.fullmatch(p.lower()) for p in patterns)


def is_full_admin(statement: Statement, others: Iterable[Statement]) -> bool:
    """Whether a statement allows everything, or all but what it names, on all or nearly all resources.

    A denial of all but some actions on everything leaves only those.
    """
    if not statement.allow:
        return False
    actions = any_action(statement.actions) or (bool(statement.not_actions) and not any_action(statement.not_actions))
    resources = any_resource(statement.resources) or (
        bool(statement.not_resources) and not any_resource(statement.not_resources)
    )
    return actions and resources and not any(_leaves_few_actions(s) for s in others)


def _leaves_few_actions(statement: Statement) -> bool:
    return (
        not statement.allow
        and bool(statement.not_actions)
        and any_resource(statement.resources)
        and not statement.conditions
    )


def admits_strangers(statement: Statement, others: Iterable[Statement]) -> bool:
    """Whether a statement of a resource's policy lets in principals of any account."""
    if not statement.allow or not (statement.for_everyone or statement.not_principals):
        return False
    return not _limits_callers(statement) and not any(_denies_strangers(s, statement) for s in others)


def _limits_callers(statement: Statement) -> bool:
    if any(
        key in _INSIDE and operator == "bool" and all(as_bool(v) is True for v in values)
        for operator, key, values in statement.conditions
    ):
        return True
    return any(
        (operator in _EQUALS or (operator.removesuffix("ifexists") in _EQUALS and key in _ALWAYS_THERE))
        and _names_callers(key, values)
        for operator, key, values in _of_any_value(statement)
    )


def _of_any_value(statement: Statement) -> Iterator[tuple[str, str, tuple[Value, ...]]]:
    """Conditions without their ForAnyValue; ForAllValues stays, for it is true where the key is missing."""
    for operator, key, values in statement.conditions:
        yield operator.removeprefix("foranyvalue:"), key, values


def _denies_strangers(statement: Statement, allowed: Statement) -> bool:
    """Whether a denial takes from strangers all that another statement allows."""
    if statement.allow or not statement.for_everyone:
        return False
    covers = any_action(statement.actions) or (
        bool(allowed.actions) and all(_matched(action, statement.actions) for action in allowed.actions)
    )
    if not covers or not (any_resource(statement.resources) or allowed.resources == statement.resources):
        return False
    limiting = [c for c in statement.conditions if c[1] != "aws:principalisawsservice"]
    return bool(limiting) and all(
        operator.removesuffix("ifexists") in _DIFFERS and _names_callers(key, values)
        for operator, key, values in limiting
    )


def _matched(action: str, patterns: Iterable[str]) -> bool:
    """Whether one of the patterns takes an action in, which may hold wildcards itself; case makes no difference."""
    return any(fnmatchcase(action.lower(), pattern.lower().replace("[", "[[]")) for pattern in patterns)


def _names_callers(key: str, values: tuple[Value, ...]) -> bool:
    return key in _CALLER_KEYS and bool(values) and all(_is_definite(key, v) for v in values)


def _is_definite(key: str, value: Value) -> bool:
    """Whether a condition's value belongs to somebody in particular; one made of a resource's output does."""
    if value is UNKNOWN:
        return True
    text = str(value)
    if key not in _ARN_KEYS:
        # A user id begins with that of its role, a path with that of its organisation.
        fixed = {
            "aws:userid": r"A\w{15,}(:.*)?|\d{12}",
            "aws:principalorgpaths": r"o-\w+/.*",
            "aws:sourceorgpaths": r"o-\w+/.*",
        }
        return re.fullmatch(fixed.get(key, r"[^*?]+"), text) is not None
    parts = text.split(":", 5)
    if len(parts) < 6:
        return False
    # Names of buckets are unique in all of AWS; other ARNs must name the account.
    return parts[4].isdigit() or (parts[2] == "s3" and not parts[4] and not parts[5].startswith(("*", "?")))
