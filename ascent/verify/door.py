"""The way that a user's browser takes to the stack: sockets, TLS, one request."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

_LONGEST: Final = 10.0
"""Seconds that a user would hardly wait."""


@dataclass(frozen=True, slots=True)
class Response:
    """What a request got."""

    status: int
    location: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Door:
    """Opens connections; a test leads them elsewhere.

    Attributes:
        trust: whom to believe a certificate.
        connect: from a host and a port to a connection.
    """

    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    connect: Callable[[str, int], socket.socket] = lambda host, port: socket.create_connection((host, port), _LONGEST)

    def get(self, scheme: str, host: str, port: int, path: str) -> Response:
        """Ask for a page.

        Args:
            scheme: https or http.
            host: the name that is asked for, and that the certificate must cover.
            port: where it listens.
            path: with a slash before it.

        Raises:
            OSError: nobody answers, or the certificate is no good.
            http.client.HTTPException: what comes back is no HTTP.
        """
        started = time.monotonic()
        with self.connect(host, port) as plain:
            tls = scheme == "https"
            kind = http.client.HTTPSConnection if tls else http.client.HTTPConnection
            connection = kind(host, port, timeout=_LONGEST)
            connection.sock = self.trust.wrap_socket(plain, server_hostname=host) if tls else plain
            try:
                connection.request("GET", path, headers={"User-Agent": "ascent-verify", "Connection": "close"})
                response = connection.getresponse()
                return Response(response.status, response.getheader("Location", ""), time.monotonic() - started)
            finally:
                connection.close()

    def certificate(self, host: str, port: int) -> dict[str, Any]:
        """The certificate that a host shows, after it was found good.

        Raises:
            OSError: nobody answers, or the certificate is no good.
        """
        with self.connect(host, port) as plain, self.trust.wrap_socket(plain, server_hostname=host) as secure:
            return secure.getpeercert() or {}


def why(error: Exception) -> str:
    """What was in the way, in few words."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"the certificate is no good: {error.verify_message.rstrip('.')}"
    if isinstance(error, ssl.SSLError):
        return f"TLS fails: {error.reason or error}"
    if isinstance(error, socket.gaierror):
        return "the name has no address"
    if isinstance(error, TimeoutError):
        return f"no answer in {_LONGEST:.0f} s"
    if isinstance(error, OSError):
        return (error.strerror or str(error)).lower()
    return f"no HTTP: {type(error).__name__}"
