"""What a stack can reach: which items settings of this program can meet at a tier, and where that ends.

`reach.yaml` is made of true plans by `python -m ascent.advise.reach`, one for each value that a setting could have; a
test holds it to the program.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ascent.readiness.model import Kind, Status
from ascent.readiness.scores.score import Score, score_of
from common.yaml_text import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ascent.readiness.prove import JudgedItem

FILE: Final = Path(__file__).parent / "reach.yaml"
"""What is known of settings, by tier."""

_OF_A_PLAN: Final = frozenset({"rule", "query"})
"""Kinds of evidence that settings decide."""


@dataclass(frozen=True, slots=True)
class Way:
    """A change of settings and what it brings at a tier.

    Attributes:
        settings: setting → value; empty for the tier's own values.
        meets: numbers of the items whose proofs in the plan then all hold.
    """

    settings: Mapping[str, Any]
    meets: frozenset[int]


@cache
def ways(tier: str) -> tuple[Way, ...]:
    """All that is known to bring something at a tier; nothing for a name that is no tier.

    Args:
        tier: the tier that the stack is held against.
    """
    found = read_yaml(FILE) or {}
    return tuple(Way(entry["settings"], frozenset(entry["meets"])) for entry in found.get(tier, ()))


@cache
def within_settings(tier: str) -> frozenset[int]:
    """Items whose proofs in the plan some settings of this program can make hold at a tier."""
    return frozenset(number for way in ways(tier) for number in way.meets)


def plan_holds(judged: JudgedItem) -> bool:
    """Whether all that a plan could say of an item speaks for it; so too where a plan says nothing of it."""
    said = [e.status for e in judged.evidence if e.kind in _OF_A_PLAN]
    return all(status is Status.MET for status in said) if said else not judged.item.proof.of_stacks


def by_settings(judged: JudgedItem, tier: str) -> bool:
    """Whether settings alone can meet an item that counts; also one that is met already."""
    if judged.status is Status.MET:
        return True
    return judged.item.number in within_settings(tier) and not _lacks_beside(judged)


def by_anything(judged: JudgedItem, tier: str) -> bool:
    """Whether settings, a deployment and work that can be proven today meet an item that counts."""
    if judged.status is Status.MET:
        return True
    if judged.item.proof.missing:
        return False
    if plan_holds(judged) or judged.item.number in within_settings(tier):
        return True
    said = [e.status for e in judged.evidence if e.kind in _OF_A_PLAN]
    return bool(said) and all(status in (Status.MET, Status.UNKNOWN) for status in said)


def _lacks_beside(judged: JudgedItem) -> bool:
    """Whether an item lacks a proof that no plan gives: a document, a test, somebody's word."""
    proof = judged.item.proof
    if proof.missing:
        return True
    held = sum(e.kind in ("file", "test", "probe", "attestation") and e.status is Status.MET for e in judged.evidence)
    return held < len(proof.files) + len(proof.tests) + len(proof.probe) + bool(proof.attestation)


@dataclass(frozen=True, slots=True)
class Prospect:
    """A score, and how far it can go.

    Attributes:
        part: what it is of; None for the whole.
        score: as it is.
        by_settings: with the best settings of this program at the tier, and nothing else done.
        ceiling: with everything that Ascent can build and that can be proven: documents written, drills held, tests
            given, the stack deployed. What is beyond has no proof yet, or nothing that Ascent could build.
    """

    part: Kind | None
    score: Score
    by_settings: Score
    ceiling: Score

    @property
    def name(self) -> str:
        """What it is of, in a word."""
        return self.part.value if self.part else "whole"


def prospect(part: Kind | None, score: Score, items: Iterable[JudgedItem], tier: str) -> Prospect:
    """A score and how far it can go. Broken rules take nothing from that: a stack that breaks them is not deployed.

    Args:
        part: what it is of; None for the whole.
        score: as it is.
        items: every item, as judged.
        tier: the tier that the stack is held against.
    """
    mine = [j for j in items if part in (None, j.item.part)]
    return Prospect(
        part,
        score,
        score_of(mine, reached=lambda j: by_settings(j, tier)),
        score_of(mine, reached=lambda j: by_anything(j, tier)),
    )
