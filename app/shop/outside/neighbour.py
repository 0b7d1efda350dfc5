"""A neighbour that suggests products: asked with a timeout, again, not for ever; there is something instead."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import httpx
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, stop_after_delay, wait_exponential_jitter

from shop.core.context import current
from shop.outside.breaker import Breaker, OpenError

if TYPE_CHECKING:
    from shop.core.settings import Settings

log = logging.getLogger(__name__)

INSTEAD: tuple[int, ...] = ()
"""What is suggested where the neighbour does not answer."""


class Suggestions:
    """What else somebody may like."""

    def __init__(self, settings: Settings) -> None:
        """Ask nobody yet.

        Args:
            settings: whom to ask.
        """
        self._url = settings.suggestions_url
        self._client = httpx.Client(timeout=httpx.Timeout(0.5, connect=0.3))
        self.breaker = Breaker("suggestions")

    def for_product(self, product: int) -> tuple[int, ...]:
        """Numbers of other products.

        Args:
            product: the one that is looked at.
        """
        if not self._url:
            return INSTEAD
        again = Retrying(
            retry=retry_if_exception_type(httpx.TransportError),
            stop=stop_after_attempt(3) | stop_after_delay(1),
            wait=wait_exponential_jitter(0.05, max=0.3),
            reraise=True,
        )
        try:
            return self.breaker.call(lambda: again(self._ask, product))
        except OpenError:
            return INSTEAD
        except (httpx.HTTPError, ValueError, TypeError) as error:
            log.warning("no suggestions: %s", type(error).__name__)
            return INSTEAD

    def _ask(self, product: int) -> tuple[int, ...]:
        request = current.get()
        headers = {"X-Correlation-ID": request.correlation_id} if request else {}
        answer = self._client.get(f"{self._url}/{product}", headers=headers)
        answer.raise_for_status()
        return tuple(int(one) for one in answer.json())

    @property
    def state(self) -> str:
        """How the neighbour is, without asking it."""
        if not self._url:
            return "none"
        return "down" if self.breaker.is_open else "up"
