"""Accounts: signing up, in and out; keys of programs; what the GDPR gives a person."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Cookie, HTTPException, Response
from pydantic import BaseModel, ConfigDict
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from shop.data.models import Account, ApiKey, Audit, Order
from shop.outside.sessions import COOKIE, SECONDS
from shop.web import keys, tokens
from shop.web.callers import Caller, limited
from shop.web.passwords import fits, hashed
from shop.web.state import Rows, Shop
from shop.web.text import Email, Password, Text
from shop.web.version import VERSION

router = APIRouter(prefix=VERSION, tags=["accounts"])

_NOBODY = hashed("nobody has this password")
"""Compared with where there is no such account, so that it takes as long."""


class NewAccount(BaseModel):
    """Somebody who signs up."""

    model_config = ConfigDict(extra="forbid")

    email: Email
    name: Text
    password: Password


class SignIn(BaseModel):
    """Somebody who signs in."""

    model_config = ConfigDict(extra="forbid")

    email: Email
    password: Password


@router.post("/accounts", status_code=201, dependencies=[limited("sign-up")])
def sign_up(rows: Rows, new: NewAccount) -> dict[str, int]:
    """Open an account."""
    found = Account(email=new.email, name=new.name, password=hashed(new.password))
    rows.add(found)
    try:
        rows.flush()
    except IntegrityError:
        raise HTTPException(409, "there is such an account") from None
    rows.add(Audit(account_id=found.id, action="account.open", subject={}))
    rows.commit()
    return {"id": found.id}


@router.post("/sessions", dependencies=[limited("sign-in")])
def sign_in(shop: Shop, rows: Rows, given: SignIn, response: Response) -> dict[str, Any]:
    """Sign in: a cookie for browsers, a token for programs."""
    found = rows.scalar(select(Account).where(Account.email == given.email))
    right = fits(given.password, found.password if found else _NOBODY)
    if found is None or not right:
        raise HTTPException(401, "wrong address or password")
    rows.add(Audit(account_id=found.id, action="account.sign-in", subject={}))
    rows.commit()
    name = shop.sessions.begin(found.id)
    if name:
        response.set_cookie(COOKIE, name, max_age=SECONDS, secure=True, httponly=True, samesite="lax", path="/")
    return {"token": tokens.issue(shop.settings, found.id), "expires_in": tokens.SECONDS}


@router.delete("/sessions", status_code=204)
def sign_out(shop: Shop, response: Response, name: Annotated[str | None, Cookie(alias=COOKIE)] = None) -> None:
    """Sign out."""
    if name:
        shop.sessions.end(name)
    response.delete_cookie(COOKIE, secure=True, httponly=True, samesite="lax", path="/")


@router.get("/me")
def me(rows: Rows, who: Caller) -> dict[str, Any]:
    """Who asks; looking at personal data is on record."""
    rows.add(Audit(account_id=who.id, action="account.read", subject={}))
    rows.commit()
    return {"id": who.id, "email": who.email, "name": who.name}


@router.post("/me/key", status_code=201, dependencies=[limited("key")])
def new_key(rows: Rows, who: Caller) -> dict[str, Any]:
    """A new version of the account's API key; the one before stays valid until the next."""
    key, version = keys.rotate(rows, who.id)
    rows.add(Audit(account_id=who.id, action="key.rotate", subject={"version": version}))
    rows.commit()
    return {"key": key, "version": version}


@router.get("/me/data")
def export(rows: Rows, who: Caller) -> dict[str, Any]:
    """All that is kept of a person (GDPR, article 15 and 20)."""
    orders = rows.scalars(select(Order).where(Order.account_id == who.id).order_by(Order.id)).all()
    audit = rows.scalars(select(Audit).where(Audit.account_id == who.id).order_by(Audit.id)).all()
    found = {
        "account": {"id": who.id, "email": who.email, "name": who.name, "since": who.created_at.isoformat()},
        "orders": [{"id": o.id, "product": o.product_id, "total": str(o.total)} for o in orders],
        "log": [{"at": a.at.isoformat(), "action": a.action} for a in audit],
        "keys": [
            {"version": k.version, "since": k.created_at.isoformat()}
            for k in rows.scalars(select(ApiKey).where(ApiKey.account_id == who.id))
        ],
    }
    rows.add(Audit(account_id=who.id, action="account.export", subject={}))
    rows.commit()
    return found


@router.delete("/me/data", status_code=204)
def forget(shop: Shop, rows: Rows, who: Caller) -> None:
    """Delete all that is kept of a person (GDPR, article 17); orders stay, and no longer say whose they were."""
    rows.execute(delete(Account).where(Account.id == who.id))
    rows.add(Audit(account_id=None, action="account.delete", subject={"account": who.id}))
    rows.commit()
    shop.sessions.end_all(who.id)
