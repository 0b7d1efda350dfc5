"""A value that is a secret is never printed: the last line of defence, behind every rule's own care.

Rules read values out of their secrets to judge by them, and quote what they found. What a message quotes of a secret is
blotted out here, once for all rules.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from policies.pack.facts import Secret, Value

BLOT: Final = "[secret]"


def secrets_of(value: Value) -> frozenset[str]:
    """The texts in a value's secrets: texts and numbers, also those inside JSON documents. Booleans tell nothing."""
    return frozenset(_secrets(value))


def without(secrets: frozenset[str], message: str) -> str:
    """A message with every secret in it blotted out."""
    return _pattern(secrets).sub(BLOT, message) if secrets else message


def _secrets(value: Value) -> Iterator[str]:
    if isinstance(value, str | int | float):
        return
    if isinstance(value, Secret):
        yield from _texts(value.value)
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _secrets(inner)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for inner in value:
            yield from _secrets(inner)


def _texts(value: Value) -> Iterator[str]:
    """Everything that could be quoted of a secret value, as messages write it."""
    if isinstance(value, Secret):
        yield from _texts(value.value)
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, str):
        if value.strip():
            yield " ".join(value.split())
            yield value
        if value.lstrip().startswith(("{", "[")):
            yield from _inside(value)
    elif isinstance(value, Sequence):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)
        yield f"{value:g}"


def _inside(text: str) -> Iterator[str]:
    try:
        yield from _texts(json.loads(text))
    except (ValueError, RecursionError):
        return


@lru_cache(maxsize=256)
def _pattern(secrets: frozenset[str]) -> re.Pattern[str]:
    # Longest first, so that a secret that begins with another is blotted out whole; only as whole words, so that a
    # secret "1" leaves the 10 of "10 days" alone.
    words = sorted(secrets, key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(w)}(?!\w)" for w in words))
