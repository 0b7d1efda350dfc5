"""The cache, in Valkey: answers, sessions, counters. Without it the shop goes on, more slowly."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from shop.outside.breaker import Breaker, OpenError

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)


class Cache:
    """Answers that may be a little old, and what several instances share."""

    def __init__(self, url: str) -> None:
        """Connect to nothing yet.

        Args:
            url: `rediss://…`; empty for no cache.
        """
        self.breaker = Breaker("cache", failures=3, rest=5)
        # Asked on every request: what does not answer at once is done without.
        self.client = (
            redis.Redis.from_url(
                url,
                socket_connect_timeout=0.5,
                socket_timeout=0.5,
                health_check_interval=30,
                max_connections=50,
                retry=Retry(NoBackoff(), 1),
                decode_responses=True,
            )
            if url
            else None
        )

    def ask(self, do: Callable[[redis.Redis], Any], otherwise: Any = None) -> Any:  # noqa: ANN401 - whatever it answers
        """What the cache answers.

        Args:
            do: asks it.
            otherwise: the answer where there is no cache, or it does not answer.
        """
        client = self.client
        if client is None:
            return otherwise
        try:
            return self.breaker.call(lambda: do(client))
        except OpenError:
            return otherwise
        except redis.RedisError as error:
            log.warning("the cache does not answer: %s", type(error).__name__)
            return otherwise

    def remembered(self, key: str, seconds: int, find: Callable[[], Any]) -> Any:  # noqa: ANN401 - any JSON value
        """A JSON value, from the cache or found anew.

        Args:
            key: its name.
            seconds: how old it may be.
            find: finds it.
        """
        kept = self.ask(lambda client: client.get(f"answer:{key}"))
        if kept is not None:
            return json.loads(kept)
        found = find()
        self.ask(lambda client: client.set(f"answer:{key}", json.dumps(found), ex=seconds))
        return found

    def forget(self, *keys: str) -> None:
        """Take values out, because they changed.

        Args:
            keys: their names.
        """
        self.ask(lambda client: client.delete(*(f"answer:{key}" for key in keys)))

    def is_up(self) -> bool:
        """Whether it answers."""
        return bool(self.ask(lambda client: client.ping(), False))
