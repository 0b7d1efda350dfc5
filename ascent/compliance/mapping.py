"""Which rule speaks for which control. It follows from the rule's anchors and the published mappings, never by hand.

An anchor `FSBP RDS.3` leads to the control itself, to whatever a mapping says of it, and to the checks that are
published for it; an anchor `prowler CHECK` leads to whatever a mapping says of the check.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ascent.compliance.frameworks import FSBP, frameworks
from common.yaml_text import read_yaml
from policies.pack.registry import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ascent.compliance.frameworks import Framework
    from policies.pack.rule import Rule

_UNNAMED: Final = Path(__file__).parent / "data" / "unnamed.yaml"
_PREFIX: Final = "FSBP "


def controls_of(rule: Rule, framework: Framework) -> Mapping[str, tuple[str, ...]]:
    """The controls that a rule speaks for, in the framework's order, each with the anchors that lead there.

    Args:
        rule: the rule.
        framework: the framework.
    """
    found: dict[str, list[str]] = {}
    for anchor in rule.anchors:
        if framework.id == FSBP and anchor.startswith(_PREFIX):
            found.setdefault(anchor.removeprefix(_PREFIX), []).append(anchor)
            continue
        for step in (anchor,) if framework.id == FSBP else (anchor, *_checks().get(anchor, ())):
            via = anchor if step == anchor else f"{anchor} = {step}"
            for control in framework.anchors.get(step, ()):
                found.setdefault(control, []).append(via)
    order = {control: n for n, control in enumerate(framework.controls)}
    return {c: tuple(found[c]) for c in sorted(found, key=lambda c: (order.get(c, len(order)), c))}


def rules_by_control(framework: Framework, rules: Iterable[Rule] | None = None) -> Mapping[str, tuple[Rule, ...]]:
    """Every control, in the framework's order, with the rules that speak for it.

    Controls that only a rule names (AWS adds some every month) come last.

    Args:
        framework: the framework.
        rules: rules to ask; all by default.
    """
    found: dict[str, list[Rule]] = {control: [] for control in framework.controls}
    for rule in RULES.values() if rules is None else rules:
        for control in controls_of(rule, framework):
            found.setdefault(control, []).append(rule)
    return {control: tuple(speaking) for control, speaking in found.items()}


def all_controls_of(rule: Rule) -> Mapping[str, tuple[str, ...]]:
    """The controls that a rule speaks for, by the framework's id; frameworks that do not name it are left out."""
    every = {one.id: tuple(controls_of(rule, one)) for one in frameworks().values()}
    return {name: controls for name, controls in every.items() if controls}


@cache
def unnamed() -> Mapping[str, str]:
    """Why no framework names a rule, by the rule's id."""
    return {rule: reason for reason, rules in read_yaml(_UNNAMED).items() for rule in rules}


@cache
def _checks() -> Mapping[str, tuple[str, ...]]:
    """The checks that are published for an FSBP control, as anchors, by the control's anchor."""
    found: dict[str, list[str]] = {}
    for check, controls in frameworks()[FSBP].anchors.items():
        for control in controls:
            found.setdefault(_PREFIX + control, []).append(check)
    return {anchor: tuple(checks) for anchor, checks in found.items()}
