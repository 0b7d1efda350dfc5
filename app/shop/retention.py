"""`python -m shop.retention`: takes out what has been kept long enough; run daily."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

from sqlalchemy import CursorResult, delete, update

from shop.core import logs
from shop.core.settings import settings
from shop.data.database import Database
from shop.data.models import Audit, Order

log = logging.getLogger("shop.retention")


def clean(database: Database, days: int, now: datetime) -> dict[str, int]:
    """Make old orders anonymous, and delete old lines of the audit; how many of each.

    Args:
        database: where they are.
        days: how long they are kept.
        now: the time from which days count.
    """
    before = now - timedelta(days=days)
    with database.session() as rows:
        old = rows.execute(
            update(Order).where(Order.created_at < before, Order.account_id.is_not(None)).values(account_id=None)
        )
        lines = rows.execute(delete(Audit).where(Audit.at < before))
        rows.commit()
    return {"orders": _count(old), "audit": _count(lines)}


def _count(result: object) -> int:
    return result.rowcount if isinstance(result, CursorResult) else 0


def main() -> None:
    """Clean once."""
    found = settings()
    logs.set_up()
    log.info("cleaned", extra=clean(Database(found), found.retention_days, datetime.now(UTC)))


if __name__ == "__main__":
    main()
