"""Migrates the database that the environment names: `alembic upgrade head`, before a new version is deployed."""

from alembic import context
from shop.core import logs
from shop.core.settings import settings
from shop.data.database import Database
from shop.data.models import Base

logs.set_up()
# One at a time, whoever else migrates.
LOCK = 7_263_001

with Database(settings()).engine.connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata)
    with context.begin_transaction():
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        context.run_migrations()
