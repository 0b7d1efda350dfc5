"""What a web ACL does, however its rules are written: inline, as JSON, or as resources of their own."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from policies.pack import types
from policies.pack.facts import UNKNOWN, Unknown
from policies.pack.values import UNSET, as_number, at, items, known_items, reveal, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.pack.facts import ResourceFacts, Source, StackFacts, Value

_DOCUMENTS: Final = ("ruleJson", "rulesJson")

_STOPPING: Final = ("block", "captcha", "challenge")

_NARROWING: Final = ("notStatement", "scopeDownStatement")
"""Statements inside which a match stops nothing by itself."""

_WINDOW_SECONDS: Final = 300
"""Window that AWS counts requests in unless told otherwise."""


@dataclass(frozen=True, slots=True)
class AclRules:
    """The rules of a web ACL, those of its own rule groups included, in Pulumi's spelling."""

    rules: tuple[Value, ...]
    complete: bool
    """Whether that is all: nothing is known only after deployment or stands in another stack."""


def acl_rules(acl: ResourceFacts, stack: StackFacts) -> AclRules:
    """All rules that a web ACL applies."""
    found = [_with_groups(acl, stack, "rules", *_written(acl))]
    for resource in stack.referring(acl, types.WAFV2_WEB_ACL_RULE, "webAclArn"):
        known = at(resource, "statement") is not UNKNOWN
        found.append(_with_groups(resource, stack, "statement", [resource.props], complete=known))
    for resource in stack.referring(acl, types.WAFV2_WEB_ACL_RULE_GROUP_ASSOCIATION, "webAclArn"):
        found.append(_with_groups(resource, stack, "ruleGroupReference", [_associated(resource)], complete=True))
    return AclRules(tuple(r for part in found for r in part.rules), all(part.complete for part in found))


def _written(source: ResourceFacts) -> tuple[list[Value], bool]:
    """Rules inside a web ACL or a rule group, and whether that is all of them."""
    rules: list[Value] = []
    complete = True
    for found in (items(source, "rules"), *(_from_json(at(source, key)) for key in _DOCUMENTS)):
        if isinstance(found, Unknown):
            complete = False
            continue
        rules += [r for r in found if r is not UNKNOWN]
        complete = complete and not any(r is UNKNOWN or at(r, "statement") is UNKNOWN for r in found)
    return rules, complete


def _from_json(value: Value) -> list[Value] | Unknown:
    """Rules in the WAF API's own JSON, which starts names with a capital."""
    if not isinstance(value, str):
        return items(value)
    try:
        return items(json.loads(value, object_pairs_hook=_uncapitalised))
    except (ValueError, RecursionError):
        return []


def _uncapitalised(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {key[:1].lower() + key[1:]: value for key, value in pairs}


def _associated(association: ResourceFacts) -> dict[str, Value]:
    """A rule group association as the rule that it makes."""
    override = at(association, "overrideAction")
    statement = {
        "managedRuleGroupStatement": at(association, "managedRuleGroup"),
        "ruleGroupReferenceStatement": at(association, "ruleGroupReference"),
    }
    return {
        "name": at(association, "ruleName"),
        "overrideAction": UNKNOWN if override is UNKNOWN else {str(override): {}},
        "statement": {kind: value for kind, value in statement.items() if value is not UNSET},
    }


def _with_groups(source: ResourceFacts, stack: StackFacts, key: str, rules: list[Value], complete: bool) -> AclRules:
    """Rules together with those of the stack's rule groups that `source` names in property `key`."""
    named = [r for r in rules if at(r, "statement.ruleGroupReferenceStatement") is not UNSET and not only_counts(r)]
    if not named:
        return AclRules(tuple(rules), complete)
    groups = [g for k in (key, *_DOCUMENTS) for g in stack.referred(source, k, types.WAFV2_RULE_GROUP)]
    inner = [_written(group) for group in groups]
    every = (*rules, *(r for part, _ in inner for r in part))
    return AclRules(every, complete and len(groups) >= len(named) and all(known for _, known in inner))


def only_counts(rule: Value) -> bool:
    """Whether a rule that applies a group counts what the group would block; so it is while that is not known."""
    return at(rule, "overrideAction.count") is not UNSET


def only_watches(rule: Value) -> bool:
    """Whether a rule lets everything on, and merely counts it, or is empty."""
    return rule == {} or only_counts(rule) or at(rule, "action.count") not in (UNSET, UNKNOWN)


def is_narrowed(statement: Source) -> bool:
    """Whether a statement looks at some requests only: those that its scope names. All but some are not narrow."""
    scope = at(statement, "scopeDownStatement")
    return scope is not UNSET and (scope is UNKNOWN or at(scope, "notStatement") is UNSET)


def stops(rule: Value) -> bool:
    """Whether a rule's own action keeps the request from the application."""
    return any(at(rule, f"action.{kind}") not in (UNSET, UNKNOWN) for kind in _STOPPING)


def looks_for(rule: Value, kind: str) -> bool:
    """Whether a rule matches on a kind of statement (`sqliMatchStatement`, say), alone or with others."""
    pending = [at(rule, "statement")]
    while pending:
        value = reveal(pending.pop())
        if isinstance(value, Mapping):
            if kind in value:
                return True
            pending += [inner for key, inner in value.items() if key not in _NARROWING]
        elif isinstance(value, Sequence) and not isinstance(value, str):
            pending += value
    return False


def softened(rule: Value, prefix: str) -> str:
    """What keeps a managed group's rules named `prefix…` from blocking; empty if nothing does."""
    if only_counts(rule):
        return "overrideAction only counts"
    group = at(rule, "statement.managedRuleGroupStatement")
    if is_narrowed(group):
        return "scopeDownStatement leaves it some requests only"
    overrides = items(group, "ruleActionOverrides")
    if isinstance(overrides, Unknown):
        return "ruleActionOverrides are known only after deployment"
    names = [
        text(o, "name")
        for o in overrides
        if any(at(o, f"actionToUse.{action}") is not UNSET for action in ("count", "allow"))
    ]
    # The older way to make a rule count.
    names += [text(rule, "name") for rule in known_items(group, "excludedRules")]
    off = sorted(name for name in names if name.startswith(prefix))
    return f"{', '.join(off)} only counts" if off else ""


def rate_limits(rules: tuple[Value, ...]) -> Iterator[Value]:
    """Rate-based statements of the rules that stop requests, whatever they ask for."""
    for rule in rules:
        rate = at(rule, "statement.rateBasedStatement")
        if isinstance(rate, Mapping) and stops(rule) and not is_narrowed(rate):
            yield rate


def per_five_minutes(rate: Source) -> float:
    """Requests that a rate-based statement lets through in five minutes; infinite where that is not written out."""
    limit = as_number(at(rate, "limit"))
    window = at(rate, "evaluationWindowSec")
    seconds = float(_WINDOW_SECONDS) if window is UNSET else as_number(window)
    if not isinstance(limit, float) or not isinstance(seconds, float) or not seconds > 0:
        return float("inf")
    return limit * 300 / seconds
