"""What commands share that read a stack of the project from a file of the engine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ascent.plan.config import read_stack, stack_names
from ascent.plan.engine.file import STANDARD_INPUT
from ascent.plan.engine.output import FileKind, NothingToJudgeError, read_engine_file
from ascent.project import project_directory
from common.problems import InputError
from common.tiers import Tier

if TYPE_CHECKING:
    from datetime import date

    from ascent.plan.engine.output import EngineOutput
    from ascent.readiness.assess import Readiness


def file_given(command: str, preview: Path | None, state: Path | None) -> tuple[FileKind, Path] | None:
    """The file that a command is given; None for none.

    Args:
        command: what messages call it: `ascent readiness`.
        preview: from --preview.
        state: from --state.

    Raises:
        InputError: both are given.
    """
    if preview is not None and state is not None:
        raise InputError(f"{command}: both --preview and --state are given; name one file")
    if preview is not None:
        return FileKind.PREVIEW, preview
    return None if state is None else (FileKind.STATE, state)


def assess_file(
    kind: FileKind, path: Path, tier: Tier | None, *, directory: Path, day: date, tests: list[Path]
) -> tuple[Readiness, str]:
    """How ready a stack of the project is by what it has deployed, or by a preview of the engine.

    Args:
        kind: what the file holds.
        path: the file; `-` for standard input.
        tier: the tier to hold it against; None for the one in its configuration.
        directory: where Pulumi.yaml is, or a place below it.
        day: the day to judge for.
        tests: results of tests.

    Returns:
        The readiness, and where its tier comes from.

    Raises:
        InputError: the file cannot be read, is of another project, or names no tier.
    """
    try:
        found = read_engine_file(kind, path)
    except NothingToJudgeError as error:
        said = str(error).partition(";")[0]
        raise InputError(f"{said}; deploy the stack first, or name the file of another one") from None
    from ascent.readiness.beside import planned_beside
    from ascent.readiness.sources import Sources
    from ascent.verdicts.judge import facts_of, waivers_of
    from ascent.verdicts.references import without_references
    from policies.pack.configuration import DEFAULTS
    from policies.pack.evaluate import evaluate
    from policies.pack.registry import RULES

    project = _project(found, path, directory)
    applied, origin = _tier(tier, found, project)
    plan = replace(found.plan, tier=applied)
    with planned_beside(project, [plan.stack]) as beside:
        sources = Sources.read(project, today=day, tests=tests)
        others = beside()
    facts = facts_of(plan, found.deployed)
    report = evaluate(facts, waivers=waivers_of(project, day))
    if not found.has_references:
        report = without_references(report, facts, RULES, DEFAULTS)
    return sources.assess(facts, report, plan=plan, others=others), origin


def _project(found: EngineOutput, path: Path, directory: Path) -> Path:
    """The directory of the file's project: documents and attestations are there."""
    places = [directory] if path == STANDARD_INPUT else [directory, path.parent]
    project = project_directory(found.plan.project, *places)
    if project is None:
        raise InputError(
            f"{found.name}: is of the project {found.plan.project}, whose Pulumi.yaml is not at {directory}; name its "
            "directory with --cwd, or use ascent check, which needs no project"
        )
    return project


def _tier(given: Tier | None, found: EngineOutput, project: Path) -> tuple[str, str]:
    """The tier that applies, and where it comes from."""
    if given is not None:
        return given.value, "given by --tier"
    if found.plan.tier in list(Tier):
        return found.plan.tier, "from ascent:tier in the file"
    stack = found.plan.stack
    if stack in stack_names(project):
        named = read_stack(project, stack).values.get("ascent:tier", "")
        if named in list(Tier):
            return named, f"from Pulumi.{stack}.yaml"
    raise InputError(
        f"{found.name}: {stack} names no tier, neither in the file nor in a Pulumi.{stack}.yaml; pass --tier, one of "
        f"{', '.join(Tier)}"
    )
