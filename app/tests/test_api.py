from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from people import PASSWORD
from sqlalchemy import text

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

SCRIPT = "<script>alert(1)</script>"


def add(client: TestClient, signed_in: dict[str, Any], name: str) -> int:
    answer = client.post("/api/v1/products", json={"name": name, "price": "1.50"}, headers=signed_in["headers"])
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def test_lists_come_in_pages(client: TestClient, signed_in: dict[str, Any]) -> None:
    numbers = [add(client, signed_in, f"Paged {n}") for n in range(5)]
    seen, cursor = [], 0
    while cursor is not None:
        page = client.get(f"/api/v1/products?q=paged&limit=2&cursor={cursor}").json()
        assert len(page["items"]) <= 2
        seen += [p["id"] for p in page["items"]]
        cursor = page["next"]
    assert seen == numbers
    assert client.get("/api/v1/products?limit=101").status_code == 422


@pytest.mark.parametrize(
    "body",
    [
        {}, [], None, {"name": "", "price": 1}, {"name": "x" * 201, "price": 1}, {"name": "x", "price": -1},
        {"name": "x", "price": "NaN"}, {"name": "x", "price": 1, "more": 1}, {"name": "a\0b", "price": 1},
        {"name": "\ud800", "price": 1}, {"name": ["x"], "price": 1}, {"name": "x", "price": 1, "picture": "../x"},
    ],
)  # fmt: skip
def test_malformed_requests_are_refused(client: TestClient, signed_in: dict[str, Any], body: Any) -> None:  # noqa: ANN401
    import json

    answer = client.post(
        "/api/v1/products",
        content=json.dumps(body),
        headers={**signed_in["headers"], "Content-Type": "application/json"},
    )
    assert answer.status_code == 422
    assert answer.json()["error"] == "malformed request"


@pytest.mark.parametrize("q", ["' OR '1'='1", "'; DROP TABLE products; --", "%", "_", "\\", "' UNION SELECT 1 --"])
def test_injection_attempts_change_no_query(client: TestClient, signed_in: dict[str, Any], q: str) -> None:
    add(client, signed_in, "Safe")
    answer = client.get("/api/v1/products", params={"q": q})
    assert (answer.status_code, answer.json()["items"]) == (200, [])
    assert client.get("/api/v1/products?q=safe").json()["items"]


def test_scripts_in_input_are_data(client: TestClient, signed_in: dict[str, Any]) -> None:
    add(client, signed_in, SCRIPT)
    answer = client.get("/api/v1/products", params={"q": SCRIPT})
    assert answer.json()["items"][0]["name"] == SCRIPT
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "'unsafe-inline'" not in answer.headers["content-security-policy"]


def test_no_debug_pages(client: TestClient) -> None:
    assert client.app.debug is False
    for path in ("/docs", "/redoc", "/debug", "/console", "/.env"):
        assert client.get(path).status_code == 404


def test_every_answer_has_the_headers_that_protect(client: TestClient) -> None:
    for path in ("/", "/health", "/nothing", "/api/v1/me"):
        headers = client.get(path).headers
        assert headers["strict-transport-security"].startswith("max-age=63072000")
        assert headers["x-frame-options"] == "DENY"
        assert "server" not in headers


def test_answers_are_compressed(client: TestClient, signed_in: dict[str, Any]) -> None:
    for n in range(30):
        add(client, signed_in, f"Long {n}")
    answer = client.get("/api/v1/products?limit=100", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"


def test_one_image_holds_the_api_and_the_page(client: TestClient) -> None:
    page = client.get("/")
    assert page.headers["content-type"].startswith("text/html")
    assert '<script type="module" src="/ui/shop.js">' in page.text
    assert client.get("/ui/shop.js").status_code == 200
    assert "innerHTML" not in client.get("/ui/shop.js").text


def test_a_persons_data_is_given_out_and_gone_after_the_request(client: TestClient, signed_in: dict[str, Any]) -> None:
    headers = signed_in["headers"]
    product = add(client, signed_in, "Private")
    client.post("/api/v1/orders", json={"product": product, "quantity": 1}, headers=headers)
    client.post("/api/v1/me/key", headers=headers)
    given = client.get("/api/v1/me/data", headers=headers).json()
    assert given["account"]["email"] == signed_in["email"]
    assert (len(given["orders"]), len(given["keys"])) == (1, 1)
    assert "password" not in str(given)
    assert client.delete("/api/v1/me/data", headers=headers).status_code == 204
    assert client.get("/api/v1/me", headers=headers).status_code == 401
    with client.app.state.shop.database.session() as rows:
        for table in ("accounts", "products", "orders", "api_keys", "audit"):
            kept = rows.execute(text(f"SELECT * FROM {table}")).all()
            assert signed_in["email"] not in str(kept)
        mine = {"me": signed_in["id"]}
        assert rows.execute(text("SELECT count(*) FROM orders WHERE account_id = :me"), mine).scalar() == 0
        assert rows.execute(text("SELECT count(*) FROM orders WHERE product_id = :p"), {"p": product}).scalar() == 1


def test_who_did_and_read_what_is_on_record(client: TestClient, signed_in: dict[str, Any]) -> None:
    client.get("/api/v1/me", headers=signed_in["headers"])
    add(client, signed_in, "Recorded")
    log = client.get("/api/v1/me/data", headers=signed_in["headers"]).json()["log"]
    assert [line["action"] for line in log] == ["account.open", "account.sign-in", "account.read", "product.add"]


def test_passwords_are_long_and_kept_as_a_hash(client: TestClient, signed_in: dict[str, Any]) -> None:
    short = {"email": "short@shop.example.com", "name": "x", "password": "elevenchars"}
    assert client.post("/api/v1/accounts", json=short).status_code == 422
    with client.app.state.shop.database.session() as rows:
        assert PASSWORD not in str(rows.execute(text("SELECT password FROM accounts")).all())
