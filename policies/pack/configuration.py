"""Policy configuration: levels and parameters that replace a tier's own.

One file serves the engine (`pulumi preview --policy-pack policies --policy-pack-config FILE`) and the offline plan:

    {
      "all": "advisory",
      "rds-multi-az": "mandatory",
      "log-retention": {"enforcementLevel": "mandatory", "days": 400}
    }
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from .facts import Value
from .levels import Level
from .parameters import RESERVED
from .registry import RULES
from .values import shown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from .rule import Rule

WAIVERS_POLICY: Final = "waivers"
"""Name of the policy under which wrong, expired, unused and over-broad waivers are reported."""

EVERYTHING: Final = "all"
"""The name under which a file sets the level of all policies that it does not name."""


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


@dataclass(frozen=True, slots=True)
class Loaded:
    """A configuration, and what is wrong with its source."""

    configuration: Configuration
    problems: tuple[str, ...] = ()
    """A line per mistake: place, value, what is allowed. What is wrong is not in the configuration."""


def load_policy_config(path: Path, rules: Mapping[str, Rule] = RULES) -> Loaded:
    """Read a file in the form of `--policy-pack-config`.

    Args:
        path: JSON file.
        rules: the rules there are, by id.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        return Loaded(DEFAULTS, (f"{path.name}: cannot be read ({error.strerror}); name a policy configuration file",))
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        where = f" line {line}" if line else ""
        return Loaded(DEFAULTS, (f'{path.name}{where}: is not valid JSON; write {{"log-retention": "advisory"}}',))
    loaded = read_policy_config(content, rules)
    return Loaded(loaded.configuration, tuple(f"{path.name}: {problem}" for problem in loaded.problems))


def read_policy_config(content: Value, rules: Mapping[str, Rule] = RULES) -> Loaded:
    """Read a policy configuration out of parsed JSON; see `load_policy_config`."""
    if not isinstance(content, Mapping):
        return Loaded(DEFAULTS, (f"is {shown(content)}; allowed: an object of policies and levels",))
    levels: dict[str, Level] = {}
    values: dict[str, Mapping[str, Value]] = {}
    problems: list[str] = []
    for name, entry in content.items():
        if name not in rules and name not in (WAIVERS_POLICY, EVERYTHING):
            problems.append(f"{_word(name)} is no rule; take an id from the policy listing")
            continue
        settings = entry if isinstance(entry, Mapping) else {RESERVED: entry}
        if RESERVED in settings:
            level = settings[RESERVED]
            if isinstance(level, str) and level in tuple(Level):
                levels[name] = Level(level)
            else:
                problems.append(f"{name}.{RESERVED} is {shown(level)}; allowed: {' or '.join(Level)}")
        values[name] = _parameters(name, settings, rules.get(name), problems)
    if EVERYTHING in levels:
        everything = levels.pop(EVERYTHING)
        levels = {**dict.fromkeys((*rules, WAIVERS_POLICY), everything), **levels}
    return Loaded(Configuration(levels=levels, values={k: v for k, v in values.items() if v}), tuple(problems))


def _parameters(
    name: str, settings: Mapping[str, Value], rule: Rule | None, problems: list[str]
) -> Mapping[str, Value]:
    """The right ones among configured parameters; what is wrong goes to `problems`."""
    known = {p.name: p for p in rule.parameters} if rule else {}
    found: dict[str, Value] = {}
    for key, value in settings.items():
        if key == RESERVED:
            continue
        if key not in known:
            problems.append(f"{name}.{_word(key)} is no property; allowed: {', '.join((RESERVED, *known))}")
        elif complaint := known[key].complaint(value):
            problems.append(f"{name}.{key} is {complaint}")
        else:
            found[key] = value
    return found


def _word(key: str) -> str:
    """A key on one line."""
    return " ".join(str(key).split())


def default_config(tier: str, rules: Iterable[Rule] = tuple(RULES.values())) -> dict[str, Any]:
    """What a tier's own levels and parameters look like as a configuration file."""
    return {
        rule.id: {RESERVED: rule.level(tier).value, **{p.name: p.published(tier)["default"] for p in rule.parameters}}
        if rule.parameters
        else rule.level(tier).value
        for rule in rules
    }
