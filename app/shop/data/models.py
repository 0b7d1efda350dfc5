"""Tables."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, func
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

Time = TIMESTAMP(timezone=True)


class Base(DeclarativeBase):
    """Base of all tables."""


class Account(Base):
    """Somebody who buys. Everything personal is in this table and nowhere else, so that it can be deleted."""

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    password: Mapped[str] = mapped_column(String(200))
    """A hash of it, with its salt."""
    created_at: Mapped[datetime] = mapped_column(Time, server_default=func.now())


class Product(Base):
    """Something to buy."""

    __tablename__ = "products"
    __table_args__ = (
        CheckConstraint("price >= 0", name="price_not_negative"),
        Index("products_name_prefix", func.lower("name").label("name"), postgresql_ops={"name": "text_pattern_ops"}),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    price: Mapped[Decimal] = mapped_column(Numeric(10, 2))
    picture: Mapped[str | None] = mapped_column(String(200))
    """Key of its thumbnail; None until a worker has made it."""


class Order(Base):
    """Something bought. Kept for the books; who bought it is taken out when the account goes or time is up."""

    __tablename__ = "orders"
    __table_args__ = (Index("orders_account_newest", "account_id", "id"), Index("orders_created", "created_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    quantity: Mapped[int]
    total: Mapped[Decimal] = mapped_column(Numeric(12, 2))
    created_at: Mapped[datetime] = mapped_column(Time, server_default=func.now())


class ApiKey(Base):
    """A key of a program; two versions may be valid at once, so that it rotates without a gap."""

    __tablename__ = "api_keys"
    __table_args__ = (Index("api_keys_digest", "digest", unique=True), Index("api_keys_account", "account_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    version: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(Time, server_default=func.now())


class Audit(Base):
    """Who did or read what. Holds no personal data but the account's number."""

    __tablename__ = "audit"
    __table_args__ = (Index("audit_account", "account_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Time, server_default=func.now())
    account_id: Mapped[int | None]
    action: Mapped[str] = mapped_column(String(50))
    subject: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
