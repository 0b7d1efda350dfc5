"""The tiers' usage profiles, and a stack's own figures on top of them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pydantic import TypeAdapter, ValidationError

from ascent.cost.usage.model import KEYS, Usage
from common.problems import InputError
from common.validation import Translation
from common.yaml_text import read_with_rows, read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

SHIPPED: Final = Path(__file__).parents[1] / "data" / "usage.yaml"
"""The tiers' usage profiles."""


@cache
def profiles() -> Mapping[str, Usage]:
    """The usage that each tier is calculated with, by tier."""
    return TypeAdapter(dict[str, Usage]).validate_python(read_yaml(SHIPPED))


def profile_of(tier: str) -> tuple[str, Usage]:
    """The tier whose usage a plan is calculated with, and that usage.

    Args:
        tier: the plan's tier; one without a profile, such as that of a foreign program, gets the startup's.
    """
    known = profiles()
    name = tier if tier in known else "startup"
    return name, known[name]


def load_usage(path: Path, base: Usage) -> Usage:
    """A profile with a stack's own figures in it.

    Args:
        path: a YAML mapping: key → a number, or `{low: …, expected: …, high: …}`; see docs/schemas/usage.schema.json.
        base: the tier's profile; gives what the file leaves out.

    Raises:
        InputError: a key that does not exist, or a value that is no amount; a line for each.
    """
    if not path.is_file():
        raise InputError(f"{path}: there is no such usage file; write one, or leave the option out")
    given, rows = read_with_rows(path)
    if given is None:
        return base
    try:
        whole = {key: getattr(base, name) for key, name in KEYS.items()} | given if isinstance(given, dict) else given
        return Usage.model_validate(whole)
    except ValidationError as error:
        fix = "write a number, or {low: 1, expected: 2, high: 3}"
        translation = Translation(model=Usage, noun="usage key", fix=fix, rows=rows)
        raise InputError("\n".join(p.line(path.name) for p in translation.problems(error))) from None
