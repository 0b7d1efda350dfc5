"""`ascent release`: another image, in its one place, after a look at what it sets going."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ascent.cli.shared.options import AsJson, Directory, complete_stack
from ascent.days import today
from ascent.output.console import console
from ascent.release.document import to_document
from ascent.release.release import release
from ascent.release.write import write_image

if TYPE_CHECKING:
    from rich.console import Console

    from ascent.release.release import Release


def run(
    stack: Annotated[str, typer.Argument(metavar="STACK", help="The stack.", autocompletion=complete_stack)],
    image: Annotated[
        str, typer.Option(metavar="IMAGE", help="The image, best by digest: registry/name@sha256:…", show_default=False)
    ],
    service: Annotated[
        str | None, typer.Option(metavar="NAME", help="Of this service alone.", show_default="of all")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Look, and write nothing.")] = False,
    as_json: AsJson = False,
    cwd: Directory = Path(),
) -> bool:
    """Exit status: 0 written, 1 refused, because requests would stop or a mandatory rule fails, 2 bad input.

    A refused image is not written. After one that is, `pulumi up` does what the stack file says.
    """
    found = release(cwd, stack, image, service, today())
    writes = found.fine and not dry_run and not found.nothing_new
    if writes:
        write_image(cwd / f"Pulumi.{stack}.yaml", found.text)
    if as_json:
        from ascent.document import text_of

        print(text_of(to_document(found, written=writes)), end="")
    else:
        _print(console(), found, written=writes)
    return found.fine


def _print(out: Console, found: Release, *, written: bool) -> None:
    for name, image in found.before.items():
        out.print(f"{name}: {image or 'the placeholder'} -> {found.image}", soft_wrap=True, markup=False)
    for line in found.stops:
        out.print(f"  STOPS       {line}", style="bold red", soft_wrap=True, markup=False)
    for line in found.findings:
        out.print(f"  FAIL        {line}", style="bold red", soft_wrap=True, markup=False)
    if found.nothing_new:
        out.print("Nothing to release: the stack file has this image already.")
        return
    for number, line in enumerate(found.steps, 1):
        out.print(f"  {number}. {line}", soft_wrap=True, markup=False)
    before, after = found.dollars
    span = f"some {found.minutes} minutes besides the start of tasks; " if found.minutes else ""
    cost = f"${after:,.2f} a month expected" + (", as before" if before == after else f", ${before:,.2f} before")
    out.print(f"{span}{cost}", soft_wrap=True, markup=False, highlight=False)
    if not found.fine:
        out.print("Refused; nothing is written.", style="bold red")
    elif written:
        out.print(f"Written to Pulumi.{found.stack}.yaml. Deploy it: pulumi up --stack {found.stack}", markup=False)
    else:
        out.print("Nothing is written.")
