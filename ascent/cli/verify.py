"""`ascent verify`: asks AWS whether a deployed stack is well."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ascent.cli.shared.options import AsJson, Directory, complete_stack
from ascent.output.console import console
from ascent.plan.config import read_stack
from ascent.plan.settings import settings_of
from common.problems import InputError

if TYPE_CHECKING:
    from ascent.verify.asking import Verified


def run(
    stack: Annotated[str, typer.Argument(metavar="STACK", help="Deployed stack.", autocompletion=complete_stack)],
    state: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Its state, as `pulumi stack export` writes it; - for standard input.",
            show_default="asks pulumi",
        ),
    ] = None,
    wait: Annotated[
        float,
        typer.Option(min=0, max=24 * 60, metavar="MINUTES", help="Ask again until all is well, this long at most."),
    ] = 0,
    days: Annotated[int, typer.Option(min=0, max=400, metavar="N", help="Days that certificates must last.")] = 14,
    as_json: AsJson = False,
    cwd: Directory = Path(),
) -> bool:
    """Exit status: 0 all was asked and is well, 1 something is not well or could not be asked, 2 bad input."""
    config = read_stack(cwd, stack)
    if config.note:
        print(config.note, file=sys.stderr)
    resolved = settings_of(config)
    if find_spec("boto3") is None:
        raise InputError(
            f"ascent verify {stack}: boto3, AWS's SDK, is missing: pip install '.[verify]' in a checkout, "
            "or pip install boto3 beside ascent"
        )
    from ascent.verify.asking import verify_until_well
    from ascent.verify.deployed import read_deployed
    from ascent.verify.export import deployed_of
    from ascent.verify.session import aws_of
    from ascent.verify.subject import Subject

    named = {"project": config.project, "stack": stack}
    deployed = deployed_of(cwd, **named) if state is None else read_deployed(state, **named)
    aws = aws_of(resolved, stack)
    subject = Subject(stack=stack, settings=resolved.settings, deployed=deployed, aws=aws, days=days)
    found = verify_until_well(subject, wait, _tell)
    if as_json:
        from ascent.document import text_of
        from ascent.verify.document import to_document

        print(text_of(to_document(found)), end="")
    else:
        from ascent.output.console.verify import print_verified

        print_verified(console(), found)
    return found.well


def _tell(found: Verified) -> None:
    """What is waited for, on standard error."""
    from ascent.output.console.verify import summary
    from ascent.verify.answer import Verdict

    waiting = dict.fromkeys(answer.check for answer in found.answers if answer.said.verdict is Verdict.NOT_WELL)
    now = found.subject.now
    print(f"{now:%H:%M:%S} {summary(found)}; waiting for {', '.join(waiting)}", file=sys.stderr, flush=True)
