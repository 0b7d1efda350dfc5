"""A small application that does everything that a probe asks for, but what `BAD` names it does wrong."""

from __future__ import annotations

import gzip
import html
import json
import os
import re
import signal
import socket
import sys
import threading
import time
import urllib.request
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import jwt

if TYPE_CHECKING:
    from jwt.types import Options

BAD = os.environ.get("BAD", "")
ORIGIN = "https://shop.example"
ITEMS = [f"thing {number} {'x' * 60}" for number in range(70)]
LIMITED: list[float] = []
IDS = re.compile(r"[\w.-]{1,128}")


def log(level: str, message: str, **fields: Any) -> None:  # noqa: ANN401 - any JSON value
    if BAD == "json-logs":
        print(f"{level}: {message}", flush=True)
        return
    print(json.dumps({"level": level, "timestamp": time.time(), "message": message, **fields}), flush=True)


def settings() -> tuple[str, int]:
    secret, port = os.environ.get("JWT_SECRET", ""), os.environ.get("PORT", "")
    if BAD == "configuration-silent" and not port.isdigit():
        sys.exit(3)
    if BAD != "configuration" and not port.isdigit():
        log("error", f"PORT: {port or 'missing'}: must be a number")
        sys.exit(3)
    if BAD != "short-secret" and len(secret) < 32:
        log("error", "JWT_SECRET: must have 32 characters or more")
        sys.exit(3)
    return secret, int(port) if port.isdigit() else 0


SECRET, PORT = settings()


class DownError(Exception):
    """Something that is needed does not answer."""


def ask(variable: str) -> None:
    """Say ping to what a variable names, and wait for the answer."""
    host, _, port = os.environ[variable].rpartition(":")
    wait = 30 if f"patient-{variable.lower()}" == BAD else 1
    try:
        with socket.create_connection((host, int(port)), wait) as connection:
            connection.sendall(b"ping\n")
            if connection.recv(5) != b"pong\n":
                raise DownError(variable)
    except OSError as error:
        raise DownError(variable) from error


def is_up(variable: str) -> bool:
    try:
        ask(variable)
    except DownError:
        return False
    return True


