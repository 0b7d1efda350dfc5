from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import jwt
import pytest
from fastapi.testclient import TestClient
from people import PASSWORD, sign_up
from shop.outside.limits import DEAR, Limit
from shop.web.application import application
from sqlalchemy import text

if TYPE_CHECKING:
    from collections.abc import Callable

    from shop.core.settings import Settings

SECRET = "only-on-this-machine-0123456789abcdef"


def token(secret: str = SECRET, algorithm: str = "HS256", **changes: Any) -> str:  # noqa: ANN401 - any claim
    now = int(time.time())
    claims = {"sub": "1", "iss": "shop", "iat": now, "nbf": now, "exp": now + 60, **changes}
    return jwt.encode({k: v for k, v in claims.items() if v is not None}, secret, algorithm=algorithm)


@pytest.mark.parametrize(
    "bad",
    [
        token(exp=1), token(exp=None), token("another-secret-that-is-long-enough-01234"), token(iss="other"),
        token(sub=None), token(sub="me"), token(nbf=int(time.time()) + 600), token("", "none"),
        token(SECRET * 2, "HS512"), "nonsense", "",
    ],
)  # fmt: skip
def test_bad_tokens_are_refused(client: TestClient, bad: str) -> None:
    assert client.get("/api/v1/me", headers={"Authorization": f"Bearer {bad}"}).status_code == 401


def test_a_token_of_the_previous_secret_is_accepted(make_settings: Callable[..., Settings], client: TestClient) -> None:
    somebody = sign_up(client)
    old = "the-previous-secret-0123456789abcdefghij"
    rotated = make_settings(jwt_secret_previous=old)
    with TestClient(application(rotated)) as other:
        headers = {"Authorization": f"Bearer {token(old, sub=str(somebody['id']))}"}
        assert other.get("/api/v1/me", headers=headers).status_code == 200


def test_two_versions_of_a_key_are_valid(client: TestClient, signed_in: dict[str, Any]) -> None:
    made = [client.post("/api/v1/me/key", headers=signed_in["headers"]).json() for _ in range(3)]
    assert [one["version"] for one in made] == [1, 2, 3]
    statuses = [client.get("/api/v1/me", headers={"X-API-Key": one["key"]}).status_code for one in made]
    assert statuses == [401, 200, 200]
    with client.app.state.shop.database.session() as rows:
        kept = rows.execute(text("SELECT digest FROM api_keys")).scalars().all()
    assert not any(one["key"] in digest for one in made for digest in kept)


def test_a_session_is_known_to_every_instance(client: TestClient, settings: Settings) -> None:
    somebody = sign_up(client)
    name = somebody["cookie"].partition("=")[2].partition(";")[0]
    for flag in ("Secure", "HttpOnly", "SameSite=lax", "Path=/"):
        assert flag in somebody["cookie"]
    cookie = {"Cookie": f"__Host-session={name}"}
    with TestClient(application(settings), base_url="https://shop.example.com") as other:
        assert other.get("/api/v1/me", headers=cookie).json()["email"] == somebody["email"]
        forged = {**cookie, "Origin": "https://evil.example"}
        assert other.post("/api/v1/me/key", headers=forged).status_code == 403
        assert other.post("/api/v1/me/key", headers=cookie).status_code == 403
        own = {**cookie, "Origin": "https://shop.example.com"}
        assert other.post("/api/v1/me/key", headers=own).status_code == 201
        other.delete("/api/v1/sessions", headers=own)
    assert client.get("/api/v1/me", headers=cookie).status_code == 401


def test_dear_requests_are_limited(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    # All in one minute, hour and day.
    monkeypatch.setattr("shop.outside.limits.time.time", lambda: 1_900_000_010.0)
    assert (Limit(10, 60), Limit(50, 3600), Limit(200, 86400)) == DEAR
    given = {"email": "nobody@shop.example.com", "password": PASSWORD}
    for source, want in (("10.9.9.9", 429), ("10.9.9.8", 401)):
        answers = [
            client.post("/api/v1/sessions", json=given, headers={"X-Forwarded-For": f"1.2.3.4, {source}"})
            for _ in range(11 if want == 429 else 1)
        ]
        assert answers[-1].status_code == want
    answer = client.post("/api/v1/sessions", json=given, headers={"X-Forwarded-For": "9.9.9.9, 10.9.9.9"})
    assert answer.status_code == 429, "what a caller says of its own address is not believed"
    assert 1 <= int(answer.headers["Retry-After"]) <= 60


def test_limits_by_the_hour_and_the_day(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shop.outside.limits.time.time", lambda: 1_900_000_010.0)
    limits = client.app.state.shop.limits
    for many, kept in ((50, DEAR[1:2]), (200, DEAR[2:])):
        assert [limits.wait(f"of {many}", "me", kept) for _ in range(many)] == [0] * many
        assert limits.wait(f"of {many}", "me", kept) > 0


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "https://shop.example.com.evil.example"])
def test_a_site_that_is_not_named_is_refused(client: TestClient, origin: str) -> None:
    answer = client.options("/api/v1/products", headers={"Origin": origin, "Access-Control-Request-Method": "POST"})
    assert answer.status_code == 400
    assert "access-control-allow-origin" not in client.get("/api/v1/products", headers={"Origin": origin}).headers


def test_a_site_that_is_named_may_call(client: TestClient) -> None:
    answer = client.get("/api/v1/products", headers={"Origin": "https://shop.example.com"})
    assert answer.headers["access-control-allow-origin"] == "https://shop.example.com"
    assert "Origin" in answer.headers["vary"]
