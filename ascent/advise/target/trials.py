"""Tries settings: plans a stack's variants on all cores, judges and prices each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from ascent.advise.placeholders import demanded, sampled
from ascent.compare.comparison import Side
from ascent.cost.book.prices import load_prices
from ascent.cost.charges import Status as Priced
from ascent.cost.pricing import priced
from ascent.output.console import console
from ascent.plan.config import Variant, read_stack
from ascent.plan.settings import settings_of
from ascent.plan.variants import changed
from ascent.plan.workers.standing import StandingWorkers
from ascent.readiness.beside import planned_beside
from ascent.readiness.sources import Sources
from ascent.verdicts.judge import facts_of, waivers_of
from ascent.verdicts.judged import Judged
from common.problems import InputError
from policies.pack.configuration import DEFAULTS
from policies.pack.evaluate import evaluate
from settings.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from decimal import Decimal
    from pathlib import Path

    from ascent.plan.offline.recording import Answer
    from ascent.readiness.assess import Readiness
    from policies.pack.facts import StackFacts

_WORKERS = 4
"""Most planning processes: each takes 300 MB and three seconds to start."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A stack with other values of some settings, planned.

    Attributes:
        values: setting → value, with placeholders for what only the owner knows.
        side: the plan, what the rules say of it, how ready it is, what it costs.
    """

    values: Mapping[str, Any]
    side: Side

    @property
    def readiness(self) -> Readiness:
        """How ready it is."""
        return self.side.readiness

    @property
    def dollars(self) -> Decimal:
        """Expected dollars a month of what could be priced."""
        return self.side.costing.estimate.total.expected

    @property
    def unpriced(self) -> frozenset[str]:
        """URNs of the resources that could not be priced."""
        return frozenset(bill.urn for bill in self.side.costing.estimate.with_status(Priced.NOT_PRICED))

    @property
    def failures(self) -> frozenset[tuple[str, str]]:
        """Mandatory failures, as rule and URN."""
        return frozenset((r.verdict.rule, r.verdict.urn) for r in self.side.judged.report.mandatory_failures)


class Refused(InputError):  # noqa: N818 - an answer, not a fault
    """The settings contradict each other, or no stack can be built of them."""


class Trials:
    """Plans one stack again and again. It is used in a `with` statement, which ends its planning processes."""

    def __init__(self, directory: Path, stack: str, day: date) -> None:
        """Start planning processes.

        Args:
            directory: where Pulumi.yaml is.
            stack: name of the stack.
            day: the day to judge for.

        Raises:
            InputError: no such stack, or evidence that cannot be read.
        """
        self._directory, self._stack = directory, stack
        self.config = read_stack(directory, stack)
        self._known: dict[Variant, Trial | Refused] = {}
        self._workers = StandingWorkers(directory, _WORKERS)
        self._sources = Sources.read(directory, today=day)
        self._waivers = waivers_of(directory, day)
        self._book = load_prices()
        self._others = self._beside()
        self._status = console(stderr=True).status("")
        self.planned = 0

    def _beside(self) -> tuple[StackFacts, ...]:
        """The stacks that this one is held against."""
        with planned_beside(self._directory, [self._stack]) as beside:
            return beside()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._status.stop()
        self._workers.__exit__()

    def of(self, values: Sequence[Mapping[str, Any]], why: str) -> list[Trial | Refused]:
        """The stack with each of these settings; what contradicts itself, or cannot be built, is refused.

        Args:
            values: each setting → value; what they demand beside them is added.
            why: what is being tried, for people who wait.
        """
        asked = [self._variant(one) for one in values]
        new = [one for one in dict.fromkeys(v for _, v in asked if v is not None) if one not in self._known]
        if new:
            if console(stderr=True).is_terminal:
                self._status.update(f"{why}: {len(new)} plans ...")
                self._status.start()
            full = {variant: whole for whole, variant in asked if variant is not None}
            for variant, answer in zip(new, self._workers.plan(new), strict=True):
                self._known[variant] = self._trial(full[variant], variant, answer)
            self.planned += len(new)
            self._status.stop()
        return [whole if variant is None else self._known[variant] for whole, variant in asked]

    def _variant(self, values: Mapping[str, Any]) -> tuple[Any, Variant | None]:
        try:
            whole = demanded(self.config, values)
        except SettingsError as error:
            return Refused("; ".join(p.line(error.source) for p in error.problems[:1])), None
        samples = {path: sampled(value) for path, value in whole.items()}
        return whole, Variant(self._stack, tuple(sorted(changed(self.config.values, samples).items())))

    def _trial(self, values: Mapping[str, Any], variant: Variant, answer: Answer) -> Trial | Refused:
        if answer.recording is None:
            return Refused(answer.error.splitlines()[0])
        plan = answer.recording.plan
        facts = facts_of(plan)
        report = evaluate(facts, waivers=self._waivers, configured=DEFAULTS)
        found = Judged(plan=plan, facts=facts, report=report, file=f"Pulumi.{self._stack}.yaml")
        config = read_stack(self._directory, self._stack, dict(variant.changes))
        side = Side(
            found,
            self._sources.assess(found.facts, found.report, plan=found.plan, others=self._others),
            priced(found.plan, self._book, self._directory),
            settings_of(config),
        )
        return Trial(values, side)
