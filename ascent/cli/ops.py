"""`ascent ops`: what people do to a deployed stack when it must come back."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ascent.cli.shared.options import AsJson, Directory, complete_stack
from ascent.ops.kinds import Operation
from ascent.output.console import console
from ascent.plan.config import read_stack
from common.problems import InputError
from settings.load import resolve

if TYPE_CHECKING:
    from ascent.ops.record import OperationRecord
    from ascent.ops.step import Prepared


def run(
    operation: Annotated[Operation, typer.Argument(metavar="OPERATION", help=f"One of {', '.join(Operation)}.")],
    stack: Annotated[str, typer.Argument(metavar="STACK", help="Deployed stack.", autocompletion=complete_stack)],
    apply: Annotated[bool, typer.Option("--apply", help="Do it; without this it is only told.")] = False,
    confirm: Annotated[
        str, typer.Option(metavar="STACK", help="The stack's name, for what harms; asked for on a terminal.")
    ] = "",
    resume: Annotated[bool, typer.Option("--resume", help="Take up the last one that did not end.")] = False,
    store: Annotated[str, typer.Option(metavar="NAME", help="restore, failover: postgres or dynamodb.")] = "",
    at: Annotated[str, typer.Option(metavar="MOMENT", help="restore: as of 2026-11-20T03:00:00Z, UTC.")] = "",
    discard: Annotated[bool, typer.Option("--discard", help="restore: delete it again, as in a rehearsal.")] = False,
    secret: Annotated[str, typer.Option(metavar="NAME", help="rotate-secret: its variable, or database.")] = "",
    service: Annotated[str, typer.Option(metavar="NAME", help="rollback: which service.")] = "",
    zone: Annotated[str, typer.Option(metavar="ZONE", help="drain-zone: such as us-east-1a.")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="drain-zone: fill it again.")] = False,
    experiment: Annotated[str, typer.Option(metavar="NAME", help="drill: which experiment.")] = "",
    minutes: Annotated[float, typer.Option(min=0, max=24 * 60, metavar="N", help="Wait for a step this long.")] = 120,
    state: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="The stack's state, as `pulumi stack export` writes it; - for standard input.",
            show_default="asks pulumi",
        ),
    ] = None,
    as_json: AsJson = False,
    cwd: Directory = Path(),
) -> bool:
    """Exit status: 0 done, or told what would be; 1 it could not be done, or did not end; 2 bad input."""
    said = f"ascent ops {operation} {stack}"
    config = read_stack(cwd, stack)
    if config.note:
        print(config.note, file=sys.stderr)
    resolved = resolve(config.values, stack=stack, project=config.project)
    if find_spec("boto3") is None:
        raise InputError(
            f"{said}: boto3, AWS's SDK, is missing: pip install '.[verify]' in a checkout, or pip install boto3 "
            "beside ascent"
        )
    from ascent.ops.actions.table import ACTIONS
    from ascent.ops.asked import Asked, check_options
    from ascent.ops.beginning import begun, interrupted
    from ascent.ops.step import Subject
    from ascent.verify.deployed import read_deployed
    from ascent.verify.export import deployed_of
    from ascent.verify.session import aws_of

    asked = Asked(
        store=store, at=at, discard=discard, secret=secret, service=service, zone=zone, undo=undo, experiment=experiment
    )
    check_options(operation, asked)
    record = None
    if resume:
        if asked.as_record():
            raise InputError(f"{said} --resume: goes on with what was asked then; leave the other options out")
        record = interrupted(cwd, operation, stack)
        asked = Asked.from_record(record.asked)
    project = config.project
    if state is None:
        deployed = deployed_of(cwd, project=project, stack=stack, said=said)
    else:
        deployed = read_deployed(state, project=project, stack=stack)
    aws = aws_of(resolved, stack, said)
    subject = Subject(stack=stack, settings=resolved.settings, deployed=deployed, aws=aws, asked=asked)
    prepared = ACTIONS[operation](subject)
    if not apply:
        _told(prepared, stack, record, as_json=as_json)
        return True
    _confirmed(prepared, stack, confirm, said)
    done = _done(prepared, record or begun(prepared, subject), cwd, minutes)
    _print_done(done, prepared, as_json=as_json)
    return done.outcome == "done"


def _told(prepared: Prepared, stack: str, record: OperationRecord | None, *, as_json: bool) -> None:
    from ascent.output.console.ops import print_prepared, to_document

    if as_json:
        from ascent.document import text_of

        print(text_of(to_document(prepared, stack)), end="")
    else:
        print_prepared(console(), prepared, stack, record)


def _confirmed(prepared: Prepared, stack: str, confirm: str, said: str) -> None:
    """For what harms, somebody types the stack's name.

    Raises:
        InputError: nobody did, or another name.
    """
    if not prepared.harms:
        return
    typed = confirm
    if not typed:
        if not sys.stdin.isatty():
            raise InputError(f"{said}: it harms: {prepared.harms}; confirm it with --confirm {stack}")
        print(f"It harms: {prepared.harms}.", file=sys.stderr)
        print(f"Type {stack} to go on: ", end="", file=sys.stderr, flush=True)
        typed = sys.stdin.readline().strip()
    if typed != stack:
        raise InputError(f"{said}: --confirm is {typed!r}: must be the stack's name; write {stack}")


def _done(prepared: Prepared, record: OperationRecord, directory: Path, minutes: float) -> OperationRecord:
    from ascent.ops.running import Runner

    def tell(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    return Runner(directory=directory, minutes=minutes, tell=tell).run(prepared, record)


def _print_done(record: OperationRecord, prepared: Prepared, *, as_json: bool) -> None:
    if as_json:
        print(record.text(), end="")
        return
    from ascent.output.console.ops import print_done

    print_done(console(), record, prepared)
