"""`ascent doctor`: whether a first deployment has what it needs."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ascent.cli.shared.options import AsJson, Directory, complete_stack
from ascent.output.console import console
from ascent.plan.config import read_stack
from ascent.planning import chosen_stacks, start
from common.problems import InputError

if TYPE_CHECKING:
    from ascent.doctor.asking import Examined


def run(
    stack: Annotated[str, typer.Argument(metavar="STACK", help="Stack to be deployed.", autocompletion=complete_stack)],
    as_json: AsJson = False,
    cwd: Directory = Path(),
) -> bool:
    """Exit status: 0 nothing that could be asked is in the way, 1 something is, 2 bad input.

    It makes calls to AWS that read only. What it could not ask it says, and never counts as fine.
    """
    (name,) = chosen_stacks(cwd, [stack])
    if find_spec("boto3") is None:
        raise InputError(
            f"ascent doctor {stack}: boto3, AWS's SDK, is missing: pip install '.[verify]' in a checkout, "
            "or pip install boto3 beside ascent"
        )
    with start(cwd, [name], partly=False) as planning:
        from ascent.doctor.asking import examine
        from ascent.doctor.needs import needs_of
        from ascent.verify.session import aws_of
        from settings.load import resolve

        (recording,) = planning.recordings()
    config = read_stack(cwd, name)
    resolved = resolve(config.values, stack=name, project=config.project)
    found = examine(name, needs_of(recording.plan), lambda: aws_of(resolved, name, f"ascent doctor {name}"))
    if as_json:
        from ascent.doctor.document import to_document
        from ascent.document import text_of

        print(text_of(to_document(found)), end="")
    else:
        _print(found)
    return found.well


def _print(found: Examined) -> None:
    from ascent.output.console.verify import print_answers
    from ascent.verify.answer import Verdict

    out = console()
    print_answers(out, found.answers)
    counts = ", ".join(f"{found.count(verdict)} {verdict.value}" for verdict in Verdict)
    place = f"{found.region}, {found.account}" if found.account else found.region
    out.print(f"{'OK' if found.well else 'NOT OK'} {found.stack} ({place}): {counts}", markup=False, soft_wrap=True)
