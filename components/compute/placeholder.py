"""What answers before there is an application: a page and a health check from Python's standard library."""

from __future__ import annotations

from typing import Final

PLACEHOLDER_IMAGE: Final = "public.ecr.aws/docker/library/python:3.13-alpine"
"""Public, for ARM and x86, and free to pull without an account."""

PLACEHOLDER_SOURCE: Final = """\
import http.server, os, signal, sys

class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = b"It works. Set ascent:compute.image to run your application.\\n"
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)
    do_HEAD = do_GET

signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
http.server.ThreadingHTTPServer(("", int(os.environ["PORT"])), Page).serve_forever()
"""
"""Answers 200 on every path, so it is healthy whatever the health path is; ends at once on SIGTERM."""

PLACEHOLDER_COMMAND: Final = ("python", "-u", "-c", PLACEHOLDER_SOURCE)
"""Runs the page; needs PORT in its environment."""