def post(url: str, value: Any) -> None:  # noqa: ANN401 - any JSON value
    request = urllib.request.Request(url, json.dumps(value).encode(), {"Content-Type": "application/json"})
    urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=2).close()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "small/1.2.3" if BAD == "versioned-server" else "small"
    sys_version = ""

    def do_GET(self) -> None:
        self.work()

    do_POST = do_OPTIONS = do_TRACE = do_GET  # noqa: N815 - the library's names

    def work(self) -> None:
        Server.busy += 1
        try:
            self.serve()
        finally:
            Server.busy -= 1

    def serve(self) -> None:
        self.url = urlsplit(self.path)
        self.query = {key: values[-1] for key, values in parse_qs(self.url.query).items()}
        self.ids = {name: self.id_of(name) for name in ("X-Request-ID", "X-Correlation-ID")}
        self.cookie = ""
        length = self.headers.get("Content-Length", "0")
        self.body = self.rfile.read(int(length) if length.isdigit() else 0)
        try:
            status, value = self.answer()
        except DownError as error:
            if BAD != "error-tracking":
                host = os.environ["ERRORS"]
                secret = SECRET if BAD == "leaking-report" else ""
                threading.Thread(target=post, args=(f"{host}/envelope", {"exception": str(error), "l": secret})).start()
            status, value = (500 if BAD == "broken-when-down" else 503), {"error": "try again later"}
        except (ValueError, RecursionError) as error:
            status, value = (500 if BAD == "validation" else 422), {"error": type(error).__name__}
        secret = {"authorization": self.headers.get("Authorization")} if BAD == "masked-logs" else {}
        ids = {} if BAD == "request-ids-log" else {key.lower(): found for key, found in self.ids.items()}
        log("info", "request", method=self.command, path=self.url.path[:200], status=status, **ids, **secret)
        self.trace()
        self.send(status, value)

    def id_of(self, name: str) -> str:
        given = self.headers.get(name, "")
        if BAD == "request-ids":
            return "always-the-same"
        return given if IDS.fullmatch(given) or (given and BAD == "odd-ids") else uuid4().hex

    def trace(self) -> None:
        parent = self.headers.get("traceparent", "").split("-")
        if len(parent) == 4 and BAD != "traces":
            trace = uuid4().hex if BAD == "other-traces" else parent[1]
            threading.Thread(target=post, args=(f"{os.environ['TRACES']}/v1/traces", {"traceId": trace})).start()

    def answer(self) -> tuple[int, Any]:
        path, method = self.url.path, self.command
        if BAD == "no-debug" and path == "/debug":
            return 200, {"environment": dict(os.environ)}
        if BAD == "stack" and path.startswith("/no-such"):
            return 404, {"error": 'Traceback (most recent call last):\n File "x.py", line 1'}
        if method in ("OPTIONS", "TRACE"):
            return (200 if method == "OPTIONS" else 405), {}
        if (method, path) == ("GET", "/health"):
            return self.health()
        if (method, path) == ("GET", "/ready"):
            ready = is_up("DATABASE") or BAD == "always-ready"
            return (200 if ready else 503), {"ready": ready}
        if (method, path) == ("GET", "/"):
            if BAD == "slow":
                time.sleep(0.4)
            if BAD == "reflecting":
                return 200, f"<p>{self.query.get('q', '')}</p>"
            return 200, f"<p>{'Welcome. ' * 300}</p>"
        if path == "/me":
            return self.me()
        if (method, path) == ("GET", "/openapi.json"):
            return 200, DOCUMENT
        if path == "/things":
            return self.things() if method == "GET" else self.add()
        if (method, path) == ("GET", "/find"):
            return self.find()
        if (method, path) == ("POST", "/sign-in"):
            return self.sign_in()
        if (method, path) == ("GET", "/dear"):
            return self.dear()
        return 404, {"error": "not found"}

    def health(self) -> tuple[int, Any]:
        database = is_up("DATABASE")
        if BAD == "poor-health":
            return 200, {"status": "ok"}
        if BAD == "wrong-time":
            return 200, {"timestamp": "2001-01-01T00:00:00Z", "database": "up", "cache": "up", "external": {}}
        status = 503 if BAD == "readiness-apart" and not database else 200
        now = datetime.now(UTC).isoformat()
        return status, {"timestamp": now, "database": database, "cache": is_up("CACHE"), "external": {"mail": "up"}}

    def me(self) -> tuple[int, Any]:
        kind, _, token = self.headers.get("Authorization", "").partition(" ")
        if BAD == "open-door":
            return 200, {}
        options: Options = {"verify_exp": BAD != "expired-tokens", "require": ["exp"]}
        if BAD == "unsigned-tokens":
            options = {"verify_signature": False}
        try:
            jwt.decode(token if kind == "Bearer" else "", SECRET, algorithms=["HS256"], options=options)
        except jwt.PyJWTError:
            return 401, {"error": "no"}
        return 200, {"me": "you"}

    def things(self) -> tuple[int, Any]:
        ask("DATABASE")
        try:
            ask("CACHE")
        except DownError:
            if BAD == "needs-cache":
                raise
        limit, cursor = int(self.query.get("limit", "50")), int(self.query.get("cursor", "0"))
        if not 1 <= limit <= 10**9 or cursor < 0:
            raise ValueError("limit")
        if BAD == "pagination":
            return 200, {"items": ITEMS, "next": None}
        limit = limit if BAD == "endless" else min(limit, 50)
        following = cursor + limit if cursor + limit < len(ITEMS) else None
        if BAD == "same-page":
            following = cursor
        return 200, {"items": ITEMS[cursor : cursor + limit], "next": following}

    def add(self) -> tuple[int, Any]:
        value = json.loads(self.body)
        if not isinstance(value, dict) or not isinstance(value.get("name"), str) or "\0" in value["name"]:
            raise ValueError("name")
        ask("DATABASE")
        ITEMS.insert(0, value["name"])
        del ITEMS[80:]
        if BAD == "logging-body":
            log("info", f"adding {value}")
        return 201, {"name": value["name"]}

    def find(self) -> tuple[int, Any]:
        ask("DATABASE")
        text = self.query.get("q", "")
        if BAD == "sql-injection" and "'1'='1" in text:
            return 200, {"items": ITEMS}
        if BAD == "sql-error" and "'" in text:
            return 400, {"error": "syntax error at or near"}
        if BAD == "cross-site-scripting":
            return 200, f"<p>nothing for {text}</p>"
        if BAD == "escaping":
            return 200, f"<p>nothing for {html.escape(text)}</p>"
        return 200, {"items": [item for item in ITEMS if text in item][:50], "q": text}

    def sign_in(self) -> tuple[int, Any]:
        value = json.loads(self.body)
        if not isinstance(value, dict) or not isinstance(value.get("password"), str):
            raise ValueError("password")
        flags = "; Path=/; HttpOnly" if BAD == "cookies" else "; Path=/; Secure; HttpOnly; SameSite=Lax"
        self.cookie = f"session={uuid4().hex}{flags}"
        return 200, {}

    def dear(self) -> tuple[int, Any]:
        LIMITED.append(time.monotonic())
        return (429 if len(LIMITED) > 10 and BAD != "rate-limits" else 200), {}

    def send(self, status: int, value: Any) -> None:  # noqa: ANN401 - any JSON value
        body = value.encode() if isinstance(value, str) else json.dumps(value).encode()
        headers = {"Content-Type": "text/html" if isinstance(value, str) else "application/json", **self.ids}
        if BAD != "security-headers":
            headers |= {
                "Strict-Transport-Security": "max-age=63072000",
                "X-Content-Type-Options": "nosniff",
                "Content-Security-Policy": "default-src *" if BAD == "loose-policy" else "default-src 'none'",
                "X-Frame-Options": "DENY",
                "Referrer-Policy": "no-referrer",
            }
        origin = self.headers.get("Origin", "")
        if (origin == ORIGIN and BAD != "closed") or (origin and BAD == "cors"):
            headers |= {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}
        if BAD == "any-origin":
            headers["Access-Control-Allow-Origin"] = "*"
        if self.cookie:
            headers["Set-Cookie"] = self.cookie
        if status == 429 and BAD != "no-retry-after":
            headers["Retry-After"] = "60"
        if "gzip" in self.headers.get("Accept-Encoding", "") and len(body) > 500 and BAD != "compression":
            body = gzip.compress(body)
            headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding, Origin"}
        self.send_response(status)
        for name, text in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(body)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Methods that nobody knows are not allowed."""
        super().send_error(405 if code == 501 else code, message, explain)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: requests are logged already."""


