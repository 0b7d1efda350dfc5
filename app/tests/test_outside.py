from __future__ import annotations

import io
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto import mock_aws
from PIL import Image
from shop.data.models import Product
from shop.outside.breaker import Breaker, OpenError
from shop.outside.cache import Cache
from shop.outside.flags import Flags
from shop.outside.neighbour import INSTEAD, Suggestions
from shop.outside.queue import Queue
from shop.outside.secret import Credentials, RotatingSecret
from shop.worker import SIZE, Worker, thumbnail

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fastapi.testclient import TestClient
    from shop.core.settings import Settings


class Neighbour(ThreadingHTTPServer):
    """Answers with what it is told to."""

    daemon_threads = True
    body, wait, asked = b"[7, 8]", 0.0, 0


@pytest.fixture
def neighbour() -> Iterator[Neighbour]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.asked += 1
            time.sleep(server.wait)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(server.body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with Neighbour(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def url(server: Neighbour) -> str:
    return f"http://127.0.0.1:{server.server_port}"


def test_a_slow_neighbour_slows_nobody(make_settings: Callable[..., Settings], neighbour: Neighbour) -> None:
    found = Suggestions(make_settings(suggestions_url=url(neighbour)))
    assert (found.for_product(1), found.state) == ((7, 8), "up")
    neighbour.wait = 2.0
    begun = time.monotonic()
    assert found.for_product(1) == INSTEAD
    assert time.monotonic() - begun < 2
    assert 2 <= neighbour.asked <= 4, "it is asked again, and not for ever"
    for _ in range(4):
        found.for_product(1)
    asked, begun = neighbour.asked, time.monotonic()
    assert (found.for_product(1), found.state) == (INSTEAD, "down")
    assert neighbour.asked == asked, "it is left alone"
    assert time.monotonic() - begun < 0.1


@pytest.mark.parametrize("body", [b"nonsense", b"{}", b'["x"]', b"3"])
def test_a_neighbour_that_talks_nonsense(
    make_settings: Callable[..., Settings], neighbour: Neighbour, body: bytes
) -> None:
    neighbour.body = body
    assert Suggestions(make_settings(suggestions_url=url(neighbour))).for_product(1) == INSTEAD


def test_a_breaker_opens_lets_one_try_and_closes() -> None:
    breaker = Breaker("it", failures=2, rest=0.1)

    def fail() -> None:
        raise OSError("away")

    for _ in range(2):
        with pytest.raises(OSError, match="away"):
            breaker.call(fail)
    with pytest.raises(OpenError):
        breaker.call(fail)
    time.sleep(0.15)
    with pytest.raises(OSError, match="away"):
        breaker.call(fail)
    with pytest.raises(OpenError):
        breaker.call(lambda: 1)
    time.sleep(0.15)
    assert breaker.call(lambda: 1) == 1
    assert not breaker.is_open


def test_a_dead_cache_is_not_asked_every_time() -> None:
    cache = Cache("redis://127.0.0.1:1/0")
    found = [cache.remembered("x", 10, lambda: 5) for _ in range(5)]
    assert found == [5] * 5
    assert cache.breaker.is_open


def test_flags_are_read_and_off_where_unknown(neighbour: Neighbour) -> None:
    neighbour.body = json.dumps(
        {"new": {"enabled": True}, "some": {"enabled": True, "percent": 30}, "old": {}}
    ).encode()
    flags = Flags(url(neighbour))
    assert [flags.is_on(name) for name in ("new", "old", "unknown")] == [True, False, False]
    share = sum(flags.is_on("some", str(who)) for who in range(1000)) / 1000
    assert 0.25 < share < 0.35
    assert neighbour.asked == 1
    assert not Flags(None).is_on("new")
    assert not Flags("http://127.0.0.1:1").is_on("new")


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for key in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(key, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    with mock_aws():
        yield


def picture() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((1600, 1200), 60).convert("RGB").save(out, "JPEG", exif=b"Exif\0\0secret-place")
    return out.getvalue()


def test_images_are_made_small() -> None:
    big = picture()
    small = thumbnail(big)
    with Image.open(io.BytesIO(small)) as found:
        assert (found.format, max(found.size)) == ("WEBP", max(SIZE))
    assert len(small) < len(big) / 5
    assert b"secret-place" not in small


def test_heavy_work_is_queued_and_done_by_a_worker(
    aws: None, client: TestClient, signed_in: dict[str, Any], make_settings: Callable[..., Settings]
) -> None:
    sqs, s3 = boto3.client("sqs"), boto3.client("s3")
    address = sqs.create_queue(QueueName="work")["QueueUrl"]
    s3.create_bucket(Bucket="pictures", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    s3.put_object(Bucket="pictures", Key="uploads/tea.jpg", Body=picture())
    shop = client.app.state.shop
    shop.queue = Queue(address, sqs)
    new = {"name": "Tea with a picture", "price": 3, "picture": "uploads/tea.jpg"}
    added = client.post("/api/v1/products", json=new, headers=signed_in["headers"]).json()
    assert added["picture"] is None
    worker = Worker(make_settings(pictures_bucket="pictures"), queue=shop.queue, s3=s3)
    assert worker.once() == 1
    key = f"thumbnails/{added['id']}.webp"
    assert s3.head_object(Bucket="pictures", Key=key)["ContentType"] == "image/webp"
    assert client.get(f"/api/v1/products/{added['id']}").json()["picture"] == key
    assert worker.once() == 0


@pytest.mark.parametrize("body", ["nonsense", "{}", '{"kind": "other"}', '{"kind": "thumbnail", "product": "x"}'])
def test_work_that_fails_stays_in_the_queue(aws: None, make_settings: Callable[..., Settings], body: str) -> None:
    sqs = boto3.client("sqs")
    address = sqs.create_queue(QueueName="work", Attributes={"VisibilityTimeout": "0"})["QueueUrl"]
    sqs.send_message(QueueUrl=address, MessageBody=body)
    worker = Worker(make_settings(), queue=Queue(address, sqs), s3=boto3.client("s3"))
    assert worker.once() == 0
    assert worker.once() == 0
    assert len(sqs.receive_message(QueueUrl=address).get("Messages", [])) == 1


def test_a_queue_that_is_away_holds_up_nobody(aws: None) -> None:
    queue = Queue("https://sqs.eu-central-1.amazonaws.com/123456789012/none", boto3.client("sqs"))
    assert not queue.put("thumbnail", product=1)
    assert not Queue(None).put("thumbnail", product=1)


def test_the_secret_is_read_once_and_anew_after_it_was_refused(aws: None) -> None:
    manager = boto3.client("secretsmanager")
    arn = manager.create_secret(Name="db", SecretString='{"username": "a", "password": "b"}')["ARN"]
    secret = RotatingSecret(arn)
    assert secret.get() == Credentials("a", "b")
    manager.put_secret_value(SecretId=arn, SecretString='{"username": "a", "password": "c"}')
    assert secret.get().password == "b"
    secret.forget()
    assert secret.get().password == "c"


def test_a_product_without_a_worker_has_no_picture(client: TestClient) -> None:
    with client.app.state.shop.database.session() as rows:
        product = Product(name="Plain", price=1)
        rows.add(product)
        rows.commit()
        assert client.get(f"/api/v1/products/{product.id}").json()["picture"] is None
    assert client.get("/api/v1/products/2147483647").status_code == 404
