"""`python -m shop.worker`: does what is queued, until SIGTERM."""

from __future__ import annotations

import io
import json
import logging
import signal
import threading
from typing import TYPE_CHECKING, Any

import boto3
from PIL import Image

from shop.core import logs
from shop.core.context import Context, current, id_of
from shop.core.settings import settings
from shop.data.database import Database
from shop.data.models import Product
from shop.outside.cache import Cache
from shop.outside.queue import Queue
from shop.outside.secret import AWS

if TYPE_CHECKING:
    from shop.core.settings import Settings

log = logging.getLogger("shop.worker")

SIZE, QUALITY = (400, 400), 75
"""Pixels and quality of a thumbnail, in WebP."""
MOST_PIXELS = 50_000_000
"""Of a picture that is read at all: a small file may unpack to a huge one."""


def thumbnail(picture: bytes) -> bytes:
    """A small version of a picture, without what the camera wrote of the place.

    Args:
        picture: in any format that Pillow reads.
    """
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(io.BytesIO(picture)) as found:
        found.thumbnail(SIZE)
        small, out = found.convert("RGB"), io.BytesIO()
    small.save(out, "WEBP", quality=QUALITY)
    return out.getvalue()


class Worker:
    """Does what is queued."""

    def __init__(self, settings: Settings, *, queue: Queue | None = None, s3: Any = None) -> None:  # noqa: ANN401
        """Connect to nothing yet.

        Args:
            settings: of the process.
            queue: instead of the one that the settings name.
            s3: instead of a new client of S3.
        """
        self._settings = settings
        self._queue = queue or Queue(settings.queue_url)
        self._s3 = s3 or boto3.client("s3", config=AWS)
        self._database = Database(settings)
        self._cache = Cache(settings.cache_url.get_secret_value())
        self.ending = threading.Event()
        """Set to end after what has begun."""

    def run(self) -> None:
        """Work until the end."""
        while not self.ending.is_set():
            self.once(wait=20)

    def once(self, wait: int = 0) -> int:
        """Do what is queued now; how much was done.

        Args:
            wait: seconds to wait for work.
        """
        found = self._queue.client.receive_message(
            QueueUrl=self._queue.url, MaxNumberOfMessages=10, WaitTimeSeconds=wait, AttributeNames=["All"]
        )
        done = 0
        for message in found.get("Messages", ()):
            if self.ending.is_set():
                break
            done += self._do(message)
        return done

    def _do(self, message: dict[str, Any]) -> bool:
        """Do a message's work; what fails comes again, and in the end goes to the dead-letter queue."""
        try:
            work = json.loads(message["Body"])
            current.set(Context(id_of(message.get("MessageId")), id_of(work.get("correlation_id"))))
            if work["kind"] != "thumbnail":
                raise ValueError("no such kind of work")
            self._make_thumbnail(int(work["product"]), work["picture"])
        except Exception:
            log.exception("work failed")
            return False
        self._queue.client.delete_message(QueueUrl=self._queue.url, ReceiptHandle=message["ReceiptHandle"])
        log.info("work done", extra={"kind": work["kind"]})
        return True

    def _make_thumbnail(self, number: int, key: str) -> None:
        """Make it once or twice, the same comes out: a queue may deliver twice."""
        bucket = self._settings.pictures_bucket
        picture = self._s3.get_object(Bucket=bucket, Key=key)["Body"].read()
        small = f"thumbnails/{number}.webp"
        self._s3.put_object(
            Bucket=bucket, Key=small, Body=thumbnail(picture), ContentType="image/webp", CacheControl="max-age=86400"
        )
        with self._database.session() as rows:
            product = rows.get(Product, number)
            if product:
                product.picture = small
                rows.commit()
        self._cache.ask(lambda client: client.incr("generation:products"))


def main() -> None:
    """Work until SIGTERM."""
    found = settings()
    logs.set_up()
    worker = Worker(found)
    signal.signal(signal.SIGTERM, lambda *_: worker.ending.set())
    worker.run()


if __name__ == "__main__":
    main()
