"""Limits for callers, counted in the cache, so that all instances count together."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shop.outside.cache import Cache

MINUTE, HOUR, DAY = 60, 3600, 86400


@dataclass(frozen=True)
class Limit:
    """How often somebody may ask.

    Attributes:
        times: how often.
        seconds: in how long.
    """

    times: int
    seconds: int


DEAR = (Limit(10, MINUTE), Limit(50, HOUR), Limit(200, DAY))
"""For what costs much, or is worth guessing: 10 a minute, 50 an hour, 200 a day."""

USUAL = (Limit(3000, MINUTE),)
"""For everything else; the firewall before the shop counts too."""


class Limits:
    """Counts callers."""

    def __init__(self, cache: Cache) -> None:
        """Nobody has asked yet.

        Args:
            cache: where it is counted; without it nobody is limited, since the firewall counts too.
        """
        self._cache = cache

    def wait(self, what: str, who: str, limits: tuple[Limit, ...]) -> int:
        """Seconds until somebody may ask again; 0 for at once.

        Args:
            what: is asked for.
            who: asks.
            limits: all of which must be kept.
        """
        now = int(time.time())
        keys = {limit: f"limit:{what}:{who}:{limit.seconds}:{now // limit.seconds}" for limit in limits}

        def count(client) -> list[int]:  # noqa: ANN001 - the cache's client
            pipe = client.pipeline(transaction=False)
            for limit, key in keys.items():
                pipe.incr(key)
                pipe.expire(key, limit.seconds)
            return pipe.execute()[::2]

        counts = self._cache.ask(count, [0] * len(limits))
        over = [limit for limit, found in zip(limits, counts, strict=True) if found > limit.times]
        return max((limit.seconds - now % limit.seconds for limit in over), default=0)
