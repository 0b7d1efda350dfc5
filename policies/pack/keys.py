"""Checks on the KMS keys that resources name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .checks import present
from .values import show, text
from .verdict import Outcome, failed

if TYPE_CHECKING:
    from .facts import Source

_AWS_KEY: Final = "alias/aws/"
"""Beginning of the aliases of AWS's own keys, alone or at the end of an ARN."""


def own_key(source: Source, path: str) -> Outcome:
    """The property names a KMS key, and not by an alias of AWS's own."""
    if _AWS_KEY in text(source, path):
        return failed(show(source, path), "a KMS key of our own")
    return present(source, path, "a KMS key")
