"""The frameworks that rules name, by number of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policies.pack.rule import Rule

FRAMEWORKS: Final = ("FSBP", "CIS", "checkov", "trivy", "cdk-nag", "Control Tower")
"""First words of anchors: AWS's foundational best practices, the CIS benchmark, and the catalogues of other tools."""

OWN: Final = "our own"
"""What counts the rules that no framework has."""


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
