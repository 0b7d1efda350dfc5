"""`ascent check`: what the rules say of a preview or a state of any Pulumi program."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from ascent.output.console import console
from ascent.output.files import emit
from ascent.output.formats.kinds import Format
from ascent.plan.engine.file import STANDARD_INPUT
from ascent.plan.engine.output import FileKind, read_engine_file
from ascent.project import project_directory, repository_path
from common.problems import InputError, closest

if TYPE_CHECKING:
    from rich.console import Console

    from ascent.plan.engine.output import EngineOutput
    from ascent.verdicts.judged import Judged
    from policies.pack.configuration import Configuration
    from policies.pack.waivers import WaiverBook


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRequest:
    """What the command line asks for.

    Attributes:
        preview: file with a preview; `-` for standard input.
        state: file with a state; `-` for standard input. Exactly one of the two is given.
        tier: tier whose levels apply; None for the file's own, else the strictest.
        waivers: waivers file; None for the one of the file's project, if that is found.
        policy_config: levels and parameters in place of the tier's own, in the form of `--policy-pack-config`.
        format: how to write the verdicts.
        output: file that gets them in place of standard output.
    """

    preview: Path | None = None
    state: Path | None = None
    tier: str | None = None
    waivers: Path | None = None
    policy_config: Path | None = None
    format: Format = Format.TABLE
    output: Path | None = None


def run(request: CheckRequest) -> bool:
    """Judge a file of the engine and write the verdicts.

    Args:
        request: what to judge and how to show it.

    Returns:
        Whether no mandatory rule failed.

    Raises:
        InputError: a file that cannot be judged, no such tier, a waiver or a policy configuration that is wrong.
    """
    kind, path = _input(request)
    _must_be_tier(request.tier)
    found = read_engine_file(kind, path)
    tier, origin = _tier(request.tier, found)
    found = replace(found, plan=replace(found.plan, tier=tier))
    judged = _judged(found, path, request)
    if request.format is Format.TABLE:
        text = StringIO()
        _print(console() if request.output is None else console(file=text), judged, found, origin)
        if request.output is not None:
            emit(text.getvalue(), request.output, "check")
    else:
        from ascent.output.formats.render import render

        emit(render(request.format, [judged]), request.output, "check")
    return judged.fine


def _input(request: CheckRequest) -> tuple[FileKind, Path]:
    if request.preview is not None and request.state is None:
        return FileKind.PREVIEW, request.preview
    if request.state is not None and request.preview is None:
        return FileKind.STATE, request.state
    given = "both --preview and --state are given" if request.state else "no file is given"
    raise InputError(f"ascent check: {given}; name one file, as --preview FILE or as --state FILE")


def _must_be_tier(tier: str | None) -> None:
    from policies.pack.levels import TIERS

    if tier is not None and tier not in TIERS:
        near = closest(tier, TIERS)
        fix = f"did you mean {near}?" if near else "name one of them"
        raise InputError(f"ascent check --tier {tier}: tiers are {', '.join(TIERS)}; {fix}")


def _tier(given: str | None, found: EngineOutput) -> tuple[str, str]:
    """The tier that applies, and where it comes from."""
    from common.tiers import STRICTEST
    from policies.pack.levels import TIERS

    if given is not None:
        return given, "given by --tier"
    if found.plan.tier in TIERS:
        return found.plan.tier, "from ascent:tier in the file"
    return STRICTEST, "the strictest, because the file names none; --tier names another"


def _judged(found: EngineOutput, path: Path, request: CheckRequest) -> Judged:
    from ascent.verdicts.judge import judge
    from ascent.verdicts.judged import Judged
    from ascent.verdicts.references import without_references
    from policies.pack.engine.wire import facts_from_wire
    from policies.pack.registry import RULES

    plan = found.plan
    here = Path() if path == STANDARD_INPUT else path.parent
    directory = project_directory(plan.project, here, Path())
    configured = _configured(request.policy_config)
    report = judge(plan, _waivers(request.waivers, directory), configured)
    if not found.has_references:
        facts = facts_from_wire(plan.resources, project=plan.project, stack=plan.stack, tier=plan.tier)
        report = without_references(report, facts, RULES, configured)
    return Judged(
        plan=plan,
        report=report,
        file=_file(path, plan.stack, directory),
        root=repository_path(directory) if directory else "",
        positions=found.positions,
    )


def _file(path: Path, stack: str, directory: Path | None) -> str:
    """What findings point to without a line of the program; a service wants a file, also for standard input."""
    if path != STANDARD_INPUT:
        return repository_path(path)
    settings = directory / f"Pulumi.{stack}.yaml" if directory else None
    return repository_path(settings) if settings and settings.is_file() else "Pulumi.yaml"


def _waivers(given: Path | None, directory: Path | None) -> WaiverBook:
    """The waivers that apply; an expired one excuses nothing and is shown as a finding."""
    from ascent.verdicts.judge import WAIVERS
    from policies.pack.registry import RULES
    from policies.pack.waivers import WaiverBook
    from policies.pack.waivers.file import load_waivers

    if given is not None and not given.is_file():
        raise InputError(f"ascent check --waivers {given}: there is no such file; name a waivers file, or leave it out")
    today = datetime.now(tz=UTC).date()
    path = given or (directory / WAIVERS if directory else None)
    if path is None:
        return WaiverBook(today=today)
    book = load_waivers(path, today=today, rules=RULES)
    if book.problems:
        raise InputError("\n".join(book.problems))
    return book


def _configured(path: Path | None) -> Configuration:
    """Configuration for a file: nothing in it can be mended, so a rule that would mend is one that must be met."""
    from ascent.verdicts.judge import configured_by

    configuration = configured_by(path)
    levels = {rule: level.of_findings for rule, level in configuration.levels.items()}
    return replace(configuration, levels=levels)


def _print(out: Console, judged: Judged, found: EngineOutput, origin: str) -> None:
    from ascent.output.console.plan import print_findings, summary

    out.print(f"{found.name}: tier {judged.plan.tier} ({origin})", markup=False, soft_wrap=True)
    print_findings(out, judged.report, judged.position)
    if not found.has_references:
        out.print("  A stream of events does not say which resource refers to which: rules that ask are unverified.")
        out.print("  A preview without PULUMI_ENABLE_STREAMING_JSON_PREVIEW tells.")
    out.print(summary(judged.plan, judged.report, judged.problems), soft_wrap=True)
