"""How a command line names what it is about."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ascent.plan.engine.file import STANDARD_INPUT
from ascent.plan.engine.output import FileKind
from common.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from common.tiers import Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a command line names: stacks of this project, a file of the engine, or stacks of another project.

    Attributes:
        command: what messages call it: `ascent cost`.
        directory: where Pulumi.yaml is, or a place below it.
        stacks: names; none for all of the project.
        file: the file, `-` for standard input; None for none.
        kind: what the file should hold; None for whichever it is.
        foreign: whether the project is another one, whose program is none of Ascent's.
        tier: the tier to take in place of the subject's own; None for its own.
    """

    command: str
    directory: Path
    stacks: tuple[str, ...] = ()
    file: Path | None = None
    kind: FileKind | None = None
    foreign: bool = False
    tier: Tier | None = None

    @property
    def word(self) -> str:
        """How the command line names a subject that is no stack of this project."""
        if self.foreign:
            return "--project"
        return f"--{self.kind.value}" if self.kind else str(STANDARD_INPUT)

    @property
    def own(self) -> bool:
        """Whether it is about stacks of this project, planned offline."""
        return self.file is None and not self.foreign


def asked_of(
    command: str,
    stacks: Sequence[str] | None,
    *,
    directory: Path,
    preview: Path | None = None,
    state: Path | None = None,
    project: Path | None = None,
    tier: Tier | None = None,
) -> Asked:
    """What a command line names.

    Args:
        command: what messages call it: `ascent cost`.
        stacks: its arguments; `-` stands for a preview or a state on standard input.
        directory: from --cwd.
        preview: from --preview.
        state: from --state.
        project: from --project.
        tier: from --tier.

    Raises:
        InputError: more is named than goes together.
    """
    names = tuple(stacks or ())
    piped = str(STANDARD_INPUT) in names
    others = tuple(name for name in names if name != str(STANDARD_INPUT))
    given = {
        "--preview": preview is not None,
        "--state": state is not None,
        "--project": project is not None,
        "-": piped,
    }
    said = [option for option, there in given.items() if there]
    if len(said) > 1:
        one = "file" if not given["--project"] else "subject"
        raise InputError(f"{command}: both {said[0]} and {said[1]} are given; name one {one}")
    if others and said and not given["--project"]:
        raise InputError(f"{command} {others[0]}: does not go with {said[0]}, which is of one stack; leave it out")
    if tier is not None and not said:
        raise InputError(f"{command} --tier {tier}: goes with --state or --preview; a stack's file names its tier")
    if project is not None:
        return Asked(command=command, directory=project, stacks=others, foreign=True, tier=tier)
    file = preview or state or (STANDARD_INPUT if piped else None)
    kind = FileKind.PREVIEW if preview is not None else FileKind.STATE if state is not None else None
    return Asked(command=command, directory=directory, stacks=others, file=file, kind=kind, tier=tier)
