"""A stand-in for what applications report to: an error tracker, a collector of traces."""

from __future__ import annotations

import gzip
import threading
import time
import zlib
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Delivery:
    """Something that was reported.

    Attributes:
        path: where to.
        body: what, unpacked.
    """

    path: str
    body: bytes


class Collector:
    """An HTTP server on loopback that takes whatever is posted to it."""

    def __init__(self) -> None:
        """Start to listen on a free port."""
        self.deliveries: list[Delivery] = []
        """What was reported so far."""
        deliveries = self.deliveries

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                deliveries.append(
                    Delivery(self.path, _unpacked(self._body(), self.headers.get("Content-Encoding", "")))
                )
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            def _body(self) -> bytes:
                if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
                    return self.rfile.read(int(self.headers.get("Content-Length") or 0))
                body = b""
                while size := int(self.rfile.readline().split(b";")[0] or b"0", 16):
                    body += self.rfile.read(size)
                    self.rfile.readline()
                self.rfile.readline()
                return body

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"127.0.0.1:{self._server.server_port}"
        """Where it listens, `host:port`."""
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def wait_for(self, wanted: Callable[[Delivery], bool], seconds: float, *, since: int = 0) -> Delivery | None:
        """The first delivery that is wanted; None if none comes in time.

        Args:
            wanted: whether it is.
            seconds: how long to wait.
            since: number of deliveries that are passed over.
        """
        end = time.monotonic() + seconds
        while True:
            found = next((one for one in self.deliveries[since:] if wanted(one)), None)
            if found or time.monotonic() > end:
                return found
            time.sleep(0.05)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def _unpacked(body: bytes, kind: str) -> bytes:
    try:
        if kind == "gzip":
            return gzip.decompress(body)
        return zlib.decompress(body) if kind == "deflate" else body
    except (OSError, zlib.error):
        return body
