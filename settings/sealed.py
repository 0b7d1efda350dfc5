"""Placeholders for encrypted config values that only a deployment can read.

Offline there is no passphrase: each encrypted value is replaced by a placeholder that names where it stands. Settings
let a placeholder through wherever any text would do, and planning turns it into a secret that is not known yet.
"""

from __future__ import annotations

from typing import Final

SEALED_PREFIX: Final = "⟦encrypted "
"""Start of every placeholder."""

SEALED_SUFFIX: Final = "⟧"
"""End of every placeholder."""


def seal(path: str) -> str:
    """The placeholder of the encrypted value at `path`, such as `ascent:security.secrets.STRIPE_KEY`."""
    return f"{SEALED_PREFIX}{path}{SEALED_SUFFIX}"


def is_sealed(text: str) -> bool:
    """Whether `text` is, or contains, a placeholder."""
    return SEALED_PREFIX in text
