"""One stack that a command is about, wherever it was read from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ascent.plan.engine.positions import Position
    from ascent.plan.model import Plan
    from ascent.verdicts.judged import Judged
    from policies.pack.configuration import Configuration
    from policies.pack.engine.wire import Deployed
    from policies.pack.waivers import WaiverBook


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A stack, planned or read from a file of the engine, at the tier that applies.

    Attributes:
        name: what messages call it: a file, or the stack.
        plan: what it would register, or has deployed.
        origin: where the tier comes from; empty for a stack of this project, whose file says it.
        guessed: whether the tier is a guess, because nothing names one.
        directory: where its project's Pulumi.yaml is; None where that is not at hand.
        file: path that findings point to where no line of the program is known, from the root of the repository.
        root: path of the project from the root of the repository; empty if it is the root.
        deployed: what a file of the engine knows of resources beside their inputs, by URN.
        given: the inputs that the program gave itself, by URN, where the provider's defaults stand beside them.
        positions: URN → where the program registered it, as far as that is known.
        problems: what makes it inconsistent in itself; a line each.
        diagnostics: warnings of the program.
        lookups: tokens of look-ups that nobody answered, because it was planned offline.
        boxed: components of other packages whose own resources are not in the plan.
        has_references: whether it is known which resource refers to which.
        is_state: whether it is what is deployed.
    """

    name: str
    plan: Plan
    origin: str = ""
    guessed: bool = False
    directory: Path | None = None
    file: str = ""
    root: str = ""
    deployed: Mapping[str, Deployed] = field(default_factory=dict)
    given: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    positions: Mapping[str, Position] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    diagnostics: tuple[str, ...] = ()
    lookups: tuple[str, ...] = ()
    boxed: tuple[str, ...] = ()
    has_references: bool = True
    is_state: bool = False

    def judged(self, waivers: WaiverBook, configured: Configuration | None = None) -> Judged:
        """What the rules say of it.

        Args:
            waivers: the waivers of its project.
            configured: levels and parameters in place of the tier's own; None for the tier's own.
        """
        from ascent.verdicts.judge import facts_of
        from ascent.verdicts.judged import Judged
        from policies.pack.configuration import DEFAULTS
        from policies.pack.evaluate import evaluate

        facts = facts_of(self.plan, self.deployed)
        applied = configured or DEFAULTS
        report = evaluate(facts, waivers=waivers, configured=applied)
        if not self.has_references:
            from ascent.verdicts.references import without_references
            from policies.pack.registry import RULES

            report = without_references(report, facts, RULES, applied)
        return Judged(
            plan=self.plan,
            facts=facts,
            report=report,
            problems=self.problems,
            diagnostics=self.diagnostics,
            lookups=self.lookups,
            file=self.file,
            root=self.root,
            positions=self.positions,
        )
