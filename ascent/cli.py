"""The command line: options, exit statuses and one-line errors. What the commands do is in `ascent.commands`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ascent.errors import InputError
from ascent.plan.errors import PlanError
from settings.problems import SettingsError

FINE, FINDINGS, BAD_INPUT = 0, 1, 2
"""Exit statuses: nothing to report, something to mend, something wrong with the input."""

app = typer.Typer(
    name="ascent",
    help="What a stack would build, what breaks a rule, and where its settings come from: offline, without an account.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Directory = Annotated[
    Path, typer.Option("--cwd", "-C", help="Directory of the Pulumi project.", show_default="the current one")
]


@app.command()
def plan(
    stacks: Annotated[
        list[str] | None, typer.Argument(metavar="[STACK]...", help="Stacks to plan; all of the project without one.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print plans, problems and verdicts as JSON.")] = False,
    out: Annotated[Path | None, typer.Option(help="Write STACK/plan.json into this directory.")] = None,
    show: Annotated[
        str | None, typer.Option(metavar="PATTERN", help="Print the inputs of resources whose URN or name matches.")
    ] = None,
    cwd: Directory = Path(),
) -> None:
    """Plan stacks offline and hold them against the rules.

    Exit status: 0 fine, 1 a mandatory rule failed or the plan is inconsistent, 2 bad input.
    """
    from ascent.commands.plan import PlanRequest, run

    request = PlanRequest(directory=cwd, stacks=tuple(stacks or ()), as_json=as_json, out=out, show=show)
    raise typer.Exit(FINE if run(request) else FINDINGS)


@app.command()
def explain(
    stack: Annotated[str, typer.Argument(metavar="STACK", help="Stack to explain.")],
    section: Annotated[
        str | None, typer.Argument(metavar="[SECTION]", help="One section, such as network; all without it.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the values as JSON.")] = False,
    cwd: Directory = Path(),
) -> None:
    """Print every setting of a stack with its value, unit, and where it comes from."""
    from ascent.commands.explain import run

    run(cwd, stack, section, as_json=as_json)


def main(arguments: list[str]) -> int:
    """Run the command line.

    Args:
        arguments: what follows `python -m ascent`; nothing prints the help.

    Returns:
        The exit status: 0 fine, 1 findings, 2 bad input.
    """
    command = typer.main.get_command(app)
    try:
        status = command.main(arguments or ["--help"], prog_name="ascent", standalone_mode=False)
    except (InputError, PlanError, SettingsError) as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    except typer.Abort:
        print("ascent: interrupted", file=sys.stderr)
        return BAD_INPUT
    except Exception as error:
        # The parser's own errors (typer vendors it, so its base class has no public name) know how to say themselves.
        say = getattr(error, "format_message", None)
        if say is None:
            raise
        print(f"ascent: {say()} See: python -m ascent --help", file=sys.stderr)
        return BAD_INPUT
    return status if isinstance(status, int) else FINE
