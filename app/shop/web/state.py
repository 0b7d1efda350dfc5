"""What the routes share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from shop.core.settings import Settings
from shop.data.database import Database
from shop.outside.cache import Cache
from shop.outside.flags import Flags
from shop.outside.limits import Limits
from shop.outside.neighbour import Suggestions
from shop.outside.queue import Queue
from shop.outside.sessions import Sessions


@dataclass
class State:
    """What one process has."""

    settings: Settings
    database: Database
    cache: Cache
    sessions: Sessions
    limits: Limits
    queue: Queue
    suggestions: Suggestions
    flags: Flags

    @classmethod
    def of(cls, settings: Settings) -> State:
        """Everything that settings describe; nothing is connected yet.

        Args:
            settings: of the process.
        """
        cache = Cache(settings.cache_url.get_secret_value())
        return cls(
            settings=settings,
            database=Database(settings),
            cache=cache,
            sessions=Sessions(cache),
            limits=Limits(cache),
            queue=Queue(settings.queue_url),
            suggestions=Suggestions(settings),
            flags=Flags(settings.flags_url),
        )


def state_of(request: Request) -> State:
    """The state of the process that answers."""
    return request.app.state.shop


Shop = Annotated[State, Depends(state_of)]


def session_of(shop: Shop) -> Iterator[Session]:
    """A session with the database, for one request."""
    with shop.database.session() as session:
        yield session


Rows = Annotated[Session, Depends(session_of)]
