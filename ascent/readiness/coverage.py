"""What the rules cover: frameworks by number of rules, and checklist items that no rule proves."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from common.yaml_text import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policies.pack.rule import Rule

FRAMEWORKS: Final = ("FSBP", "CIS", "checkov", "trivy", "cdk-nag", "Control Tower")
"""First words of anchors: AWS's foundational best practices, the CIS benchmark, and the catalogues of other tools."""

OWN: Final = "our own"
"""What counts the rules that no framework has."""

_ITEMS: Final = Path(__file__).with_name("coverage.yaml")


@dataclass(frozen=True, slots=True)
class Item:
    """A checklist item that a plan can show."""

    number: int
    title: str
    reason: str
    """Why no rule proves it; empty for one that a rule proves."""


def items() -> tuple[Item, ...]:
    """All checklist items that a plan can show, by number."""
    found = read_yaml(_ITEMS)
    return tuple(Item(int(n), entry["title"], entry.get("reason", "")) for n, entry in sorted(found.items()))


def proven_by(rules: Iterable[Rule]) -> dict[int, list[str]]:
    """Item → ids of the rules that prove it, or a part of it."""
    found: dict[int, list[str]] = {}
    for rule in rules:
        for item in rule.items:
            found.setdefault(item, []).append(rule.id)
    return found


def by_framework(rules: Iterable[Rule]) -> dict[str, int]:
    """Number of rules that name a control of each framework; those that name none count as `OWN`."""
    every = tuple(rules)
    others = {a.split()[0] for r in every for a in r.anchors if framework_of(a) == a.split()[0]} - set(FRAMEWORKS)
    counts = {
        name: sum(any(framework_of(a) == name for a in r.anchors) for r in every)
        for name in (*FRAMEWORKS, *sorted(others))
    }
    return {**counts, OWN: sum(not r.anchors for r in every)}


def framework_of(anchor: str) -> str:
    """The framework that an anchor names."""
    return next((name for name in FRAMEWORKS if anchor.startswith(f"{name} ")), anchor.split()[0])
