"""Somebody who uses the shop."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

PASSWORD = "correct-horse-battery"
_NUMBERS = count(1)


def sign_up(client: TestClient) -> dict[str, Any]:
    email = f"somebody{next(_NUMBERS)}@shop.example.com"
    # From an address each, or signing up would be limited.
    source = {"X-Forwarded-For": f"10.0.{next(_NUMBERS) % 250}.{next(_NUMBERS) % 250}"}
    opened = client.post(
        "/api/v1/accounts", json={"email": email, "name": "Some Body", "password": PASSWORD}, headers=source
    )
    assert opened.status_code == 201, opened.text
    answer = client.post("/api/v1/sessions", json={"email": email, "password": PASSWORD}, headers=source)
    client.cookies.clear()
    headers = {"Authorization": f"Bearer {answer.json()['token']}"}
    return {
        "id": opened.json()["id"],
        "email": email,
        "headers": headers,
        "cookie": answer.headers.get("set-cookie", ""),
    }
