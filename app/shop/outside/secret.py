"""A secret that rotates: read anew when it is refused, or is a few minutes old."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.config import Config

_FRESH = 300.0
AWS = Config(connect_timeout=2, read_timeout=5, retries={"mode": "standard", "max_attempts": 3})
"""How AWS is asked: with timeouts, again after a failure, with growing pauses."""


@dataclass(frozen=True)
class Credentials:
    """A user of the database and its password."""

    username: str
    password: str

    def __repr__(self) -> str:
        """Without the password."""
        return f"Credentials({self.username!r})"


class RotatingSecret:
    """Credentials in Secrets Manager."""

    def __init__(self, arn: str, client: Any = None) -> None:  # noqa: ANN401 - boto3's clients have no types
        """Nothing is read yet.

        Args:
            arn: of the secret.
            client: of Secrets Manager; made when it is needed.
        """
        self._arn, self._client = arn, client
        self._found: Credentials | None = None
        self._read_at, self._lock = 0.0, threading.Lock()

    def get(self) -> Credentials:
        """The credentials, at most five minutes old."""
        with self._lock:
            if self._found is None or time.monotonic() - self._read_at > _FRESH:
                client = self._client = self._client or boto3.client("secretsmanager", config=AWS)
                text = client.get_secret_value(SecretId=self._arn)["SecretString"]
                said = json.loads(text)
                self._found = Credentials(said["username"], said["password"])
                self._read_at = time.monotonic()
            return self._found

    def forget(self) -> None:
        """Read it anew next time: it was refused."""
        self._found = None
