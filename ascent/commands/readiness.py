"""`ascent readiness`: how ready stacks are, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ascent.days import day_of
from ascent.output.console import console
from ascent.planning import chosen_stacks, plan_and_judge
from common.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ascent.readiness.assess import Readiness
    from ascent.readiness.sources import Sources
    from policies.pack.waivers import WaiverBook


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessRequest:
    """What the command line asks for.

    Attributes:
        directory: where Pulumi.yaml is.
        stacks: names; empty for all of the project.
        as_json: print one JSON document.
        as_markdown: print Markdown.
        items: print every item with its evidence, not the gaps alone.
        tests: JUnit XML files with the results of tests.
        min_score: score that every stack must reach, a number from 0 to 100; None for any.
        as_of: day on which waivers, attestations and documents must still hold, as YYYY-MM-DD; None for today (UTC).
    """

    directory: Path
    stacks: tuple[str, ...] = ()
    as_json: bool = False
    as_markdown: bool = False
    items: bool = False
    tests: tuple[Path, ...] = ()
    min_score: str | None = None
    as_of: str | None = None


def run(request: ReadinessRequest) -> bool:
    """Plan stacks, hold them against the checklist and print how ready they are.

    Args:
        request: what to look at and how to show it.

    Returns:
        Whether every stack reaches the score that is asked for.

    Raises:
        InputError: no such stack, settings that no stack can be built from, a waiver or an attestation that is wrong,
            two formats at once, a score or a day that is none.
    """
    if request.as_json + request.as_markdown + request.items > 1:
        raise InputError("ascent readiness: --json, --markdown and --items exclude each other; give one of them")
    least = _least(request.min_score)
    today = day_of(request.as_of, "readiness")
    stacks = _assessed(request, today)
    _print(request, stacks, today)
    return all(s.points >= least for s in stacks)


def _least(given: str | None) -> float:
    """The score that must be reached; 0 where none is asked for."""
    try:
        least = float(given or 0)
    except ValueError:
        least = -1
    if not 0 <= least <= 100:
        raise InputError(f"ascent readiness --min-score {given}: must be a number from 0 to 100; for example 80")
    return least


def _assessed(request: ReadinessRequest, today: date) -> list[Readiness]:
    sources: list[Sources] = []

    def read(directory: Path, _: date) -> WaiverBook:
        # Called while the workers plan, so that reading the evidence takes no time of its own; what is wrong with it
        # is said before they are done.
        from ascent.readiness.sources import Sources
        from ascent.verdicts.judge import waivers_of

        sources.append(Sources.read(directory, today=today, tests=request.tests))
        return waivers_of(directory, today)

    judged = plan_and_judge(request.directory, chosen_stacks(request.directory, request.stacks), read)
    return [sources[0].assess(one.plan, one.report) for one in judged]


def _print(request: ReadinessRequest, stacks: Sequence[Readiness], today: date) -> None:
    if request.as_json:
        from ascent.document import text_of
        from ascent.readiness.record import document_of

        print(text_of(document_of(stacks, today)), end="")
        return
    if request.as_markdown:
        from ascent.readiness.markdown import to_markdown

        print(to_markdown(stacks), end="")
        return
    from ascent.output.console.readiness import print_items, print_readiness, summary

    out = console()
    for readiness in stacks:
        (print_items if request.items else print_readiness)(out, readiness)
    for readiness in stacks:
        out.print(summary(readiness), soft_wrap=True)
