"""Where the stores that lie in the VPC are reached."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from components.foundation.flow import Group
from components.foundation.store import Listener
from settings.enums import ProxyMode

if TYPE_CHECKING:
    from settings.sections.data import PostgresSettings

DATABASE: Final = Listener(group=Group("database"), port=5432, why="SQL over TLS")
CACHE: Final = Listener(group=Group("cache"), port=6379, why="Valkey over TLS")
FILES: Final = Listener(group=Group("files"), port=2049, why="NFS over TLS")
SEARCH: Final = Listener(group=Group("search"), port=443, why="OpenSearch over TLS")


def database(settings: PostgresSettings) -> Listener:
    """Where a database is reached; with a proxy before it, which reaches it as clients reach the proxy.

    Args:
        settings: whether there is a proxy.
    """
    return replace(DATABASE, among=settings.proxy is not ProxyMode.OFF)
