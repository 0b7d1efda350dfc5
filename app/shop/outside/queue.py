"""The queue of heavy work, in SQS."""

from __future__ import annotations

import json
import logging
from typing import Any

import boto3

from shop.core.context import current
from shop.outside.breaker import Breaker
from shop.outside.secret import AWS

log = logging.getLogger(__name__)


class Queue:
    """Takes work that a worker does later."""

    def __init__(self, url: str | None, client: Any = None) -> None:  # noqa: ANN401 - boto3's clients have no types
        """Connect to nothing yet.

        Args:
            url: of the queue; None for none.
            client: of SQS; made when it is needed.
        """
        self.url, self._client = url, client
        self._breaker = Breaker("queue")

    @property
    def client(self) -> Any:  # noqa: ANN401 - boto3's clients have no types
        """The client of SQS."""
        self._client = self._client or boto3.client("sqs", config=AWS)
        return self._client

    def put(self, kind: str, **work: Any) -> bool:  # noqa: ANN401 - any JSON value
        """Hand over work; whether it was taken.

        Args:
            kind: what is to be done.
            work: with what.
        """
        if self.url is None:
            return False
        request = current.get()
        body = {"kind": kind, "correlation_id": request.correlation_id if request else "", **work}
        try:
            self._breaker.call(lambda: self.client.send_message(QueueUrl=self.url, MessageBody=json.dumps(body)))
        except Exception as error:
            log.warning("the queue does not take work: %s", type(error).__name__)
            return False
        return True
