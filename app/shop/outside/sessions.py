"""Sessions of browsers: in the cache, so that any instance knows them."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shop.outside.cache import Cache

COOKIE = "__Host-session"
SECONDS = 8 * 3600


class Sessions:
    """Who is signed in."""

    def __init__(self, cache: Cache) -> None:
        """Nobody is signed in yet.

        Args:
            cache: where sessions are kept.
        """
        self._cache = cache

    def begin(self, account: int) -> str | None:
        """A new session; None where there is no cache to keep it in.

        Args:
            account: who has signed in.
        """
        name = secrets.token_urlsafe(32)
        kept = self._cache.ask(lambda client: client.set(f"session:{name}", account, ex=SECONDS))
        self._cache.ask(lambda client: client.sadd(f"sessions-of:{account}", name))
        return name if kept else None

    def account(self, name: str) -> int | None:
        """Who is signed in; None for nobody.

        Args:
            name: what the cookie says.
        """
        found = self._cache.ask(lambda client: client.get(f"session:{name}"))
        return int(found) if found else None

    def end(self, name: str) -> None:
        """Sign out.

        Args:
            name: what the cookie says.
        """
        self._cache.ask(lambda client: client.delete(f"session:{name}"))

    def end_all(self, account: int) -> None:
        """Sign somebody out everywhere.

        Args:
            account: who.
        """
        names = self._cache.ask(lambda client: client.smembers(f"sessions-of:{account}"), ()) or ()
        keys = [f"session:{name}" for name in names]
        self._cache.ask(lambda client: client.delete(*keys, f"sessions-of:{account}"))
