"""Everything that readiness rests on and no plan holds: read once from a project, used for all its stacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ascent.ops.record import OperationRecord, read_records
from ascent.plan.config import stack_names
from ascent.readiness.assess import Readiness, assess
from ascent.readiness.attestations import FILE, Attestations, Setting, load_attestations
from ascent.readiness.checklist import Checklist, shipped
from ascent.readiness.content.repository import Repository
from ascent.readiness.content.version import version_of
from ascent.readiness.outcomes import Outcomes, read_outcomes
from ascent.readiness.probes.records import Probes, read_probes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from ascent.cost.book.prices import PriceBook
    from ascent.cost.costing import Costing
    from ascent.plan.model import Plan
    from policies.pack.evaluate import Report
    from policies.pack.facts import StackFacts


@dataclass(frozen=True, kw_only=True)
class Sources:
    """The checklist, and a project's evidence on one day.

    Attributes:
        today: the day on which attestations and documents must still hold.
        checklist: the items.
        repository: the project's files.
        outcomes: results of tests.
        attestations: what people vouch for.
        probes: records of probes.
        records: what operations left behind.
        book: the prices.
    """

    today: date
    checklist: Checklist
    repository: Repository
    outcomes: Outcomes
    attestations: Attestations
    probes: Probes
    records: tuple[OperationRecord, ...]
    book: PriceBook

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
        from ascent.cost.book.prices import load_prices

        checklist = shipped()
        setting = Setting(checklist=checklist, today=today, directory=directory, stacks=stack_names(directory))
        repository = Repository.read(directory, checklist.paths)
        given = tuple(tests)
        version = version_of(repository) if given else ""
        return cls(
            today=today,
            checklist=checklist,
            repository=repository,
            outcomes=read_outcomes(given, version=version, today=today),
            probes=read_probes(directory, today=today),
            attestations=load_attestations(directory / FILE, setting),
            records=read_records(directory),
            book=load_prices(),
        )

    @classmethod
    def without_project(cls, *, today: date) -> Sources:
        """The checklist alone, for a stack whose project is not at hand: what files would prove is unknown.

        Args:
            today: the day to judge for.
        """
        from ascent.cost.book.prices import load_prices

        return cls(
            today=today,
            checklist=shipped(),
            repository=Repository(absent=True),
            outcomes=Outcomes(),
            probes=Probes(),
            attestations=Attestations(),
            records=(),
            book=load_prices(),
        )

    def assess(
        self, facts: StackFacts, report: Report, *, plan: Plan | None = None, others: Iterable[StackFacts] = ()
    ) -> Readiness:
        """How ready a stack is.

        Args:
            facts: what the stack would register.
            report: what the rules say of it.
            plan: the same as a plan, to be priced and drawn; without it neither can be.
            others: the project's other stacks, as far as they were planned.
        """
        return assess(
            facts,
            report,
            self.checklist,
            today=self.today,
            repository=self.repository,
            outcomes=self.outcomes,
            attestations=self.attestations,
            probes=self.probes,
            records=self.records,
            others=(other for other in others if other.stack != facts.stack),
            costing=self._costing(plan),
            plan=plan,
        )

    def _costing(self, plan: Plan | None) -> Costing | None:
        """What a plan costs at its tier's usage: a stack's own figures are its owner's to choose."""
        from ascent.cost.costing import cost_of

        return cost_of(plan, self.book) if plan is not None and plan.region in self.book.regions else None
