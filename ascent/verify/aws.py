"""Asks AWS, and sorts what comes back: an answer, a thing that is gone, a question that nobody answers."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    CredentialRetrievalError,
    NoCredentialsError,
    PartialCredentialsError,
    SSOError,
    TokenRetrievalError,
)
from botocore.parsers import ResponseParserError

from common.problems import InputError, printable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from botocore.config import Config

    from ascent.verify.reads import Asking

NO_CREDENTIALS: Final = (
    NoCredentialsError,
    PartialCredentialsError,
    CredentialRetrievalError,
    SSOError,
    TokenRetrievalError,
)
"""What the SDK raises where it has nothing to sign a call with."""

_REFUSED: Final = frozenset(
    (
        "AuthFailure",
        "ExpiredToken",
        "ExpiredTokenException",
        "IncompleteSignature",
        "InvalidClientTokenId",
        "InvalidSignatureException",
        "MissingAuthenticationToken",
        "MissingAuthenticationTokenException",
        "RequestExpired",
        "SignatureDoesNotMatch",
        "UnrecognizedClientException",
    )
)
"""Codes that say that the credentials themselves are no good."""

_DENIED: Final = ("AccessDenied", "Unauthorized", "AuthorizationError", "NotAuthorized")
_GONE: Final = ("NotFound", "NotFoundException", "NotFoundFault", "DoesNotExist")


class GoneError(Exception):
    """AWS does not know the thing."""


class NotAnsweredError(Exception):
    """AWS did not say; `str()` is why."""


class Aws:
    """The account and region of a stack.

    Attributes:
        region: the stack's region.
        account: id of the account that the credentials are of; empty before it is known.
    """

    def __init__(
        self,
        session: Any,  # noqa: ANN401 - boto3 has no types
        *,
        region: str,
        config: Config,
        endpoints: Mapping[str, str],
        verify: bool | str | None = None,
        profile: str = "",
    ) -> None:
        self._session, self._config, self._endpoints, self._verify = session, config, endpoints, verify
        self._profile = profile
        self._clients: dict[tuple[str, str], Any] = {}
        self.region = region
        self.account = ""

    def ask(self, read: Asking, region: str = "", **arguments: object) -> dict[str, Any]:
        """What AWS answers.

        Args:
            read: the call.
            region: where, if not in the stack's region.
            arguments: the call's own.

        Raises:
            GoneError: AWS knows no such thing.
            NotAnsweredError: the call is not allowed, or got no answer.
            InputError: there are no credentials, or they are no good.
        """
        return self._asked(read, lambda client: getattr(client, read.operation)(**arguments), region)

    def ask_all(self, read: Asking, key: str, region: str = "", **arguments: object) -> list[Any]:
        """Everything in a list that comes in pages.

        Args:
            read: the call.
            key: the list in its answer.
            region: where, if not in the stack's region.
            arguments: the call's own.

        Raises:
            GoneError, NotAnsweredError, InputError: as from `ask`.
        """

        def pages(client: Any) -> list[Any]:  # noqa: ANN401 - boto3 has no types
            return [item for page in client.get_paginator(read.operation).paginate(**arguments) for item in page[key]]

        return self._asked(read, pages, region)

    def command(self, *words: str, region: str = "") -> str:
        """A command of the AWS CLI that looks at the same place.

        Args:
            words: what follows `aws`.
            region: where, if not in the stack's region.
        """
        profile = ("--profile", self._profile) if self._profile else ()
        return shlex.join(["aws", *words, "--region", region or self.region, *profile])

    def _asked(self, read: Asking, call: Any, region: str) -> Any:  # noqa: ANN401 - boto3 has no types
        try:
            return call(self._client(read.service, region or self.region))
        except NO_CREDENTIALS as error:
            raise InputError(no_credentials(error)) from None
        except ClientError as error:
            raise _meaning(error, read) from None
        except ResponseParserError:
            raise NotAnsweredError(f"{read.service} answered {read.operation} with what is no answer of AWS") from None
        except BotoCoreError as error:
            raise NotAnsweredError(f"{read.service} does not answer: {_one_line(error)}") from None

    def _client(self, service: str, region: str) -> Any:  # noqa: ANN401 - boto3 has no types
        key = service, region
        if key not in self._clients:
            self._clients[key] = self._session.client(
                service,
                region_name=region,
                config=self._config,
                endpoint_url=self._endpoints.get(service),
                verify=self._verify,
            )
        return self._clients[key]


def no_credentials(error: Exception) -> str:
    """The line for credentials that the SDK does not find or get."""
    return (
        f"AWS: no credentials: {_one_line(error)}; set aws:profile, AWS's variables in the environment, or log in with "
        "`aws sso login`"
    )


def _meaning(error: ClientError, read: Asking) -> Exception:
    found = error.response.get("Error", {})
    code, message = str(found.get("Code", "")), " ".join(str(found.get("Message", "")).split())
    if code in _REFUSED:
        return InputError(printable(f"AWS: refuses the credentials ({code}): {message}; renew them"))
    if code.startswith(_DENIED):
        if error.operation_name.lower() != read.operation.replace("_", ""):
            # The SDK takes on a profile's role first.
            return NotAnsweredError(printable(f"not allowed: {error.operation_name}: {message}"))
        return NotAnsweredError(f"not allowed: it needs {read.action}")
    if code.endswith(_GONE) or code.startswith("NoSuch"):
        return GoneError()
    return NotAnsweredError(printable(f"{read.service} answered {code} to {read.operation}"))


def _one_line(error: Exception) -> str:
    return printable(" ".join(str(error).split()).rstrip("."))
