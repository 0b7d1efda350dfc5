"""The shop on a real database and a real cache."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import redis
from _pytest.junitxml import xml_key
from alembic import command
from alembic.config import Config
from fastapi.testclient import TestClient
from people import sign_up
from servers import MissingError, cache, postgres
from shop.core import logs
from shop.core.context import current
from shop.core.settings import Settings
from shop.web.application import application

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

APP = Path(__file__).parents[1]


def pytest_sessionstart(session: pytest.Session) -> None:
    """Of which version the results are; without it `ascent readiness --tests` takes them for nothing."""
    results = session.config.stash.get(xml_key, None)
    version = os.environ.get("ASCENT_VERSION")
    if results is not None and version:
        results.add_global_property("ascent.version", version)


@pytest.fixture(scope="session")
def database_port() -> Iterator[int]:
    try:
        with postgres() as port:
            yield port
    except MissingError as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def cache_port() -> Iterator[int]:
    try:
        with cache() as port:
            yield port
    except MissingError as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def environment(database_port: int, cache_port: int) -> dict[str, str]:
    return {
        "DATABASE_HOST": "127.0.0.1",
        "DATABASE_PORT": str(database_port),
        "DATABASE_USER": "shop",
        "DATABASE_PASSWORD": "only-on-this-machine",
        "DATABASE_TLS": "disable",
        "CACHE_URL": f"redis://127.0.0.1:{cache_port}/0",
        "JWT_SECRET": "only-on-this-machine-0123456789abcdef",
        "ALLOWED_ORIGINS": "https://shop.example.com",
        "AWS_DEFAULT_REGION": "eu-central-1",
    }


@pytest.fixture(scope="session")
def migrated(environment: dict[str, str]) -> dict[str, str]:
    """The environment of a database that has its tables."""
    kept = {key: os.environ.get(key) for key in environment}
    os.environ.update(environment)
    try:
        command.upgrade(Config(APP / "alembic.ini"), "head")
    finally:
        for key, value in kept.items():
            os.environ.pop(key, None)
            if value is not None:
                os.environ[key] = value
    return environment


@pytest.fixture(scope="session")
def make_settings(migrated: dict[str, str]) -> Callable[..., Settings]:
    def make(**changes: Any) -> Settings:  # noqa: ANN401 - any setting
        return Settings.model_validate({**{key.lower(): value for key, value in migrated.items()}, **changes})

    return make


@pytest.fixture
def settings(make_settings: Callable[..., Settings], cache_port: int) -> Settings:
    """With a cache that holds nothing."""
    redis.Redis(port=cache_port).flushall()
    return make_settings()


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    with TestClient(application(settings), base_url="https://shop.example.com", raise_server_exceptions=False) as found:
        yield found


@pytest.fixture
def signed_in(client: TestClient) -> dict[str, Any]:
    """A new account: its number, address and headers with its token."""
    return sign_up(client)


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[dict[str, Any]]]:
    """The log since the last call."""
    out = io.StringIO()

    def read() -> list[dict[str, Any]]:
        # Only here: pytest puts an output and handlers of its own in place when a test begins.
        if sys.stdout is not out:
            monkeypatch.setattr("sys.stdout", out)
            logs.set_up()
        found = [json.loads(line) for line in out.getvalue().splitlines()]
        out.seek(0)
        out.truncate()
        return found

    return read


@pytest.fixture(autouse=True)
def nobody_asks() -> Iterator[None]:
    yield
    current.set(None)
