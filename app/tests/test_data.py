from __future__ import annotations

import os
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from servers import where
from shop.data.database import POOL, Database
from shop.data.models import Base, Order, Product
from shop.from_sqlite import take_over
from shop.outside.secret import Credentials, RotatingSecret
from shop.retention import clean
from sqlalchemy import text
from sqlalchemy.pool import QueuePool

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi.testclient import TestClient
    from shop.core.settings import Settings

APP = Path(__file__).parents[1]


def test_the_pool_is_10_and_20_renewed_hourly_and_tested(settings: Settings) -> None:
    pool = Database(settings).engine.pool
    assert isinstance(pool, QueuePool)
    assert (pool.size(), pool._max_overflow, pool._recycle, pool._pre_ping) == (10, 20, 3600, True)
    assert POOL["pool_timeout"] <= 5


def test_migrations_make_the_tables_of_the_models_and_take_them_away(
    database_port: int,
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    make_settings: Callable[..., Settings],
) -> None:
    from shop.core import settings as module

    with psycopg.connect(**where(database_port), autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS fresh")
        connection.execute("CREATE DATABASE fresh")
    for key, value in {**environment, "DATABASE_NAME": "fresh"}.items():
        monkeypatch.setenv(key, value)
    module.settings.cache_clear()
    try:
        config = Config(APP / "alembic.ini")
        command.upgrade(config, "head")
        engine = Database(make_settings(database_name="fresh")).engine
        with engine.connect() as connection:
            found = compare_metadata(MigrationContext.configure(connection), Base.metadata)
            assert [difference for difference in found if "index" not in str(difference[0])] == []
        command.downgrade(config, "base")
        with engine.connect() as connection:
            left = (
                connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).scalars().all()
            )
        assert left == ["alembic_version"]
        engine.dispose()
    finally:
        module.settings.cache_clear()
    assert "DATABASE_NAME" in os.environ


def plan(database: Database, query: str) -> str:
    with database.engine.connect() as connection:
        # On a small table reading all of it is cheapest, whatever indexes there are.
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        return "\n".join(connection.execute(text(f"EXPLAIN {query}")).scalars())


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("SELECT * FROM products WHERE lower(name) LIKE 'te%' ", "products_name_prefix"),
        ("SELECT * FROM orders WHERE account_id = 7 AND id < 90 ORDER BY id DESC LIMIT 21", "orders_account_newest"),
        ("SELECT * FROM orders WHERE created_at < now() - interval '2 years'", "orders_created"),
        ("SELECT account_id FROM api_keys WHERE digest = 'x'", "api_keys_digest"),
        ("SELECT * FROM accounts WHERE email = 'x'", "accounts_email_key"),
        ("SELECT * FROM audit WHERE account_id = 7 ORDER BY id", "audit_account"),
    ],
)
def test_frequent_queries_use_an_index(settings: Settings, query: str, index: str) -> None:
    assert index in plan(Database(settings), query)


def test_a_rotated_password_is_read_anew(settings: Settings, database_port: int) -> None:
    class Client:
        password, asked = "old-password-of-the-role", 0

        def get_secret_value(self, SecretId: str) -> dict[str, str]:  # noqa: N803 - AWS's name
            self.asked += 1
            return {"SecretString": f'{{"username": "rotating", "password": "{self.password}"}}'}

    client = Client()
    with psycopg.connect(**where(database_port), autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS rotating")
        connection.execute("CREATE ROLE rotating LOGIN PASSWORD 'old-password-of-the-role'")
        database = Database(settings, RotatingSecret("arn", client))
        assert database.is_up()
        client.password = "new-password-of-the-role"
        connection.execute("ALTER ROLE rotating PASSWORD 'new-password-of-the-role'")
        database.engine.dispose()
        assert database.is_up()
        assert client.asked == 2
        client.password = "wrong-password-of-the-role"
        connection.execute("ALTER ROLE rotating PASSWORD 'yet-another-password'")
        database.engine.dispose()
        assert not database.is_up()
        database.engine.dispose()
    assert "password" not in repr(Credentials("rotating", "password"))


def test_a_repeated_query_is_answered_from_the_cache(client: TestClient, signed_in: dict[str, Any]) -> None:
    client.post("/api/v1/products", json={"name": "Cached", "price": 1}, headers=signed_in["headers"])
    first = client.get("/api/v1/products?q=cached").json()
    shop = client.app.state.shop
    with shop.database.session() as rows:
        rows.execute(text("UPDATE products SET name = 'Cached, and changed' WHERE name = 'Cached'"))
        rows.commit()
    assert client.get("/api/v1/products?q=cached").json() == first
    client.post("/api/v1/products", json={"name": "Cached too", "price": 1}, headers=signed_in["headers"])
    again = client.get("/api/v1/products?q=cached").json()
    assert [p["name"] for p in again["items"]] == ["Cached, and changed", "Cached too"]


def test_old_orders_no_longer_say_whose_they_are(client: TestClient, signed_in: dict[str, Any]) -> None:
    database: Database = client.app.state.shop.database
    now = datetime.now(UTC)
    with database.session() as rows:
        product = Product(name="Old", price=1)
        rows.add(product)
        rows.flush()
        for days in (10, 800):
            rows.add(
                Order(
                    account_id=signed_in["id"], product_id=product.id, quantity=1, total=1,
                    created_at=now - timedelta(days=days),
                )
            )  # fmt: skip
        rows.commit()
    assert clean(database, 730, now)["orders"] == 1
    answer = client.get("/api/v1/orders", headers=signed_in["headers"]).json()
    assert len(answer["items"]) == 1
    assert clean(database, 730, now)["orders"] == 0


def test_rows_come_over_from_sqlite(database_port: int, make_settings: Callable[..., Settings], tmp_path: Path) -> None:
    file = tmp_path / "old.sqlite"
    with sqlite3.connect(file) as old:
        old.execute("CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT, price NUMERIC, picture TEXT)")
        old.executemany("INSERT INTO products VALUES (?, ?, ?, NULL)", [(n, f"Old {n}", n) for n in range(1, 2500)])
    with psycopg.connect(**where(database_port), autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS moved")
        connection.execute("CREATE DATABASE moved")
    database = Database(make_settings(database_name="moved"))
    Base.metadata.create_all(database.engine)
    assert take_over(file, database.engine) == {"products": 2499}
    with database.session() as rows:
        assert rows.get_one(Product, 7).name == "Old 7"
        new = Product(name="New", price=1)
        rows.add(new)
        rows.commit()
        assert new.id == 2500
    with pytest.raises(ValueError, match="products has rows already"):
        take_over(file, database.engine)
    database.engine.dispose()
