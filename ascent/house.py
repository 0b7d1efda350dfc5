"""Where the packages are that Ascent stands on: `common`, `settings` and `policies`.

In a checkout they lie beside `ascent`. An installed Ascent brings them along in a private folder, because names so
common must not stand beside other packages; only its own processes look there. See docs/adr/0012.
"""

from __future__ import annotations

import os
import sys

_ASCENT = os.path.dirname(os.path.realpath(__file__))
_BESIDE = os.path.dirname(_ASCENT)
_PRIVATE = os.path.join(_ASCENT, "_house")

path = [_PRIVATE if os.path.isdir(_PRIVATE) else _BESIDE]
"""Directories that come first where this process, and those that it starts, look for packages."""


def enter(arguments: list[str]) -> None:
    """Put the house's packages first on this process's path, those of the checkout that is worked in before all.

    A checkout that holds an Ascent of its own takes over: its parts fit each other.

    Args:
        arguments: those of the command line; `--cwd` among them says where the work is done.
    """
    checkout = _checkout(_working_directory(arguments))
    if checkout and checkout != _BESIDE:
        if os.path.isfile(os.path.join(checkout, "ascent", "__main__.py")):
            places = os.pathsep.join(filter(None, [checkout, os.environ.get("PYTHONPATH")]))
            command = [sys.executable, "-P", "-m", "ascent", *arguments]
            os.execve(sys.executable, command, {**os.environ, "PYTHONPATH": places})
        path.insert(0, checkout)
    sys.path[:0] = path


def _working_directory(arguments: list[str]) -> str:
    for argument, following in zip(arguments, [*arguments[1:], "."], strict=False):
        if argument in ("-C", "--cwd"):
            return following
        for start in ("--cwd=", "-C"):
            if argument.startswith(start):
                return argument.removeprefix(start)
    return "."


def _checkout(directory: str) -> str | None:
    """The checkout of Ascent at or above a directory."""
    here = os.path.realpath(directory)
    while True:
        if all(os.path.exists(os.path.join(here, name)) for name in _CHECKOUT):
            return here
        above = os.path.dirname(here)
        if above == here:
            return None
        here = above


_CHECKOUT = ("Pulumi.yaml", "__main__.py", "settings", "components")
"""What a directory holds that is a checkout of Ascent, or a program grown from one."""
