"""The command line. Each command is a module of its own here, loaded when it is called."""

from __future__ import annotations

import inspect
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.completion import shell_complete
from typer.core import CompletionItem, TyperGroup

from ascent import __version__
from ascent.cli.shared.usage import line_of
from ascent.commands import BAD_INPUT, COMMANDS, FINDINGS, FINE
from common.problems import InputError, closest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typer._click import Command, Context, HelpFormatter

_NAME = "ascent"
_COMPLETE = "_ASCENT_COMPLETE"
"""Variable in which a shell asks for words, as typer's completion scripts have it."""

_STYLE: dict[str, Any] = {"rich_markup_mode": None, "pretty_exceptions_enable": False}


class _Commands(TyperGroup):
    """The commands of the table; a command's module is loaded when the command is called, or its help asked for."""

    def list_commands(self, ctx: Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Context, cmd_name: str) -> Command:
        if cmd_name not in COMMANDS:
            near = closest(cmd_name, COMMANDS)
            fix = f"did you mean {near}?" if near else f"must be one of {', '.join(COMMANDS)}."
            ctx.fail(f"No such command {cmd_name!r}; {fix}")
        run = import_module(f"ascent.cli.{cmd_name.replace('-', '_')}").run
        command = typer.Typer(add_completion=False, **_STYLE)
        command.command(cmd_name, help=f"{COMMANDS[cmd_name].summary}\n\n{inspect.getdoc(run)}")(run)
        return typer.main.get_command(command)

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.summary) for name, command in COMMANDS.items()])

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        found = [
            CompletionItem(name, help=command.summary)
            for name, command in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return found or super(TyperGroup, self).shell_complete(ctx, incomplete)


app = typer.Typer(
    cls=_Commands,
    name=_NAME,
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
        The exit status: `FINE`, `FINDINGS` or `BAD_INPUT`.
    """
    command = typer.main.get_command(app)
    asked = os.environ.get(_COMPLETE)
    if asked:
        return shell_complete(command, {}, _NAME, _COMPLETE, asked)
    try:
        with command.make_context(_NAME, list(arguments) or ["--help"]) as context:
            # A command that can find something answers whether all is fine.
            return FINDINGS if command.invoke(context) is False else FINE
    except typer.Exit as left:
        return left.exit_code
    except InputError as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    except typer.TyperException as error:
        print(line_of(error), file=sys.stderr)
        return BAD_INPUT
