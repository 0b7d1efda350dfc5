"""The command line. Each command is a module of its own here, loaded when it is called."""

from __future__ import annotations

import inspect
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from ascent import __version__
from ascent.cli.usage import line_of
from ascent.commands import COMMANDS
from common.problems import InputError, closest

if TYPE_CHECKING:
    from collections.abc import Sequence

FINE, FINDINGS, BAD_INPUT = 0, 1, 2
"""Exit statuses: nothing to report, something to mend, something wrong with the input. Ctrl-C makes 130."""

_STYLE: dict[str, Any] = {"rich_markup_mode": None, "pretty_exceptions_enable": False}


class _Commands(TyperGroup):
    """The commands of the table; a command's module is loaded when the command is called, or its help asked for."""

    def list_commands(self, ctx: typer.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:  # noqa: ANN401 - typer names no type
        if cmd_name not in COMMANDS:
            near = closest(cmd_name, COMMANDS)
            fix = f"did you mean {near}?" if near else f"must be one of {', '.join(COMMANDS)}."
            return ctx.fail(f"No such command {cmd_name!r}; {fix}")
        run = import_module(f"ascent.cli.{cmd_name}").run
        command = typer.Typer(add_completion=False, **_STYLE)
        command.command(cmd_name, help=f"{COMMANDS[cmd_name].summary}\n\n{inspect.getdoc(run)}")(run)
        return typer.main.get_command(command)

    def format_commands(self, ctx: typer.Context, formatter: Any) -> None:  # noqa: ANN401
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.summary) for name, command in COMMANDS.items()])

    def shell_complete(self, ctx: typer.Context, incomplete: str) -> list[Any]:
        from typer._click.shell_completion import CompletionItem

        found = [
            CompletionItem(name, help=command.summary)
            for name, command in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return found or super(TyperGroup, self).shell_complete(ctx, incomplete)


app = typer.Typer(
    cls=_Commands,
    name="ascent",
    help="What a stack would build, what breaks a rule, and where its settings come from: offline, without an account.",
    context_settings={"help_option_names": ["-h", "--help"]},
    **_STYLE,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"ascent {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    _version: Annotated[
        bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_print_version)
    ] = False,
) -> None:
    pass


def main(arguments: Sequence[str]) -> int:
    """Run the command line.

    Args:
        arguments: what follows `ascent`; nothing prints the help.

    Returns:
        The exit status: 0 fine, 1 findings, 2 bad input, 130 interrupted.
    """
    command = typer.main.get_command(app)
    try:
        # A command's own answer is whether all is fine, True or None; typer's are the statuses of --help and Ctrl-C.
        answer = command.main(list(arguments) or ["--help"], prog_name="ascent", standalone_mode=False)
    except InputError as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    except typer.TyperException as error:
        print(line_of(error), file=sys.stderr)
        return BAD_INPUT
    if answer is None or isinstance(answer, bool):
        return FINDINGS if answer is False else FINE
    return answer
