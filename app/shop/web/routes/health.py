"""Whether it lives, and whether it can serve."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Response

from shop.web.state import Shop

router = APIRouter(tags=["health"])


@router.get("/health")
def health(shop: Shop) -> dict[str, Any]:
    """It lives. What it depends on is told, and decides nothing: replacing an instance would not mend a database."""
    database, cache = shop.database.is_up(), shop.cache.is_up()
    return {
        "status": "ok" if database and cache else "degraded",
        "timestamp": datetime.now(UTC).isoformat(),
        "release": shop.settings.release,
        "database": "up" if database else "down",
        "cache": "up" if cache else "down",
        "external": {"suggestions": shop.suggestions.state},
    }


@router.get("/ready")
def ready(shop: Shop, response: Response) -> dict[str, bool]:
    """It can serve: the database answers. Without the cache it is slower, and can."""
    up = shop.database.is_up()
    if not up:
        response.status_code = 503
    return {"ready": up}
