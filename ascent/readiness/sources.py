"""Everything that readiness rests on and no plan holds: read once from a project, used for all its stacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ascent.plan.config import stack_names
from ascent.readiness.assess import Readiness, assess
from ascent.readiness.attestations import FILE, Attestations, Setting, load_attestations
from ascent.readiness.checklist import Checklist, shipped
from ascent.readiness.documents import read_files
from ascent.readiness.outcomes import read_outcomes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from policies.pack.evaluate import Report
    from policies.pack.facts import StackFacts


@dataclass(frozen=True, kw_only=True)
class Sources:
    """The checklist, and a project's evidence on one day.

    Attributes:
        today: the day on which attestations and documents must still hold.
        checklist: the items.
        files: texts by path from the project's directory.
        outcomes: whether each test passed.
        attestations: what people vouch for.
    """

    today: date
    checklist: Checklist
    files: Mapping[str, str]
    outcomes: Mapping[str, bool]
    attestations: Attestations

    @classmethod
    def read(cls, directory: Path, *, today: date, tests: Iterable[Path] = ()) -> Sources:
        """Read a project's evidence.

        Args:
            directory: where Pulumi.yaml is.
            today: the day to judge for.
            tests: JUnit XML files with results of tests.

        Raises:
            InputError: a file cannot be read, or an attestation is wrong; a line for each problem.
        """
        checklist = shipped()
        setting = Setting(checklist=checklist, today=today, directory=directory, stacks=stack_names(directory))
        return cls(
            today=today,
            checklist=checklist,
            files=read_files(directory, checklist.paths),
            outcomes=read_outcomes(tests),
            attestations=load_attestations(directory / FILE, setting),
        )

    def assess(self, facts: StackFacts, report: Report) -> Readiness:
        """How ready a stack is, given what the rules say of it."""
        return assess(
            facts,
            report,
            self.checklist,
            today=self.today,
            files=self.files,
            outcomes=self.outcomes,
            attestations=self.attestations,
        )
