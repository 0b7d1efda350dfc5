"""Names and values that give a secret away."""

from __future__ import annotations

import re
from typing import Final

from policies.pack.values import UNSET

_SECRET_NAME: Final = re.compile(
    r"PASSW(OR)?D|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIAL", re.IGNORECASE
)
_REFERENCE_NAME: Final = re.compile(r"_(ARN|NAME|ID|FILE|PATH|URL|URI|TTL|SECONDS|LENGTH)$", re.IGNORECASE)
_ACCESS_KEY_ID: Final = re.compile(r"\b(AKIA|ASIA)[A-Z0-9]{16}\b")


def looks_secret(name: str, value: object) -> bool:
    """Whether a variable looks like a secret, by its name (in the spelling of the environment) or by its value."""
    if value is UNSET or value == "":
        return False
    named = _SECRET_NAME.search(name) is not None and _REFERENCE_NAME.search(name) is None
    return named or (isinstance(value, str) and _ACCESS_KEY_ID.search(value) is not None)
