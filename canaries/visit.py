"""A visit to the product from outside, as CloudWatch Synthetics runs it.

Health first, then the pages that a user opens one after the other, then the days that the certificate has left.
The standard library alone: nothing to install, and the same script answers on any machine:

    VISIT_URL=https://app.example.com python canaries/visit.py

Environment:
    VISIT_URL: address of the product, without a path.
    VISIT_HEALTH: path of the health check, which must answer 200; `/` without it.
    VISIT_PATHS: JSON list of the pages, each of which must answer with a 2xx or 3xx status.
    VISIT_CERTIFICATE_DAYS: days that the certificate must have left; 14 without it.
"""

from __future__ import annotations

import http.client
import json
import logging
import os
import socket
import ssl
import sys
import time
from typing import Any
from urllib.parse import urlsplit

TIMEOUT_SECONDS = 10
DAY_SECONDS = 86_400

log = logging.getLogger("visit")


class VisitError(Exception):
    """Something that a user would have noticed, or soon will."""


def request(host: str, path: str, context: ssl.SSLContext, port: int = 443) -> int:
    """Status of a page; redirects are not followed, because each answer is judged by itself.

    Raises:
        VisitError: no answer at all.
    """
    connection = http.client.HTTPSConnection(host, port, timeout=TIMEOUT_SECONDS, context=context)
    try:
        connection.request("GET", path, headers={"User-Agent": "ascent-canary", "Accept": "*/*"})
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException) as error:
        raise VisitError(f"{path}: no answer: {error}") from error
    finally:
        connection.close()
    return answer.status


def days_left(host: str, context: ssl.SSLContext, now: float, port: int = 443) -> float:
    """Days until the certificate ends.

    Args:
        host: whom to ask.
        context: whom to trust.
        now: seconds since 1970.
        port: where to ask.

    Raises:
        VisitError: no connection, or a certificate that browsers refuse.
    """
    try:
        with (
            socket.create_connection((host, port), timeout=TIMEOUT_SECONDS) as plain,
            context.wrap_socket(plain, server_hostname=host) as secured,
        ):
            certificate = secured.getpeercert() or {}
    except OSError as error:
        raise VisitError(f"TLS: {error}") from error
    return (ssl.cert_time_to_seconds(str(certificate["notAfter"])) - now) / DAY_SECONDS


def visit(environment: dict[str, str], *, context: ssl.SSLContext, now: float) -> list[str]:
    """One visit; what was seen, step by step.

    Args:
        environment: what to visit; see the module's description.
        context: whom to trust.
        now: seconds since 1970.

    Raises:
        VisitError: the first step that failed.
    """
    address = urlsplit(environment["VISIT_URL"])
    host, port = address.hostname or "", address.port or 443
    health = environment.get("VISIT_HEALTH", "/")
    wanted = float(environment.get("VISIT_CERTIFICATE_DAYS", "14"))
    seen = []
    status = request(host, health, context, port)
    if status != http.HTTPStatus.OK:
        raise VisitError(f"health check {health}: answers {status}, not 200")
    seen.append(f"{health}: {status}")
    for path in json.loads(environment.get("VISIT_PATHS", "[]")):
        status = request(host, path, context, port)
        if not http.HTTPStatus.OK <= status < http.HTTPStatus.BAD_REQUEST:
            raise VisitError(f"{path}: answers {status}")
        seen.append(f"{path}: {status}")
    days = days_left(host, context, now, port)
    if days < wanted:
        raise VisitError(f"TLS: the certificate of {host} ends in {days:.0f} days, fewer than {wanted:.0f}")
    seen.append(f"TLS: {days:.0f} days left")
    return seen


def handler(event: Any, context: Any) -> str:  # noqa: ANN401 - Synthetics decides what they are
    """Where Synthetics begins; an exception makes the visit a failed one."""
    seen = visit(dict(os.environ), context=ssl.create_default_context(), now=time.time())
    for step in seen:
        log.info(step)
    return "; ".join(seen)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        handler(None, None)
    except VisitError as failure:
        sys.exit(f"failed: {failure}")
