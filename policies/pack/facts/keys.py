"""Checks on the KMS keys that resources name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policies.pack.checks import lacking, present
from policies.pack.values import text
from policies.pack.verdict import Outcome

if TYPE_CHECKING:
    from policies.pack.facts import Source

_AWS_KEY: Final = "alias/aws/"
"""Beginning of the aliases of AWS's own keys, alone or at the end of an ARN."""


def own_key(source: Source, path: str) -> Outcome:
    """The property names a KMS key, and not by an alias of AWS's own."""
    if _AWS_KEY in text(source, path):
        return lacking(source, path, "a KMS key of our own")
    return present(source, path, "a KMS key")
