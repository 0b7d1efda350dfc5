"""Rules as data and as words, for every output that lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from common.layers import LAYERS
from policies.pack.levels import TIERS
from policies.pack.parameters import allowed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policies.pack.parameters import Parameter
    from policies.pack.rule import Rule

_SHOWN_TYPES: Final = 12


def items_of(rule: Rule) -> tuple[int, ...]:
    """Numbers of the checklist items that a rule proves, or a part of each."""
    from ascent.readiness.checklist import shipped

    return shipped().by_rule.get(rule.id, ())


def by_layer(rules: Iterable[Rule]) -> list[Rule]:
    """Rules by layer, from the outside in, and by id."""
    return sorted(rules, key=lambda rule: (LAYERS.index(rule.layer), rule.id))


def record_of_rule(rule: Rule) -> dict[str, Any]:
    """A rule as JSON has it."""
    from ascent.compliance.mapping import all_controls_of

    return {
        "id": rule.id,
        "title": rule.title,
        "layer": rule.layer,
        "severity": rule.severity.value,
        "types": list(rule.on),
        "levels": {tier: rule.level(tier).value for tier in TIERS},
        "why": rule.why,
        "fix": rule.fix,
        "frameworks": list(rule.anchors),
        "controls": {name: list(controls) for name, controls in all_controls_of(rule).items()},
        "items": list(items_of(rule)),
        "parameters": {
            p.name: {"meaning": p.meaning, "defaults": {tier: _plain(p.at(tier)) for tier in TIERS}}
            for p in rule.parameters
        },
    }


def _plain(value: Any) -> Any:  # noqa: ANN401 - a parameter's own type
    return list(value) if isinstance(value, tuple) else value


def types_text(rule: Rule) -> str:
    """The types that a rule judges; of a long list only the beginning."""
    shown, more = rule.on[:_SHOWN_TYPES], len(rule.on) - _SHOWN_TYPES
    return ", ".join(shown) + (f" and {more} more types" if more > 0 else "") or "the stack as a whole"


def parameter_text(parameter: Parameter) -> str:
    """What a parameter says, what it may be, and its default, per tier where tiers differ."""
    defaults = [_shown(parameter.at(tier)) for tier in TIERS]
    by_tier = "; ".join(f"{tier} {default}" for tier, default in zip(TIERS, defaults, strict=True))
    default = defaults[0] if len(set(defaults)) == 1 else by_tier
    return f"{parameter.meaning}. Allowed: {allowed(parameter.schema)}. Default: {default}"


def _shown(value: Any) -> str:  # noqa: ANN401 - a parameter's own type
    if isinstance(value, dict):
        value = [f"{key}={item}" for key, item in value.items()]
    return (", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)) or "nothing"
