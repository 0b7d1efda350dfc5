"""A PostgreSQL and a Valkey or Redis on loopback, for as long as the tests run."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import psycopg

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

USER, PASSWORD, NAME = "shop", "only-on-this-machine", "shop"
_PATIENCE = 30.0


class MissingError(Exception):
    """A server is not installed here; `str()` says which."""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


def postgres_programs() -> Path:
    """Where initdb and postgres are."""
    on_path = shutil.which("initdb")
    found = [Path(on_path).parent] if on_path else sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if not found:
        raise MissingError("PostgreSQL is not installed: apt-get install postgresql")
    return found[0]


def cache_program() -> str:
    """What serves the cache."""
    found = shutil.which("valkey-server") or shutil.which("redis-server")
    if found is None:
        raise MissingError("neither Valkey nor Redis is installed: apt-get install redis-server")
    return found


def _nobody() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: somebody else does then."""
    if os.getuid():
        return {}
    for name in ("postgres", "nobody"):
        try:
            who = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": who.pw_uid, "group": who.pw_gid}
    return {}


@contextmanager
def postgres() -> Generator[int]:
    """A PostgreSQL with an empty database; its port."""
    programs, who, port = postgres_programs(), _nobody(), free_port()
    with TemporaryDirectory(prefix="shop-postgres-") as directory:
        data = Path(directory) / "data"
        if who:
            os.chown(directory, who["user"], who["group"])
        secret = Path(directory) / "password"
        secret.write_text(PASSWORD, encoding="utf-8")
        secret.chmod(0o644)
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", USER, "--pwfile", secret, "-A", "scram-sha-256", "-E", "UTF8",
             "--locale=C", "--no-sync"],
            check=True, capture_output=True, cwd=directory, **who,
        )  # fmt: skip
        command = [
            programs / "postgres", "-D", data, "-p", str(port), "-h", "127.0.0.1", "-k", directory,
            "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off",
        ]  # fmt: skip
        with (Path(directory) / "log").open("w") as log:
            server = subprocess.Popen(command, stdout=log, stderr=log, cwd=directory, **who)
            try:
                _wait(lambda: psycopg.connect(**where(port, "postgres"), connect_timeout=2).close(), server)
                with psycopg.connect(**where(port, "postgres"), autocommit=True) as connection:
                    connection.execute(f"CREATE DATABASE {NAME}")
                yield port
            finally:
                # A fast shutdown: whoever is still connected is not waited for.
                server.send_signal(signal.SIGINT)
                server.wait(20)


def where(port: int, name: str = NAME) -> dict[str, Any]:
    """How to connect to it."""
    return {"host": "127.0.0.1", "port": port, "user": USER, "password": PASSWORD, "dbname": name}


@contextmanager
def cache() -> Generator[int]:
    """An empty Valkey or Redis; its port."""
    program, port = cache_program(), free_port()
    with TemporaryDirectory(prefix="shop-cache-") as directory:
        command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", directory]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            _wait(lambda: socket.create_connection(("127.0.0.1", port), 1).close(), server)
            yield port
        finally:
            server.terminate()
            server.wait(20)


def _wait(answers: Callable[[], object], server: subprocess.Popen[Any]) -> None:
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            answers()
        except (OSError, psycopg.Error):
            if server.poll() is not None or time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            return
