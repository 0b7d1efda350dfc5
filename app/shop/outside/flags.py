"""Feature flags of the environment, from the AppConfig agent; read anew every half minute, off where unknown."""

from __future__ import annotations

import hashlib
import logging
import time
from typing import Any

import httpx

log = logging.getLogger(__name__)

_FRESH = 30.0


class Flags:
    """What is switched on."""

    def __init__(self, url: str | None) -> None:
        """Ask nobody yet.

        Args:
            url: of the agent; None for no flags.
        """
        self._url, self._found, self._read_at = url, {}, -_FRESH

    def is_on(self, name: str, who: str = "") -> bool:
        """Whether a feature is switched on.

        Args:
            name: of the feature.
            who: somebody for whom `percent` decides, always in the same way.
        """
        flag = self._all().get(name) or {}
        if not flag.get("enabled"):
            return False
        share = int(hashlib.sha256(f"{name}:{who}".encode()).hexdigest()[:8], 16) % 100
        return share < flag.get("percent", 100)

    def _all(self) -> dict[str, Any]:
        if self._url and time.monotonic() - self._read_at > _FRESH:
            self._read_at = time.monotonic()
            try:
                self._found = httpx.get(self._url, timeout=0.5).raise_for_status().json()
            except (httpx.HTTPError, ValueError) as error:
                # What was known stays true.
                log.warning("flags cannot be read: %s", type(error).__name__)
        return self._found
