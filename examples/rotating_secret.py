"""Reads a secret that rotates, in the application: two versions are valid, and nobody is logged out.

    keys = RotatingSecret(os.environ["JWT_SECRET_ARN"])
    token = jwt.encode(claims, keys.newest, algorithm="HS256")
    claims = keys.first_that(lambda key: jwt.decode(token, key, algorithms=["HS256"]), jwt.InvalidSignatureError)

The value of an environment variable is that of the container's start. This asks Secrets Manager every few minutes
instead, so a rotation needs no deployment. Copy the file; it needs boto3.
"""

from __future__ import annotations

import hmac
import time
from typing import TYPE_CHECKING, Any, TypeVar

import boto3

if TYPE_CHECKING:
    from collections.abc import Callable

Found = TypeVar("Found")

FRESH_SECONDS = 300
"""How long a read counts. A new version must be known everywhere before tokens made with it come back."""


class RotatingSecret:
    """The values of a secret that are valid now.

    Args:
        arn: the secret; `JWT_SECRET_ARN` and the like name it.
        client: boto3's client; a new one by default.
        clock: seconds that only go up.
    """

    def __init__(self, arn: str, client: Any = None, clock: Callable[[], float] = time.monotonic) -> None:  # noqa: ANN401
        self._arn, self._clock = arn, clock
        self._client = client or boto3.client("secretsmanager")
        self._values: tuple[str, ...] = ()
        self._read_at = 0.0

    @property
    def valid(self) -> tuple[str, ...]:
        """The newest value, and the one before it where there is one."""
        if not self._values or self._clock() - self._read_at > FRESH_SECONDS:
            self._read()
        return self._values

    @property
    def newest(self) -> str:
        """The value to sign with."""
        return self.valid[0]

    def accepts(self, given: str) -> bool:
        """Whether a text, such as an API key that a caller shows, is one of the valid values.

        A text that is none of them is looked up once more: the caller may know a newer value than we do.
        """
        return self._is_valid(given) or (self._is_stale_for_a_retry() and self._is_valid(given))

    def first_that(self, use: Callable[[str], Found], *wrong: type[Exception]) -> Found:
        """What `use` returns for the first valid value that it takes.

        Args:
            use: verifies with a value, and raises one of `wrong` where it is the wrong one.
            wrong: exceptions that say so; any other one is raised at once.

        Raises:
            Exception: the last of `wrong`, where no valid value is the right one.
        """
        *before, last = self.valid
        for value in before:
            try:
                return use(value)
            except wrong:
                continue
        return use(last)

    def _is_valid(self, given: str) -> bool:
        # Compared in full each time: how long it takes says nothing of the value.
        matches = [hmac.compare_digest(value.encode(), given.encode()) for value in self.valid]
        return any(matches)

    def _is_stale_for_a_retry(self) -> bool:
        """Read again, at most every few seconds, so that wrong keys cost no calls."""
        if self._clock() - self._read_at < FRESH_SECONDS / 60:
            return False
        self._read()
        return True

    def _read(self) -> None:
        newest = self._value("AWSCURRENT")
        try:
            self._values = (newest, self._value("AWSPREVIOUS"))
        except self._client.exceptions.ResourceNotFoundException:
            # Not yet rotated.
            self._values = (newest,)
        self._read_at = self._clock()

    def _value(self, stage: str) -> str:
        return self._client.get_secret_value(SecretId=self._arn, VersionStage=stage)["SecretString"]
