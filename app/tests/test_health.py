from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from fastapi.testclient import TestClient
from shop.web.application import application

if TYPE_CHECKING:
    from collections.abc import Callable

    from shop.core.settings import Settings


def test_health_tells_of_everything(client: TestClient) -> None:
    answer = client.get("/health")
    assert answer.status_code == 200
    told = answer.json()
    assert (told["status"], told["database"], told["cache"]) == ("ok", "up", "up")
    assert told["external"] == {"suggestions": "none"}
    assert abs(datetime.now(UTC) - datetime.fromisoformat(told["timestamp"])) < timedelta(minutes=1)


def test_a_dead_database_is_not_ready_and_lives(make_settings: Callable[..., Settings]) -> None:
    settings = make_settings().model_copy(update={"database_port": 1})
    with TestClient(application(settings), raise_server_exceptions=False) as client:
        assert client.get("/ready").status_code == 503
        health = client.get("/health")
        assert (health.status_code, health.json()["database"]) == (200, "down")
        answer = client.get("/api/v1/products?q=dead")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


def test_a_dead_cache_is_ready(make_settings: Callable[..., Settings], settings: Settings) -> None:
    broken = settings.model_copy(update={"cache_url": type(settings.cache_url)("redis://127.0.0.1:1/0")})
    with TestClient(application(broken)) as client:
        assert client.get("/ready").status_code == 200
        assert client.get("/health").json()["cache"] == "down"
        assert client.get("/api/v1/products").status_code == 200
