"""The database: a pool of connections whose password may rotate."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import psycopg
from sqlalchemy import URL, create_engine, event, text
from sqlalchemy.orm import Session, sessionmaker

from shop.outside.secret import Credentials, RotatingSecret

if TYPE_CHECKING:
    from collections.abc import Generator

    from sqlalchemy import Engine

    from shop.core.settings import Settings

POOL = {"pool_size": 10, "max_overflow": 20, "pool_recycle": 3600, "pool_pre_ping": True, "pool_timeout": 3}
"""10 connections are kept, 20 more are opened under load, each is renewed hourly and tested before use."""

_TIMES = {
    "connect_timeout": 2,
    # A server that is gone without a word is noticed by the kernel.
    "tcp_user_timeout": 3000,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 2,
    "options": "-c statement_timeout=3000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=10000",
}


_ANSWER = 4.0
"""Seconds within which the server must say something; longer than it may work on a statement."""


class BoundedConnection(psycopg.Connection[Any]):
    """A connection that is given up when the server falls silent: what hangs holds up nobody for long."""

    def wait(self, gen: Generator[Any, Any, Any], *args: Any, **options: Any) -> Any:  # noqa: ANN401 - psycopg's own
        """Wait for an answer, not for ever."""
        try:
            return super().wait(_bounded(gen), *args, **options)
        except _SilentError:
            self.pgconn.finish()
            raise psycopg.OperationalError(f"the server said nothing for {_ANSWER:.0f} s") from None


class _SilentError(Exception):
    """The server says nothing."""


def _bounded(waiting: Generator[Any, Any, Any]) -> Generator[Any, Any, Any]:
    """What psycopg waits for, until time is up; it looks up ten times a second."""
    end = time.monotonic() + _ANSWER
    try:
        wanted = next(waiting)
        while True:
            ready = yield wanted
            if not ready and time.monotonic() > end:
                waiting.close()
                raise _SilentError
            wanted = waiting.send(ready)
    except StopIteration as done:
        return done.value


class Database:
    """Sessions with the database."""

    def __init__(self, settings: Settings, secret: RotatingSecret | None = None) -> None:
        """Connect to nothing yet.

        Args:
            settings: where it is.
            secret: instead of the one that the settings name.
        """
        self._settings = settings
        arn = settings.database_secret_arn
        self._secret = secret or (RotatingSecret(arn) if arn else None)
        url = URL.create(
            "postgresql+psycopg",
            host=settings.database_host,
            port=settings.database_port,
            database=settings.database_name,
        )
        tls = {"sslmode": settings.database_tls}
        if settings.database_tls == "verify-full":
            tls["sslrootcert"] = settings.database_ca
        self.engine: Engine = create_engine(url, connect_args={**_TIMES, **tls}, hide_parameters=True, **POOL)
        event.listen(self.engine, "do_connect", self._connect)
        self.sessions = sessionmaker(self.engine, expire_on_commit=False)

    def _credentials(self) -> Credentials:
        if self._secret:
            return self._secret.get()
        password = self._settings.database_password
        return Credentials(self._settings.database_user or "", password.get_secret_value() if password else "")

    def _connect(self, dialect: Any, record: Any, arguments: Any, options: dict[str, Any]) -> Any:  # noqa: ANN401
        """Connect as whoever the secret says now; again with a fresh one where that is refused."""
        for last in (False, True):
            found = self._credentials()
            given: dict[str, Any] = {**options, "user": found.username, "password": found.password}
            try:
                return BoundedConnection.connect(*arguments, **given)
            except psycopg.OperationalError as error:
                if last or self._secret is None or "authentication" not in str(error):
                    raise
                self._secret.forget()
        raise AssertionError("the last try returns or raises")

    def session(self) -> Session:
        """A session; close it."""
        return self.sessions()

    def is_up(self) -> bool:
        """Whether it answers."""
        try:
            with self.engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except Exception:
            return False
        return True
