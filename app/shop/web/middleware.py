"""What happens to every request: ids, headers, a line of the log, metrics."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders

from shop.core.context import Context, current, id_of
from shop.core.metrics import emit

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("shop.request")

REQUEST, CORRELATION = "X-Request-ID", "X-Correlation-ID"
PROBES = ("/health", "/ready")
HEADERS = {
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
        "form-action 'self'"
    ),
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Watch:
    """Gives a request its ids, an answer its headers, the log its line."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application.

        Args:
            app: answers.
        """
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        request = Context(id_of(headers.get(REQUEST)), id_of(headers.get(CORRELATION)))
        current.set(request)
        begun, status = time.monotonic(), 500

        async def with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                answer = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    answer.setdefault(name, value)
                answer.setdefault("Cache-Control", "no-store")
                answer[REQUEST], answer[CORRELATION] = request.request_id, request.correlation_id
            await send(message)

        try:
            await self._app(scope, receive, with_headers)
        finally:
            self._tell(scope, status, (time.monotonic() - begun) * 1000)

    def _tell(self, scope: Scope, status: int, taken: float) -> None:
        if scope["path"] in PROBES and status < 400:
            return
        route = getattr(scope.get("route"), "path", "unknown")
        fields = {"method": scope["method"], "route": route, "status": status, "ms": round(taken, 1)}
        log.log(logging.ERROR if status >= 500 else logging.INFO, "request", extra=fields)
        emit("Latency", taken, "Milliseconds", Route=route)
        if status >= 500:
            emit("Errors", 1, "Count", Route=route)
