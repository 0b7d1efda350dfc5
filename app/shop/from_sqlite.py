"""`python -m shop.from_sqlite FILE`: takes over the rows of an SQLite database that has the shop's tables."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from sqlalchemy import Engine, create_engine, func, inspect, select, text

from shop.core import logs
from shop.core.settings import settings
from shop.data.database import Database
from shop.data.models import Base

log = logging.getLogger("shop.from_sqlite")

_AT_ONCE = 1000


def take_over(file: Path, engine: Engine) -> dict[str, int]:
    """Copy all rows, or none; how many of each table.

    Args:
        file: the SQLite database.
        engine: a migrated database without rows.

    Raises:
        ValueError: there are rows already.
    """
    old = create_engine(f"sqlite:///file:{file}?mode=ro&uri=true")
    there, counts = set(inspect(old).get_table_names()), {}
    with old.connect() as source, engine.begin() as target:
        for table in Base.metadata.sorted_tables:
            if target.execute(select(func.count()).select_from(table)).scalar():
                raise ValueError(f"{table.name} has rows already")
            if table.name not in there:
                continue
            rows = source.execute(select(table)).mappings()
            counts[table.name] = 0
            for part in rows.partitions(_AT_ONCE):
                target.execute(table.insert(), [dict(row) for row in part])
                counts[table.name] += len(part)
            if counts[table.name]:
                # New rows are numbered after the old ones.
                name = table.name
                target.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name}"))
    return counts


def main() -> None:
    """Take over a file."""
    found = settings()
    logs.set_up()
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_file():
        sys.exit("python -m shop.from_sqlite FILE: name an SQLite database")
    log.info("taken over", extra=take_over(Path(sys.argv[1]), Database(found).engine))


if __name__ == "__main__":
    main()
