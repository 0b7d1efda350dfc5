"""Who asks: by token, API key or session; and how often they may."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, HTTPException, Request
from sqlalchemy import select

from shop.core.context import current
from shop.data.models import Account
from shop.outside.limits import DEAR
from shop.outside.sessions import COOKIE
from shop.web import keys, tokens
from shop.web.state import Rows, Shop, state_of

_SAFE = ("GET", "HEAD", "OPTIONS")


def caller(request: Request, shop: Shop, rows: Rows) -> Account:
    """The account that asks.

    Raises:
        HTTPException: 401 for nobody; 403 for a page of another site that uses somebody's session.
    """
    number = _number(request, shop, rows)
    account = rows.scalar(select(Account).where(Account.id == number)) if number is not None else None
    if account is None:
        raise HTTPException(401, "sign in", {"WWW-Authenticate": "Bearer"})
    if found := current.get():
        found.account = str(account.id)
    return account


def _number(request: Request, shop: Shop, rows: Rows) -> int | None:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return tokens.account_of(shop.settings, token)
    if key := request.headers.get("X-API-Key"):
        return keys.account_of(rows, key)
    if name := request.cookies.get(COOKIE):
        origin = request.headers.get("Origin")
        own = {f"https://{request.headers.get('Host')}", *shop.settings.allowed_origins}
        if request.method not in _SAFE and origin not in own:
            raise HTTPException(403, "not from this site")
        return shop.sessions.account(name)
    return None


Caller = Annotated[Account, Depends(caller)]


def address_of(request: Request) -> str:
    """The caller's address: what the nearest trusted proxy has seen, which nobody else can forge."""
    hops = state_of(request).settings.hops
    seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if hops and len(seen) >= hops:
        return seen[-hops]
    return request.client.host if request.client else "unknown"


def limited(what: str):  # noqa: ANN201 - FastAPI's dependency
    """Makes a route one that a caller may ask 10 times a minute, 50 an hour, 200 a day.

    Args:
        what: is asked for.
    """

    def check(request: Request, shop: Shop) -> None:
        wait = shop.limits.wait(what, address_of(request), DEAR)
        if wait:
            raise HTTPException(429, "too many requests", {"Retry-After": str(wait)})

    return Depends(check)
