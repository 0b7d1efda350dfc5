"""Policy configuration: levels and parameters that replace a tier's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from policies.pack.facts import Value
from policies.pack.levels import Level
from policies.pack.parameters import RESERVED
from policies.pack.registry import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policies.pack.rule import Rule

WAIVERS_POLICY: Final = "waivers"
"""Name of the policy under which wrong, expired, unused and over-broad waivers are reported."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """What is configured; everything else is the tier's."""

    levels: Mapping[str, Level] = field(default_factory=dict)
    """By id of the rule, or `WAIVERS_POLICY`."""
    values: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    """Parameters by id of the rule, then by name, without complaint."""

    def level(self, rule: Rule, tier: str) -> Level:
        """Enforcement of a rule."""
        return self.levels.get(rule.id, rule.level(tier))

    @property
    def waivers_level(self) -> Level:
        """Enforcement of what is said about waivers: it advises unless configured otherwise."""
        return self.levels.get(WAIVERS_POLICY, Level.ADVISORY).of_findings

    @property
    def remediates(self) -> bool:
        """Whether any rule is to mend what it finds."""
        return Level.REMEDIATE in self.levels.values()

    def given(self, rule: Rule) -> Mapping[str, Value]:
        """Parameters of a rule that are configured."""
        return self.values.get(rule.id, {})


DEFAULTS: Final = Configuration()
"""Nothing configured."""


def default_config(tier: str, rules: Iterable[Rule] = tuple(RULES.values())) -> dict[str, Any]:
    """What a tier's own levels and parameters look like as a configuration file."""
    return {
        rule.id: {RESERVED: rule.level(tier).value, **{p.name: p.published(tier)["default"] for p in rule.parameters}}
        if rule.parameters
        else rule.level(tier).value
        for rule in rules
    }
