"""How a command line names two subjects, of which the first comes before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ascent.plan.engine.file import STANDARD_INPUT
from ascent.subjects.asked import Asked, asked_of
from common.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from common.tiers import Tier


def two_of(
    command: str,
    stacks: Sequence[str] | None,
    *,
    directory: Path,
    previews: Sequence[Path] | None = None,
    states: Sequence[Path] | None = None,
    project: Path | None = None,
    tier: Tier | None = None,
) -> tuple[Asked, Asked]:
    """The two subjects that a command line names: what is deployed, then previews, then what a program would register.

    Args:
        command: what messages call it: `ascent compare`.
        stacks: its arguments: stacks of the project, `-` for a file on standard input.
        directory: from --cwd.
        previews: from --preview.
        states: from --state.
        project: from --project; the stacks are of that project then.
        tier: the tier to take for all but stacks of this project.

    Raises:
        InputError: what is named is not two subjects.
    """
    piped = str(STANDARD_INPUT)
    names = [name for name in stacks or () if name != piped]
    found = [
        *(asked_of(command, None, directory=directory, state=file, tier=tier) for file in states or ()),
        *(asked_of(command, None, directory=directory, preview=file, tier=tier) for file in previews or ()),
        *(asked_of(command, [name], directory=directory, tier=tier) for name in stacks or () if name == piped),
    ]
    if project is not None:
        found += [
            asked_of(command, [name] if name else None, directory=directory, project=project, tier=tier)
            for name in names or [""]
        ]
    else:
        found += [asked_of(command, [name], directory=directory) for name in names]
    if len(found) != 2:
        raise InputError(
            f"{command}: names {len(found)} of two: give two stacks, two files, or a file and a stack, "
            f"for example {command} --state state.json prod"
        )
    if sum(one.file == STANDARD_INPUT for one in found) > 1:
        raise InputError(f"{command}: standard input can be read once; name a file for one of the two")
    return found[0], found[1]
