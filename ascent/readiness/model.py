"""The checklist's vocabulary: areas, phases, weights, and what an item is."""

from __future__ import annotations

from enum import Enum, StrEnum
from typing import Annotated, Final, Literal, Self

from pydantic import Field, field_validator, model_validator

from ascent.ops.kinds import Operation
from ascent.readiness.content.kinds import KINDS
from ascent.readiness.entry import Entry, Text
from ascent.readiness.remedy import Remedy
from common.problems import RefusedError, closest
from policies.pack.levels import TIERS

TierName = Literal["mvp", "startup", "production", "enterprise"]


class Phase(StrEnum):
    """When an item is due, from the first week on; members stand in that order."""

    IMMEDIATE = "immediate"
    """This week: quick wins, and what must not go out without."""
    FOUNDATION = "foundation"
    """Weeks 1 and 2: what production cannot do without."""
    STABILITY = "stability"
    """Weeks 3 and 4: what keeps it running."""
    OPERATIONS = "operations"
    """The second month: what makes it easy to run."""
    LONG_TERM = "long-term"
    """The third month and later: what enterprises ask for."""


class Weight(Enum):
    """How much an item counts; the value is its points."""

    CRITICAL = 8
    HIGH = 4
    MEDIUM = 2
    LOW = 1

    @property
    def word(self) -> str:
        """The weight as the data and people write it."""
        return self.name.lower()


class Kind(StrEnum):
    """Where an item is met."""

    INFRASTRUCTURE = "infrastructure"
    APPLICATION = "application"
    PROCESS = "process"


class Status(StrEnum):
    """What can be said of an item, and of one piece of evidence."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown until deployed"
    """Depends on a value that only AWS can tell; earns nothing."""
    WAIVED = "waived"
    """Somebody answers for its absence until a date; earns nothing, because a waiver excuses and does not mend."""
    NOT_APPLICABLE = "not applicable"
    """Does not count at the stack's tier, or concerns something that the stack has not chosen."""


class FileProof(Entry):
    """Files of the repository whose content proves something.

    Args:
        path: from Pulumi.yaml's directory; `*` stands for any characters of one file name.
        kind: what the files are, and so how they are read: a name of `ascent/readiness/content/kinds.py`.
        count: fewest files that must match `path`.
        sections: Markdown headings, or their beginnings, below which something must be said.
        names: what each file must be about, have or run, as its kind reads it; of `a|b` one is enough.
        days: greatest age in days of the newest `Last reviewed: YYYY-MM-DD` (or tested, held) in it; None for any.
    """

    path: Text
    kind: Text
    count: int = Field(default=1, ge=1)
    sections: tuple[Text, ...] = ()
    names: tuple[Text, ...] = ()
    days: int | None = Field(default=None, ge=1)

    @field_validator("kind")
    @classmethod
    def _is_a_kind(cls, kind: str) -> str:
        if kind not in KINDS:
            near = closest(kind, KINDS)
            raise RefusedError(
                "it is no kind of file that can be read", f"write {near}" if near else f"see {', '.join(KINDS)}"
            )
        return kind


class AttestationProof(Entry):
    """Something that only a person can vouch for.

    Args:
        what: what must be attested.
        days: longest time in days from the date it was done to the expiry of the attestation.
        operations: operations of `ascent ops` whose record says the same, and counts for as many days.
    """

    what: Text
    days: int = Field(ge=1)
    operations: tuple[Operation, ...] = ()


class Proof(Entry):
    """How an item is proven: every part must hold, and at least one must have something to say.

    Args:
        rules: ids of rules; one that judges nothing in a stack, or is off at its tier, says nothing.
        queries: ids of plan queries.
        project: ids of questions to the project as a whole: its stacks side by side, its costs.
        files: files of the repository, by their content.
        tests: pytest ids, `path::test`; all cases of each must have passed in the results that are given.
        probe: ids of checks of `ascent probe`; a record of the image that the stack runs must prove each.
        attestation: what a person must vouch for; None for nothing.
        missing: what would prove the rest, and does not exist yet; an item that has this is never met.
    """

    rules: tuple[Text, ...] = ()
    queries: tuple[Text, ...] = ()
    project: tuple[Text, ...] = ()
    files: tuple[FileProof, ...] = ()
    tests: tuple[Text, ...] = ()
    probe: tuple[Text, ...] = ()
    attestation: AttestationProof | None = None
    missing: str = ""

    @property
    def of_stacks(self) -> bool:
        """Whether plans prove it, or a part of it."""
        return bool(self.rules or self.queries or self.project)

    @property
    def empty(self) -> bool:
        """Whether nothing that exists could prove the item."""
        return not (self.of_stacks or self.files or self.tests or self.probe or self.attestation)


class Option(Entry):
    """Makes an item count only where the stack has chosen what it is about.

    Args:
        query: id of the query that finds it in the plan.
        reason: why the item does not count without it.
        instead: id of the query that finds what the stack has chosen in its place; without that the item counts, since
            nothing was chosen. Empty for what a stack may do without.
    """

    query: Text
    reason: Text
    instead: str = ""


class Item(Entry):
    """One item of the checklist.

    Args:
        number: from 1 without gaps, stable.
        title: what is true of a stack that meets it.
        area: file name of its area.
        phase: when it is due.
        weight: how much it counts.
        kinds: where it is met.
        since: first tier at which it counts.
        until: last tier at which it counts.
        option: what the stack must have chosen for it to count; None where it counts in any case.
        proof: how it is proven.
        reason: why no rule proves it, where a plan could show it; empty otherwise.
        remedy: what would meet it; None where that is not known, or stands at another item that it meets too.
    """

    number: int = Field(ge=1)
    title: Text
    area: Text
    phase: Phase
    weight: Literal["critical", "high", "medium", "low"]
    kinds: Annotated[tuple[Kind, ...], Field(min_length=1)]
    since: TierName
    until: TierName = "enterprise"
    option: Option | None = None
    proof: Proof
    reason: str = ""
    remedy: Remedy | None = None

    @model_validator(mode="after")
    def _has_rules_or_a_reason(self) -> Self:
        if self.reason and self.proof.rules:
            raise RefusedError(f"{', '.join(self.proof.rules)} prove it, or a part of it", "delete its reason")
        return self

    @property
    def part(self) -> Kind:
        """The one of the three scores that it belongs to: where it is decided.

        Of an item with several kinds that is the stack, where nothing but a plan proves it; else the application,
        where it is about the application too; else people.
        """
        proof = self.proof
        beside = proof.files or proof.tests or proof.probe or proof.attestation or proof.missing
        by_plan = not (proof.project or beside)
        order = list(Kind) if by_plan else [Kind.APPLICATION, Kind.PROCESS, Kind.INFRASTRUCTURE]
        return min(self.kinds, key=order.index)

    @property
    def shown_by_a_plan(self) -> bool:
        """Whether a plan could show it."""
        return bool(self.proof.rules or self.reason)

    @property
    def points(self) -> int:
        """What meeting it earns."""
        return Weight[self.weight.upper()].value

    def counts_at(self, tier: str) -> bool:
        """Whether it counts at a tier; as at the strictest for a name that is not one."""
        rank = TIERS.index(tier) if tier in TIERS else len(TIERS) - 1
        return TIERS.index(self.since) <= rank <= TIERS.index(self.until)


class Area(Entry):
    """A group of items.

    Args:
        name: file name without its ending.
        title: as people write it.
        order: place among the areas.
    """

    name: Text
    title: Text
    order: int


WEIGHTS: Final = tuple(weight.word for weight in Weight)
"""Weights, the heaviest first."""
