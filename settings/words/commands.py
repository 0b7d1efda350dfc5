"""Lines for a shell that change a stack's settings."""

from __future__ import annotations

import json
from shlex import quote
from typing import TYPE_CHECKING, Any

from settings.namespaces import NAMESPACE

if TYPE_CHECKING:
    from collections.abc import Iterator


def command(verb: str, stack: str, path: str, value: str = "") -> str:
    """A line for a shell that sets or removes a setting.

    Args:
        verb: `set` or `rm`, with options.
        stack: the stack.
        path: the setting, as a stack file has it: `network.nat`.
        value: its text; empty for none.
    """
    key = "aws:region" if path == "region" else f"{NAMESPACE}:{path}"
    within = ["--path"] if "." in path else []
    words = ("pulumi", "config", *verb.split(), "--stack", stack, *within, key, *([value] if value else []))
    return " ".join(map(quote, words))


def set_commands(stack: str, path: str, value: Any) -> Iterator[str]:  # noqa: ANN401 - any value of a setting
    """Lines that give a setting a value.

    Args:
        stack: the stack.
        path: the setting.
        value: a JSON value; a list and an object take a line for each of their entries.
    """
    if isinstance(value, dict):
        for name, one in value.items():
            yield from set_commands(stack, f"{path}.{name}", one)
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from set_commands(stack, f"{path}[{place}]", one)
    elif value in ("[secret]", "[encrypted]"):
        yield command("set --secret", stack, path)
    elif isinstance(value, float):
        yield command("set --type float", stack, path, json.dumps(value))
    elif isinstance(value, str):
        # Below a path Pulumi takes for a number what looks like one.
        looks = "." in path and (value.isdigit() or value in ("true", "false"))
        yield command("set --type string" if looks else "set", stack, path, value)
    elif value is not None:
        yield command("set", stack, path, json.dumps(value))
