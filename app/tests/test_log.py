from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pytest
import sentry_sdk
from shop.core.logs import MASK, masked

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi.testclient import TestClient


def test_lines_are_json_with_level_and_time(client: TestClient, lines: Callable[[], list[dict[str, Any]]]) -> None:
    lines()
    client.get("/api/v1/products")
    found = [line for line in lines() if "_aws" not in line]
    assert found
    assert all({"level", "timestamp", "message"} <= line.keys() for line in found)
    assert found[-1]["route"] == "/api/v1/products"


def test_ids_go_from_the_request_into_the_log_and_the_answer(
    client: TestClient, lines: Callable[[], list[dict[str, Any]]]
) -> None:
    lines()
    answer = client.get("/", headers={"X-Request-ID": "abc-1", "X-Correlation-ID": "def-2"})
    assert (answer.headers["X-Request-ID"], answer.headers["X-Correlation-ID"]) == ("abc-1", "def-2")
    [line] = [line for line in lines() if line.get("message") == "request"]
    assert (line["request_id"], line["correlation_id"]) == ("abc-1", "def-2")
    odd = client.get("/", headers={"X-Request-ID": "a b\tc"})
    assert len(odd.headers["X-Request-ID"]) == 32


@pytest.mark.parametrize(
    "text",
    [
        "somebody@example.com", "4111 1111 1111 1111", "postgresql://shop:hidden@host/db", "AKIAIOSFODNN7EXAMPLE",
        "Bearer abc.def", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "shop_0123456789abcdefghijkl",
    ],
)  # fmt: skip
def test_secrets_and_personal_data_are_masked(text: str) -> None:
    assert MASK in masked(f"so {text} then")
    assert text.split()[-1].split("@")[0].split(":")[-1] not in masked(f"so {text} then")


def test_what_is_called_a_secret_is_masked() -> None:
    found = masked({"password": "x", "deep": [{"Authorization": "y"}], "count": 3, "empty_token": ""})
    assert found == {"password": MASK, "deep": [{"Authorization": MASK}], "count": 3, "empty_token": ""}


def test_it_logs_to_standard_output_only(client: TestClient, lines: Callable[[], list[dict[str, Any]]]) -> None:
    lines()
    logging.getLogger("anything").warning("hello")
    assert [line["message"] for line in lines()] == ["hello"]
    assert [type(handler).__name__ for handler in logging.getLogger().handlers] == ["StreamHandler"]


def test_transactions_latency_and_errors_are_metrics(
    client: TestClient, signed_in: dict[str, Any], lines: Callable[[], list[dict[str, Any]]]
) -> None:
    product = client.post("/api/v1/products", json={"name": "Tea", "price": 3}, headers=signed_in["headers"]).json()[
        "id"
    ]
    lines()
    placed = client.post("/api/v1/orders", json={"product": product, "quantity": 2}, headers=signed_in["headers"])
    assert placed.json()["total"] == "6.00"
    metrics = {line["_aws"]["CloudWatchMetrics"][0]["Metrics"][0]["Name"]: line for line in lines() if "_aws" in line}
    assert metrics.keys() == {"TransactionCount", "Latency"}
    assert (metrics["TransactionCount"]["TransactionCount"], metrics["TransactionCount"]["Kind"]) == (1, "order")
    assert metrics["Latency"]["Latency"] > 0


def test_an_exception_is_reported_without_what_it_holds(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, lines: Callable[[], list[dict[str, Any]]]
) -> None:
    from shop.core.telemetry import _clean

    sent: list[Any] = []
    lines()
    sentry_sdk.init(
        dsn="http://key@127.0.0.1:1/1", transport=lambda event: sent.append(event), before_send=_clean,
        include_local_variables=False,
    )  # fmt: skip
    try:
        monkeypatch.setattr(client.app.state.shop.database, "is_up", lambda: 1 / 0)
        assert client.get("/ready").json() == {"error": "something went wrong"}
    finally:
        sentry_sdk.init()
    assert any("ZeroDivisionError" in str(event) for event in sent)
    [line] = [line for line in lines() if line.get("error") == "ZeroDivisionError"]
    assert line["level"] == "error"
