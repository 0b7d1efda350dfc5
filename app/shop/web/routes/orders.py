"""Orders."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select

from shop.core.metrics import count_transaction
from shop.data.models import Audit, Order, Product
from shop.web.callers import Caller
from shop.web.routes.products import Limit
from shop.web.state import Rows
from shop.web.version import VERSION

router = APIRouter(prefix=f"{VERSION}/orders", tags=["orders"])


class NewOrder(BaseModel):
    """Something to be bought."""

    model_config = ConfigDict(extra="forbid")

    product: Annotated[int, Field(ge=1, le=2**31 - 1)]
    quantity: Annotated[int, Field(ge=1, le=1000)]


@router.post("", status_code=201)
def place(rows: Rows, who: Caller, new: NewOrder) -> dict[str, Any]:
    """Buy something."""
    product = rows.get(Product, new.product)
    if product is None:
        raise HTTPException(404, "no such product")
    found = Order(account_id=who.id, product_id=product.id, quantity=new.quantity, total=product.price * new.quantity)
    rows.add(found)
    rows.flush()
    rows.add(Audit(account_id=who.id, action="order.place", subject={"order": found.id}))
    rows.commit()
    count_transaction("order")
    return shown(found)


@router.get("")
def mine(
    rows: Rows, who: Caller, limit: Limit = 20, cursor: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None
) -> dict[str, Any]:
    """The caller's orders, the newest first, a page at a time."""
    asked = select(Order).where(Order.account_id == who.id).order_by(Order.id.desc()).limit(limit + 1)
    if cursor is not None:
        asked = asked.where(Order.id < cursor)
    found = rows.scalars(asked).all()
    page = found[:limit]
    return {"items": [shown(o) for o in page], "next": page[-1].id if len(found) > limit else None}


def shown(order: Order) -> dict[str, Any]:
    """An order as it is answered."""
    return {"id": order.id, "product": order.product_id, "quantity": order.quantity, "total": str(order.total)}
