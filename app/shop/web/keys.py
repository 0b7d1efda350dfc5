"""API keys of programs: two versions are valid at once, so that one is replaced without a gap."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from shop.data.models import ApiKey

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

PREFIX, VALID = "shop_", 2
"""Begin of a key, by which leaked ones are found; and how many versions are valid at once."""


def digest_of(key: str) -> str:
    """What is kept of a key; it is long and random, so a plain hash is enough."""
    return hashlib.sha256(key.encode()).hexdigest()


def rotate(rows: Session, account: int) -> tuple[str, int]:
    """A new version of an account's key, and its number; the one before stays valid, older ones do not.

    Args:
        rows: a session.
        account: whose.
    """
    versions = rows.scalars(
        select(ApiKey.version).where(ApiKey.account_id == account).order_by(ApiKey.version.desc()).with_for_update()
    ).all()
    key, version = PREFIX + secrets.token_urlsafe(32), (versions[0] if versions else 0) + 1
    rows.execute(delete(ApiKey).where(ApiKey.account_id == account, ApiKey.version <= version - VALID))
    rows.add(ApiKey(account_id=account, version=version, digest=digest_of(key)))
    return key, version


def account_of(rows: Session, key: str) -> int | None:
    """Whose a key is; None for one that is not valid.

    Args:
        rows: a session.
        key: as the caller sent it.
    """
    return rows.scalar(select(ApiKey.account_id).where(ApiKey.digest == digest_of(key)))
