"""Products: a list in pages, a search, pictures."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import func, select

from shop.core.context import current
from shop.data.models import Audit, Product
from shop.web.callers import Caller
from shop.web.state import Rows, Shop
from shop.web.text import Key, Text
from shop.web.version import VERSION

router = APIRouter(prefix=f"{VERSION}/products", tags=["products"])

SECONDS = 30
"""How old an answer may be."""
MOST = 100
"""Entries of a page."""

Limit = Annotated[int, Query(ge=1, le=MOST)]
Number = Annotated[int, Field(ge=0, le=2**31 - 1)]


class NewProduct(BaseModel):
    """A product to be added."""

    model_config = ConfigDict(extra="forbid")

    name: Text
    price: Annotated[Decimal, Field(ge=0, le=1_000_000, decimal_places=2)]
    picture: Key | None = None
    """Key of an uploaded picture; a worker makes it small."""


@router.get("")
def products(
    shop: Shop,
    rows: Rows,
    q: Annotated[str, Query(max_length=100)] = "",
    limit: Limit = 20,
    cursor: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
) -> dict[str, Any]:
    """Products whose name begins with a text, a page at a time."""
    if "\0" in q:
        raise HTTPException(422, "no such name")

    def find() -> dict[str, Any]:
        asked = select(Product).where(Product.id > cursor).order_by(Product.id).limit(limit + 1)
        if q:
            asked = asked.where(func.lower(Product.name).startswith(q.lower(), autoescape=True))
        found = rows.scalars(asked).all()
        page = found[:limit]
        return {"items": [shown(p) for p in page], "next": page[-1].id if len(found) > limit else None}

    generation = shop.cache.ask(lambda client: client.get("generation:products"), "0") or "0"
    name = hashlib.sha256(f"{q}|{limit}|{cursor}|{generation}".encode()).hexdigest()
    return shop.cache.remembered(f"products:{name}", SECONDS, find)


@router.get("/{number}")
def product(shop: Shop, rows: Rows, number: Annotated[int, Field(ge=1, le=2**31 - 1)]) -> dict[str, Any]:
    """A product, with others that go with it."""
    found = rows.get(Product, number)
    if found is None:
        raise HTTPException(404, "no such product")
    return {**shown(found), "suggestions": shop.suggestions.for_product(number)}


@router.post("", status_code=201)
def add(shop: Shop, rows: Rows, who: Caller, new: NewProduct) -> dict[str, Any]:
    """Add a product; its picture is made small later, by a worker."""
    found = Product(name=new.name, price=new.price)
    rows.add(found)
    rows.flush()
    rows.add(Audit(account_id=who.id, action="product.add", subject={"product": found.id, "request": _request()}))
    rows.commit()
    if new.picture:
        shop.queue.put("thumbnail", product=found.id, picture=new.picture)
    shop.cache.ask(lambda client: client.incr("generation:products"))
    return shown(found)


def shown(product: Product) -> dict[str, Any]:
    """A product as it is answered."""
    return {"id": product.id, "name": product.name, "price": str(product.price), "picture": product.picture}


def _request() -> str:
    found = current.get()
    return found.request_id if found else ""