TEXT = {"name": "q", "in": "query", "schema": {"type": "string"}}
NAMED = {"type": "object", "properties": {"name": {"type": "string", "maxLength": 100}}, "required": ["name"]}
BODY = {"required": True, "content": {"application/json": {"schema": NAMED}}}
DONE = {"200": {"description": "done"}}
DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "small", "version": "1"},
    "paths": {
        "/find": {"get": {"parameters": [TEXT], "responses": DONE}},
        "/things": {"post": {"requestBody": BODY, "responses": DONE}},
    },
}


class Server(ThreadingHTTPServer):
    request_queue_size = 100
    # Those that have begun are waited for; connections that are merely kept are not.
    daemon_threads = True
    busy = 0


def main() -> None:
    if BAD == "log-files":
        handle = open(os.environ["LOG_FILE"], "a", encoding="utf-8")  # noqa: SIM115 - kept open is the point
        handle.write("begun\n")
    server = Server(("127.0.0.1", 8099 if BAD == "fixed-port" else PORT), Handler)

    def end(*_: object) -> None:
        if BAD == "dropping":
            os._exit(0)
        threading.Thread(target=server.shutdown).start()

    if BAD == "deaf":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    else:
        signal.signal(signal.SIGTERM, end)
    log("info", "begun")
    server.serve_forever(poll_interval=0.05)
    server.server_close()
    while Server.busy:
        time.sleep(0.01)


if __name__ == "__main__":
    main()
