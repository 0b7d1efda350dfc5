"""The tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

Time = postgresql.TIMESTAMP(timezone=True)


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("email", sa.String(254), nullable=False, unique=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("password", sa.String(200), nullable=False),
        sa.Column("created_at", Time, nullable=False, server_default=sa.func.now()),
    )
    op.create_table(
        "products",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("price", sa.Numeric(10, 2), nullable=False),
        sa.Column("picture", sa.String(200)),
        sa.CheckConstraint("price >= 0", name="price_not_negative"),
    )
    op.execute("CREATE INDEX products_name_prefix ON products (lower(name) text_pattern_ops)")
    op.create_table(
        "orders",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id", ondelete="SET NULL")),
        sa.Column("product_id", sa.Integer, sa.ForeignKey("products.id"), nullable=False),
        sa.Column("quantity", sa.Integer, nullable=False),
        sa.Column("total", sa.Numeric(12, 2), nullable=False),
        sa.Column("created_at", Time, nullable=False, server_default=sa.func.now()),
    )
    op.create_index("orders_account_newest", "orders", ["account_id", "id"])
    op.create_index("orders_created", "orders", ["created_at"])
    op.create_table(
        "api_keys",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("created_at", Time, nullable=False, server_default=sa.func.now()),
    )
    op.create_index("api_keys_digest", "api_keys", ["digest"], unique=True)
    op.create_index("api_keys_account", "api_keys", ["account_id"])
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", Time, nullable=False, server_default=sa.func.now()),
        sa.Column("account_id", sa.Integer),
        sa.Column("action", sa.String(50), nullable=False),
        sa.Column("subject", postgresql.JSONB, nullable=False),
    )
    op.create_index("audit_account", "audit", ["account_id", "id"])


def downgrade() -> None:
    """Take them away again."""
    for table in ("audit", "api_keys", "orders", "products", "accounts"):
        op.drop_table(table)
