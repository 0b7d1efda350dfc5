"""`ascent what-if`: what other values of settings would change, without editing a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ascent.advise.placeholders import demanded, sampled
from ascent.cli.compare import compared
from ascent.cli.shared.options import AsJson, AsOf, Directory, complete_stack
from ascent.days import today
from ascent.output.console import console
from ascent.plan.config import Variant, read_stack
from ascent.plan.settings import settings_of
from ascent.plan.variants import changed
from ascent.whatif.asked import settings_asked
from ascent.whatif.effect import WhatIf
from common.problems import InputError
from settings.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


def run(
    stack: Annotated[str, typer.Argument(metavar="STACK", help="The stack.", autocompletion=complete_stack)],
    settings: Annotated[
        list[str],
        typer.Argument(
            metavar="SETTING=VALUE...", help="Settings with other values: network.nat=single; null for the tier's own."
        ),
    ],
    as_json: AsJson = False,
    as_of: AsOf = None,
    cwd: Directory = Path(),
) -> bool:
    """Exit status: 0 fine, 1 a mandatory rule would be broken that is kept now, 2 bad input."""
    command = f"ascent what-if {stack}"
    asked = settings_asked(command, settings)
    variant, values = _variant(cwd, stack, asked, command)
    resolved = settings_of(read_stack(cwd, stack))
    found = WhatIf(values, compared(cwd, (stack, variant), as_of or today()), resolved)
    if as_json:
        from ascent.document import text_of
        from ascent.whatif.document import to_document

        print(text_of(to_document(found)), end="")
    else:
        from ascent.output.console.what_if import print_what_if

        print_what_if(console(), found)
    return found.fine


def _variant(directory: Path, stack: str, asked: Mapping[str, Any], command: str) -> tuple[Variant, Mapping[str, Any]]:
    """The stack with the settings, and what they demand beside them."""
    config = read_stack(directory, stack)
    settings_of(config)
    try:
        whole = demanded(config, asked)
    except SettingsError as error:
        raise InputError("\n".join(f"{command}: {line}" for line in str(error).splitlines())) from None
    changes = changed(config.values, {path: sampled(value) for path, value in whole.items()})
    if all(config.values.get(key) == text for key, text in changes.items()):
        said = " ".join(f"{path}={value}" for path, value in asked.items())
        raise InputError(f"{command} {said}: is what the stack's file says already; ask for another value")
    return Variant(stack, tuple(sorted(changes.items()))), whole
