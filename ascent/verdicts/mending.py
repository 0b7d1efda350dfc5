"""The settings that end a finding, for stacks of Ascent's own: what the checklist knows of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ascent.readiness.checklist import shipped
from ascent.readiness.scores.reach import ways
from ascent.verdicts.findings import Meaning, meaning_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from policies.pack.evaluate import Result

_BROKEN = (Meaning.FAIL, Meaning.ADVISE)


def mending(results: Iterable[Result], tier: str) -> dict[str, Mapping[str, Any]]:
    """Rule → settings with values that end its findings; rules are left out that no setting is known to satisfy.

    An item of the checklist is met where all rules that prove it are kept: what is known to meet it keeps them.

    Args:
        results: what the rules say of a stack.
        tier: its tier.
    """
    found: dict[str, Mapping[str, Any]] = {}
    for rule in dict.fromkeys(r.verdict.rule for r in results if meaning_of(r) in _BROKEN):
        if settings := _settings_for(rule, tier):
            found[rule] = settings
    return found


def _settings_for(rule: str, tier: str) -> Mapping[str, Any]:
    """The fewest settings that keep a rule; empty where none are known to."""
    items = shipped().by_rule.get(rule, ())
    known = [way.settings for way in ways(tier) if way.settings and way.meets & set(items)]
    remedies = [item.remedy.settings for item in shipped().items if item.remedy and item.number in items]
    return min([*known, *filter(None, remedies)], key=len, default={})
